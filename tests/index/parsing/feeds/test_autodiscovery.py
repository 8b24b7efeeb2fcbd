import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import BadFeed
from index.parsing.feeds.autodiscovery import MAX_FEEDS_PER_PAGE, discover_feeds
from index.parsing.feeds.items import FeedKind
from tests.index.parsing.feeds.harness import HOME, read

SCRAPS = ["<html>", "<head>", "<base href='http://['>", "<link rel=feed href='/a'>", "<link rel=feed href='http://['>",
          "<title>", "</title>", "<!--", "\0", "é", "<link rel='alternate' type='application/rss+xml' href=b>"]  # fmt: skip


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


def test_a_base_that_is_no_address_is_as_none() -> None:
    page = b'<html><base href="http://["><link rel="feed" href="/atom">'
    assert discover_feeds(page, "", HOME).linked_feeds == ("https://post.example/atom",)


def test_of_many_feeds_those_named_first_are_taken() -> None:
    links = "".join(f'<link rel="feed" href="/{number}">' for number in range(MAX_FEEDS_PER_PAGE + 1))
    found = discover_feeds(links.encode(), "", HOME).linked_feeds
    assert found == tuple(f"https://post.example/{number}" for number in range(MAX_FEEDS_PER_PAGE))


@given(
    st.lists(st.sampled_from(SCRAPS) | st.text(max_size=8), max_size=12).map("".join)
    | st.binary(max_size=200)
)
def test_any_page_names_feeds_or_is_refused(page: str | bytes) -> None:
    with contextlib.suppress(BadFeed):
        found = discover_feeds(page.encode("utf-8", "replace") if isinstance(page, str) else page, "", HOME)
        assert all(url.startswith(("http://", "https://")) for url in found.linked_feeds)
