"""Sitemaps (https://www.sitemaps.org/protocol.html) with Google's news extension, and indexes of them.

The extension: https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
"""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from lxml import etree

from index.errors import BadFeed
from index.parsing.feeds.items import UNDATED_SORT_KEY, Feed, FeedBuilder, FeedKind, resolve_http_url
from index.text.dates import parse_date

# The news extension asks for articles of the last two days; a plain sitemap lists all a site ever had.
RECENT_CHANGE = timedelta(days=2)
MAX_CHILD_SITEMAPS = 5  # sitemaps of an index that are read, those that changed last; judged
MAX_SITEMAP_ENTRIES = 50_000  # the most that sitemaps.org allows


def read_sitemap(body: bytes, url: str, now: datetime | None = None) -> Feed:
    """Parse a sitemap or an index of sitemaps; raise BadFeed when its XML cannot be read.

    An entry without the news extension is an item if it changed within `RECENT_CHANGE` before `now`.
    """
    since = (now or datetime.now(UTC)) - RECENT_CHANGE
    builder = FeedBuilder(url, [])
    children: list[tuple[datetime, str]] = []
    title, old_entries = "", 0
    for kind, fields in _entries(body):
        changed = parse_date(fields.get("lastmod"))
        if kind == "sitemap":
            children.append((changed or UNDATED_SORT_KEY, resolve_http_url(fields.get("loc", ""), url)))
        elif "publication_date" in fields or "title" in fields or (changed and changed >= since):
            title = title or fields.get("name", "")
            builder.language = builder.language or fields.get("language", "")
            dates = (fields.get("publication_date", ""), fields.get("lastmod", ""))
            builder.add(fields.get("loc", ""), title=fields.get("title", ""), dates=dates)
        else:
            old_entries += 1
    if children:
        newest = sorted(children, key=lambda child: child[0], reverse=True)
        linked = tuple(child for _, child in newest if child)[:MAX_CHILD_SITEMAPS]
        return Feed(FeedKind.SITEMAP_INDEX, linked_feeds=linked)
    warnings = builder.warnings()
    if old_entries:
        warnings += (
            f"{old_entries:,} addresses that are neither marked as news nor changed lately, left out",
        )
    return Feed(FeedKind.SITEMAP, title, builder.newest_first(), warnings=warnings)


def _entries(body: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the tag of each entry (`url` or `sitemap`) and the texts in it by the names of their elements, of `_fields`."""
    events = etree.iterparse(
        io.BytesIO(body),
        tag=("{*}url", "{*}sitemap"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    try:
        for number, (_, element) in enumerate(events):
            if number >= MAX_SITEMAP_ENTRIES:
                return
            yield _local_name(element), _fields(element)
            element.clear()  # what was yielded is freed, so that memory does not grow with the sitemap
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadFeed("it is a sitemap whose XML cannot be read", "feed-sitemap-broken") from error


def _fields(entry: etree._Element) -> dict[str, str]:
    """Return the texts of an entry's own elements and of the news extension's; pictures and films have titles too."""
    fields: dict[str, str] = {}
    for child in entry.iterchildren(etree.Element):
        for part in child.iter(etree.Element) if _local_name(child) == "news" else (child,):
            fields.setdefault(_local_name(part), (part.text or "").strip())
    return fields


def _local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace; lxml's own `QName` refuses odd names."""
    return str(element.tag).rpartition("}")[2]
