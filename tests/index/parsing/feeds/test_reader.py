import contextlib
import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.errors import BadFeed
from index.parsing.feeds.items import (
    MAX_CONTENT_LENGTH,
    MAX_ITEMS,
    Feed,
    FeedKind,
    complete_feed_url,
    plain_title,
)
from index.parsing.feeds.reader import MAX_FEED_BYTES, read_feed
from index.parsing.feeds.sitemap import read_sitemap
from tests.web import feeds
from tests.web.feeds import KINDS, NOON, Story
from tests.web.newspaper import CHARSETS, Newspaper

HOME = "https://post.example/feed"
STORY = Story(
    "https://post.example/bridge?utm_source=rss#top", full="<p>The bridge opens.</p>", author="Jo Berg"
)


def read(text: str | bytes, content_type: str = "", url: str = HOME) -> Feed:
    return read_feed(text.encode() if isinstance(text, str) else text, content_type, url)


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_feed_is_read(name: str) -> None:
    feed = read(KINDS[name]([STORY]))
    assert feed.kind == {"RDF": "RSS"}.get(name, name)
    assert feed.title == "The Harbour Post"
    (item,) = feed.items
    assert (item.url, item.title, item.published) == ("https://post.example/bridge", STORY.title, NOON)
    assert feed.warnings == ()


@pytest.mark.parametrize("version", ["0.91", "0.92", "2.0"])
def test_rss_of_every_age_is_read(version: str) -> None:
    assert read(feeds.rss([STORY], version=version)).items[0].title == STORY.title


@pytest.mark.parametrize("name", ["RSS", "Atom", "JSON Feed"])
def test_the_text_a_feed_carries_comes_along(name: str) -> None:
    assert read(KINDS[name]([STORY])).items[0].content_html == "<p>The bridge opens.</p>"


def test_a_long_summary_is_the_article_and_a_short_one_is_not() -> None:
    long = "<p>" + "The bridge opens. " * 100 + "</p>"
    page = feeds.rss([STORY, Story("https://post.example/2")]).replace(
        "In short.", "<![CDATA[" + long + "]]>", 1
    )
    page = page.replace("<content:encoded>&lt;p&gt;The bridge opens.&lt;/p&gt;</content:encoded>", "")
    carried = {item.url: item.content_html for item in read(page).items}
    assert carried == {"https://post.example/bridge": long, "https://post.example/2": ""}


def test_authors_are_named() -> None:
    assert {read(KINDS[name]([STORY])).items[0].author for name in ("RSS", "JSON Feed")} == {"Jo Berg"}


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


def test_what_a_feed_asks_is_read() -> None:
    extra = (
        "<ttl>45</ttl><skipHours><hour>0</hour><hour>24</hour><hour>23</hour><hour>x</hour></skipHours>"
        "<skipDays><day>Saturday</day><day>Sunday</day><day>Someday</day></skipDays>"
    )
    feed = read(feeds.rss([STORY], extra=extra))
    assert (feed.ttl, feed.skip_hours, feed.skip_days) == (2_700.0, {0, 23}, {5, 6})
    assert read(feeds.rss([STORY], extra="<ttl>soon</ttl>")).ttl is None


def test_a_feed_of_fifty_thousand_items_is_read_at_both_ends() -> None:
    stories = [
        Story(f"https://post.example/{number}", published=NOON + timedelta(seconds=number))
        for number in range(50_000)
    ]
    feed = read(feeds.rss(stories))
    assert len(feed.items) == MAX_ITEMS
    assert feed.items[0].url == "https://post.example/49999"
    assert "49,000 items too many" in feed.warnings[0]


@pytest.mark.parametrize("name", ["JSON Feed", "news sitemap"])
def test_no_kind_of_feed_brings_more_than_so_many_items(name: str) -> None:
    stories = [Story(f"https://post.example/{number}") for number in range(MAX_ITEMS + 50)]
    assert len(read(KINDS[name](stories)).items) == MAX_ITEMS


def test_a_carried_text_is_cut_to_a_length_that_can_be_held() -> None:
    assert (
        len(read(feeds.atom([Story(STORY.url, full="x" * (MAX_CONTENT_LENGTH + 9))])).items[0].content_html)
        == MAX_CONTENT_LENGTH
    )


def test_laughing_entities_do_not_swell() -> None:
    feed = read(feeds.LAUGHS)
    assert all(len(item.title) <= 500 for item in feed.items)


@pytest.mark.parametrize("page", [feeds.PRYING, feeds.PRYING.replace("rss", "urlset")])
def test_no_file_of_ours_is_read(page: str) -> None:
    try:
        feed = read(page)
    except BadFeed:
        return
    assert "root:" not in repr(feed)


@pytest.mark.parametrize("kind", ["/robots.txt", "file:///etc/passwd", "/etc/passwd"])
def test_a_feed_that_looks_like_an_address_is_not_fetched(kind: str) -> None:
    with Newspaper() as paper:
        with pytest.raises(BadFeed, match="it is no feed"):
            read(f"{paper.origin}{kind}" if kind == "/robots.txt" else kind)
        assert not paper.seen


