import builtins
import json
import multiprocessing
import pickle
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from multiprocessing.context import SpawnProcess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import BadFeed, NoParser, RefusedArticle
from index.parsing import worker_process
from index.parsing.article_html import article_from_page
from index.parsing.article_text import article_from_markdown
from index.parsing.feeds.items import FeedKind
from index.parsing.feeds.opml import MAX_OPML_BYTES
from index.parsing.feeds.reader import read_feed
from index.parsing.overrides import MetadataOverrides
from index.parsing.worker_process import ParserProcess
from tests.web import feeds, pages
from tests.web.feeds import Story

URL = "https://post.example/feed"


@pytest.fixture(scope="module")
def reader() -> Iterator[ParserProcess]:
    with ParserProcess() as reader:
        yield reader


def test_pages_feeds_and_lists_are_read_by_one_process(reader: ParserProcess) -> None:
    feed = reader.parse_feed(feeds.atom([Story("https://post.example/1")]).encode(), "", URL)
    assert (feed.kind, feed.items[0].url) == (FeedKind.ATOM, "https://post.example/1")
    assert (
        reader.parse_page(pages.story(), "https://post.example/1").title
        == "Harbour bridge opens before the winter"
    )
    assert reader.parse_opml(b'<opml><outline xmlUrl="https://post.example/feed"/></opml>')[0].url == URL


def test_refusals_come_back_as_what_they_are(reader: ParserProcess) -> None:
    with pytest.raises(BadFeed, match="empty"):
        reader.parse_feed(b"", "", URL)
    with pytest.raises(RefusedArticle):
        reader.parse_page("<p>Hi", URL)


def test_what_comes_back_is_what_was_read_and_the_whole_of_it(reader: ParserProcess) -> None:
    stories = [
        Story(f"https://post.example/{number}", full="<p>Words of it.</p>" * 60) for number in range(3)
    ]
    body = feeds.rss(stories).encode()
    assert reader.parse_feed(body, "", URL) == read_feed(body, "", URL)
    page = pages.story()
    assert reader.parse_page(page, "https://post.example/1") == article_from_page(
        page, "https://post.example/1"
    )
    stated = MetadataOverrides(outlet="Post", date="2024-11-10")
    text = "# A bridge\n\nThe bridge in Norwick opened on Monday after two years of work.\n"
    assert reader.parse_markdown(text, "a.md", stated) == article_from_markdown(text, "a.md", stated)


def test_a_refusal_keeps_its_words_kind_and_address(reader: ParserProcess) -> None:
    with pytest.raises(BadFeed) as large:
        reader.parse_opml(b" " * (MAX_OPML_BYTES + 1))
    assert (large.value.kind, large.value.facts) == ("opml-large", {"megabytes": 5})
    with pytest.raises(RefusedArticle) as refused:
        reader.parse_page("<" * 70_000, "https://post.example/\ud800")
    assert refused.value.url == "https://post.example/?"


