"""RSS and Atom, by feedparser."""

import io
import re
from calendar import day_name, timegm
from datetime import UTC, datetime
from html import escape
from typing import Any

import feedparser

from index.errors import BadFeed
from index.parsing.feeds.items import MOST, Feed, FeedBuilder, FeedKind
from index.text.cleaning import clean_line

FULL_TEXT = 900  # characters: a summary of this length is the article itself
LONGEST_TTL = 100_000  # minutes
# What feedparser lets through where markup breaks an assumption of its own.
ODD = (ValueError, TypeError, LookupError, AttributeError, AssertionError)

_ITEM_END = re.compile(rb"</(?:[\w.-]{1,20}:)?(?:item|entry)\s*>", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(\d{1,6})\s*")
_SKIP = re.compile(r"<(hour|day)>\s*(\w{1,9})\s*</\1>", re.IGNORECASE)
_SKIP_LIST = re.compile(rb"<skip(Hours|Days)>(.{0,2000}?)</skip\1>", re.IGNORECASE | re.DOTALL)
_DAYS = {name.lower(): number for number, name in enumerate(day_name)}


def read_syndication(body: bytes, content_type: str, url: str) -> Feed:
    """Read RSS or Atom, broken XML too; raises `BadFeed` when it is neither."""
    body, left_out = _shortened(body)
    parsed = _parsed(body, content_type, url)
    if not parsed.version and not parsed.entries:
        raise BadFeed(
            "it is no feed: neither RSS nor Atom, JSON Feed, sitemap or a page that names one", "feed-none"
        )
    gathering = FeedBuilder(url, [])
    for entry in parsed.entries[:MOST]:
        _gather(entry, gathering)
    hours, days = _skipped(body)
    notes = gathering.notes()
    if parsed.bozo and _damaged(parsed.get("bozo_exception")):
        notes += ("its XML is broken; it was read as far as it goes",)
    if left_out:
        notes += (f"{left_out:,} items too many, those in the middle left out",)
    return Feed(
        FeedKind.ATOM if str(parsed.version).startswith("atom") else FeedKind.RSS,
        clean_line(parsed.feed.get("title")),
        gathering.newest_first(),
        _ttl(parsed.feed.get("ttl")),
        hours,
        days,
        notes=notes,
    )


def _parsed(body: bytes, content_type: str, url: str) -> Any:  # noqa: ANN401 - feedparser's own kind of dict
    # Bytes given as they are would be taken for the name of a file or an address when they look like one.
    try:
        return feedparser.parse(
            io.BytesIO(body),
            response_headers={"content-type": content_type or "application/xml", "content-location": url},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except ODD as error:
        raise BadFeed("its markup is too damaged to be read") from error


def _gather(entry: Any, gathering: FeedBuilder) -> None:  # noqa: ANN401 - feedparser's own kind of dict
    facts = dict(entry)  # feedparser's own dict passes one date off as the other
    gathering.add(
        _address(entry),
        title=entry.get("title") or "",
        author=entry.get("author") or "",
        dates=(facts.get("published") or "", facts.get("updated") or ""),
        otherwise=_parsed_date(facts.get("published_parsed") or facts.get("updated_parsed")),
        html=_full_text(entry),
    )


def _address(entry: Any) -> str:  # noqa: ANN401
    """Give an entry's own address: where a proxy of feeds keeps the original, its link, or an `alternate` one."""
    alternate = (link.get("href") for link in entry.get("links") or () if link.get("rel") == "alternate")
    return entry.get("feedburner_origlink") or entry.get("link") or next(alternate, "") or ""


def _full_text(entry: Any) -> str:  # noqa: ANN401
    """Give the longest text an entry carries, as HTML, if it is long enough to be the article."""
    parts = [*(entry.get("content") or ()), entry.get("summary_detail") or {}]
    texts = [
        f"<p>{escape(part.get('value') or '')}</p>"
        if part.get("type") == "text/plain" and "<" not in part.get("value", "")
        else part.get("value") or ""
        for part in parts
    ]
    longest = max(texts, key=len, default="")
    return longest if len(longest) >= FULL_TEXT or entry.get("content") else ""


def _parsed_date(moment: Any) -> datetime | None:  # noqa: ANN401
    try:
        return datetime.fromtimestamp(timegm(moment), UTC) if moment else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _ttl(value: Any) -> float | None:  # noqa: ANN401
    """Read minutes; give seconds."""
    found = _NUMBER.fullmatch(str(value or ""))
    return 60.0 * min(int(found[1]), LONGEST_TTL) if found and int(found[1]) else None


def _skipped(body: bytes) -> tuple[frozenset[int], frozenset[int]]:
    """Read when the feed does not change, which feedparser leaves out; hours 0-23 (24 is 0), Monday is 0."""
    lists = _SKIP_LIST.findall(body)
    inner = " ".join(part.decode("ascii", "ignore") for _, part in lists)
    found = [(name.lower(), value.lower()) for name, value in _SKIP.findall(inner)]
    hours = frozenset(int(value) % 24 for name, value in found if name == "hour" and value.isdecimal())
    days = frozenset(_DAYS[value] for name, value in found if name == "day" and value in _DAYS)
    return hours, days


def _shortened(body: bytes) -> tuple[bytes, int]:
    """Cut items out of the middle of a feed that has too many, and say how many: the newest stand at an end."""
    ends = [match.end() for match in _ITEM_END.finditer(body)]
    if len(ends) <= MOST:
        return body, 0
    half = MOST // 2
    return body[: ends[half - 1]] + body[ends[-half - 1] :], len(ends) - MOST


def _damaged(error: object) -> bool:
    """Say whether the XML itself is broken, rather than its declared encoding or type merely wrong."""
    mere = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    return error is not None and not isinstance(error, mere)
