"""What a feed announces: `Feed` and `FeedItem`, and the builder that every format fills them with."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from html import unescape
from urllib.parse import urljoin

from index.errors import RefusedArticle
from index.parsing.author_names import author_names
from index.parsing.feeds.item_dates import DateLog, read_item_dates
from index.parsing.markup.inline_markup import MEANINGFUL_TAG, text_of_html
from index.text.cleaning import clean_line
from index.urls import canonical_url

# Judged limits, in characters where nothing else is said: far above what real feeds have.
MAX_ITEMS = 1_000  # items that are read of one feed
MAX_LINK_LENGTH = 2_000
MAX_RAW_TITLE_LENGTH = 4_000  # of a title with its markup
MAX_CONTENT_LENGTH = 400_000  # of the HTML of an article that a feed carries
FINGERPRINT_LENGTH = 24  # hexadecimal digits: 96 bits, enough that no two announcements share them
MAX_ESCAPES = 2  # times that feeds are known to escape the markup of a title
UNDATED_SORT_KEY = datetime.min.replace(tzinfo=UTC)  # sorts what has no date as the oldest

# <script>alert(1)</script>, <style type="text/css">p {}</style>
_SCRIPT_OR_STYLE = re.compile(r"<(script|style)\b[^<>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
# <br/>, </p>, <div class="x">
_BLOCK_TAG = re.compile(r"<(?:br|/?p|/?div|/?li)\b[^<>]*>", re.IGNORECASE)
# <b>, </i>, <!-- note -->
_TAG = re.compile(r"<[/!?A-Za-z][^<>]*>")
# post.example, www.post.example:8080/feed (the part before "/feed")
_BARE_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?=[/?#]|$)")


class FeedKind(StrEnum):
    """The format found at an address; the last two only lead to other addresses."""

    RSS = "RSS"
    ATOM = "Atom"
    JSON = "JSON Feed"
    SITEMAP = "news sitemap"
    SITEMAP_INDEX = "index of sitemaps"
    PAGE = "web page"


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One article as a feed announces it.

    `url` is canonical. `published` is an aware moment in UTC that is plausible, or None. `content_html` is the
    article's text when the feed carries it. `fingerprint` differs whenever the announcement does.
    """

    url: str
    title: str = ""
    published: datetime | None = None
    author: str = ""
    content_html: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says, its newest items first and at most `MAX_ITEMS`.

    `ttl`, in seconds, is how long it asks not to be read again; `skip_hours` (0-23, UTC) and `skip_days`
    (Monday is 0) are when it does not change (RSS 2.0). `linked_feeds` are the feeds that a page names, or the
    sitemaps of an index, best first. `warnings` say in words what was wrong with it.
    """

    kind: FeedKind
    title: str = ""
    items: tuple[FeedItem, ...] = ()
    ttl: float | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    linked_feeds: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class FeedBuilder:
    """Collects the items of the feed at `url`, and counts what was wrong with them.

    `language` is the tag that the feed states, `own_dates` are those of the feed itself, as written: they help to
    read the items' dates, which is done when all are there.
    """

    url: str
    items: list[FeedItem]
    language: str = ""
    own_dates: tuple[str, ...] = ()
    without_url: int = 0
    without_title: int = 0
    _written_dates: list[tuple[str, ...]] = field(default_factory=list)
    _date_log: DateLog | None = None

    def add(
        self,
        link: str,
        *,
        title: str = "",
        author: str = "",
        dates: Sequence[str] = (),
        content_html: str = "",
    ) -> None:
        """Add one item, unless `link` is no address that could be fetched.

        `dates` are as written in the feed: when published, then when changed. The first that can be read counts.
        """
        url = resolve_http_url(link, self.url)
        if not url:
            self.without_url += 1
            return
        plain = plain_title(title)
        self.without_title += not plain
        content_html = (
            content_html[:MAX_CONTENT_LENGTH].encode("utf-8", "ignore").decode()
        )  # no half characters
        fingerprint = _fingerprint(plain, *dates, _TAG.sub("", content_html))
        self.items.append(FeedItem(url, plain, None, author_names(author), content_html, fingerprint))
        self._written_dates.append(tuple(dates))

    def newest_first(self) -> tuple[FeedItem, ...]:
        """Return the items, each address once, newest first; those without a date come last, in feed order."""
        self._read_dates()
        unique = {item.url: item for item in reversed(self.items)}  # of two announcements the first counts
        in_feed_order = reversed(unique.values())
        ordered = sorted(in_feed_order, key=lambda item: item.published or UNDATED_SORT_KEY, reverse=True)
        return tuple(ordered[:MAX_ITEMS])

    def warnings(self) -> tuple[str, ...]:
        """Return in words what was wrong with the items, each with how often."""
        counted = (
            (self.without_url, "without an address that could be fetched, left out"),
            (self.without_title, "without a title"),
        )
        words = tuple(f"{_count_items(count)} {words}" for count, words in counted if count)
        return words + self._read_dates().warnings()

    def _read_dates(self) -> DateLog:
        """Date the items, once; return what was odd."""
        if self._date_log is None:
            titles = [item.title for item in self.items]
            dates, self._date_log = read_item_dates(
                self._written_dates, self.own_dates, self.language, titles
            )
            pairs = zip(self.items, dates, strict=True)
            self.items = [replace(item, published=date) for item, date in pairs]
        return self._date_log


def resolve_http_url(link: str, base: str) -> str:
    """Return the canonical address of a link found at `base`; "" if it is not http(s) or no address."""
    link = link.strip()
    if not link or len(link) > MAX_LINK_LENGTH:
        return ""
    try:
        absolute = urljoin(base, link)
        return canonical_url(absolute) if absolute.lower().startswith(("http://", "https://")) else ""
    except (RefusedArticle, ValueError):
        return ""


def complete_feed_url(text: str) -> str:
    """Return the full address of a feed or site as people and old lists write it.

    "post.example" becomes "https://post.example", "feed://post.example" becomes "http://post.example"; any
    other text comes back stripped.
    """
    bare = text.strip()
    bare = bare.removeprefix("feed:") if bare.startswith("feed:") else bare
    if bare.startswith("//"):
        return f"http:{bare}"
    return f"https://{bare}" if _BARE_HOST.match(bare) else bare


def plain_title(text: str) -> str:
    """Return a title without its markup, even where that is escaped twice."""
    text = text[:MAX_RAW_TITLE_LENGTH]
    for _ in range(MAX_ESCAPES):
        if MEANINGFUL_TAG.search(text):
            text = text_of_html(_SCRIPT_OR_STYLE.sub("", text))  # which unescapes, too
            continue
        text = unescape(_TAG.sub("", _BLOCK_TAG.sub(" ", _SCRIPT_OR_STYLE.sub("", text))))
    return clean_line(_TAG.sub("", text))


def _fingerprint(*parts: str) -> str:
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:FINGERPRINT_LENGTH]


def _count_items(count: int) -> str:
    return f"{count:,} {'item' if count == 1 else 'items'}"
