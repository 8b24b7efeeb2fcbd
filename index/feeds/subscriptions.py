"""The feeds that are followed: the table `feeds` of the index's database, with when each is to be polled."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from index.circles import BY_HAND, HOUSE
from index.errors import BadFeed, VerbatimError
from index.feeds.schedule import DAY, HOUR, PollSchedule, jittered, next_allowed_time
from index.feeds.url_frontier import UrlFrontier
from index.parsing.feeds.items import complete_feed_url, resolve_http_url
from index.storage.postgres.address import PostgresAddress
from index.storage.store import Store

MAX_FEEDS = (
    2_000  # that the house has not; judged: bounds what servers and people can add to the index they share
)
FLOOD_INTERVAL = HOUR  # seconds, the least between two polls of a feed that floods; judged
CLOCK_SLACK = 60.0  # seconds by which clocks of several machines may differ; judged
MAX_DUE_FEEDS = 200  # returned at a time; judged: several times the hosts that are asked at the same time
_COLUMNS = (
    "id, url, kind, title, added, added_by, inside, etag, modified, ttl, skip_hours, skip_days, interval, due,"
    " polled, newest, failures, reason, paused, told, light, fault, flooded"
)


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed that is followed, a row of the table. Times are in seconds since 1970, durations in seconds.

    `added_by` is the circle that had it first. `allow_private` says that it may lead to hosts of the owner's own network. `etag` and `last_modified` are
    validators for a conditional request; `conditional` says that its server answers one with "304 Not
    Modified". `ttl`, `skip_hours` and `skip_days` are what the feed asks for, the latter two as numbers
    parted by blanks. `last_new_item` is when it last announced something new. `failures` are in a row;
    `error_text` and `error_json` (kind and facts) are of the last. `reported` says that the owner was told
    that it is paused. `flooded` is when it last announced more pages than are taken within a day.
    """

    id: int
    url: str
    kind: str
    title: str
    added: float
    added_by: str
    allow_private: bool
    etag: str | None
    last_modified: str | None
    ttl: float | None
    skip_hours: str
    skip_days: str
    interval: float | None
    due: float
    last_polled: float | None
    last_new_item: float | None
    failures: int
    error_text: str | None
    paused: bool
    reported: bool
    conditional: bool
    error_json: str | None
    flooded: float | None = None

    @property
    def last_error(self) -> VerbatimError:
        """Return the last failure, which can be worded in any language; an empty one when there was none."""
        kind, facts = json.loads(self.error_json) if self.error_json else ("", {})
        return VerbatimError(self.error_text or "", kind, **facts)

    @property
    def is_flooding(self) -> bool:
        """Return True if it announced more pages at its last polls than are taken within a day."""
        return self.flooded is not None and self.flooded >= (self.last_polled or 0.0) - DAY

    @property
    def name(self) -> str:
        """Return its title, or its address when the title is not known."""
        return self.title or self.url


@dataclass(frozen=True, slots=True)
class PollResult:
    """What a successful poll returned; a field is None where "304 Not Modified" leaves it as it was.

    `url` is the address to poll from now on. `max_age` (of the server) and `ttl` (of the feed) are in
    seconds.
    """

    url: str
    etag: str | None
    last_modified: str | None
    max_age: float | None
    kind: str | None = None
    title: str | None = None
    ttl: float | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


