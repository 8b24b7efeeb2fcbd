"""The tables of lines: what is kept of each article's lines, and on how many articles each line stands.

Counts are kept by the set of feeds that articles came from, so that what a circle does not see counts for nothing in
its answers: whoever repeats a line of somebody else's outlet takes it out of nobody's quotes but their own.
"""

import json
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from index.circles import BY_HAND, HOUSE_ID
from index.storage.engine import Tables

# Sets of feeds of which one is in the house, or among the feeds in the JSON list that is bound to `?`.
VISIBLE_SETS = (
    "SELECT source_sets.id FROM source_sets, json_each(source_sets.feeds) AS feed"
    f" WHERE feed.value IN (SELECT feed FROM feed_circles WHERE circle = {HOUSE_ID})"
    " OR feed.value IN (SELECT value FROM json_each(?))"
)


class LinesMixin(Tables):
    """The part of the store that counts lines. Call its methods inside `transaction()`, but for `line_counts`."""

    def add_lines(self, first_sentence: int, form: int, hashes: NDArray[np.int64], needed: bytes) -> None:
        """Keep an article's lines, `hashes` (n,) and a byte of `needed` for each, and count each line once.

        `form` names the model that made `needed`. The article's feeds have to be known by then.
        """
        self.copy_lines(first_sentence, form, hashes, needed, self._source_set(first_sentence))

    def copy_lines(
        self, first_sentence: int, form: int, hashes: NDArray[np.int64], needed: bytes, source_set: int
    ) -> None:
        """Keep and count an article's lines as another store does, with its number of the set of feeds."""
        self.execute(
            "INSERT INTO lines VALUES (?, ?, ?, ?, ?)",
            *(first_sentence, form, hashes.astype("<i8").tobytes(), needed, source_set),
        )
        self._count(hashes, source_set)

    def remove_lines(self, first_sentence: int) -> None:
        """Forget an article's lines, which count no longer."""
        for hashes, source_set in self.query(
            "DELETE FROM lines WHERE first = ? RETURNING hashes, source_set", first_sentence
        ):
            self._discount(np.frombuffer(hashes, dtype="<i8"), source_set)

    def recount_lines(self, first_sentence: int) -> None:
        """Count an article's lines for the feeds that it comes from now."""
        source_set = self._source_set(first_sentence)
        for hashes, former in self.query(
            "SELECT hashes, source_set FROM lines WHERE first = ? AND source_set != ?",
            first_sentence,
            source_set,
        ):
            lines = np.frombuffer(hashes, dtype="<i8")
            self._discount(lines, former)
            self._count(lines, source_set)
            self.execute("UPDATE lines SET source_set = ? WHERE first = ?", source_set, first_sentence)

    def keep_lines_in_house(self, feed: int) -> None:
        """Count what came from a feed as added by hand too; what comes from it later is not."""
        of_feed = "SELECT 1 FROM json_each(source_sets.feeds) AS own WHERE own.value = ?"
        for number, feeds in self.query(f"SELECT id, feeds FROM source_sets WHERE EXISTS ({of_feed})", feed):
            kept = _feed_list({BY_HAND, *json.loads(feeds)})
            self.execute("UPDATE source_sets SET feeds = ? WHERE id = ?", kept, number)

    def line_counts(self, hashes: Iterable[int], own_feeds: Iterable[int] | None) -> dict[int, int]:
        """Return on how many articles lines stand that came from the house or from `own_feeds`; None counts all."""
        seen = "" if own_feeds is None else f" AND source_set IN ({VISIBLE_SETS})"
        bound = () if own_feeds is None else (list(own_feeds),)
        return dict(
            self.query(
                "SELECT line, CAST(sum(articles) AS INTEGER) FROM line_counts WHERE line IN (SELECT value FROM json_each(?))"
                f"{seen} GROUP BY line",
                *(list(hashes), *bound),
            )
        )

    def _source_set(self, first_sentence: int) -> int:
        """Return the number of the set of feeds that an article comes from."""
        rows = self.query("SELECT feed FROM sources WHERE first = ?", first_sentence)
        feeds = _feed_list(row[0] for row in rows)
        known = self.query("SELECT min(id) FROM source_sets WHERE feeds = ?", feeds)[0][0]
        if known is None:
            [(known,)] = self.query("INSERT INTO source_sets (feeds) VALUES (?) RETURNING id", feeds)
        return int(known)

    def _count(self, hashes: NDArray[np.int64], source_set: int) -> None:
        self.execute_many(
            "INSERT INTO line_counts VALUES (?, ?, 1)"
            " ON CONFLICT (line, source_set) DO UPDATE SET articles = line_counts.articles + 1",
            ((line, source_set) for line in np.unique(hashes).tolist()),
        )

    def _discount(self, hashes: NDArray[np.int64], source_set: int) -> None:
        lines = [(line, source_set) for line in np.unique(hashes).tolist()]
        self.execute_many(
            "UPDATE line_counts SET articles = articles - 1 WHERE line = ? AND source_set = ?", lines
        )
        self.execute_many("DELETE FROM line_counts WHERE line = ? AND source_set = ? AND articles < 1", lines)


def _feed_list(feeds: Iterable[int]) -> str:
    """Return a set of feeds as it is kept: as SQLite writes a JSON list, which migration 9 had it do."""
    return json.dumps(sorted(feeds), separators=(",", ":"))
