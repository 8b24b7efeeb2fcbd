import pytest

from index.sites import host_of, is_same_site, site_of


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.bbc.co.uk/news", "bbc.co.uk"),
        ("https://WWW.BBC.CO.UK./news", "bbc.co.uk"),
        ("https://feeds.post.example/rss", "post.example"),
        ("https://alice.github.io/a", "alice.github.io"),
        ("https://a.b.alice.github.io/a", "alice.github.io"),
        ("http://127.0.0.1:80/a", "127.0.0.1"),
        ("http://[::1]/a", "::1"),
        ("http://news/a", "news"),
        ("https://xn--e1awd7f.com/a", "xn--e1awd7f.com"),
        ("https://co.uk/a", "co.uk"),
        ("urn:local:1", ""),
        ("http://[bad/a", ""),
    ],
)
def test_the_registered_domain_of_a_url(url, site):
    assert site_of(url) == site


def test_the_same_site():
    assert is_same_site("https://www.bbc.co.uk/a", "http://feeds.bbc.co.uk/b")
    assert not is_same_site("https://alice.github.io/a", "https://bob.github.io/a")
    assert not is_same_site("https://reuters.com.example/a", "https://reuters.com/a")
    assert not is_same_site("urn:a", "urn:a")
    assert host_of("https://News.Example:8080/a") == "news.example"
