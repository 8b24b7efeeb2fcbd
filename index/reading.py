"""Files, addresses and standard input -> articles, one at a time, and the reason for each that is refused."""

import gzip
import io
import json
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from index.articles import Article
from index.cleaning import LONGEST_TEXT, asked_date, clean_line, make_article, read_date
from index.errors import RefusedArticle, VerbatimError

HEAD = 65_536  # bytes looked at to tell what a file is
LONGEST_ROW = 12 * LONGEST_TEXT + 100_000  # characters; every one of a text may be written `\ud83d\ude00`
GIVE_UP = 8 * LONGEST_ROW  # characters of one endless line after which the rest of a file is left alone
BROKEN = (OSError, EOFError, zlib.error)  # what a damaged or vanishing file raises while it is read

Item = Article | RefusedArticle


@dataclass(frozen=True, slots=True)
class Hints:
    """What a person says of an article beforehand.

    They outrank what a page or a text says of itself; JSON lines take them for fields that are missing.
    `date` is as typed. `url` and `title` name one article, so they go with one input.
    """

    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    date: str | None = None
    author: str | None = None


def read_rows(stream: BinaryIO, name: str, hints: Hints = Hints()) -> Iterator[Item]:
    """Yield one article for each JSON line, or the reason it is refused, naming file and line.

    A row has `text` and `url`, and may have `title outlet author published`. Memory stays bounded by the
    longest row allowed, however long the file.
    """
    lines = io.TextIOWrapper(
        io.BufferedReader(cast("Any", stream)), encoding="utf-8-sig", errors="surrogateescape", newline="\n"
    )
    number = 0
    try:
        while line := lines.readline(LONGEST_ROW):
            number += 1
            if len(line) == LONGEST_ROW and not line.endswith("\n"):
                yield RefusedArticle(f"{name}, line {number}: it is longer than {LONGEST_ROW:,} characters")
                if not _skip_line(lines):
                    return
            elif line.strip():
                yield _row(line, f"{name}, line {number}", hints)
    except BROKEN as error:
        yield RefusedArticle(f"{name} is damaged after line {number}: {error}")


def _skip_line(lines: io.TextIOWrapper) -> bool:
    """Read to the end of the line; False when it is so long that the file is given up."""
    return any(lines.readline(LONGEST_ROW).endswith("\n") for _ in range(GIVE_UP // LONGEST_ROW))


def _row(line: str, place: str, hints: Hints) -> Item:
    fields: dict[str, str] = {}
    try:
        fields = _fields(line)
        return make_article(
            url=fields.get("url") or hints.url or "",
            text=fields.get("text", ""),
            title=fields.get("title") or hints.title,
            outlet=fields.get("outlet") or hints.outlet,
            author=fields.get("author") or hints.author,
            published=read_date(fields.get("published")) or (asked_date(hints.date) if hints.date else None),
        )
    except VerbatimError as refusal:
        url, title = clean_line(fields.get("url")), clean_line(fields.get("title"))
        return RefusedArticle(f"{place}: {refusal}", url=url, title=title)


def _fields(line: str) -> dict[str, str]:
    """Return the row's fields that hold text; null is the same as absent."""
    try:
        line.encode()
        row = json.loads(line)
    except UnicodeEncodeError as error:
        raise RefusedArticle("it is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise RefusedArticle(f"it is not JSON ({error})") from error
    if not isinstance(row, dict):
        raise RefusedArticle("it is not a JSON object with url, outlet, title, author, published and text")
    names = ("url", "outlet", "title", "author", "published", "text")
    fields = {name: row[name] for name in names if row.get(name) is not None}
    wrong = [name for name, value in fields.items() if not isinstance(value, str)]
    if wrong:
        raise RefusedArticle(f"its {' and '.join(wrong)} must be text in quotation marks")
    return fields


def read_inputs(
    inputs: Sequence[str], hints: Hints = Hints(), *, stdin: BinaryIO | None = None
) -> Iterator[Item]:
    """Yield the articles of every input, in order: JSON lines in files, gzip'd or not, and `-`."""
    for name in inputs:
        with _opened(name, stdin) as stream:
            yield from read_rows(stream, name, hints)


def _opened(name: str, stdin: BinaryIO | None) -> BinaryIO:
    if name == "-":
        return stdin or sys.stdin.buffer
    stream = Path(name).open("rb")
    packed = stream.peek(2)[:2] == b"\x1f\x8b"
    return cast("BinaryIO", gzip.GzipFile(fileobj=stream)) if packed else stream
