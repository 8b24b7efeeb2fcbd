import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import BadFeed
from index.parsing.feeds.opml import MAX_OPML_BYTES, MAX_OPML_FEEDS, Outline, read_opml, write_opml

LIST = b"""<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>
<outline text="World"><outline type="rss" text="The Post &amp; Sons" xmlUrl="https://post.example/feed?id=1"/>
<outline text="Deep"><outline xmlurl="https://wire.example/rss" title="Wire"/></outline></outline>
<outline text="Again" xmlUrl="https://post.example/feed?id=1"/><outline text="A link" url="https://x.example"/>
<outline xmlUrl="javascript:alert(1)"/><outline xmlUrl=""/></body></opml>"""


def test_the_feeds_of_a_list_are_read_in_all_folders_once() -> None:
    assert read_opml(LIST) == [
        Outline("https://post.example/feed?id=1", "The Post & Sons"),
        Outline("https://wire.example/rss", "Wire"),
    ]


@given(st.lists(st.text(max_size=30), max_size=5))
def test_what_is_written_is_read_again(titles: list[str]) -> None:
    outlines = [Outline(f"https://x.example/{number}", title) for number, title in enumerate(titles)]
    with contextlib.suppress(BadFeed):
        again = read_opml(write_opml(outlines))
        assert [outline.url for outline in again] == [outline.url for outline in outlines]


def test_names_survive() -> None:
    outlines = [Outline("https://x.example/a?b=1&c=2", "Žluťoučký <kůň> & “quotes”")]
    assert read_opml(write_opml(outlines)) == outlines


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "cannot be read"),
        (b"hello", "OPML"),
        (b"<rss/>", "no list of feeds"),
        (b"<:xml/>", "no list of feeds"),
        (b"<opml/>", "holds no feed"),
        (b"x" * (MAX_OPML_BYTES + 1), "larger than 5 MB"),
        (
            b'<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml><outline xmlUrl="&a;"/></opml>',
            "OPML|no feed",
        ),
    ],
)
def test_what_is_no_list_is_told(body: bytes, words: str) -> None:
    with pytest.raises(BadFeed, match=words):
        read_opml(body)


def test_a_list_has_an_end() -> None:
    outlines = [Outline(f"https://x.example/{number}") for number in range(MAX_OPML_FEEDS + 10)]
    assert len(read_opml(write_opml(outlines))) == MAX_OPML_FEEDS


@pytest.mark.parametrize("half", ["&#xD800;", "&#xdfff;", "&#55296;", "&#57343;", "&#x00DbFF;"])
def test_half_of_a_pair_of_characters_spoils_no_list(half):
    body = f"<opml><body><outline xmlUrl='https://post.example/feed' text='Post {half}'/></body></opml>"
    [outline] = read_opml(body.encode())
    assert outline == Outline("https://post.example/feed", "Post \ufffd")
    [kept] = read_opml(body.replace(half, "&#xD7FF;&#57344;").encode())
    assert kept.title == "Post \ud7ff\ue000"
