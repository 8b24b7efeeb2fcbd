"""What a feed announces: the values, and how every kind of feed makes them."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from html import unescape
from urllib.parse import urljoin

from index.errors import RefusedArticle
from index.text.cleaning import clean_line
from index.text.dates import parse_date, plausible_date
from index.urls import canonical_url

MOST = 1_000  # items that are read of one feed
LONGEST_ADDRESS = 2_000  # characters
LONGEST_TITLE = 4_000  # characters of a title with its markup
LONGEST_HTML = 400_000  # characters of an article that a feed carries
OLDEST = datetime.min.replace(tzinfo=UTC)

_HIDDEN = re.compile(r"<(script|style)\b[^<>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?li)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[/!?A-Za-z][^<>]*>")


class FeedKind(StrEnum):
    """What an address turned out to be; the last two only lead to other addresses."""

    RSS = "RSS"
    ATOM = "Atom"
    JSON = "JSON Feed"
    SITEMAP = "news sitemap"
    SITEMAPS = "index of sitemaps"
    PAGE = "web page"


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One article as a feed announces it.

    `url` is canonical. `published` is aware UTC and can be true, or None. `html` is the article's text when
    the feed carries it. `fingerprint` differs whenever the announcement does.
    """

    url: str
    title: str = ""
    published: datetime | None = None
    author: str = ""
    html: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says, its newest items first and at most `MOST`.

    `ttl` is how long it asks not to be read again, in seconds; `skip_hours` (0-23, UTC) and `skip_days`
    (Monday is 0) are when it does not change. `linked_feeds` are the feeds that a page names, or the sitemaps of an
    index, best first. `notes` say in words what was wrong with it.
    """

    kind: FeedKind
    title: str = ""
    items: tuple[FeedItem, ...] = ()
    ttl: float | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    linked_feeds: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class FeedBuilder:
    """Items on their way into a feed that came from `url`, and what was wrong with those left out."""

    url: str
    items: list[FeedItem]
    nowhere: int = 0
    untitled: int = 0
    misdated: int = 0

    def add(
        self,
        address: str,
        *,
        title: str = "",
        author: str = "",
        dates: Sequence[str] = (),
        otherwise: datetime | None = None,
        html: str = "",
    ) -> None:
        """Take one item in, unless it has no address that could be fetched.

        `dates` are as written: when published, then when changed. The first that can be true counts, or else
        `otherwise`.
        """
        url = web_address(address, self.url)
        if not url:
            self.nowhere += 1
            return
        name = plain_title(title)
        self.untitled += not name
        published = next(filter(None, map(parse_date, dates)), otherwise and plausible_date(otherwise))
        self.misdated += published is None and any(dates)
        html = html[:LONGEST_HTML]
        self.items.append(
            FeedItem(
                url, name, published, clean_line(author), html, _fingerprint(name, *dates, _TAG.sub("", html))
            )
        )

    def newest_first(self) -> tuple[FeedItem, ...]:
        """Give each address once, newest first; those without a date come last, in their order."""
        once = {item.url: item for item in reversed(self.items)}  # the first of two announcements counts
        in_order = reversed(once.values())
        return tuple(sorted(in_order, key=lambda item: item.published or OLDEST, reverse=True)[:MOST])

    def notes(self) -> tuple[str, ...]:
        """Say what was wrong, each with how often."""
        counted = (
            (self.nowhere, "without an address that could be fetched, left out"),
            (self.untitled, "without a title"),
            (self.misdated, "dated as cannot be true (1970, the future, no date at all), taken as undated"),
        )
        return tuple(f"{_items(number)} {words}" for number, words in counted if number)


def web_address(address: str, base: str) -> str:
    """Return the canonical form of an http(s) address found in what came from `base`, or the empty string."""
    address = address.strip()
    if not address or len(address) > LONGEST_ADDRESS:
        return ""
    try:
        absolute = urljoin(base, address)
        return canonical_url(absolute) if absolute.lower().startswith(("http://", "https://")) else ""
    except (RefusedArticle, ValueError):
        return ""


def feed_address(text: str) -> str:
    """Return a feed's or site's address as people and old lists write it (`post.example`, `feed://post.example`) whole."""
    bare = text.strip()
    bare = bare.removeprefix("feed:") if bare.startswith("feed:") else bare
    if bare.startswith("//"):
        return f"http:{bare}"
    named = re.match(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?=[/?#]|$)", bare)
    return f"https://{bare}" if named else bare


def plain_title(text: str) -> str:
    """Return a title without its markup, however often that was escaped."""
    text = text[:LONGEST_TITLE]
    for _ in range(2):
        text = unescape(_TAG.sub("", _BREAK.sub(" ", _HIDDEN.sub("", text))))
    return clean_line(_TAG.sub("", text))


def _fingerprint(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _items(number: int) -> str:
    return f"{number:,} {'item' if number == 1 else 'items'}"