def test_a_file_named_like_a_feed_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret").write_text(feeds.rss([STORY]))
    with pytest.raises(BadFeed):
        read("secret")


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_broken_xml_is_read_as_far_as_it_goes(cut: float) -> None:
    page = feeds.rss([Story(f"https://post.example/{number}") for number in range(9)])
    feed = read(page[: int(len(page) * cut)].replace("</title>", "</titel>", 1))
    assert feed.items
    assert "its XML is broken; it was read as far as it goes" in feed.warnings


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"\x89PNG\r\n\x1a\n", "no feed"),
        (b"hello", "no feed"),
        (b"{", "damaged"),
        (b"[" * 100_000, "tangled"),
        (b"{}", "no JSON Feed"),
        (b"[]", "no JSON Feed"),
        (b'{"items": 5}', "no JSON Feed"),
        (b"<html><body>Hi</body></html>", "names no feed"),
        (b"<!doctype html><title>Hi</title>", "names no feed"),
        (b"<opml version='2.0'/>", "verbatim feeds import"),
        (b"\x1f\x8bnothing", "damaged"),
        (gzip.compress(b"x" * (MAX_FEED_BYTES + 1)), "larger than 20 MB"),
    ],
)
def test_what_is_no_feed_is_told(body: bytes, words: str) -> None:
    with pytest.raises(BadFeed, match=words):
        read(body)


def test_a_packed_feed_is_unpacked() -> None:
    assert len(read(gzip.compress(feeds.news_sitemap([STORY]).encode())).items) == 1


@pytest.mark.parametrize("declared", ["header", "xml"])
@pytest.mark.parametrize("name", [name for name in CHARSETS if name != "macintosh"])
def test_charsets_are_read(name: str, declared: str) -> None:
    page = feeds.rss([Story(STORY.url, title=CHARSETS[name])])
    page = page.replace('encoding="utf-8"', f'encoding="{name}"' if declared == "xml" else "")
    kind = "application/xml" if declared == "xml" else f"text/xml; charset={name}"
    assert read(page.encode(name), kind).items[0].title == CHARSETS[name]


def test_a_comment_before_the_first_element_misleads_nobody() -> None:
    assert read("<!-- <html> -->" + feeds.atom([STORY]).partition("?>")[2]).kind is FeedKind.ATOM


def test_the_feeds_a_page_names_are_found() -> None:
    page = """<!DOCTYPE html><html><head><base href="https://cdn.example/x/"><title>The Post</title>
    <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments.xml">
    <link rel="ALTERNATE home" type="application/atom+xml; charset=utf-8" href="atom">
    <link rel="alternate" type="application/feed+json" href="https://post.example/f.json">
    <link rel="alternate" type="text/html" hreflang="de" href="/de"><link rel="stylesheet" href="/x.css">
    <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)"></head></html>"""
    feed = read(page)
    assert (feed.kind, feed.title) == (FeedKind.PAGE, "The Post")
    assert feed.linked_feeds == (
        "https://cdn.example/x/atom", "https://post.example/f.json", "https://cdn.example/comments.xml",
    )  # fmt: skip


def test_a_page_does_not_lead_to_itself() -> None:
    with pytest.raises(BadFeed, match="names no feed"):
        read(f'<html><link rel="alternate" type="application/rss+xml" href="{HOME}"></html>')


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


def test_an_encoding_that_is_no_name_is_told() -> None:
    with pytest.raises(BadFeed, match="too damaged"):
        read(b'<?xml version="1.0" encoding="\xe2("?><rss version="2.0"><channel><item/></channel></rss>')


def test_an_element_of_an_odd_name_costs_nothing_else() -> None:
    page = "<url><loc>https://post.example/1</loc><:odd>x</:odd><title>One</title></url>"
    (item,) = read(f"<urlset>{page}</urlset>").items
    assert item.title == "One"


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


SCRAPS = ["<rss>", "<channel>", "<item>", "</item>", "<link>", "<title>", "<![CDATA[", "]]>", "&a;", "<!ENTITY", "<feed",
          " xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "<content type='xhtml'>", "<urlset>", "<url>", "<loc>",
          "http://x/", "\0", "é", "<?xml version='1.0'?>", "<!DOCTYPE rss [", "]>", "<html>", '{"items":[', "{}", "null"]  # fmt: skip


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(SCRAPS) | st.text(max_size=8), max_size=30).map("".join)
    | st.binary(max_size=200)
)
def test_scraps_of_feeds_are_read_or_refused(body: str | bytes) -> None:
    with contextlib.suppress(BadFeed):
        assert all(item.url.startswith("http") for item in read(body).items)


@settings(max_examples=80)
@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(
    st.sampled_from(["items", "url", "id", "title", "authors", "name", "content_html", "date_published"]), inner)))  # fmt: skip
def test_any_json_is_read_or_refused(document: object) -> None:
    with contextlib.suppress(BadFeed):
        feed = read(json.dumps({"items": document if isinstance(document, list) else [document]}))
        assert all(item.url.startswith("http") for item in feed.items)
