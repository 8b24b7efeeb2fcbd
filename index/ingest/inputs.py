"""Files, addresses and standard input -> articles, one at a time, and the reason for each that is refused."""

import asyncio
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, BinaryIO

from index.articles import Article
from index.errors import RefusedArticle, VerbatimError
from index.fetching.settings import DEFAULTS, FetchSettings
from index.parsing.article_jsonl import read_rows
from index.parsing.article_text import address_of, article_from_text
from index.parsing.build_article import LONGEST_TEXT
from index.parsing.file_type import BROKEN, HEAD, FileType, detect_file_type, label_of, open_input
from index.parsing.overrides import NO_OVERRIDES, MetadataOverrides
from index.parsing.worker_process import ParserProcess
from index.text.charset import decode_page, decode_text

if TYPE_CHECKING:
    from index.fetching.client import Fetcher, FetchResponse

__all__ = ["FetchSettings", "MetadataOverrides", "read_inputs"]

LARGEST_FILE = 4 * LONGEST_TEXT + HEAD  # bytes; a character has at most four
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{4}\)(https?://\S{1,2000}) -->")


def read_inputs(
    inputs: Sequence[str],
    hints: MetadataOverrides = NO_OVERRIDES,
    *,
    fetching: FetchSettings = DEFAULTS,
    stdin: BinaryIO | None = None,
) -> Iterator[Article | RefusedArticle]:
    """Yield the articles of every input, in order and one at a time.

    An input is an http(s) address, a file (HTML, plain text, Markdown, JSON lines; any of them gzip'd), or
    `-` for standard input. What cannot be read comes as a `RefusedArticle` that names file and line, and the
    rest goes on. Blocks while it fetches, so call it off the event loop. Raises `VerbatimError` at once for
    hints that cannot be.
    """
    _ = hints.published
    if len(inputs) > 1 and (hints.url or hints.title):
        raise VerbatimError("An address or a title belongs to one article: give it with one input.")
    return _read_all(inputs, hints, fetching, stdin)


def _read_all(
    inputs: Sequence[str], hints: MetadataOverrides, fetching: FetchSettings, stdin: BinaryIO | None
) -> Iterator[Article | RefusedArticle]:
    with ParserProcess() as pages, closing(_Web(fetching)) as web:
        for name in inputs:
            try:
                if re.match(r"https?:", name, re.IGNORECASE):
                    yield _fetched(web.get(name), hints, pages)
                else:
                    yield from _read_file(name, hints, pages, stdin)
            except VerbatimError as refusal:
                yield _refused(name, refusal)


def _refused(name: str, refusal: VerbatimError) -> RefusedArticle:
    text, name = str(refusal), label_of(name)
    url, title = getattr(refusal, "url", ""), getattr(refusal, "title", "")
    return RefusedArticle(text if name in text else f"{name}: {text}", url=url, title=title)


def _fetched(page: "FetchResponse", hints: MetadataOverrides, pages: ParserProcess) -> Article:
    if page.kind == "text/plain":
        return article_from_text(page.text, page.url, hints)
    return hints.apply_to(pages.page(page.text, page.url))


def _read_file(
    name: str, hints: MetadataOverrides, pages: ParserProcess, stdin: BinaryIO | None
) -> Iterator[Article | RefusedArticle]:
    with open_input(name, stdin) as stream:
        try:
            kind = detect_file_type(stream.peek(HEAD)[:HEAD], name)
            body = b"" if kind is FileType.ROWS else _whole(stream, name)
        except BROKEN as error:
            raise RefusedArticle(f"{label_of(name)} is damaged: {error}") from error
        if kind is FileType.ROWS:
            yield from read_rows(stream, label_of(name), hints)
        else:
            yield _document(body, kind, name, hints, pages)


def _whole(stream: io.BufferedReader, name: str) -> bytes:
    body = stream.read(LARGEST_FILE + 1)
    if len(body) > LARGEST_FILE:
        raise RefusedArticle(f"{label_of(name)} is larger than {LARGEST_FILE // 1_000_000} MB: split it up")
    return body


def _document(
    body: bytes, kind: FileType, name: str, hints: MetadataOverrides, pages: ParserProcess
) -> Article:
    if kind is FileType.MARKDOWN:
        return pages.markdown(decode_text(body), name, hints)
    if kind is FileType.TEXT:
        return article_from_text(decode_text(body), name, hints)
    html = decode_page(body)
    saved = _SAVED_FROM.search(html[:2_000])
    url = hints.url or (saved[1] if saved else address_of(name, html))
    return hints.apply_to(pages.page(html, url, trusted=True))


class _Web:
    """The fetcher for a caller without an event loop: one loop, one client, started by the first address."""

    def __init__(self, settings: FetchSettings) -> None:
        self._settings = settings
        self._runner = asyncio.Runner()
        self._fetcher: Fetcher | None = None

    def get(self, url: str) -> "FetchResponse":
        """Fetch one page; raises `FetchError`."""
        if self._fetcher is None:
            from index.fetching.client import (
                Fetcher,  # loads the HTTP client, which reading files does not need
            )

            self._fetcher = self._runner.run(Fetcher(self._settings).__aenter__())
        return self._runner.run(self._fetcher.get(url))

    def close(self) -> None:
        """Close the client's connections, and the loop."""
        if self._fetcher:
            self._runner.run(self._fetcher.__aexit__(None, None, None))
        self._runner.close()
