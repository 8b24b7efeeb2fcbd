"""JSON lines -> articles: one object a line, read as a stream."""

import io
import json
from collections.abc import Iterator

from index.articles import Article
from index.errors import RefusedArticle, VerbatimError
from index.parsing.build_article import LONGEST_TEXT, make_article
from index.parsing.file_type import BROKEN, encoding_of
from index.parsing.overrides import NO_OVERRIDES, MetadataOverrides
from index.text.cleaning import clean_line
from index.text.dates import parse_written_date

FIELDS = ("url", "outlet", "title", "author", "published", "text")
LONGEST_ROW = 12 * LONGEST_TEXT + 100_000  # characters; each of a text's may be written `\ud83d\ude00`
MAX_BAD_ROWS = 8  # as many rows' lengths of one endless line, and the rest of the file is left alone


def read_rows(
    stream: io.BufferedReader, name: str, hints: MetadataOverrides = NO_OVERRIDES
) -> Iterator[Article | RefusedArticle]:
    """Yield one article for each line, or the reason it is refused, naming file and line.

    A row has `text` and `url`, and may have `title outlet author published`; other fields are left alone.
    Memory stays bounded by the longest row allowed, however long the file.
    """
    encoding = encoding_of(stream.peek(4)[:4])
    errors = "surrogateescape" if encoding == "utf-8-sig" else "replace"
    lines = io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="\n")
    number = 0
    try:
        while line := lines.readline(LONGEST_ROW):
            number += 1
            if len(line) == LONGEST_ROW and not line.endswith("\n"):
                yield RefusedArticle(f"{name}, line {number}: it is longer than {LONGEST_ROW:,} characters")
                if not _skip_line(lines):
                    yield RefusedArticle(f"{name}: line {number} does not end; the rest is left out")
                    return
            elif line.strip():
                yield _row(line, f"{name}, line {number}", hints)
    except BROKEN as error:
        yield RefusedArticle(f"{name} is damaged after line {number}: {error}")
    finally:
        lines.detach()  # else the stream, which is not ours, would be closed with the wrapper


def _skip_line(lines: io.TextIOWrapper) -> bool:
    """Read to the end of the line; False when it is so long that the file is given up."""
    return any(lines.readline(LONGEST_ROW).endswith("\n") for _ in range(MAX_BAD_ROWS))


def _row(line: str, place: str, hints: MetadataOverrides) -> Article | RefusedArticle:
    fields: dict[str, str] = {}
    try:
        fields = _fields(line)
        return make_article(
            url=_need(fields, "url"),
            text=_need(fields, "text"),
            title=fields.get("title"),
            outlet=fields.get("outlet") or hints.outlet,
            author=fields.get("author") or hints.author,
            published=parse_written_date(fields.get("published")) or hints.published,
        )
    except VerbatimError as refusal:
        url, title = clean_line(fields.get("url")), clean_line(fields.get("title"))
        return RefusedArticle(f"{place}: {refusal}", url=url, title=title)


def _need(fields: dict[str, str], name: str) -> str:
    if not fields.get(name, "").strip():
        raise RefusedArticle(f"it has no {name}")
    return fields[name]


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
        raise RefusedArticle(f"it is not a JSON object with {', '.join(FIELDS)}")
    fields = {name: row[name] for name in FIELDS if row.get(name) is not None}
    wrong = [name for name, value in fields.items() if not isinstance(value, str)]
    if wrong:
        raise RefusedArticle(f"its {' and '.join(wrong)} must be text in quotation marks")
    return fields
