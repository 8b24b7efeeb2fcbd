import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.errors import RefusedArticle
from index.urls import canonical_url, same_site, url_aliases

STORY = "https://www.example.com/2024/11/bridge-opens"


@pytest.mark.parametrize(
    "url",
    [
        STORY,
        f"  {STORY}\n",
        "HTTPS://WWW.Example.COM:443/2024/11/bridge-opens",
        "https://www.example.com./2024/11/bridge-opens",
        f"{STORY}#comments",
        f"{STORY}#:~:text=The%20mayor",
        f"{STORY}?utm_source=feed&utm_medium=rss&UTM_Campaign=x",
        f"{STORY}?fbclid=abc&gclid=def&mc_cid=1",
        f"{STORY}?at_medium=RSS&at_campaign=KARANGA",
        f"{STORY}?amp=1",
        f"{STORY}?outputType=amp",
        f"{STORY}/amp",
        f"{STORY}.amp",
        f"{STORY}.amp.html",
        "https://www.google.com/amp/s/www.example.com/2024/11/bridge-opens",
        f"{STORY}.amp/amp",
        "https://www.google.com:443/amp/s/www.example.com:443/2024/11/bridge-opens",
        "HTTPS://WWW.Google.COM./amp/s/www.example.com/2024/11/bridge-opens",
        "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/2024/11/bridge-opens",
        "https://www-example-com.cdn.ampproject.org/v/s/www.example.com/2024/11/bridge-opens?usqp=mq3&amp_js_v=0.1",
    ],
)
def test_many_ways_to_one_story(url: str) -> None:
    assert canonical_url(url) == STORY


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/story?id=7",
        "https://example.com/story?id=7&page=2&id=8",
        "https://example.com/?p=123",
        "https://example.com/story?ref=12&source=wire&from=global&cid=9",
        "https://example.com/story?12345",
        "https://example.com/story?b=2&a=1",
        "https://example.com/bands/amp",
        "https://example.com/shop?amp=50",
        "https://example.com/view?outputType=print",
        "https://example.com/Case/Matters/",
        "http://example.com:8080/story",
        "https://example.com/app#!/story/7",
        "https://example.com/app#/story/7",
        "https://example.com/a%2Fb%20c",
        "http://[2606:4700::1111]/story",
        "file:///home/me/story.txt",
        "urn:uuid:12345678-1234-5678-1234-567812345678",
    ],
)
def test_what_chooses_the_page_stays(url: str) -> None:
    assert canonical_url(url) == url


def test_characters_are_escaped_as_browsers_do() -> None:
    assert canonical_url("http://exämple.com/größe nord?q=ü") == (
        "http://xn--exmple-cua.com/gr%C3%B6%C3%9Fe%20nord?q=%C3%BC"
    )


def test_an_address_without_a_path_has_one() -> None:
    assert canonical_url("http://example.com") == "http://example.com/"


@pytest.mark.parametrize(
    "url",
    ["", " ", "story", "http://", "http:///x", "https://me:pw@example.com/", "http://[::1", "http://a:99999/", "javascript:",
     "http://example.com/" + "a" * 5_000, "x:\n"],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(RefusedArticle):
        canonical_url(url)


CACHE = "https://www.google.com/amp/s/"


@given(
    st.text(max_size=200),
    st.sampled_from(["", "http://", "https://example.com/", "https://example.com/a?", "//", CACHE]),
)
@example("\nexample.com/a", CACHE)
@example("www.google.com/amp/s/example.com/a", CACHE)
@example("\x11#\n", CACHE)
def test_the_form_is_final_and_can_be_stored(text: str, start: str) -> None:
    try:
        url = canonical_url(start + text)
    except RefusedArticle:
        return
    assert canonical_url(url) == url
    assert url.encode("utf-8")


PARTS = [
    "https://", "http://", "HTTP://", "www.google.com", "WWW.Google.com.", ":443", ":80", "/amp/", "s/", "x.example",
    "x-example.cdn.ampproject.org", "/c/", "/v/s/", "/a-1", "/bands", ".amp", "/amp", ".amp.html", "/", "?amp=1", "?q=1",
    "&utm_source=a", "#", "#!/b", "%41", " ",
]  # fmt: skip


@given(st.sampled_from(["https://", "http://"]), st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
@example("https://", "x.example/a-1.amp/amp")
@example("https://", "www.google.com:443/amp/s/x.example/a-1")
def test_the_form_of_a_copy_of_copies_is_final(scheme: str, rest: str) -> None:
    try:
        url = canonical_url(scheme + rest)
    except RefusedArticle:
        return
    assert canonical_url(url) == url


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.example.com/a", "http://example.com/b", True),
        ("https://m.example.com/a", "https://www.example.com/b", True),
        ("https://amp.example.com/a", "https://mobile.example.com/b", True),
        ("https://example.com/a", "https://example.org/a", False),
        ("https://example.com.evil.org/a", "https://example.com/a", False),
        ("https://evil.example.com/a", "https://www.example.com/a", False),
        ("file:///a", "file:///b", False),
        ("http://[::1", "http://[::1", False),
    ],
)
def test_sites_and_their_twins(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same


@pytest.mark.parametrize(
    "url", ["https://www.example.com/a/", "http://example.com/a", "http://www.example.com/a"]
)
def test_an_address_has_seven_twins_and_is_theirs(url: str) -> None:
    found = url_aliases(url)
    assert len({url, *found}) == len(found) + 1 == 8
    assert all(url in url_aliases(other) for other in found)


def test_what_chooses_another_page_is_no_twin() -> None:
    assert set(url_aliases("https://example.com/")) == {
        "http://example.com/", "https://www.example.com/", "http://www.example.com/",
    }  # fmt: skip
    assert all(twin.endswith("?id=2") for twin in url_aliases("https://example.com/a?id=2"))
    assert url_aliases("speech.txt") == url_aliases("news:1") == ()


@given(st.text(max_size=60))
def test_twins_are_addresses_as_they_are_stored(text: str) -> None:
    try:
        url = canonical_url(f"https://example.com/{text}")
    except RefusedArticle:
        return
    assert all(
        canonical_url(twin) == twin for twin in url_aliases(url) if not url.endswith(("/amp", "/amp/"))
    )
