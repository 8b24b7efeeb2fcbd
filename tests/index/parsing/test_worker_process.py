import subprocess
import sys
import textwrap
from collections.abc import Iterator
from multiprocessing.context import SpawnProcess
from pathlib import Path

import pytest

from index.errors import BadFeed, RefusedArticle
from index.parsing.feeds.items import FeedKind
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
            with pytest.raises(BadFeed, match="it broke the program"):
                reader.parse_feed(b"<rss/>", "", URL)
        assert reader.parse_feed(feeds.rss([Story("https://post.example/1")]).encode(), "", URL).items
