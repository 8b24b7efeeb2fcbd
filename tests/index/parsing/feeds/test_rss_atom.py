import contextlib
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.errors import BadFeed
from index.parsing.feeds.items import MAX_ITEMS, FeedKind
from index.parsing.feeds.rss_atom import read_rss_atom
from tests.index.parsing.feeds.harness import HOME, STORY, read
from tests.web import feeds
from tests.web.feeds import NOON, Story
from tests.web.newspaper import CHARSETS, Newspaper


@pytest.mark.parametrize("version", ["0.91", "0.92", "2.0"])
def test_rss_of_every_age_is_read(version: str) -> None:
    assert read(feeds.rss([STORY], version=version)).items[0].title == STORY.title


def test_a_long_summary_is_the_article_and_a_short_one_is_not() -> None:
    long = "<p>" + "The bridge opens. " * 100 + "</p>"
    page = feeds.rss([STORY, Story("https://post.example/2")]).replace(
        "In short.", "<![CDATA[" + long + "]]>", 1
    )
    page = page.replace("<content:encoded>&lt;p&gt;The bridge opens.&lt;/p&gt;</content:encoded>", "")
    carried = {item.url: item.content_html for item in read(page).items}
    assert carried == {"https://post.example/bridge": long, "https://post.example/2": ""}


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


def test_laughing_entities_do_not_swell() -> None:
    feed = read(feeds.LAUGHS)
    assert all(len(item.title) <= 500 for item in feed.items)


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


@pytest.mark.parametrize("declared", ["header", "xml"])
@pytest.mark.parametrize("name", [name for name in CHARSETS if name != "macintosh"])
def test_charsets_are_read(name: str, declared: str) -> None:
    page = feeds.rss([Story(STORY.url, title=CHARSETS[name])])
    page = page.replace('encoding="utf-8"', f'encoding="{name}"' if declared == "xml" else "")
    kind = "application/xml" if declared == "xml" else f"text/xml; charset={name}"
    assert read(page.encode(name), kind).items[0].title == CHARSETS[name]


@pytest.mark.parametrize("name", [b"\xe2(", b"nonsense", b"", b"rot13"])
def test_an_encoding_that_is_no_name_is_ignored(name: bytes) -> None:
    item = f"<item><link>{STORY.url}</link><title>Bridge</title></item>".encode()
    body = (
        b'<?xml version="1.0" encoding="'
        + name
        + b'"?><rss version="2.0"><channel>'
        + item
        + b"</channel></rss>"
    )
    assert [one.title for one in read(body).items] == ["Bridge"]


@pytest.mark.parametrize(
    "creators",
    [
        ("Kim Ash", "j@post.example (Jo Berg)"),
        ("k@post.example (Kim Ash)", "j@post.com", "Jo Berg"),
        ("Kim Ash &lt;k@post.online&gt;", "k@post.online", "Jo Berg, Senior Reporter"),
        ("Kim Ash", "Jo Berg", "Kim Ash"),
    ],
)
def test_of_several_authors_all_are_named(creators: tuple[str, ...]) -> None:
    written = "".join(f"<dc:creator>{creator}</dc:creator>" for creator in creators)
    item = f"<item><link>{STORY.url}</link>{written}</item>"
    rss = f'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{item}</channel></rss>'
    authors = "".join(f"<author><name>{name}</name></author>" for name in ("Kim Ash", "Jo Berg"))
    entry = f'<entry><link href="{STORY.url}"/>{authors}</entry>'
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'
    for body in (rss, atom):
        assert [one.author for one in read(body.encode()).items] == ["Kim Ash, Jo Berg"]


@pytest.mark.parametrize("relation", ["", 'rel="alternate"'])
def test_the_link_of_an_atom_entry_is_the_one_to_the_article(relation: str) -> None:
    links = f'<link rel="self" href="/self"/><link {relation} href="/story"/><link rel="enclosure" href="/x.mp3"/>'
    page = feeds.atom([STORY]).replace(f'<link rel="alternate" href="{STORY.url}"/>', links)
    feed = read(page)
    assert (feed.kind, [item.url for item in feed.items]) == (FeedKind.ATOM, ["https://post.example/story"])


@settings(max_examples=60)
@given(
    st.binary(max_size=150), st.sampled_from([b"", b"<rss version='2.0'><channel><item>", b"<feed><entry>"])
)
@example(b"", b"")
def test_any_bytes_are_read_or_refused(body: bytes, start: bytes) -> None:
    with contextlib.suppress(BadFeed):
        read_rss_atom(start + body, "", HOME)
