"""The URL frontier: the pages that feeds announced, which of them are due, and what became of each.

A URL frontier is a crawler's queue of addresses with an order of urgency and at most one request at a time to
a host (Heydon and Najork, Mercator: A Scalable, Extensible Web Crawler, World Wide Web 2(4), 1999). This one
is the table `pages` of the index's database, so that nothing announced is lost when the process ends.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from index.circles import HOUSE_ID
from index.feeds.schedule import DAY, PollSchedule, jittered
from index.ingest.origins import Trust, trust_of_site
from index.parsing.feeds.items import FeedItem
from index.storage.engine import Row
from index.storage.records import from_timestamp
from index.storage.store import Store

MAX_PUBLICATION_TIMES = 1_000  # newest pages of a feed, to compute its poll interval from; bounds the work
UNLISTED_RETENTION = 30 * DAY  # seconds until a page that its feed no longer lists is forgotten; judged
MAX_DAILY_PAGES = 2_000  # new pages of one feed that are taken within a day; judged: no newsroom writes more
HOUSE_WEIGHT = 8  # pages of the house that are fetched for each of another circle, where all wait; judged
MAX_CIRCLE_PAGES = (
    8  # pages of a circle but the house that are fetched at the same time; judged: a third of all
)
MAX_RETRY_AFTER = DAY  # seconds of a page's Retry-After that are granted; judged
_COLUMNS = "url, feed, state, title, author, published, html, tries, checks, article, carried, etag, modified"
_CIRCLE = "coalesce((SELECT min(circle) FROM feed_circles WHERE feed_circles.feed = pages.feed), 0)"
_TURN = (
    f"CASE {_CIRCLE} WHEN {HOUSE_ID} THEN 1e13 ELSE 0 END"
    " + CASE state WHEN 'waiting' THEN 1e12 + coalesce(published, seen) ELSE -due END"
)
_NOT_EXCLUDED = "host NOT IN (SELECT value FROM json_each(?)) AND url NOT IN (SELECT value FROM json_each(?))"


class PageState(StrEnum):
    """What has become of a page."""

    WAITING = "waiting"  # to be fetched for the first time
    STORED = "stored"  # its article is in the index
    REFUSED = "refused"  # it holds no article, or could not be fetched
    GONE = "gone"  # twice not found
    REMOVED = "removed"  # from the index by its owner: what its feed announces later does not bring it back


@dataclass(frozen=True, slots=True)
class QueuedPage:
    """A page that is to be fetched: for the first time, or again when its `state` is "stored".

    `feed_html` is the text that its feed carries. `failures` are in a row. `rechecks` counts fetches of a
    stored page since its last change. `article_url` is the address of its article in the index, and
    `from_feed` True when that article is the feed's text. `etag` and `last_modified` are validators for a
    conditional request. `due` is in seconds since 1970.
    """

    url: str
    feed_id: int
    state: str
    title: str
    author: str
    published: datetime | None
    feed_html: str
    failures: int
    rechecks: int
    article_url: str | None
    from_feed: bool
    etag: str | None
    last_modified: str | None
    due: float


@dataclass(frozen=True, slots=True)
class FeedPlace:
    """Where a feed lies, and whether it is the house's: what it may say of a page follows from that."""

    id: int
    url: str
    in_house: bool

    @classmethod
    def of(cls, store: Store, feed_id: int) -> "FeedPlace":
        """Return the place of a feed that is followed; of any other one that is not trusted."""
        places = store.feed_places([feed_id])
        return cls(feed_id, *(places[0] if places else ("", False)))

    def trust(self, url: str) -> Trust:
        """Return how far the feed is believed about an address."""
        return Trust.HOUSE if self.in_house else trust_of_site(self.url, url)

    def bare(self, item: FeedItem) -> FeedItem:
        """Return what of an item is believed: of a page on another site its address alone."""
        if self.trust(item.url) > Trust.FOREIGN:
            return item
        return FeedItem(item.url, "", None)


