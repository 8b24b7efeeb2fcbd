"""The tables of circles: who may be answered from which feeds, and from which feeds each article came.

A circle is known by a key that somebody else makes up: `HOUSE` is what everybody is answered from, any other key is a
server's or a person's. Feeds belong to circles, articles to feeds: so a feed that joins or leaves a circle takes its
articles along, and nothing is written for each of them. What the owner added by hand came from the feed `BY_HAND`,
which belongs to the house. An article whose last feed left its last circle is nobody's, not everybody's.
"""

import json
from collections.abc import Collection, Iterable, Mapping

from index.storage.database import SqliteDatabase

HOUSE = "house"
HOUSE_ID = 1  # of `circles`, as the migration writes it
BY_HAND = 0  # in place of a feed's id: files, pages and `verbatim add`
VERSION_KEY = "circles"  # of `meta`: grows whenever a feed joins or leaves a circle
UPGRADE_KEY = "circles_upgrade"  # of `meta`: what an earlier version's articles became, until somebody was told

# Articles, by their first sentence, that are in the house or in the circle with the key that is bound to `?`.
VISIBLE_FIRSTS = (
    "SELECT sources.first FROM sources JOIN feed_circles USING (feed) JOIN circles ON circles.id = circle"
    f" WHERE circles.key IN ('{HOUSE}', ?)"
)
IN_HOUSE = f"SELECT first FROM sources JOIN feed_circles USING (feed) WHERE circle = {HOUSE_ID}"
IN_ANY = "SELECT first FROM sources JOIN feed_circles USING (feed)"


