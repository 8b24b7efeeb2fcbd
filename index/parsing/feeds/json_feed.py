"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from html import escape
from typing import Any

from index.errors import BadFeed
from index.parsing.feeds.items import MAX_ITEMS, Feed, FeedBuilder, FeedKind
from index.text.charset import decode_text
from index.text.cleaning import clean_line

MAX_AUTHORS = 10  # of one item that are named; judged


def read_json_feed(body: bytes, url: str) -> Feed:
    """Parse the JSON Feed that came from `url`; raise BadFeed when it is damaged or no JSON Feed."""
    try:
        document = json.loads(decode_text(body), strict=False)
    except (ValueError, RecursionError) as error:
        raise BadFeed("it is JSON, but damaged or tangled", "feed-json-broken") from error
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise BadFeed("it is JSON, but no JSON Feed", "feed-json-other")
    builder = FeedBuilder(url, [], _string(document, "language"))
    for item in items[:MAX_ITEMS]:
        _add_item(item if isinstance(item, dict) else {}, builder)
    title = clean_line(_string(document, "title"))
    return Feed(FeedKind.JSON, title, builder.newest_first(), warnings=builder.warnings())


def _add_item(item: dict[str, Any], builder: FeedBuilder) -> None:
    identifier = _string(item, "id")
    builder.add(
        _string(item, "url") or (identifier if identifier.startswith("http") else ""),
        title=_string(item, "title"),
        author=_authors(item),
        dates=(_string(item, "date_published"), _string(item, "date_modified")),
        content_html=_string(item, "content_html") or _as_paragraphs(_string(item, "content_text")),
    )


def _string(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""


def _authors(item: dict[str, Any]) -> str:
    """Return the authors' names: of `authors` in version 1.1, of `author` in version 1."""
    listed = item.get("authors")
    authors = listed[:MAX_AUTHORS] if isinstance(listed, list) else [item.get("author")]
    return ", ".join(
        filter(None, (_string(author, "name") for author in authors if isinstance(author, dict)))
    )


def _as_paragraphs(text: str) -> str:
    """Return plain text as HTML, each line a paragraph."""
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