class UrlFrontier:
    """The table of pages. Times are in seconds since 1970. Methods block; any thread may call them."""

    def __init__(self, store: Store, schedule: PollSchedule) -> None:
        self._store = store
        self._schedule = schedule

    def enqueue_items(
        self, feed_id: int, items: Sequence[FeedItem], now: float, read_from: str | None = None
    ) -> int:
        """Queue the pages of all items that a feed lists now; return how many pages are new.

        `read_from` is the address, after redirects, that the items came from; None where it is the feed's own.

        Of a feed that announces more than MAX_DAILY_PAGES within a day the others are left out, and that is recorded.
        A page whose item changed is fetched again, and so is one that the feed no longer lists although it
        lists older ones: it may have been withdrawn. A page that several feeds announce belongs to the most trusted
        of them, of equals to the first; its article belongs to all. A feed that is not trusted about a page tells
        its address and nothing more.
        """
        with self._store.transaction():
            self._store.execute("UPDATE feeds SET read_from = ? WHERE id = ?", read_from, feed_id)
            feed = FeedPlace.of(self._store, feed_id)
            before = self._store.query("SELECT max(listed) FROM pages WHERE feed = ?", feed_id)[0][0]
            room = MAX_DAILY_PAGES - self._pages_since(feed_id, now - DAY)
            new = 0
            for item in items:
                new += self._enqueue_item(feed, feed.bare(item), now, is_full=new >= room)
            dates = [item.published.timestamp() for item in items if item.published]
            if before is not None and dates:
                self._store.execute(
                    "UPDATE pages SET due = ? WHERE feed = ? AND state = ? AND listed = ? AND published >= ?",
                    *(now, feed_id, PageState.STORED, before, min(dates)),
                )
            self._store.execute(
                "DELETE FROM pages WHERE feed = ? AND listed < ? AND due IS NULL",
                *(feed_id, now - UNLISTED_RETENTION),
            )
            self._store.execute(
                "DELETE FROM announcements WHERE feed = ? AND url NOT IN (SELECT url FROM pages)", feed_id
            )
        return new

    def announcing_feeds(self, url: str) -> frozenset[int]:
        """Return the ids of the feeds that announce a page; none once they are followed no more."""
        rows = self._store.query(
            "SELECT feed FROM pages WHERE url = ? UNION SELECT feed FROM announcements WHERE url = ?",
            url,
            url,
        )
        return frozenset(row[0] for row in rows)

    def due_pages(
        self,
        now: float,
        excluded_hosts: Collection[str],
        in_flight: Collection[str],
        limit: int,
        elsewhere: Collection[str] = (),
    ) -> list[QueuedPage]:
        """Return up to `limit` pages that are due, one of each host.

        Pages of `excluded_hosts`, the addresses `in_flight`, and those that other fetchers have `elsewhere` are left out. The newest news comes first;
        pages that are fetched again come after all new ones. Circles take turns, and the house's pages come first on
        each host, so that what one circle announces keeps nobody else's news waiting.
        """
        busy = self._pages_by_circle(in_flight)
        rows = self._store.query(
            "SELECT url, circle FROM"
            " (SELECT *, row_number() OVER (PARTITION BY host ORDER BY turn DESC, url) AS place FROM"
            f" (SELECT url, host, {_CIRCLE} AS circle, {_TURN} AS turn FROM pages"
            f" WHERE due <= ? AND {_NOT_EXCLUDED}) AS due_pages) AS ranked WHERE place = 1 ORDER BY turn DESC, url",
            *(now, list(excluded_hosts), [*in_flight, *elsewhere]),
        )
        waiting: list[tuple[float, int, str]] = []
        for place, (url, circle) in enumerate(rows):
            busy[circle] += 1
            if circle == HOUSE_ID or busy[circle] <= MAX_CIRCLE_PAGES:
                weight = HOUSE_WEIGHT if circle == HOUSE_ID else 1
                waiting.append((busy[circle] / weight, place, url))
        chosen = [url for _, _, url in sorted(waiting)[:limit]]
        return self._queued_pages(chosen, now) if chosen else []

    def _queued_pages(self, urls: list[str], now: float) -> list[QueuedPage]:
        """Return the pages at some addresses, in this order, without those that are not due any more.

        Apart from their ranking, which would carry the texts of all that are due through a sort.
        """
        rows = self._store.query(
            f"SELECT {_COLUMNS}, due FROM pages WHERE due <= ? AND url IN (SELECT value FROM json_each(?))",
            *(now, urls),
        )
        pages = {row[0]: _queued_page(row) for row in rows}
        return [pages[url] for url in urls if url in pages]

    def _pages_by_circle(self, urls: Collection[str]) -> Counter[int]:
        """Return how many of some pages belong to which circle: the house, else the first that has their feed."""
        rows = self._store.query(
            f"SELECT {_CIRCLE}, count(*) FROM pages WHERE url IN (SELECT value FROM json_each(?)) GROUP BY 1",
            list(urls),
        )
        return Counter(dict(rows))

    def next_due_time(self, excluded_hosts: Collection[str], in_flight: Collection[str]) -> float | None:
        """Return when the next page is due, leaving out the same as `due_pages`; None without any."""
        due: float | None = self._store.query(
            f"SELECT min(due) FROM pages WHERE due IS NOT NULL AND {_NOT_EXCLUDED}",
            *(list(excluded_hosts), list(in_flight)),
        )[0][0]
        return due

    def mark_stored(
        self,
        page: QueuedPage,
        article_url: str,
        now: float,
        *,
        from_feed: bool,
        etag: str | None,
        last_modified: str | None,
    ) -> None:
        """Record that the page's article is in the index under `article_url`; schedule the next recheck."""
        rechecks = page.rechecks + 1 if page.state == PageState.STORED else 0
        delays = self._schedule.recheck_delays
        self._update(
            page,
            state=PageState.STORED,
            article=article_url,
            carried=from_feed,
            due=now + jittered(delays[rechecks]) if rechecks < len(delays) else None,
            tries=0,
            checks=rechecks,
            fetched=now,
            etag=etag,
            modified=last_modified,
            reason=None,
        )

    def mark_unchanged(self, page: QueuedPage, now: float) -> None:
        """Record that a stored page was fetched again and says nothing new, and schedule the next recheck."""
        self.mark_stored(
            page,
            page.article_url or page.url,
            now,
            from_feed=page.from_feed,
            etag=page.etag,
            last_modified=page.last_modified,
        )

    def schedule_retry(
        self, page: QueuedPage, reason: str, now: float, retry_after: float | None = None
    ) -> bool:
        """Schedule another try for a page that could not be fetched; return False when it had its last.

        The server's `retry_after` prolongs the wait, to a day at most.
        """
        delays = self._schedule.retry_delays
        if page.failures >= len(delays):
            return False
        delay = max(delays[page.failures], min(retry_after or 0.0, MAX_RETRY_AFTER))
        self._update(page, due=now + jittered(delay), tries=page.failures + 1, reason=reason)
        return True

    def mark_not_found(self, page: QueuedPage, reason: str, now: float) -> None:
        """Record that the page was not found; schedule the second request, which decides if it is gone."""
        due = now + self._schedule.not_found_recheck_delay
        self._update(page, due=due, tries=page.failures + 1, reason=reason)

    def finish(self, page: QueuedPage, state: PageState, reason: str, now: float) -> None:
        """Record the final `state` of a page; it is fetched again only if its feed announces a change."""
        self._update(page, state=state, due=None, tries=0, fetched=now, reason=reason)

    def has_duplicate_page(self, page: QueuedPage) -> bool:
        """Return True if another stored page holds the same article: an alias, or one redirected to it."""
        others = "SELECT 1 FROM pages WHERE article = ? AND state = ? AND url != ? LIMIT 1"
        return bool(self._store.query(others, page.article_url, PageState.STORED, page.url))

    def feeds_of_other_pages(self, page: QueuedPage) -> frozenset[int]:
        """Return the ids of the feeds that announce another stored page with the same article."""
        others = "article = ? AND state = ? AND pages.url != ?"
        values = (page.article_url, PageState.STORED, page.url)
        rows = self._store.query(
            f"SELECT feed FROM pages WHERE {others} UNION"
            f" SELECT announcements.feed FROM announcements JOIN pages USING (url) WHERE {others}",
            *(*values, *values),
        )
        return frozenset(row[0] for row in rows)

    def publication_times(self, feed_id: int) -> list[float]:
        """Return when the newest items of a feed came out, as dated or else first seen, newest first."""
        rows = self._store.query(
            "SELECT CASE WHEN published < seen THEN published ELSE seen END FROM pages WHERE feed = ? ORDER BY seen DESC LIMIT ?",
            *(feed_id, MAX_PUBLICATION_TIMES),
        )
        return sorted((row[0] for row in rows), reverse=True)

    def counts_by_state(self) -> dict[int, dict[str, int]]:
        """Return for the id of each feed how many of its pages are in which state."""
        counts: dict[int, dict[str, int]] = {}
        for feed_id, state, number in self._store.query(
            "SELECT feed, state, count(*) FROM pages GROUP BY feed, state"
        ):
            counts.setdefault(feed_id, {})[state] = number
        return counts

    def refusals(self, feed_id: int, limit: int) -> list[tuple[str, str]]:
        """Return (address, reason) of the newest `limit` pages of a feed that did not become an article."""
        return self._store.query(
            "SELECT url, reason FROM pages WHERE feed = ? AND reason IS NOT NULL ORDER BY seen DESC LIMIT ?",
            *(feed_id, limit),
        )

    def _pages_since(self, feed_id: int, since: float) -> int:
        """Return how many pages of a feed were first seen after a time."""
        count = "SELECT count(*) FROM pages WHERE feed = ? AND seen > ?"
        return int(self._store.query(count, feed_id, since)[0][0])

    def _enqueue_item(self, feed: "FeedPlace", item: FeedItem, now: float, *, is_full: bool) -> bool:
        """Queue the page of one item; return True if the page is new. A feed that `is_full` gets no new pages."""
        rows = self._store.query(
            "SELECT feed, mark, state, published, article FROM pages WHERE url = ?", item.url
        )
        if not rows and is_full:
            self._store.execute("UPDATE feeds SET flooded = ? WHERE id = ?", now, feed.id)
            return False
        if not rows:
            self._store.execute(
                "INSERT INTO pages (url, feed, host, state, mark, title, author, published, html, seen, listed, due)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                *(item.url, feed.id, _host(item.url), PageState.WAITING, item.fingerprint, item.title),
                *(item.author, _time(item), item.content_html or None, now, now, now),
            )
            return True
        owner_id, fingerprint, state, known_date, article = rows[0]
        if owner_id != feed.id:
            self._share_page(feed, item, owner_id, article, now)
            return False
        self._store.execute("UPDATE pages SET listed = ? WHERE url = ?", now, item.url)
        # A date that is read in another way than before is announced anew: the version that read it was updated.
        redated = item.published is not None and _time(item) != known_date
        if (redated or fingerprint != item.fingerprint) and state != PageState.REMOVED:
            self._renew(item, now)
        return False

    def _share_page(
        self, feed: "FeedPlace", item: FeedItem, owner_id: int, article: str | None, now: float
    ) -> None:
        """Let a page that belongs to another feed belong to this one too; to this one first if it is more trusted."""
        owner = FeedPlace.of(self._store, owner_id)
        second = feed.id
        if feed.trust(item.url) > owner.trust(item.url):
            second = owner.id
            self._store.execute("UPDATE pages SET feed = ?, listed = ? WHERE url = ?", feed.id, now, item.url)
            self._store.execute("DELETE FROM announcements WHERE url = ? AND feed = ?", item.url, feed.id)
            self._renew(item, now)
        self._store.execute(
            "INSERT INTO announcements VALUES (?, ?) ON CONFLICT DO NOTHING", item.url, second
        )
        if article:
            self._store.add_feeds(article, {feed.id})

    def _renew(self, item: FeedItem, now: float) -> None:
        """Write what an item says now of its page, and let the page be fetched anew."""
        wait = self._schedule.min_refetch_delay
        self._store.execute(
            "UPDATE pages SET mark = ?, title = ?, author = ?, published = ?, html = ?,"
            " due = CASE WHEN fetched + ? > ? THEN fetched + ? ELSE ? END, tries = 0, checks = 0, etag = NULL, modified = NULL"
            " WHERE url = ? AND state != ?",
            *(item.fingerprint, item.title, item.author, _time(item), item.content_html or None),
            *(wait, now, wait, now, item.url, PageState.REMOVED),
        )

    def _update(self, page: QueuedPage, *, due: float | None, **columns: object) -> None:
        """Write `columns` of a page, and `due` unless an item made the page due anew since it was taken."""
        assignments = ", ".join(f"{column} = ?" for column in columns)
        with self._store.side_transaction():
            self._store.execute(f"UPDATE pages SET {assignments} WHERE url = ?", *columns.values(), page.url)
            self._store.execute(
                "UPDATE pages SET due = ?, html = CASE WHEN ? = 1 THEN html END WHERE url = ? AND due = ?",
                *(due, "state" not in columns, page.url, page.due),
            )


def _queued_page(row: Row) -> QueuedPage:
    """Make a page of a row of `_COLUMNS` and `due`."""
    url, feed_id, state, title, author, published, html, *rest = row
    return QueuedPage(url, feed_id, state, title, author, from_timestamp(published), html or "", *rest)


def _time(item: FeedItem) -> float | None:
    """Return when an item was published, in seconds since 1970."""
    return item.published.timestamp() if item.published else None


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
