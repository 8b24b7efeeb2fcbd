"""JSON lines (https://jsonlines.org) -> articles: one object a line, read as a stream."""

import io
import json
from collections.abc import Iterator

from index.articles import Article, DateSource
from index.errors import RefusedArticle, VerbatimError
from index.parsing.build_article import MAX_TEXT_LENGTH, make_article
from index.parsing.file_type import READ_ERRORS, encoding_from_bom
from index.parsing.overrides import NO_OVERRIDES, MetadataOverrides
from index.text.cleaning import clean_line
from index.text.dates import parse_written_date

ROW_FIELDS = ("url", "outlet", "title", "author", "published", "text")
# In characters: JSON may write each of the text's as an escaped surrogate pair, `\ud83d\ude00` (12 characters).
MAX_ROW_LENGTH = 12 * MAX_TEXT_LENGTH + 100_000
MAX_SKIPPED_CHUNKS = 8  # of `MAX_ROW_LENGTH` in one line, then the rest of the file is left out; judged


def articles_from_jsonl(
    stream: io.BufferedReader, name: str, overrides: MetadataOverrides = NO_OVERRIDES
) -> Iterator[Article | RefusedArticle]:
    """Yield one article for each line, or the reason it is refused, which names file and line.

    A row has `text` and `url`, and may have `title outlet author published`; other fields are ignored, and
    `overrides` stand in for fields that are missing. `name` is what the file is called in reasons. Memory
    stays bounded by the longest row allowed, however long the file. The stream is left open.
    """
    encoding = encoding_from_bom(stream.peek(4)[:4])
    errors = "surrogateescape" if encoding == "utf-8-sig" else "replace"
    lines = io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="\n")
    number = 0
    try:
        while line := lines.readline(MAX_ROW_LENGTH):
            number += 1
            if len(line) == MAX_ROW_LENGTH and not line.endswith("\n"):
                yield RefusedArticle(
                    f"{name}, line {number}: it is longer than {MAX_ROW_LENGTH:,} characters"
                )
                if not _skip_line(lines):
                    yield RefusedArticle(f"{name}: line {number} does not end; the rest is left out")
                    return
            elif line.strip():
                yield _article_from_row(line, f"{name}, line {number}", overrides)
    except READ_ERRORS as error:
        yield RefusedArticle(f"{name} is damaged after line {number}: {error}")
    finally:
        lines.detach()  # else the caller's stream would be closed with the wrapper


def _skip_line(lines: io.TextIOWrapper) -> bool:
    """Read to the end of the line; return False when that is too far away."""
    return any(lines.readline(MAX_ROW_LENGTH).endswith("\n") for _ in range(MAX_SKIPPED_CHUNKS))


def _article_from_row(line: str, location: str, overrides: MetadataOverrides) -> Article | RefusedArticle:
    fields: dict[str, str] = {}
    try:
        fields = _parse_row(line)
        stated = parse_written_date(fields.get("published"))
        return make_article(
            url=_required(fields, "url"),
            text=_required(fields, "text"),
            title=fields.get("title"),
            outlet=fields.get("outlet") or overrides.outlet,
            author=fields.get("author") or overrides.author,
            published=stated or overrides.published,
            date_source=DateSource.METADATA if stated else DateSource.PERSON,
        )
    except VerbatimError as refusal:
        url, title = clean_line(fields.get("url")), clean_line(fields.get("title"))
        return RefusedArticle(f"{location}: {refusal}", url=url, title=title)


def _required(fields: dict[str, str], name: str) -> str:
    if not fields.get(name, "").strip():
        raise RefusedArticle(f"it has no {name}")
    return fields[name]


def _parse_row(line: str) -> dict[str, str]:
    """Return the row's fields that hold text, null being the same as absent; raise RefusedArticle."""
    try:
        line.encode()
        row = json.loads(line)
    except UnicodeEncodeError as error:
        raise RefusedArticle("it is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise RefusedArticle(f"it is not JSON ({error})") from error
    if not isinstance(row, dict):
        raise RefusedArticle(f"it is not a JSON object with {', '.join(ROW_FIELDS)}")
    fields = {name: row[name] for name in ROW_FIELDS if row.get(name) is not None}
    not_text = [name for name, value in fields.items() if not isinstance(value, str)]
    if not_text:
        raise RefusedArticle(f"its {' and '.join(not_text)} must be text in quotation marks")
    return fields
