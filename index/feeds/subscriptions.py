"""The feeds that are followed, as the table `feeds` of the index's database has them."""

import json
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from index.errors import BadFeed, VerbatimError
from index.feeds.schedule import PollSchedule, jittered, open_hour
from index.feeds.url_frontier import UrlFrontier
from index.parsing.feeds.items import feed_address, web_address
from index.storage.store import Store

OWNER_ID = "owner"  # who added a feed from the command line; from Discord it is `server:<id>`
MAX_FEEDS = 2_000  # feeds in all
_COLUMNS = (
    "id, url, kind, title, added, added_by, inside, etag, modified, ttl, skip_hours, skip_days, interval, due,"
    " polled, newest, failures, reason, paused, told, light, fault"
)


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed, as it stands. Times are in seconds since 1970, durations in seconds.

    `light` says that a look which finds nothing new costs next to nothing: its server answers "not modified".
    """

    id: int
    url: str
    kind: str
    title: str
    added: float
    added_by: str
    in_private_network: bool
    etag: str | None
    modified: str | None
    ttl: float | None
    skip_hours: str
    skip_days: str
    interval: float | None
    due: float
    polled: float | None
    newest: float | None
    failures: int
    reason: str | None
    paused: bool
    reported: bool
    light: bool
    fault: str | None

    @property
    def why(self) -> VerbatimError:
        """Give the last failure, as it can be worded in any language."""
        kind, facts = json.loads(self.fault) if self.fault else ("", {})
        return VerbatimError(self.reason or "", kind, **facts)

    @property
    def name(self) -> str:
        """Give its title, or where that is not known its address."""
        return self.title or self.url


@dataclass(frozen=True, slots=True)
class PollResult:
    """What a successful look at a feed found out; None where a server's "not modified" leaves it as it was.

    `url` is the address to be asked from now on.
    """

    url: str
    etag: str | None
    modified: str | None
    max_age: float | None
    kind: str | None = None
    title: str | None = None
    ttl: float | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


class Subscriptions:
    """The feeds of a data folder, and the queue of pages they announced. Every method blocks; any thread may call."""

    def __init__(self, database: Path, rhythm: PollSchedule | None = None) -> None:
        """Open the index's database, making it if need be; raises BrokenIndex."""
        database.parent.mkdir(parents=True, exist_ok=True)
        self._store = Store(database)
        self._rhythm = rhythm or PollSchedule()
        self.pages = UrlFrontier(self._store, self._rhythm)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._store.close()

    def add(
        self,
        url: str,
        now: float,
        *,
        title: str = "",
        kind: str = "",
        by: str = OWNER_ID,
        inside: bool = True,
    ) -> bool:
        """Follow a feed; say whether it is new. One that was paused is taken up again. Raises `BadFeed`."""
        url = web_address(feed_address(url), "")
        if not url:
            raise BadFeed("A feed's address starts with http:// or https://.")
        with self._store.transaction():
            if self._find(url):
                self._store.execute(
                    "UPDATE feeds SET paused = 0, told = 0, failures = 0, due = ? WHERE url = ? AND paused",
                    now,
                    url,
                )
                return False
            if self.count() >= MAX_FEEDS:
                raise BadFeed(f"{MAX_FEEDS:,} feeds are followed already; remove some first.")
            self._store.execute(
                "INSERT INTO feeds (url, title, kind, added, added_by, inside, due) VALUES (?, ?, ?, ?, ?, ?, ?)",
                *(url, title, kind, now, by, inside, now),
            )
        return True

    def remove(self, url: str) -> bool:
        """Follow a feed no more, and forget the pages it announced; say whether it was there. Its articles stay."""
        with self._store.transaction():
            feed = self._find(url) or self._find(web_address(feed_address(url), ""))
            if feed is None:
                return False
            self._store.execute("DELETE FROM pages WHERE feed = ?", feed.id)
            self._store.execute("DELETE FROM feeds WHERE id = ?", feed.id)
        return True

    def all(self) -> list[Subscription]:
        """Return every feed, in order of names."""
        return sorted(self._select("1"), key=lambda feed: feed.name.casefold())

    def find(self, url: str) -> Subscription | None:
        """Return the feed at an address, however that is written."""
        return self._find(url) or self._find(web_address(feed_address(url), ""))

    def get(self, number: int) -> Subscription | None:
        """Return the feed of a number."""
        return next(iter(self._select("id = ?", number)), None)

    def count(self, by: str | None = None) -> int:
        """Count the feeds, or those that somebody added."""
        return int(
            self._store.query("SELECT count(*) FROM feeds WHERE added_by = ifnull(?, added_by)", by)[0][0]
        )

    def due(self, now: float) -> list[Subscription]:
        """Return the feeds that are to be looked at, those that wait longest first."""
        return self._select("due <= ? ORDER BY due LIMIT 200", now)

    def next_due(self) -> float | None:
        """Return when the next feed is to be looked at."""
        moment: float | None = self._store.query("SELECT min(due) FROM feeds")[0][0]
        return moment

    def succeeded(
        self, feed: Subscription, reading: PollResult, now: float, *, new: int
    ) -> Subscription | None:
        """Take down a look that worked, `new` articles found, and when to look again; None if it was removed."""
        fresh = reading.kind is not None
        hours = reading.skip_hours if fresh else _numbers(feed.skip_hours)
        days = reading.skip_days if fresh else _numbers(feed.skip_days)
        ttl = reading.ttl if fresh else feed.ttl
        with self._store.transaction():
            moments = self.pages.publication_times(feed.id)
            light = feed.light if new else not fresh  # a feed with news in it is sent whole by any server
            interval = self._rhythm.interval(moments, now, ttl, reading.max_age, light=light)
            due = open_hour(now + jittered(interval), hours, days)
            self._store.execute(
                "UPDATE OR IGNORE feeds SET url = ? WHERE id = ?", reading.url, feed.id
            )  # unless the feed it moved to is followed already
            self._store.execute(
                "UPDATE feeds SET kind = ?, title = ?, etag = ?, modified = ?, ttl = ?, skip_hours = ?, skip_days = ?,"
                " interval = ?, due = ?, polled = ?, newest = ?, light = ?, failures = 0, reason = NULL, fault = NULL, paused = 0, told = 0"
                " WHERE id = ?",
                *(
                    reading.kind or feed.kind,
                    reading.title or feed.title,
                    reading.etag,
                    reading.modified,
                    ttl,
                ),
                *(
                    _joined(hours),
                    _joined(days),
                    interval,
                    due,
                    now,
                    now if new else feed.newest,
                    light,
                    feed.id,
                ),
            )
        return self.get(feed.id)

    def failed(
        self,
        feed: Subscription,
        error: VerbatimError,
        now: float,
        *,
        retry_after: float | None = None,
        for_good: bool = False,
    ) -> Subscription | None:
        """Take down a look that failed, and when to look again; pauses the feed when that goes on, or is `for_good`."""
        failures = max(feed.failures + 1, self._rhythm.failures_before_pause if for_good else 0)
        due = now + jittered(self._rhythm.back_off_for(failures, retry_after))
        paused = failures >= self._rhythm.failures_before_pause
        with self._store.transaction():
            self._store.execute(
                "UPDATE feeds SET failures = ?, reason = ?, fault = ?, polled = ?, due = ?, paused = ? WHERE id = ?",
                *(failures, str(error), json.dumps([error.kind, error.facts]), now, due, paused, feed.id),
            )
        return self.get(feed.id)

    def unreported_faults(self) -> list[Subscription]:
        """Return the paused feeds of which the owner does not know yet."""
        return self._select("paused AND NOT told ORDER BY id")

    def mark_told(self, feed: Subscription) -> None:
        """Take down that the owner knows."""
        with self._store.transaction():
            self._store.execute("UPDATE feeds SET told = 1 WHERE id = ?", feed.id)

    def _find(self, url: str) -> Subscription | None:
        return next(iter(self._select("url = ?", url)), None)

    def _select(self, condition: str, *values: object) -> list[Subscription]:
        rows = self._store.query(f"SELECT {_COLUMNS} FROM feeds WHERE {condition}", *values)
        return [Subscription(*row) for row in rows]


def _joined(numbers: frozenset[int]) -> str:
    return " ".join(map(str, sorted(numbers)))


def _numbers(joined: str) -> frozenset[int]:
    return frozenset(map(int, joined.split()))
