"""The tables of circles: who may be answered from which feeds, and from which feeds each article came.

A circle is known by a key that somebody else makes up: `HOUSE` is what everybody is answered from, any other key is a
server's or a person's. Feeds belong to circles, articles to feeds: so a feed that joins or leaves a circle takes its
articles along, and nothing is written for each of them. What the owner added by hand came from the feed `BY_HAND`,
which belongs to the house. An article whose last feed left its last circle is nobody's, not everybody's.

Each row of the three tables is written twice: as numbers, or a number and a key, and as text. The views `circles`,
`feed_circles` and `sources` have the rows in which both agree; so what a fault of the disk has changed is nobody's.
"""

import json
from collections.abc import Collection, Iterable, Mapping

from index.circles import BY_HAND, HOUSE, HOUSE_ID
from index.storage.lines import LinesMixin

VERSION_KEY = "circles"  # of `meta`: grows whenever a feed joins or leaves a circle
UPGRADE_KEY = (
    "circles_upgrade"  # of `meta`: what an earlier version's articles became, until somebody was told
)

# Articles, by their first sentence, that are in the house or in the circle with the key that is bound to `?`.
VISIBLE_FIRSTS = (
    "SELECT sources.first FROM sources JOIN feed_circles USING (feed) JOIN circles ON circles.id = circle"
    f" WHERE circles.key IN ('{HOUSE}', ?)"
)
IN_HOUSE = f"SELECT first FROM sources JOIN feed_circles USING (feed) WHERE circle = {HOUSE_ID}"
IN_ANY = "SELECT first FROM sources JOIN feed_circles USING (feed)"

# Rows of the tables that are not as they were written, and each with its name for people.
_IS_DAMAGED_CIRCLE = "(written = id || ':' || key) IS NOT TRUE"
_IS_DAMAGED_FEED = "(written = feed || ':' || circle) IS NOT TRUE"
_IS_DAMAGED_SOURCE = "(written = source_rows.first || ':' || feed) IS NOT TRUE"
_DAMAGED_CIRCLES = f"SELECT 'circle ' || key FROM circle_rows WHERE {_IS_DAMAGED_CIRCLE}"
_DAMAGED_FEEDS = (
    "SELECT coalesce(url, 'feed ' || feed) FROM feed_circle_rows LEFT JOIN feeds ON feeds.id = feed"
    f" WHERE {_IS_DAMAGED_FEED}"
)
_DAMAGED_SOURCES = (
    "SELECT coalesce(url, 'article ' || source_rows.first) FROM source_rows LEFT JOIN articles USING (first)"
    f" WHERE {_IS_DAMAGED_SOURCE}"
)


