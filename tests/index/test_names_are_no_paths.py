"""No name that comes from outside becomes a path: of outlets, titles, addresses, feeds, lists."""

import os
from pathlib import Path

import pytest

from index.archive import Archive
from index.errors import VerbatimError
from index.feeds.manager import FeedManager
from index.fetching.settings import FetchSettings
from index.ingest.inputs import read_inputs
from index.parsing.build_article import make_article
from index.parsing.feeds.opml import Outline, write_opml

NAMES = ["../../escaped", "/tmp/escaped", "..\\..\\escaped", "a/../../escaped", "escaped\x00.txt", "~/escaped", "C:\\escaped", "."]  # fmt: skip


def files_below(folder: Path) -> set[str]:
    return {os.path.relpath(path, folder) for path in folder.rglob("*") if path.is_file()}


def shape(files: set[str]) -> set[str]:
    """Return paths without the numbers and random parts that the indexes' own files have."""
    return {name.split("/")[0] for name in files}


@pytest.fixture
def plain(tmp_path: Path, encoder) -> set[str]:  # type: ignore[no-untyped-def]
    """What stands in a data folder that holds one article of no special name, and a feed."""
    folder = tmp_path / "plain"
    fill(folder, encoder, "Sample Wire", "https://news.example/a")
    return shape(files_below(folder))


def fill(folder: Path, encoder, name: str, url: str) -> None:  # type: ignore[no-untyped-def]
    folder.mkdir(parents=True)
    with Archive(folder, encoder) as archive:
        archive.add(
            [
                make_article(
                    url=url,
                    text="The bridge in Norwick closed on Monday.",
                    title=name,
                    outlet=name,
                    author=name,
                )
            ]
        )
        archive.ask("What closed in Norwick?")
        archive.ask(f"What did {name} say?", outlets=[name])
    manager = FeedManager(folder, FetchSettings())
    manager.import_opml(write_opml([Outline("https://news.example/feed", name)]))
    manager.close()


@pytest.mark.parametrize("name", NAMES)
def test_no_outlet_title_or_feed_is_a_path(tmp_path: Path, plain: set[str], encoder, name: str) -> None:  # type: ignore[no-untyped-def]
    work = tmp_path / "work"
    fill(work / "deep" / "data", encoder, name, "https://news.example/../../../escaped")
    assert shape(files_below(work / "deep" / "data")) == plain
    assert all(path.startswith("deep/data/") for path in files_below(work))
    assert not Path("/tmp/escaped").exists()


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "FILE:///etc/passwd", "https://news.example/../../etc/passwd"]
)
def test_an_address_opens_no_file(url: str) -> None:
    """`verbatim add` reads files by their names; an address is never one."""
    if url.startswith("https"):
        article = make_article(url=url, text="The bridge closed.")
        assert article.url == "https://news.example/../../etc/passwd"
        return
    [found] = read_inputs([url])
    assert isinstance(found, VerbatimError)
    assert "root:" not in str(found)
