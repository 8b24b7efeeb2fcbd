import contextlib
import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import BadFeed
from index.parsing.feeds.items import FeedKind
from index.parsing.feeds.reader import MAX_FEED_BYTES, read_feed
from tests.index.parsing.feeds.harness import STORY, read
from tests.web import feeds
from tests.web.feeds import KINDS, NOON


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_feed_is_read(name: str) -> None:
    feed = read(KINDS[name]([STORY]))
    assert feed.kind == {"RDF": "RSS"}.get(name, name)
    assert feed.title == "The Harbour Post"
    (item,) = feed.items
    assert (item.url, item.title, item.published) == ("https://post.example/bridge", STORY.title, NOON)
    assert feed.warnings == ()


@pytest.mark.parametrize("name", ["RSS", "Atom", "JSON Feed"])
def test_the_text_a_feed_carries_comes_along(name: str) -> None:
    assert read(KINDS[name]([STORY])).items[0].content_html == "<p>The bridge opens.</p>"


def test_authors_are_named() -> None:
    assert {read(KINDS[name]([STORY])).items[0].author for name in ("RSS", "JSON Feed")} == {"Jo Berg"}


@pytest.mark.parametrize("page", [feeds.PRYING, feeds.PRYING.replace("rss", "urlset")])
def test_no_file_of_ours_is_read(page: str) -> None:
    try:
        feed = read(page)
    except BadFeed:
        return
    assert "root:" not in repr(feed)


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


def test_a_comment_before_the_first_element_misleads_nobody() -> None:
    assert read("<!-- <html> -->" + feeds.atom([STORY]).partition("?>")[2]).kind is FeedKind.ATOM


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


@pytest.mark.parametrize(
    ("encoding", "before", "written"),
    [
        ("windows-1251", "\n", "cp1251"),
        ("windows-1251", "", "utf-8"),
        ("utf-16", "", "utf-8"),
    ],
)
def test_a_sitemap_or_feed_that_declares_wrongly_is_read(encoding: str, before: str, written: str) -> None:
    declaration = f'{before}<?xml version="1.0" encoding="{encoding}"?>'
    item = "<item><title>Міст у Києві</title><link>https://post.example/1</link></item>"
    rss = f'{declaration}<rss version="2.0"><channel>{item}</channel></rss>'
    entry = "<url><loc>https://post.example/1</loc><title>Міст у Києві</title></url>"
    sitemap = f"{declaration}<urlset>{entry}</urlset>"
    for text in (rss, sitemap):
        feed = read_feed(text.encode(written), "", "https://post.example/feed")
        assert [item.title for item in feed.items] == ["Міст у Києві"]