class CirclesMixin(LinesMixin):
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

    def feed_places(self, feeds: Iterable[int]) -> list[tuple[str, bool]]:
        """Return the address that each of some feeds was last read from, and whether the feed is the house's."""
        rows = self.query(
            f"SELECT coalesce(read_from, url), id IN (SELECT feed FROM feed_circles WHERE circle = {HOUSE_ID}) FROM feeds"
            " WHERE id IN (SELECT value FROM json_each(?))",
            list(feeds),
        )
        return [(url, bool(in_house)) for url, in_house in rows]

    def join_circle(self, feed: int, key: str) -> bool:
        """Let a feed and its articles belong to a circle too; return True if they did not.

        Call it inside `transaction()`.
        """
        self.execute(f"DELETE FROM circle_rows WHERE key = ? AND {_IS_DAMAGED_CIRCLE}", key)
        self.execute("INSERT INTO circle_rows (key) VALUES (?) ON CONFLICT DO NOTHING", key)
        if key == HOUSE:
            self._log_articles(
                f"SELECT first FROM sources WHERE feed = ? AND first NOT IN ({IN_HOUSE})", feed
            )
        self.execute(f"DELETE FROM feed_circle_rows WHERE feed = ? AND {_IS_DAMAGED_FEED}", feed)
        joined = self.execute(
            "INSERT INTO feed_circle_rows (feed, circle) SELECT ?, id FROM circles WHERE key = ? ON CONFLICT DO NOTHING",
            *(feed, key),
        )
        self._count_change()
        return joined > 0

    def leave_circle(self, feed: int, key: str) -> bool:
        """Take a feed, and the articles that no other feed of it brought, out of a circle; True if they were there.

        What a feed brought into the house stays there. Call it inside `transaction()`.
        """
        if key == HOUSE:
            self._log_articles("SELECT first FROM sources WHERE feed = ?", feed)
            self.execute(
                "INSERT INTO source_rows (first, feed) SELECT first, ? FROM sources WHERE feed = ? ON CONFLICT DO NOTHING",
                *(BY_HAND, feed),
            )
            self.keep_lines_in_house(feed)
        left = self.execute(
            "DELETE FROM feed_circle_rows WHERE feed = ? AND circle = (SELECT id FROM circles WHERE key = ?)",
            *(feed, key),
        )
        if key != HOUSE and not self.feeds_in(key):
            self._forget_key(key)
        self._forget_adder(key)
        self._count_change()
        return left > 0

    def remove_circle(self, key: str) -> None:
        """Remove a circle that is not the house, and the feeds that no other has. Call it inside `transaction()`."""
        if key == HOUSE:
            raise ValueError("the house cannot be removed")
        self.execute(
            "DELETE FROM feed_circle_rows WHERE circle = (SELECT id FROM circles WHERE key = ?)",
            key,
        )
        self._forget_key(key)
        self.unfollow_nobodys_feeds()
        self._count_change()

    def unfollow_nobodys_feeds(self) -> None:
        """Delete the feeds that are in no circle, and the pages that no other feed announces.

        None where a damaged row may be why. Call it inside `transaction()`.
        """
        if self.query(_DAMAGED_CIRCLES) or self.query(_DAMAGED_FEEDS):
            return
        for (feed,) in self.query("SELECT id FROM feeds WHERE id NOT IN (SELECT feed FROM feed_circles)"):
            self.execute("DELETE FROM announcements WHERE feed = ?", feed)
            # What another feed announces is its page from now on, to be fetched anew: of what this one told of it
            # nothing stays.
            self.execute(
                "UPDATE pages SET feed = (SELECT min(feed) FROM announcements WHERE url = pages.url), mark = '',"
                " title = '', author = '', published = NULL, html = NULL, etag = NULL, modified = NULL, tries = 0,"
                " due = CASE WHEN due IS NOT NULL OR state = 'stored' THEN 0 END"
                " WHERE feed = ? AND url IN (SELECT url FROM announcements)",
                feed,
            )
            self.execute(
                "DELETE FROM announcements WHERE EXISTS"
                " (SELECT 1 FROM pages WHERE pages.url = announcements.url AND pages.feed = announcements.feed)"
            )
            self.execute("DELETE FROM pages WHERE feed = ?", feed)
            self.execute("DELETE FROM source_rows WHERE feed = ?", feed)
            self.execute("DELETE FROM feeds WHERE id = ?", feed)

    def circle_ids(self, feeds: Iterable[int]) -> frozenset[int]:
        """Return the ids of the circles that some feeds belong to."""
        rows = self.query(
            "SELECT DISTINCT circle FROM feed_circles WHERE feed IN (SELECT value FROM json_each(?))",
            list(feeds),
        )
        return frozenset(row[0] for row in rows)

    def has_outlet_name(self, key: str, circles: Iterable[int], other_than: str) -> bool:
        """Return True if another site than `other_than` has an outlet's name in one of some circles."""
        rows = self.query(
            "SELECT 1 FROM outlet_names WHERE key = ? AND site != ? AND circle IN (SELECT value FROM json_each(?))",
            *(key, other_than, list(circles)),
        )
        return bool(rows)

    def add_outlet_name(self, key: str, site: str, circles: Iterable[int]) -> None:
        """Give an outlet's name to a site in circles where nobody has it. Call it inside `transaction()`."""
        self.execute_many(
            "INSERT INTO outlet_names VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [(circle, key, site) for circle in circles],
        )

    def visible_firsts(self, key: str) -> list[int]:
        """Return the first sentences of the articles that are in the house or in a circle."""
        return [row[0] for row in self.query(VISIBLE_FIRSTS, key)]

    def is_in(self, first: int, key: str) -> bool:
        """Return True if the article whose sentences begin at `first` is in the house or in a circle."""
        return bool(self.query(f"SELECT 1 FROM ({VISIBLE_FIRSTS} AND sources.first = ?) LIMIT 1", key, first))

    def feeds_of_url(self, url: str) -> frozenset[int]:
        """Return the feeds from which the article under `url` came; none when there is no such article."""
        rows = self.query("SELECT feed FROM sources JOIN articles USING (first) WHERE url = ?", url)
        return frozenset(row[0] for row in rows)

    def add_feeds(self, url: str, feeds: Collection[int]) -> None:
        """Record that the article under `url`, if there is one, came from some feeds too.

        Call it inside `transaction()`.
        """
        for (first,) in self.query("SELECT first FROM articles WHERE url = ?", url):
            self.add_sources(first, feeds)

    def remove_feeds(self, url: str, feeds: Collection[int]) -> None:
        """Forget that the article under `url`, if there is one, came from some feeds. Call it inside `transaction()`."""
        for (first,) in self.query("SELECT first FROM articles WHERE url = ?", url):
            self.drop_sources(first, feeds)

    def sources_of(self, firsts: Iterable[int]) -> dict[int, tuple[int, ...]]:
        """Return the feeds from which articles came, by first sentence, in order; those without any are left out."""
        rows = self.query(
            "SELECT first, feed FROM sources WHERE first IN (SELECT value FROM json_each(?)) ORDER BY first, feed",
            list(firsts),
        )
        return _grouped(rows)

    def circles_of(self, firsts: Iterable[int]) -> dict[int, frozenset[int]]:
        """Return the ids of the circles of articles, by first sentence; those in none are left out."""
        rows = self.query(
            "SELECT DISTINCT first, circle FROM sources JOIN feed_circles USING (feed)"
            " WHERE first IN (SELECT value FROM json_each(?))",
            list(firsts),
        )
        return {first: frozenset(circles) for first, circles in _grouped(rows).items()}

    def sources_from(self, first: int) -> list[tuple[int, int]]:
        """Return (first sentence, feed) of every article whose sentences are numbered from `first` on."""
        return self.query("SELECT first, feed FROM sources WHERE first >= ?", first)

    def add_sources(self, first: int, feeds: Collection[int], *, is_new: bool = False) -> None:
        """Record the feeds from which an article came; `is_new` when no index knows the article yet.

        To those who did not see it before it arrives now. Call it inside `transaction()`.
        """
        joined = 0 if is_new else self.next_sentence() + 1
        self.execute(f"DELETE FROM source_rows WHERE first = ? AND {_IS_DAMAGED_SOURCE}", first)
        added = sum(
            self.execute(
                "INSERT INTO source_rows (first, feed, joined) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                *(first, feed, joined),
            )
            for feed in feeds
        )
        if added and not is_new:
            self.set_next_sentence(joined)  # a number without a sentence, as a removal leaves them
            self._log_articles("SELECT ?", first)
            self.recount_lines(first)

    def drop_sources(self, first: int, feeds: Collection[int]) -> None:
        """Forget that an article came from some feeds. Call it inside `transaction()`."""
        for feed in feeds:
            self.execute("DELETE FROM source_rows WHERE first = ? AND feed = ?", first, feed)
        self._log_articles("SELECT ?", first)
        self.recount_lines(first)

    def regrouped(self, after: int) -> list[int]:
        """Return the first sentences of the articles whose feeds, or whose being in the house, changed.

        `after` is the watermark's `changes`; what came in after it is told in any case.
        """
        return [
            row[0]
            for row in self.query(
                "SELECT DISTINCT first FROM regrouped WHERE sequence > ? ORDER BY first", after
            )
        ]

    def in_house(self, firsts: Iterable[int]) -> frozenset[int]:
        """Return which articles, by first sentence, are in the house."""
        rows = self.query(f"{IN_HOUSE} AND first IN (SELECT value FROM json_each(?))", list(firsts))
        return frozenset(row[0] for row in rows)

    def nobodys_urls(self) -> list[str]:
        """Return the addresses of the articles that are in no circle any more; none where damage may be why."""
        if self.damaged_places():
            return []
        return [row[0] for row in self.query(f"SELECT url FROM articles WHERE first NOT IN ({IN_ANY})")]

    def damaged_places(self) -> list[str]:
        """Return the circles, the addresses of feeds and of articles of which it is not known any more whose they are."""
        damaged = (_DAMAGED_CIRCLES, _DAMAGED_FEEDS, _DAMAGED_SOURCES)
        return [str(row[0]) for statement in damaged for row in self.query(statement)]

    def mend_places(self) -> None:
        """Delete what is damaged of whose news what is, and derive what follows from the rest.

        Articles without feeds come from the feeds of their pages again. Call it inside `transaction()`.
        """
        if not self.damaged_places():
            return
        self.execute(f"DELETE FROM circle_rows WHERE {_IS_DAMAGED_CIRCLE}")
        self.execute(f"DELETE FROM feed_circle_rows WHERE {_IS_DAMAGED_FEED}")
        self.execute(f"DELETE FROM source_rows WHERE {_IS_DAMAGED_SOURCE}")
        self.execute(
            "INSERT INTO circle_rows (id, key) VALUES (?, ?) ON CONFLICT DO NOTHING", HOUSE_ID, HOUSE
        )
        self.execute(
            "INSERT INTO feed_circle_rows (feed, circle) VALUES (?, ?) ON CONFLICT DO NOTHING",
            *(BY_HAND, HOUSE_ID),
        )
        sourceless = self.query("SELECT first FROM articles WHERE first NOT IN (SELECT first FROM sources)")
        self.execute(
            "INSERT INTO source_rows (first, feed) SELECT articles.first, pages.feed FROM articles"
            " JOIN pages ON pages.article = articles.url WHERE articles.first NOT IN (SELECT first FROM sources)"
            " ON CONFLICT DO NOTHING"
        )
        for (first,) in sourceless:
            self._log_articles("SELECT ?", first)
            self.recount_lines(first)
        self._count_change()

    def take_upgrade_counts(self) -> Mapping[str, int]:
        """Return how many articles of an earlier version went to which circle, once; {} from then on."""
        counts = self.meta(UPGRADE_KEY)
        if counts is None:
            return {}
        self.delete_meta(UPGRADE_KEY)
        return dict(json.loads(counts))

    def _forget_key(self, key: str) -> None:
        """Delete all that is kept of a circle without feeds: its key is somebody's id."""
        self.execute(
            "DELETE FROM outlet_names WHERE circle = (SELECT id FROM circles WHERE key = ?)",
            key,
        )
        self.execute("DELETE FROM circle_rows WHERE key = ?", key)
        self._forget_adder(key)

    def _forget_adder(self, key: str) -> None:
        """Let feeds that a circle added, and has no longer, be added by another that has them."""
        self.execute(
            "UPDATE feeds SET added_by = circles.key FROM circles WHERE circles.id ="
            " (SELECT min(circle) FROM feed_circles WHERE feed = feeds.id)"
            " AND added_by = ? AND NOT EXISTS (SELECT 1 FROM feed_circles JOIN circles AS own ON own.id = circle"
            " WHERE feed = feeds.id AND own.key = added_by)",
            key,
        )

    def _log_articles(self, firsts: str, *values: object) -> None:
        """Log that the feeds of articles changed, for the indexes."""
        self.execute(f"INSERT INTO regrouped (first) {firsts}", *values)

    def _count_change(self) -> None:
        self.put_meta(VERSION_KEY, str(self.circles_version() + 1))


def _grouped(rows: Iterable[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    """Return the second numbers of pairs by the first."""
    found: dict[int, list[int]] = {}
    for first, feed in rows:
        found.setdefault(first, []).append(feed)
    return {first: tuple(feeds) for first, feeds in found.items()}