class Takeover:
    """What runs code in whoever unpickles it."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (exec, ("import builtins; builtins.taken_over = True",))


@pytest.mark.parametrize(
    "answer",
    [
        pickle.dumps(Takeover()),
        b"=" + pickle.dumps(Takeover()),
        b"",
        b"=",
        b"={}",
        b'=[{"url": 1}]',
        b'={"kind": "RSS", "items": [{"url": "https://post.example/1", "published": "never"}]}',
        b"!",
        b"!{}",
        b'!{"error": "SystemExit", "reason": "x", "kind": "", "facts": {"a": {}}, "url": "", "title": ""}',
    ],
)
def test_a_process_that_was_taken_over_can_send_no_code(answer: bytes) -> None:
    ours, theirs = multiprocessing.Pipe()
    with ParserProcess() as reader:
        reader._pipe = ours
        theirs.send_bytes(answer)
        with pytest.raises(BadFeed, match="it broke the program"):
            reader.parse_feed(b"<rss/>", "", URL)
        assert reader._pipe is None
    assert not hasattr(builtins, "taken_over")


ODD = st.one_of(
    st.text(max_size=16),
    st.sampled_from(["\ud800", "\x00", "\u202e", "&#xd800;", "\\ud800", "<b>", "]]>", "{", "é" * 600]),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(ODD, min_size=7, max_size=7),
    st.sampled_from(["rss", "atom", "json", "page", "opml", "markdown"]),
)
def test_whatever_is_read_comes_through_the_pipe_whole(
    monkeypatch: pytest.MonkeyPatch, odd: list[str], form: str
) -> None:
    monkeypatch.setattr(worker_process, "limit_memory", lambda: None)  # it would limit the tests
    title, author, language, link, text, date, site = odd
    url = f"https://post.example/{link}"
    paragraphs = f"<p>The harbour bridge in Norwick closed on Monday. {text}</p>" * 12
    item = {
        "url": url,
        "title": title,
        "content_html": paragraphs,
        "date_published": date,
        "authors": [{"name": author}],
    }
    documents: dict[str, tuple[worker_process._Format, str, list[object]]] = {
        "rss": (worker_process._Format.FEED, f"<rss><channel><title>{site}</title><language>{language}</language><item><link>{url}</link><title>{title}</title><author>{author}</author><pubDate>{date}</pubDate><description>{paragraphs}</description></item></channel></rss>", ["", URL]),
        "atom": (worker_process._Format.FEED, f"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='{language}'><title>{site}</title><entry><link href='{url}'/><title>{title}</title><author><name>{author}</name></author><updated>{date}</updated><content>{text}</content></entry></feed>", ["", URL]),
        "json": (worker_process._Format.FEED, json.dumps({"title": site, "language": language, "items": [item]}), ["", URL]),
        "page": (worker_process._Format.PAGE, f"<html lang='{language}'><head><title>{title}</title><meta name='author' content='{author}'><meta property='og:site_name' content='{site}'><meta property='og:image' content='{url}'><meta property='article:published_time' content='{date}'></head><article><h1>{title}</h1>{paragraphs}</article>", [url, False]),
        "opml": (worker_process._Format.OPML, f"<opml><outline xmlUrl='{url}' title='{title}' text='{text}'/></opml>", []),
        "markdown": (worker_process._Format.MARKDOWN, f"# {title}\n\nThe bridge closed. {text}\n", ["bridge-\udcff.md", {"outlet": author, "title": None, "url": None, "date": None, "author": text}]),
    }  # fmt: skip
    data_format, document, arguments = documents[form]
    sent = document.encode("utf-8", "surrogatepass")
    answer = worker_process._answer(data_format, sent, arguments)
    if answer[:1] == b"!":
        assert str(worker_process._refusal_from_json(answer[1:]))
        return
    found = worker_process._result_type(data_format).validate_json(answer[1:])
    assert found == worker_process._load_parser(data_format)(sent, *arguments)
    repr(found).encode("utf-8")  # every text of it can be stored


def test_what_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    with ParserProcess(timeout=0.0) as reader:
        with pytest.raises(BadFeed, match="took more than 0 seconds"):
            reader.parse_feed(
                feeds.rss([Story("https://post.example/1", full="x" * 300_000)] * 50).encode(), "", URL
            )
        reader._timeout = 20.0
        assert reader.parse_feed(feeds.rss([Story("https://post.example/1")]).encode(), "", URL).items


SWELLING = """
    from index.parsing.worker_process import MAX_MEMORY_BYTES, limit_memory

    limit_memory()
    spare = bytearray(MAX_MEMORY_BYTES // 2)
    try:
        bytearray(MAX_MEMORY_BYTES)
    except MemoryError:
        print("stopped")
"""


@pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="this system does not tell what a process takes"
)
def test_no_page_takes_more_than_its_share() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(SWELLING)], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "stopped"


def test_a_process_that_cannot_be_started_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with ParserProcess() as reader:
        with monkeypatch.context() as patched:
            patched.setattr(
                SpawnProcess, "start", lambda _: (_ for _ in ()).throw(OSError("no more processes"))
            )
            with pytest.raises(NoParser, match="cannot be started"):
                reader.parse_feed(b"<rss/>", "", URL)
            assert (reader._pipe, reader._process) == (None, None)
        assert reader.parse_feed(feeds.rss([Story("https://post.example/1")]).encode(), "", URL).items


def test_a_process_that_died_while_it_was_idle_costs_no_page() -> None:
    page = feeds.rss([Story("https://post.example/1")]).encode()
    with ParserProcess() as reader:
        assert reader.parse_feed(page, "", URL).items
        assert reader._process
        reader._process.kill()
        reader._process.join()
        assert reader.parse_feed(page, "", URL).items
