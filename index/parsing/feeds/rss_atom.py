"""RSS 0.9x, 1.0 and 2.0 (https://www.rssboard.org/rss-specification) and Atom (RFC 4287), by feedparser."""

import io
import re
from calendar import day_name
from html import escape
from typing import Any

import feedparser

from index.errors import BadFeed
from index.parsing.author_names import join_names
from index.parsing.feeds.items import MAX_ITEMS, Feed, FeedBuilder, FeedKind
from index.text.cleaning import clean_line

MAX_AUTHORS = 10  # of one item that are named; judged
FULL_TEXT_LENGTH = 900  # characters; judged: a summary of this length is the article itself
MAX_TTL_MINUTES = 100_000  # ten weeks; judged: a longer one is a mistake
_FEEDPARSER_DOMAIN_LENGTH = 4  # letters of a top-level domain that feedparser takes for part of an address
# What feedparser lets through where markup breaks an assumption of its own.
FEEDPARSER_ERRORS = (ValueError, TypeError, LookupError, AttributeError, AssertionError)
WEEKDAY_NUMBERS = {name.lower(): number for number, name in enumerate(day_name)}  # Monday is 0

# </item>, </atom:entry >
_ITEM_END = re.compile(rb"</(?:[\w.-]{1,20}:)?(?:item|entry)\s*>", re.IGNORECASE)
# What is left of "b.example" in "ple (Kim Ash", "Kim Ash <ple>", "ple"
_REST_OF_DOMAIN = re.compile(r"^[a-z]{1,20}\s*(?:\(|$)|<[a-z]{1,20}>")
# 60, " 45 "
_NUMBER = re.compile(r"\s*(\d{1,6})\s*")
# <hour>23</hour>, <day> Saturday </day>
_SKIP_ENTRY = re.compile(r"<(hour|day)>\s*(\w{1,9})\s*</\1>", re.IGNORECASE)
# <skipHours><hour>23</hour></skipHours>, <skipDays><day>Sunday</day></skipDays>
_SKIP_LIST = re.compile(rb"<skip(Hours|Days)>(.{0,2000}?)</skip\1>", re.IGNORECASE | re.DOTALL)


def read_rss_atom(body: bytes, content_type: str, url: str) -> Feed:
    """Parse RSS or Atom, broken XML too; raise BadFeed when the body is neither."""
    body, dropped = _drop_middle_items(body)
    parsed = _run_feedparser(body, content_type, url)
    if not parsed.get("version") and not parsed.entries:
        raise BadFeed(
            "it is no feed: neither RSS nor Atom, JSON Feed, sitemap or a page that names one", "feed-none"
        )
    own = parsed.feed
    language = own.get("language") or (own.get("title_detail") or {}).get("language") or ""
    builder = FeedBuilder(url, [], str(language), (own.get("updated") or "", own.get("published") or ""))
    for entry in parsed.entries[:MAX_ITEMS]:
        _add_entry(entry, builder)
    skip_hours, skip_days = _skip_times(body)
    warnings = builder.warnings()
    if parsed.bozo and _is_malformed(parsed.get("bozo_exception")):
        warnings += ("its XML is broken; it was read as far as it goes",)
    if dropped:
        warnings += (f"{dropped:,} items too many, those in the middle left out",)
    return Feed(
        FeedKind.ATOM if str(parsed.version).startswith("atom") else FeedKind.RSS,
        clean_line(parsed.feed.get("title")),
        builder.newest_first(),
        _ttl_seconds(parsed.feed.get("ttl")),
        skip_hours,
        skip_days,
        warnings=warnings,
    )


