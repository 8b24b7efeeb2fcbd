"""Reads articles from files, addresses and standard input; what is refused comes with the reason."""

import asyncio
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from index.articles import Article
from index.errors import RefusedArticle, VerbatimError
from index.fetching.settings import DEFAULT_FETCH_SETTINGS, FetchSettings
from index.outlet_names import outlet_name
from index.parsing.article_jsonl import articles_from_jsonl
from index.parsing.article_text import article_from_text, url_of_input
from index.parsing.build_article import MAX_TEXT_LENGTH
from index.parsing.file_type import (
    READ_ERRORS,
    SNIFF_BYTES,
    FileType,
    detect_file_type,
    display_name,
    open_input,
)
from index.parsing.overrides import NO_OVERRIDES, MetadataOverrides
from index.parsing.worker_process import ParserProcess
from index.text.charset import decode_page, decode_text

if TYPE_CHECKING:
    from index.fetching.client import Fetcher, FetchResponse

MAX_FILE_BYTES = 4 * MAX_TEXT_LENGTH + SNIFF_BYTES  # a character of UTF-8 has at most four bytes
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{4}\)(https?://\S{1,2000}) -->")


def read_inputs(
    inputs: Sequence[str],
    overrides: MetadataOverrides = NO_OVERRIDES,
    *,
    fetching: FetchSettings = DEFAULT_FETCH_SETTINGS,
    stdin: BinaryIO | None = None,
) -> Iterator[Article | RefusedArticle]:
    """Yield the articles of every input, in order and one at a time.

    An input is an http(s) address, a file (HTML, plain text, Markdown, JSON lines; any of them gzip'd), or
    `-` for standard input. What cannot be read is yielded as a RefusedArticle that names file and line, and
    the next is read. `overrides` outrank what the inputs say of themselves, `stdin` stands in for standard
    input. Blocks while it fetches, so call it off the event loop.

    Raise VerbatimError at once when `overrides` hold no date, or name one article of several inputs.
    """
    _ = overrides.published  # raises for a date that cannot be read
    if len(inputs) > 1 and (overrides.url or overrides.title):
        raise VerbatimError("An address or a title belongs to one article: give it with one input.")
    return _read_all(inputs, overrides, fetching, stdin)


def _read_all(
    inputs: Sequence[str], overrides: MetadataOverrides, fetching: FetchSettings, stdin: BinaryIO | None
) -> Iterator[Article | RefusedArticle]:
    with ParserProcess() as parser, closing(_BlockingFetcher(fetching)) as fetcher:
        for name in inputs:
            try:
                if re.match(r"https?:", name, re.IGNORECASE):
                    yield _article_from_response(fetcher.get(name), overrides, parser)
                else:
                    yield from _read_file(name, overrides, parser, stdin)
            except VerbatimError as refusal:
                yield _name_input(name, refusal)


def _name_input(name: str, refusal: VerbatimError) -> RefusedArticle:
    """Return a refusal whose words name the input."""
    text, name = str(refusal), display_name(name)
    url, title = getattr(refusal, "url", ""), getattr(refusal, "title", "")
    return RefusedArticle(text if name in text else f"{name}: {text}", url=url, title=title)


def _article_from_response(
    response: "FetchResponse", overrides: MetadataOverrides, parser: ParserProcess
) -> Article:
    if response.media_type == "text/plain":
        return article_from_text(response.text, response.url, overrides)
    page = parser.parse_page(response.text, response.url)
    return overrides.apply_to(replace(page, outlet=outlet_name(page.url, page.outlet, {})))


def _read_file(
    name: str, overrides: MetadataOverrides, parser: ParserProcess, stdin: BinaryIO | None
) -> Iterator[Article | RefusedArticle]:
    with open_input(name, stdin) as stream:
        try:
            kind = detect_file_type(stream.peek(SNIFF_BYTES)[:SNIFF_BYTES], name)
            body = b"" if kind is FileType.JSONL else _read_whole(stream, name)
        except READ_ERRORS as error:
            raise RefusedArticle(f"{display_name(name)} is damaged: {error}") from error
        if kind is FileType.JSONL:
            yield from articles_from_jsonl(stream, display_name(name), overrides)
        else:
            yield _article_from_document(body, kind, name, overrides, parser)


def _read_whole(stream: io.BufferedReader, name: str) -> bytes:
    body = stream.read(MAX_FILE_BYTES + 1)
    if len(body) > MAX_FILE_BYTES:
        raise RefusedArticle(
            f"{display_name(name)} is larger than {MAX_FILE_BYTES // 1_000_000} MB: split it up"
        )
    return body


def _article_from_document(
    body: bytes, kind: FileType, name: str, overrides: MetadataOverrides, parser: ParserProcess
) -> Article:
    if kind is FileType.MARKDOWN:
        return parser.parse_markdown(decode_text(body), name, overrides)
    if kind is FileType.TEXT:
        return article_from_text(decode_text(body), name, overrides)
    html = decode_page(body)
    saved = _SAVED_FROM.search(html[:2_000])
    url = overrides.url or (saved[1] if saved else url_of_input(name, html))
    return overrides.apply_to(parser.parse_page(html, url, trust_canonical=True))


class _BlockingFetcher:
    """A Fetcher for callers without an event loop: one loop and one client, started by the first address."""

    def __init__(self, settings: FetchSettings) -> None:
        self._settings = settings
        self._runner = asyncio.Runner()
        self._fetcher: Fetcher | None = None

    def get(self, url: str) -> "FetchResponse":
        """Fetch one page. Raise FetchError when it cannot be had."""
        if self._fetcher is None:
            from index.fetching.client import (
                Fetcher,  # loads the HTTP client, which reading files does not need
            )

            self._fetcher = self._runner.run(Fetcher(self._settings).__aenter__())
        return self._runner.run(self._fetcher.get(url))

    def close(self) -> None:
        """Close the client and its loop."""
        if self._fetcher:
            self._runner.run(self._fetcher.__aexit__(None, None, None))
        self._runner.close()
