"""JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

import json
from html import escape
from typing import Any

from index.errors import BadFeed
from index.parsing.feeds.items import MOST, Feed, FeedBuilder, FeedKind
from index.text.charset import decode_text
from index.text.cleaning import clean_line


def read_json_feed(body: bytes, url: str) -> Feed:
    """Read a JSON Feed; raises `BadFeed`."""
    try:
        document = json.loads(decode_text(body), strict=False)
    except (ValueError, RecursionError) as error:
        raise BadFeed("it is JSON, but damaged or tangled") from error
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise BadFeed("it is JSON, but no JSON Feed")
    gathering = FeedBuilder(url, [])
    for item in items[:MOST]:
        _gather(item if isinstance(item, dict) else {}, gathering)
    return Feed(
        FeedKind.JSON, clean_line(_text(document, "title")), gathering.newest_first(), notes=gathering.notes()
    )


def _gather(item: dict[str, Any], gathering: FeedBuilder) -> None:
    identity = _text(item, "id")
    gathering.add(
        _text(item, "url") or (identity if identity.startswith("http") else ""),
        title=_text(item, "title"),
        author=_author(item),
        dates=(_text(item, "date_published"), _text(item, "date_modified")),
        html=_text(item, "content_html") or _paragraphs(_text(item, "content_text")),
    )


def _text(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""


def _author(item: dict[str, Any]) -> str:
    """Name the authors: `authors` in version 1.1, `author` before."""
    named = item.get("authors")
    people = named[:10] if isinstance(named, list) else [item.get("author")]
    return ", ".join(filter(None, (_text(one, "name") for one in people if isinstance(one, dict))))


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