class CirclesMixin(SqliteDatabase):
    """The part of the store that keeps circles, their feeds, and the feeds of articles."""

    def circles_version(self) -> int:
        """Return a number that grows whenever a feed joins or leaves a circle."""
        return int(self.meta(VERSION_KEY) or 0)

    def feeds_by_circle(self) -> dict[str, frozenset[int]]:
        """Return the ids of the feeds of every circle, by its key; `BY_HAND` is among those of the house."""
        found: dict[str, set[int]] = {HOUSE: set()}
        rows = self.query("SELECT key, feed FROM feed_circles JOIN circles ON circles.id = circle")
        for key, feed in rows:
            found.setdefault(key, set()).add(feed)
        return {key: frozenset(feeds) for key, feeds in found.items()}

    def circles_by_feed(self) -> dict[int, tuple[str, ...]]:
        """Return the keys of the circles of every feed, by its id, the house first."""
        found: dict[int, list[str]] = {}
        rows = self.query(
            "SELECT feed, key FROM feed_circles JOIN circles ON circles.id = circle ORDER BY circle"
        )
        for feed, key in rows:
            found.setdefault(feed, []).append(key)
        return {feed: tuple(keys) for feed, keys in found.items()}

    def feeds_in(self, key: str) -> frozenset[int]:
        """Return the ids of the feeds of one circle."""
        rows = self.query(
            "SELECT feed FROM feed_circles JOIN circles ON circles.id = circle WHERE key = ?", key
        )
        return frozenset(row[0] for row in rows)

    def join_circle(self, feed: int, key: str) -> bool:
        """Let a feed and its articles belong to a circle too; return True if they did not.

        Call it inside `transaction()`.
        """
        self.execute("INSERT OR IGNORE INTO circles (key) VALUES (?)", key)
        if key == HOUSE:
            self._log_articles(f"SELECT first FROM sources WHERE feed = ? AND first NOT IN ({IN_HOUSE})", feed)
        joined = self.execute(
            "INSERT OR IGNORE INTO feed_circles SELECT id, ? FROM circles WHERE key = ?", feed, key
        )
        self._count_change()
        return joined > 0

    def leave_circle(self, feed: int, key: str) -> bool:
        """Take a feed, and the articles that no other feed of it brought, out of a circle; True if they were there.

        What a feed brought into the house stays there. Call it inside `transaction()`.
        """
        if key == HOUSE:
            self.execute(
                "INSERT OR IGNORE INTO sources SELECT first, ? FROM sources WHERE feed = ?", BY_HAND, feed
            )
        left = self.execute(
            "DELETE FROM feed_circles WHERE feed = ? AND circle = (SELECT id FROM circles WHERE key = ?)",
            *(feed, key),
        )
        self._count_change()
        return left > 0

    def forget_sources(self, feed: int) -> None:
        """Forget which articles came from a feed that is followed no more. Call it inside `transaction()`."""
        self.execute("DELETE FROM sources WHERE feed = ?", feed)

    def is_in(self, first: int, key: str) -> bool:
        """Return True if the article whose sentences begin at `first` is in the house or in a circle."""
        return bool(self.query(f"SELECT 1 FROM ({VISIBLE_FIRSTS} AND sources.first = ?) LIMIT 1", key, first))

    def sources(self, first: int) -> frozenset[int]:
        """Return the feeds from which an article came, named by its first sentence."""
        return frozenset(row[0] for row in self.query("SELECT feed FROM sources WHERE first = ?", first))

    def sources_of(self, firsts: Iterable[int]) -> dict[int, tuple[int, ...]]:
        """Return the feeds from which articles came, by first sentence, in order; those without any are left out."""
        rows = self.query(
            "SELECT first, feed FROM sources WHERE first IN (SELECT value FROM json_each(?)) ORDER BY first, feed",
            json.dumps(list(firsts)),
        )
        return _grouped(rows)

    def sources_from(self, first: int) -> list[tuple[int, int]]:
        """Return (first sentence, feed) of every article whose sentences are numbered from `first` on."""
        return self.query("SELECT first, feed FROM sources WHERE first >= ?", first)

    def add_sources(self, first: int, feeds: Collection[int], *, is_new: bool = False) -> None:
        """Record the feeds from which an article came; `is_new` when no index knows the article yet.

        Call it inside `transaction()`.
        """
        added = sum(
            self.execute("INSERT OR IGNORE INTO sources VALUES (?, ?)", first, feed) for feed in feeds
        )
        if added and not is_new:
            self._log_articles("SELECT ?", first)

    def drop_sources(self, first: int, feeds: Collection[int]) -> None:
        """Forget that an article came from some feeds. Call it inside `transaction()`."""
        for feed in feeds:
            self.execute("DELETE FROM sources WHERE first = ? AND feed = ?", first, feed)
        self._log_articles("SELECT ?", first)

    def regrouped(self, after: int) -> list[int]:
        """Return the first sentences of the articles whose feeds, or whose being in the house, changed.

        `after` is the watermark's `changes`; what came in after it is told in any case.
        """
        return [row[0] for row in self.query("SELECT DISTINCT first FROM regrouped WHERE sequence > ?", after)]

    def in_house(self, firsts: Iterable[int]) -> frozenset[int]:
        """Return which articles, by first sentence, are in the house."""
        rows = self.query(
            f"{IN_HOUSE} AND first IN (SELECT value FROM json_each(?))", json.dumps(list(firsts))
        )
        return frozenset(row[0] for row in rows)

    def nobodys_urls(self) -> list[str]:
        """Return the addresses of the articles that are in no circle any more."""
        return [row[0] for row in self.query(f"SELECT url FROM articles WHERE first NOT IN ({IN_ANY})")]

    def take_upgrade_counts(self) -> Mapping[str, int]:
        """Return how many articles of an earlier version went to which circle, once; {} from then on."""
        counts = self.meta(UPGRADE_KEY)
        if counts is None:
            return {}
        self.delete_meta(UPGRADE_KEY)
        return dict(json.loads(counts))

    def _log_articles(self, firsts: str, *values: object) -> None:
        """Log that the feeds of articles changed, for the indexes."""
        self.execute(f"INSERT INTO regrouped (first) {firsts}", *values)

    def _count_change(self) -> None:
        self.execute(
            "INSERT OR REPLACE INTO meta VALUES (?, ?)", VERSION_KEY, str(self.circles_version() + 1)
        )


def _grouped(rows: Iterable[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    """Return the second numbers of pairs by the first."""
    found: dict[int, list[int]] = {}
    for first, feed in rows:
        found.setdefault(first, []).append(feed)
    return {first: tuple(feeds) for first, feeds in found.items()}
