"""Sitemaps (https://www.sitemaps.org) with Google's news extension, and indexes of them."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from lxml import etree

from index.errors import BadFeed
from index.parsing.feeds.items import OLDEST, Feed, FeedBuilder, FeedKind, web_address
from index.text.dates import parse_date

RECENT = timedelta(days=2)  # a plain sitemap lists everything a site ever had; the news extension only this
CHILDREN = 5  # sitemaps of an index that are read, those that changed last
LISTED = 50_000  # entries of one sitemap, as the protocol allows


def read_sitemap(body: bytes, url: str, now: datetime | None = None) -> Feed:
    """Read a sitemap or an index of sitemaps; raises `BadFeed`.

    Entries without the news extension count when they changed lately.
    """
    since = (now or datetime.now(UTC)) - RECENT
    gathering = FeedBuilder(url, [])
    children: list[tuple[datetime, str]] = []
    title, plain = "", 0
    for kind, facts in _entries(body):
        changed = parse_date(facts.get("lastmod"))
        if kind == "sitemap":
            children.append((changed or OLDEST, web_address(facts.get("loc", ""), url)))
        elif "publication_date" in facts or "title" in facts or (changed and changed >= since):
            title = title or facts.get("name", "")
            dates = (facts.get("publication_date", ""), facts.get("lastmod", ""))
            gathering.add(facts.get("loc", ""), title=facts.get("title", ""), dates=dates)
        else:
            plain += 1
    if children:
        newest = sorted(children, key=lambda child: child[0], reverse=True)
        return Feed(FeedKind.SITEMAPS, linked_feeds=tuple(child for _, child in newest if child)[:CHILDREN])
    notes = gathering.notes()
    if plain:
        notes += (f"{plain:,} addresses that are neither marked as news nor changed lately, left out",)
    return Feed(FeedKind.SITEMAP, title, gathering.newest_first(), notes=notes)


def _entries(body: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the kind of every entry (`url` or `sitemap`) and the texts in it by the names of their elements."""
    parsing = etree.iterparse(
        io.BytesIO(body),
        tag=("{*}url", "{*}sitemap"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    try:
        for number, (_, element) in enumerate(parsing):
            if number >= LISTED:
                return
            facts: dict[str, str] = {}
            for part in element.iter(etree.Element):
                facts.setdefault(_name(part), (part.text or "").strip())
            yield _name(element), facts
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadFeed("it is a sitemap whose XML cannot be read") from error


def _name(element: etree._Element) -> str:
    """Give an element's name without its namespace, however odd: lxml's own `QName` refuses some."""
    return str(element.tag).rpartition("}")[2]
