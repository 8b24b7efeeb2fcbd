import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import BadFeed
from index.parsing.feeds import sitemap
from index.parsing.feeds.items import FeedKind
from index.parsing.feeds.sitemap import read_sitemap
from tests.index.parsing.feeds.harness import HOME, read
from tests.web import feeds
from tests.web.feeds import NOON, Story


def test_an_index_of_sitemaps_leads_to_the_newest() -> None:
    children = [f"https://post.example/{number}.xml" for number in range(9)]
    feed = read(feeds.sitemap_index(*children))
    assert (feed.kind, feed.linked_feeds) == (FeedKind.SITEMAP_INDEX, tuple(reversed(children[4:])))


def test_a_plain_sitemap_gives_what_changed_lately() -> None:
    page = "".join(
        f"<url><loc>https://post.example/{day}</loc><lastmod>2024-11-{day:02}</lastmod></url>"
        for day in (1, 10, 11)
    )
    body = (
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{page}<url><loc>/x</loc></url></urlset>'
    )
    feed = read_sitemap(body.encode(), HOME, NOON)
    assert [item.url[-2:] for item in feed.items] == ["11", "10"]
    assert "2 addresses that are neither" in feed.warnings[-1]


def test_what_a_sitemap_says_of_pictures_and_films_is_not_said_of_the_page() -> None:
    extras = (
        "<i:image><i:loc>https://post.example/1.jpg</i:loc><i:title>A gull</i:title></i:image>"
        "<v:video><v:title>A film</v:title><v:publication_date>2024-11-11</v:publication_date></v:video>"
    )
    news = (
        "<n:news><n:publication><n:name>Post</n:name></n:publication>"
        "<n:publication_date>2024-11-10</n:publication_date><n:title>The dam</n:title></n:news>"
    )
    old = f"<url>{extras}<loc>https://post.example/old</loc><lastmod>2019-01-01</lastmod></url>"
    new = f"<url>{extras}<loc>https://post.example/new</loc>{news}</url>"
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"' + "".join(
        f' xmlns:{name[0]}="http://www.google.com/schemas/sitemap-{name}/1.1"'
        for name in ("image", "video", "news")
    )
    feed = read_sitemap(f"<urlset {spaces}>{old}{new}</urlset>".encode(), HOME, NOON)
    (item,) = feed.items
    assert (feed.title, item.url, item.title) == ("Post", "https://post.example/new", "The dam")
    assert item.published == datetime(2024, 11, 10, 12, tzinfo=UTC)  # noon, where the hour is not told
    assert "1 addresses that are neither" in feed.warnings[-1]


def test_an_element_of_an_odd_name_costs_nothing_else() -> None:
    page = "<url><loc>https://post.example/1</loc><:odd>x</:odd><title>One</title></url>"
    (item,) = read(f"<urlset>{page}</urlset>").items
    assert item.title == "One"


def test_no_more_entries_are_read_than_the_standard_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MAX_SITEMAP_ENTRIES", 3)
    stories = [Story(f"https://post.example/{number}") for number in range(9)]
    assert len(read_sitemap(feeds.news_sitemap(stories).encode(), HOME).items) == 3


@given(st.binary(max_size=150), st.sampled_from([b"", b"<urlset><url>", b"<sitemapindex><sitemap><loc>"]))
def test_any_bytes_are_read_or_refused(body: bytes, start: bytes) -> None:
    with contextlib.suppress(BadFeed):
        assert all(item.url.startswith("http") for item in read_sitemap(start + body, HOME, NOON).items)
