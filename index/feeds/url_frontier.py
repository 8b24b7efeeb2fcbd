"""The pages that feeds announced: which are to be fetched, which became an article, which are looked at again.

It is kept in the database, so that nothing announced is lost when the process ends.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from index.feeds.schedule import DAY, PollSchedule, jittered
from index.parsing.feeds.items import FeedItem
from index.storage.store import Row, Store, from_timestamp

MAX_KNOWN_URLS = 1_000  # the newest pages of a feed, by which its pace is judged
DAYS_REMEMBERED = 30 * DAY  # seconds after which a page that no feed lists any more is forgotten
_COLUMNS = "url, feed, state, title, author, published, html, tries, checks, article, carried, etag, modified"
_IDLE = "host NOT IN (SELECT value FROM json_each(?)) AND url NOT IN (SELECT value FROM json_each(?))"


class PageState(StrEnum):
    """What has become of a page."""

    WAITING = "waiting"
    STORED = "stored"
    REFUSED = "refused"
    GONE = "gone"
    REMOVED = "removed"  # out of the index by its owner: whatever its feed says, it does not come back


@dataclass(frozen=True, slots=True)
class QueuedPage:
    """A page that is to be fetched: for the first time, or again when its `state` is "stored"."""

    url: str
    feed: int
    state: str
    title: str
    author: str
    published: datetime | None
    html: str
    tries: int
    checks: int
    article: str | None
    from_feed: bool
    etag: str | None
    modified: str | None
    due: float


class UrlFrontier:
    """The table of pages. Times are in seconds since 1970; every method blocks, and any thread may call."""

    def __init__(self, store: Store, rhythm: PollSchedule) -> None:
        self._store = store
        self._rhythm = rhythm

    def announce(self, feed: int, items: Sequence[FeedItem], now: float) -> int:
        """Take in what a feed lists now; return how many pages are new.

        A page whose announcement changed is fetched again, and so is one that the feed no longer lists though
        it lists older ones: it may have been withdrawn. Where two feeds announce a page, the first is heeded.
        """
        with self._store.transaction():
            before = self._store.query("SELECT max(listed) FROM pages WHERE feed = ?", feed)[0][0]
            new = sum(self._announce(feed, item, now) for item in items)
            dates = [item.published.timestamp() for item in items if item.published]
            if before is not None and dates:
                self._store.execute(
                    "UPDATE pages SET due = ? WHERE feed = ? AND state = ? AND listed = ? AND published >= ?",
                    *(now, feed, PageState.STORED, before, min(dates)),
                )
            self._store.execute(
                "DELETE FROM pages WHERE feed = ? AND listed < ? AND due IS NULL", feed, now - DAYS_REMEMBERED
            )
        return new

    def take(
        self, now: float, hosts: Collection[str], under_way: Collection[str], most: int
    ) -> list[QueuedPage]:
        """Return up to `most` pages that are due, one of each host, leaving out `hosts` and the pages `under_way`.

        The newest news comes first; what is only looked at again waits until nothing new is left.
        """
        rows = self._store.query(
            f"SELECT {_COLUMNS}, due, max(CASE state WHEN '{PageState.WAITING}' THEN 1e12 + ifnull(published, seen)"
            f" ELSE -due END) AS turn FROM pages WHERE due <= ? AND {_IDLE} GROUP BY host ORDER BY turn DESC LIMIT ?",
            *(now, json.dumps(list(hosts)), json.dumps(list(under_way)), most),
        )
        return [_queued(row) for row in rows]

    def next_due(self, hosts: Collection[str], under_way: Collection[str]) -> float | None:
        """Return when the next page is due, leaving out `hosts` and the pages `under_way`."""
        due: float | None = self._store.query(
            f"SELECT min(due) FROM pages WHERE due IS NOT NULL AND {_IDLE}",
            *(json.dumps(list(hosts)), json.dumps(list(under_way))),
        )[0][0]
        return due

    def stored(
        self,
        page: QueuedPage,
        article: str,
        now: float,
        *,
        carried: bool,
        etag: str | None,
        modified: str | None,
    ) -> None:
        """Take down that the page is in the index as `article`, and when to look at it again."""
        checks = page.checks + 1 if page.state == PageState.STORED else 0
        later = self._rhythm.rechecks[checks] if checks < len(self._rhythm.rechecks) else None
        self._settle(
            page,
            state=PageState.STORED,
            article=article,
            carried=carried,
            due=None if later is None else now + jittered(later),
            tries=0,
            checks=checks,
            fetched=now,
            etag=etag,
            modified=modified,
            reason=None,
        )

    def unchanged(self, page: QueuedPage, now: float) -> None:
        """Take down that the page was looked at again and says nothing new."""
        self.stored(
            page,
            page.article or page.url,
            now,
            carried=page.from_feed,
            etag=page.etag,
            modified=page.modified,
        )

    def retry(self, page: QueuedPage, reason: str, now: float, wait: float | None = None) -> bool:
        """Put a page off that could not be had, at least for `wait` seconds; False when it was tried often enough."""
        if page.tries >= len(self._rhythm.retries):
            return False
        later = max(self._rhythm.retries[page.tries], min(wait or 0.0, DAY))
        self._settle(page, due=now + jittered(later), tries=page.tries + 1, reason=reason)
        return True

    def count_not_found(self, page: QueuedPage, reason: str, now: float) -> None:
        """Take down that the page was not found, and look again soon."""
        self._settle(page, due=now + self._rhythm.missing, tries=page.tries + 1, reason=reason)

    def finish(self, page: QueuedPage, state: PageState, reason: str, now: float) -> None:
        """Take down that nothing more is to be done for the page, unless its feed announces a change."""
        self._settle(page, state=state, due=None, tries=0, fetched=now, reason=reason)

    def has_other(self, page: QueuedPage) -> bool:
        """Say whether another page holds the same article: a twin of its address, or what led to it elsewhere."""
        others = "SELECT 1 FROM pages WHERE article = ? AND state = ? AND url != ? LIMIT 1"
        return bool(self._store.query(others, page.article, PageState.STORED, page.url))

    def publication_times(self, feed: int) -> list[float]:
        """Return when the newest items of a feed came out, newest first: as it dates them, else when first seen."""
        rows = self._store.query(
            "SELECT min(ifnull(published, seen), seen) FROM pages WHERE feed = ? ORDER BY seen DESC LIMIT ?",
            *(feed, MAX_KNOWN_URLS),
        )
        return sorted((row[0] for row in rows), reverse=True)

    def counts(self) -> dict[int, dict[str, int]]:
        """Return how many pages of each feed are in which state."""
        found: dict[int, dict[str, int]] = {}
        for feed, state, number in self._store.query(
            "SELECT feed, state, count(*) FROM pages GROUP BY feed, state"
        ):
            found.setdefault(feed, {})[state] = number
        return found

    def refusals(self, feed: int, most: int) -> list[tuple[str, str]]:
        """Return (address, reason) of the pages of a feed that did not become an article, newest first."""
        return self._store.query(
            "SELECT url, reason FROM pages WHERE feed = ? AND reason IS NOT NULL ORDER BY seen DESC LIMIT ?",
            feed,
            most,
        )

    def _announce(self, feed: int, item: FeedItem, now: float) -> bool:
        """Take in one item; say whether its page is new."""
        rows = self._store.query("SELECT feed, mark, fetched, state FROM pages WHERE url = ?", item.url)
        published = item.published.timestamp() if item.published else None
        if not rows:
            self._store.execute(
                "INSERT INTO pages (url, feed, host, state, mark, title, author, published, html, seen, listed, due)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                *(
                    item.url,
                    feed,
                    _host(item.url),
                    PageState.WAITING,
                    item.fingerprint,
                    item.title,
                    item.author,
                    published,
                ),
                *(item.html or None, now, now, now),
            )
            return True
        owner, mark, fetched, state = rows[0]
        if owner != feed:
            return False
        self._store.execute("UPDATE pages SET listed = ? WHERE url = ?", now, item.url)
        if mark != item.fingerprint and state != PageState.REMOVED:
            due = max(now, (fetched or 0.0) + self._rhythm.again)
            self._store.execute(
                "UPDATE pages SET mark = ?, title = ?, author = ?, published = ?, html = ?, due = ?, tries = 0,"
                " checks = 0, etag = NULL, modified = NULL WHERE url = ?",
                *(item.fingerprint, item.title, item.author, published, item.html or None, due, item.url),
            )
        return False

    def _settle(self, page: QueuedPage, *, due: float | None, **values: object) -> None:
        """Write down what became of a page; when it became due anew meanwhile, it stays so."""
        names = ", ".join(f"{name} = ?" for name in values)
        with self._store.transaction():
            self._store.execute(f"UPDATE pages SET {names} WHERE url = ?", *values.values(), page.url)
            self._store.execute(
                "UPDATE pages SET due = ?, html = CASE WHEN ? THEN html END WHERE url = ? AND due = ?",
                *(due, "state" not in values, page.url, page.due),
            )


def _queued(row: Row) -> QueuedPage:
    url, feed, state, title, author, published, html, *rest = row[:-1]
    return QueuedPage(url, feed, state, title, author, from_timestamp(published), html or "", *rest)


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