def _run_feedparser(body: bytes, content_type: str, url: str) -> Any:  # noqa: ANN401 - feedparser's own dict
    # Wrapped in a stream: feedparser would open bare bytes that look like a file's name or an address.
    try:
        return feedparser.parse(
            io.BytesIO(body),
            response_headers={"content-type": content_type or "application/xml", "content-location": url},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except FEEDPARSER_ERRORS as error:
        raise BadFeed("its markup is too damaged to be read", "feed-markup") from error


def _add_entry(entry: Any, builder: FeedBuilder) -> None:  # noqa: ANN401 - feedparser's own dict
    fields = dict(entry)  # feedparser's own dict answers "published" with "updated" where it is missing
    builder.add(
        _entry_link(entry),
        title=entry.get("title") or "",
        author=_entry_authors(entry),
        dates=tuple(fields.get(name) or "" for name in ("published", "updated", "created")),
        content_html=_entry_html(entry),
    )


def _entry_authors(entry: Any) -> str:  # noqa: ANN401 - feedparser's own dict
    """Return the names of all authors, parted by commas; feedparser's `author` is the last alone, as written."""
    *others, _ = (entry.get("authors") or [{}])[:MAX_AUTHORS]
    return join_names([*map(_name_of_author, others), str(entry.get("author") or "")])


def _name_of_author(author: Any) -> str:  # noqa: ANN401 - feedparser's own dict
    """Return an author's name without the end of an address that feedparser leaves in it.

    It takes addresses for over after four letters of the top-level domain: of "kim@b.example (Kim Ash)" the name
    is "ple (Kim Ash".
    """
    name, email = str(author.get("name") or ""), str(author.get("email") or "")
    is_cut = len(email.rpartition(".")[2]) == _FEEDPARSER_DOMAIN_LENGTH
    return _REST_OF_DOMAIN.sub("", name) if is_cut else name


def _entry_link(entry: Any) -> str:  # noqa: ANN401 - feedparser's own dict
    """Return the article's address: FeedBurner's original one, the entry's link, or an `alternate` link.

    `rel="alternate"` is the link to the article in Atom (RFC 4287, section 4.2.7.2).
    """
    alternates = (link.get("href") for link in entry.get("links") or () if link.get("rel") == "alternate")
    return entry.get("feedburner_origlink") or entry.get("link") or next(alternates, "") or ""


def _entry_html(entry: Any) -> str:  # noqa: ANN401 - feedparser's own dict
    """Return the longest text of an entry as HTML; "" for a summary too short to be the article."""
    parts = [*(entry.get("content") or ()), entry.get("summary_detail") or {}]
    texts = [
        f"<p>{escape(part.get('value') or '')}</p>"
        if part.get("type") == "text/plain" and "<" not in part.get("value", "")
        else part.get("value") or ""
        for part in parts
    ]
    longest = max(texts, key=len, default="")
    return longest if len(longest) >= FULL_TEXT_LENGTH or entry.get("content") else ""


def _ttl_seconds(minutes: Any) -> float | None:  # noqa: ANN401 - feedparser's own value
    """Return the `<ttl>` of RSS 2.0, which is written in minutes, in seconds; None if it is no number or 0."""
    found = _NUMBER.fullmatch(str(minutes or ""))
    return 60.0 * min(int(found[1]), MAX_TTL_MINUTES) if found and int(found[1]) else None


def _skip_times(body: bytes) -> tuple[frozenset[int], frozenset[int]]:
    """Return `<skipHours>` (0-23, 24 is 0) and `<skipDays>` (Monday is 0), which feedparser leaves out."""
    lists = _SKIP_LIST.findall(body)
    inner = " ".join(part.decode("ascii", "ignore") for _, part in lists)
    entries = [(name.lower(), value.lower()) for name, value in _SKIP_ENTRY.findall(inner)]
    hours = frozenset(int(value) % 24 for name, value in entries if name == "hour" and value.isdecimal())
    days = frozenset(
        WEEKDAY_NUMBERS[value] for name, value in entries if name == "day" and value in WEEKDAY_NUMBERS
    )
    return hours, days


def _drop_middle_items(body: bytes) -> tuple[bytes, int]:
    """Cut a feed of too many items down to `MAX_ITEMS`; return it and the number of those dropped.

    They are cut out of the middle, because the newest stand at one end.
    """
    ends = [match.end() for match in _ITEM_END.finditer(body)]
    if len(ends) <= MAX_ITEMS:
        return body, 0
    half = MAX_ITEMS // 2
    return body[: ends[half - 1]] + body[ends[-half - 1] :], len(ends) - MAX_ITEMS


def _is_malformed(error: object) -> bool:
    """Return True if the XML itself is broken, not only its declared encoding or media type wrong."""
    harmless = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    return error is not None and not isinstance(error, harmless)