class Subscriptions:
    """The feeds of a data folder, and `frontier`, the pages they announced.

    Every method blocks and may be called from any thread.
    """

    def __init__(self, place: Path | PostgresAddress, schedule: PollSchedule | None = None) -> None:
        """Open the index's database, creating it if need be. Raise BrokenIndex when that cannot be done."""
        if isinstance(place, Path):
            place.parent.mkdir(parents=True, exist_ok=True)
        self._store = Store(place)
        self._schedule = schedule or PollSchedule()
        self.frontier = UrlFrontier(self._store, self._schedule)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self._store.close()

    @property
    def store(self) -> Store:
        """Return the database that they are in."""
        return self._store

    def add(
        self,
        url: str,
        now: float,
        *,
        title: str = "",
        kind: str = "",
        circle: str = HOUSE,
        allow_private: bool = True,
        most: int | None = None,
    ) -> bool:
        """Follow a feed for a circle; return True if it is new there. One that was paused is polled again.

        A feed that another circle has is fetched once, and belongs to both. `allow_private` counts only for a feed of
        the house, and only as long as it is there. Raise BadFeed when `url` is no web address, when MAX_FEEDS are
        followed already outside the house, or the circle has `most`.
        """
        url = resolve_http_url(complete_feed_url(url), "")
        if not url:
            raise BadFeed("A feed's address starts with http:// or https://.", "feed-address")
        with self._store.transaction():
            feed = self._by_url(url)
            if feed and circle in self.circles_of(feed):
                self._resume(feed, now)
                return False
            if most is not None and self.count(circle) >= most:
                text = f"At most {most:,} feeds can be added here; remove some first."
                raise BadFeed(text, "feeds-many", number=most)
            feed = feed or self._insert(url, title, kind, circle, now)
            self._resume(feed, now)
            self._store.join_circle(feed.id, circle)
            if circle == HOUSE and allow_private:
                self._store.execute("UPDATE feeds SET inside = 1 WHERE id = ?", feed.id)
        return True

    def _insert(self, url: str, title: str, kind: str, circle: str, now: float) -> Subscription:
        """Insert a feed that no circle has. Raise BadFeed when others than the house have MAX_FEEDS already."""
        if circle != HOUSE and self.count() - self.count(HOUSE) >= MAX_FEEDS:
            text = f"{MAX_FEEDS:,} feeds are followed already; remove some first."
            raise BadFeed(text, "feed-most", number=MAX_FEEDS)
        self._store.execute(
            "INSERT INTO feeds (url, title, kind, added, added_by, inside, due) VALUES (?, ?, ?, ?, ?, 0, ?)",
            *(url, title, kind, now, circle, now),
        )
        return self._select("url = ?", url)[0]

    def _resume(self, feed: Subscription, now: float) -> None:
        """Let a feed that was paused be polled again."""
        self._store.execute(
            "UPDATE feeds SET paused = 0, told = 0, failures = 0, due = ? WHERE id = ? AND paused = 1",
            now,
            feed.id,
        )

    def remove(self, url: str, circle: str | None = None) -> bool:
        """Take a feed from a circle (None: from all); return True if it was there.

        Its articles leave with it, but for those that it brought into the house. A feed that no circle has is
        followed no more.
        """
        with self._store.transaction():
            feed = self.find(url)
            keys = [key for key in (self.circles_of(feed) if feed else ()) if circle in {None, key}]
            if feed is None or not keys:
                return False
            for key in keys:
                self._store.leave_circle(feed.id, key)
                if key == HOUSE:
                    self._store.execute("UPDATE feeds SET inside = 0 WHERE id = ?", feed.id)
            self._store.unfollow_nobodys_feeds()
        return True

    def accept(self, url: str) -> bool:
        """Lift a feed, with its articles, into the house; return True if it is followed and was not there."""
        with self._store.transaction():
            feed = self.find(url)
            return feed is not None and self._store.join_circle(feed.id, HOUSE)

    def circles_of(self, feed: Subscription) -> tuple[str, ...]:
        """Return the keys of the circles that have a feed, the house first."""
        return self._store.circles_by_feed().get(feed.id, ())

    def is_in_house(self, feed: Subscription) -> bool:
        """Return True if a feed is the house's."""
        return feed.id in self._store.feeds_in(HOUSE)

    def have_alone(self, feeds: Collection[int], url: str) -> bool:
        """Return True if the article at an address came from none but some feeds."""
        return self._store.feeds_of_url(url) <= frozenset(feeds)

    def circles(self) -> dict[int, tuple[str, ...]]:
        """Return for the id of each feed the keys of the circles that have it, the house first."""
        return self._store.circles_by_feed()

    def all(self, circle: str | None = None) -> list[Subscription]:
        """Return every feed of a circle (None: of all), in order of names."""
        own = None if circle is None else self._store.feeds_in(circle)
        found = [feed for feed in self._select("1 = 1 ORDER BY id") if own is None or feed.id in own]
        return sorted(found, key=lambda feed: feed.name.casefold())

    def find(self, url: str) -> Subscription | None:
        """Return the feed at an address, in whatever spelling; None when it is not followed."""
        return self._by_url(url) or self._by_url(resolve_http_url(complete_feed_url(url), ""))

    def get(self, feed_id: int) -> Subscription | None:
        """Return the feed with this id; None when it was removed."""
        return next(iter(self._select("id = ?", feed_id)), None)

    def count(self, circle: str | None = None) -> int:
        """Return the number of feeds of a circle, None for all."""
        if circle is None:
            return int(self._store.query("SELECT count(*) FROM feeds")[0][0])
        return len(self._store.feeds_in(circle) - {BY_HAND})

    def due_feeds(self, now: float) -> list[Subscription]:
        """Return up to MAX_DUE_FEEDS feeds that are to be polled, the longest overdue first.

        What was polled in the future, by a clock that has been put back since, is due too.
        """
        return self._select(
            f"due <= ? OR polled > ? ORDER BY due LIMIT {MAX_DUE_FEEDS}", now, now + CLOCK_SLACK
        )

    def next_due_time(self, now: float) -> float | None:
        """Return when the next feed is to be polled of those that were not due `now`; None when there is none."""
        due: float | None = self._store.query("SELECT min(due) FROM feeds WHERE due > ?", now)[0][0]
        return due

    def record_success(
        self, feed: Subscription, result: PollResult, now: float, *, new: int
    ) -> Subscription | None:
        """Record a poll that found `new` pages, and schedule the next.

        Return the feed as it is now; None if it was removed meanwhile.
        """
        modified = result.kind is not None
        skip_hours = result.skip_hours if modified else _parse_numbers(feed.skip_hours)
        skip_days = result.skip_days if modified else _parse_numbers(feed.skip_days)
        ttl = result.ttl if modified else feed.ttl
        with self._store.side_transaction():
            times = self.frontier.publication_times(feed.id)
            conditional = feed.conditional if new else not modified  # any server sends a feed with news whole
            interval = self._schedule.poll_interval(times, now, ttl, result.max_age, conditional=conditional)
            if self._flooded_lately(feed.id, now):
                interval = max(interval, FLOOD_INTERVAL)
            due = next_allowed_time(now + jittered(interval), skip_hours, skip_days)
            # unless the feed it moved to is followed already
            self._store.execute(
                "UPDATE feeds SET url = ? WHERE id = ? AND NOT EXISTS (SELECT 1 FROM feeds WHERE url = ?)",
                *(result.url, feed.id, result.url),
            )
            self._store.execute(
                "UPDATE feeds SET kind = ?, title = ?, etag = ?, modified = ?, ttl = ?, skip_hours = ?, skip_days = ?,"
                " interval = ?, due = ?, polled = ?, newest = ?, light = ?, failures = 0, reason = NULL, fault = NULL,"
                " paused = 0, told = 0 WHERE id = ?",
                *(
                    result.kind or feed.kind,
                    result.title or feed.title,
                    result.etag,
                    result.last_modified,
                    ttl,
                ),
                *(_join_numbers(skip_hours), _join_numbers(skip_days), interval, due, now),
                *(now if new else feed.last_new_item, conditional, feed.id),
            )
        return self.get(feed.id)

    def record_failure(
        self,
        feed: Subscription,
        error: VerbatimError,
        now: float,
        *,
        retry_after: float | None = None,
        permanent: bool = False,
    ) -> Subscription | None:
        """Record a poll that failed, and schedule the next.

        Return the feed as it is now; None if it was removed meanwhile. The feed is paused when it failed too
        often in a row, or at once when the failure is `permanent`.
        """
        pause_at = self._schedule.failures_before_pause
        failures = max(feed.failures + 1, pause_at if permanent else 0)
        due = now + jittered(self._schedule.back_off_for(failures, retry_after))
        error_json = json.dumps([error.kind, error.facts])
        with self._store.side_transaction():
            self._store.execute(
                "UPDATE feeds SET failures = ?, reason = ?, fault = ?, polled = ?, due = ?, paused = ? WHERE id = ?",
                *(failures, str(error), error_json, now, due, failures >= pause_at, feed.id),
            )
        return self.get(feed.id)

    def _flooded_lately(self, feed_id: int, now: float) -> bool:
        """Return True if a feed announced within a day more pages than are taken."""
        rows = self._store.query("SELECT 1 FROM feeds WHERE id = ? AND flooded > ?", feed_id, now - DAY)
        return bool(rows)

    def unreported_pauses(self) -> list[Subscription]:
        """Return the paused feeds that the owner was not told of yet."""
        return self._select("paused = 1 AND told = 0 ORDER BY id")

    def mark_reported(self, feed: Subscription) -> None:
        """Record that the owner was told that a feed is paused."""
        with self._store.transaction():
            self._store.execute("UPDATE feeds SET told = 1 WHERE id = ?", feed.id)

    def _by_url(self, url: str) -> Subscription | None:
        return next(iter(self._select("url = ?", url)), None)

    def _select(self, condition: str, *values: object) -> list[Subscription]:
        rows = self._store.query(f"SELECT {_COLUMNS} FROM feeds WHERE {condition}", *values)
        return [Subscription(*row) for row in rows]


def _join_numbers(numbers: frozenset[int]) -> str:
    return " ".join(map(str, sorted(numbers)))


def _parse_numbers(joined: str) -> frozenset[int]:
    return frozenset(map(int, joined.split()))
