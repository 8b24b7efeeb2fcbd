from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.parsing.feeds.items import (
    MAX_CONTENT_LENGTH,
    MAX_ITEMS,
    complete_feed_url,
    plain_title,
    resolve_http_url,
)
from tests.index.parsing.feeds.harness import HOME, STORY, read
from tests.web import feeds
from tests.web.feeds import KINDS, NOON, Story


@pytest.mark.parametrize("name", ["RSS", "JSON Feed"])
@pytest.mark.parametrize(
    "story",
    [
        Story(STORY.url, title="Another title"),
        Story(STORY.url, full="<p>The bridge stays shut.</p>"),
        Story(STORY.url, published=NOON + timedelta(minutes=1)),
    ],
)
def test_a_changed_announcement_has_another_mark(name: str, story: Story) -> None:
    before, same, after = (read(KINDS[name]([one])).items[0].fingerprint for one in (STORY, STORY, story))
    assert before == same != after


def test_newest_come_first_and_each_address_once() -> None:
    stories = [
        Story(f"https://post.example/{day}", published=NOON - timedelta(days=day)) for day in (3, 1, 2)
    ]
    again = Story("https://post.example/1#comments", published=NOON - timedelta(days=9))
    undated = Story("https://post.example/0", published=None)
    found = read(feeds.rss([undated, *stories, again])).items
    assert [item.url[-1] for item in found] == ["1", "2", "3", "0"]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("A &lt;b&gt;bold&lt;/b&gt; plan", "A bold plan"),
        ("AT&amp;amp;T &amp;mdash; again", "AT&T — again"),
        ("&amp;lt;i&amp;gt;twice&amp;lt;/i&amp;gt;", "twice"),
        ("<![CDATA[<script>alert('x')</script>Calm]]>", "Calm"),
        ("One&lt;br/&gt;two", "One two"),
        ("Profit &lt; 5 and &gt; 3", "Profit < 5 and > 3"),
        ("‮desrever", "desrever"),
        ("", ""),
    ],
)
def test_titles_lose_their_markup(written: str, plain: str) -> None:
    page = feeds.rss([Story("https://post.example/1", title="TITLE")]).replace("TITLE", written)
    assert read(page).items[0].title == plain


@given(st.text(max_size=300))
@example("<" * 3_000)
@example("<script>" * 400)
def test_no_title_keeps_a_tag(text: str) -> None:
    title = plain_title(text)
    assert "<script" not in title.lower()
    assert "\n" not in title


@pytest.mark.parametrize(
    "when",
    [datetime(2099, 1, 1, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC), datetime(1500, 1, 1, tzinfo=UTC)],
)
@pytest.mark.parametrize("name", KINDS)
def test_dates_that_cannot_be_true_are_none(name: str, when: datetime) -> None:
    feed = read(KINDS[name]([Story("https://post.example/1", published=when)]))
    assert feed.items[0].published is None
    assert "cannot be true" in feed.warnings[0]


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("Mon, 11 Nov 2024 07:00:00 EST", NOON),
        ("Mon, 11 Nov 2024 13:00:00 +0100", NOON),
        ("2024-11-11T13:00:00+01:00", NOON),
        ("11 Nov 2024 12:00", NOON),
        ("yesterday", None),
    ],
)
def test_dates_are_read_as_feeds_write_them(written: str, utc: datetime | None) -> None:
    page = feeds.rss([STORY]).replace(STORY.date, written)
    assert read(page).items[0].published == utc


@pytest.mark.parametrize(
    "link", ["", "javascript:alert(1)", "ftp://x/", "http://", "http://[::1", "x" * 3_000]
)
def test_items_without_an_address_are_left_out_and_told(link: str) -> None:
    feed = read(feeds.rss([Story(link), STORY]).replace(f"<link>{link}</link>", f"<link>{link}</link>"))
    if link != "x" * 3_000:
        assert [item.url for item in feed.items] == ["https://post.example/bridge"]
        assert feed.warnings == ("1 item without an address that could be fetched, left out",)


def test_an_item_without_a_title_is_taken_and_told() -> None:
    feed = read(feeds.rss([Story("https://post.example/1", title="")]))
    assert len(feed.items) == 1
    assert feed.warnings == ("1 item without a title",)


def test_relative_addresses_stand_on_the_feeds_own() -> None:
    assert read(feeds.rss([Story("/news/1")])).items[0].url == "https://post.example/news/1"


@pytest.mark.parametrize("name", ["JSON Feed", "news sitemap"])
def test_no_kind_of_feed_brings_more_than_so_many_items(name: str) -> None:
    stories = [Story(f"https://post.example/{number}") for number in range(MAX_ITEMS + 50)]
    assert len(read(KINDS[name](stories)).items) == MAX_ITEMS


def test_a_carried_text_is_cut_to_a_length_that_can_be_held() -> None:
    assert (
        len(read(feeds.atom([Story(STORY.url, full="x" * (MAX_CONTENT_LENGTH + 9))])).items[0].content_html)
        == MAX_CONTENT_LENGTH
    )


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("post.example", "https://post.example"),
        (" www.post.example/feed?x=1 ", "https://www.post.example/feed?x=1"),
        ("post.example:8080/feed", "https://post.example:8080/feed"),
        ("feed://post.example/rss", "http://post.example/rss"),
        ("feed:https://post.example/rss", "https://post.example/rss"),
        ("https://post.example/", "https://post.example/"),
        ("mailto:me@post.example", "mailto:me@post.example"),
        ("a story.html b", "a story.html b"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("", ""),
    ],
)
def test_an_address_as_people_write_it(written: str, address: str) -> None:
    assert complete_feed_url(written) == address


@given(st.text(max_size=60), st.text(max_size=60))
@example("//[", HOME)
@example("http://post.example:port/", HOME)
@example("/a", "http://[")
def test_any_link_is_an_address_of_the_web_or_none(link: str, base: str) -> None:
    url = resolve_http_url(link, base)
    assert url == "" or (url.startswith(("http://", "https://")) and resolve_http_url(url, HOME) == url)
