"""A bot's own copy of the news that a server keeps, in a file of its data folder: what questions and buttons read.

It follows the server by watermark, as the indexes do, and is read while nothing else can be reached. Of the vectors it
has those that briefs compare; what only fetching and adding needs it does not have, and does not answer for.
"""

import json
import sqlite3
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import structlog

from index.errors import BrokenIndex, VerbatimError
from index.storage.articles import KEPT_VECTORS_KEY
from index.storage.circles import VERSION_KEY as CIRCLES_KEY
from index.storage.engine import Row
from index.storage.migrations import HISTORY_KEY
from index.storage.records import Watermark
from index.storage.store import ENCODER_KEY, Store

COPY_FILE = "news-copy.db"  # in a data folder
BATCH = 200  # articles copied in one transaction; judged
KEPT_VECTORS = (
    4  # of an article: the headline's and those of the sentences that `recent_articles` calls its lead
)
_LEFT_OUT = [
    "feeds",
    "pages",
    "announcements",
    "copies",
    "revisions",
    "barred",
    "outlet_names",
    "fetch_leases",
]
_COLUMNS = {  # of the tables with a row, or several, for each article
    "articles": "url, digest, outlet, title, author, published, language, revised, added, first, last, kind, modified,"
    " image, missing, story, date_source",
    "bodies": "first, text, spans, substr(vectors, 1, CAST(CASE WHEN length(spans) > 0 THEN"
    f" {KEPT_VECTORS} * 8 * length(vectors) / length(spans) ELSE 0 END AS INTEGER)), signature",
    "forward": "first, form, sentences, words",
    "checksums": "first, text, vectors",
    "source_rows": "first, feed, joined",
    "lines": "first, form, hashes, needed, source_set",
}
_PLACES = {"circle_rows": "id, key", "feed_circle_rows": "feed, circle", "source_sets": "id, feeds"}
_COURSE_KEY = "course"  # of `meta`: how often what had been followed was not on the server any more
log = structlog.get_logger(__name__)


class NewsCopy:
    """The copy in one data folder. `is_complete` says that it may be answered from."""

    def __init__(self, folder: Path) -> None:
        """Open or create it; a damaged one, or one of another version, is made anew."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / COPY_FILE
        try:
            self._own = _open(path)
        except BrokenIndex as error:
            log.warning("the copy of the news is made anew", why=str(error))
            for file in folder.glob(f"{COPY_FILE}*"):
                file.unlink()
            self._own = _open(path)
        self.is_complete = False

    def close(self) -> None:
        """Close the file."""
        self._own.close()

    def query(self, statement: str, values: Sequence[object]) -> list[Row] | None:
        """Return the rows that a statement yields here; None where the copy does not have what it asks for."""
        if not self.is_complete:
            return None
        with suppress(sqlite3.Error, VerbatimError):
            return self._own.query(statement, *values)
        return None

    def of_course(self, watermark: Watermark) -> Watermark:
        """Return a watermark of the server in the course that this bot follows."""
        course = self._own.meta(_COURSE_KEY)
        return replace(watermark, history=f"{watermark.history}~{course}") if course else watermark

    def missing(self, target: Watermark) -> int:
        """Return how many sentences are to be copied yet."""
        done = self._own.watermark()
        return target.next - (done.next if target.reaches(done) else 0)

    def sync(self, source: Store, step: Callable[[], None] = lambda: None) -> None:
        """Bring it up to what the server holds; `step` is called once that is known, and for each batch of articles, and may raise.

        To be called where only what is current is read. What the server has lost that was here, since a replica which
        had not got it yet took its place, is forgotten with all the rest: a new course begins.
        """
        target, done = source.watermark(), self._own.watermark()
        step()
        circles = source.meta(CIRCLES_KEY) != self._own.meta(CIRCLES_KEY)
        if target == done and not circles and not self._has_lost(source):
            self.is_complete = True
            return
        is_lost = target.history == done.history and (not target.reaches(done) or self._has_lost(source))
        with self._own.transaction():
            if is_lost or not target.reaches(done):
                self._forget_all(source, is_lost=is_lost)
                done = Watermark(history=target.history)
            self._copy_places(source)
            self._follow_changes(source, done, target)
        new = [one.first_sentence for one in source.entries(done.next) if one.first_sentence < target.next]
        for start in range(0, len(new), BATCH):
            step()
            self._copy_articles(source, new[start : start + BATCH])
        with self._own.transaction():
            self._own.set_next_sentence(target.next)
        self.is_complete = True

    def _has_lost(self, source: Store) -> bool:
        """Return True if the last article, removal or change that was followed is not one of the server's."""
        for table in ("removed", "regrouped"):
            columns = "sequence, first, last" if table == "removed" else "sequence, first"
            for row in self._own.query(f"SELECT {columns} FROM {table} ORDER BY sequence DESC LIMIT 1"):
                if source.query(f"SELECT {columns} FROM {table} WHERE sequence = ?", row[0]) != [row]:
                    return True
        newest = "SELECT first, last, url FROM articles"
        for row in self._own.query(f"{newest} ORDER BY first DESC LIMIT 1"):
            removed = source.query("SELECT first FROM removed WHERE first = ? AND last = ?", row[0], row[1])
            if source.query(f"{newest} WHERE first = ?", row[0]) != [row] and not removed:
                return True
        return False

    def _forget_all(self, source: Store, *, is_lost: bool) -> None:
        for table in (*_COLUMNS, *_PLACES, "line_counts", "removed", "regrouped"):
            self._own.execute(f"DELETE FROM {table}")
        if is_lost:
            course = int(self._own.meta(_COURSE_KEY) or 0) + 1
            log.warning("the database has lost what was followed; the indexes are made anew", times=course)
            self._own.put_meta(_COURSE_KEY, str(course))
        self._own.set_next_sentence(0)
        self._own.put_meta(HISTORY_KEY, source.watermark().history)

    def _copy_places(self, source: Store) -> None:
        """Copy whose news what is, as a whole: it is little."""
        for table, columns in _PLACES.items():
            self._own.execute(f"DELETE FROM {table}")
            self._insert(table, columns, source.query(f"SELECT {columns} FROM {table}"))
        for key in (CIRCLES_KEY, ENCODER_KEY):
            value = source.meta(key)
            if value is not None:
                self._own.put_meta(key, value)

    def _follow_changes(self, source: Store, done: Watermark, target: Watermark) -> None:
        """Remove what was removed, and copy anew from which feeds articles came where that changed."""
        gone = [row for row in source.removals(done.removals) if row[0] <= target.removals]
        for _, first, _ in gone:
            self._remove(first)
        again = [first for first in source.regrouped(done.changes) if first < done.next]
        for first in again:
            self._own.remove_lines(first)
            self._own.execute("DELETE FROM source_rows WHERE first = ?", first)
        self._copy_rows("source_rows", source, again)
        self._copy_lines(source, again)
        for table, columns, last in (
            ("removed", "sequence, first, last", target.removals),
            ("regrouped", "sequence, first", target.changes),
        ):
            self._own.execute(f"DELETE FROM {table}")
            rows = source.query(f"SELECT {columns} FROM {table} WHERE sequence = ?", last)
            self._insert(table, columns, rows)

    def _copy_articles(self, source: Store, firsts: list[int]) -> None:
        with self._own.transaction():
            for first in firsts:  # one that was begun with and removed meanwhile
                self._remove(first)
            for table in _COLUMNS:
                if table != "lines":
                    self._copy_rows(table, source, firsts)
            self._copy_lines(source, firsts)
            kept = "SELECT first, vectors FROM bodies WHERE first IN (SELECT value FROM json_each(?))"
            sums = [(zlib.crc32(vectors), first) for first, vectors in self._own.query(kept, firsts)]
            self._own.execute_many("UPDATE checksums SET vectors = ? WHERE first = ?", sums)
            self._own.set_next_sentence(firsts[-1] + 1)

    def _remove(self, first: int) -> None:
        self._own.remove_lines(first)
        for table in _COLUMNS:
            self._own.execute(f"DELETE FROM {table} WHERE first = ?", first)

    def _copy_rows(self, table: str, source: Store, firsts: list[int]) -> None:
        columns = _COLUMNS[table]
        wanted = f"SELECT {columns} FROM {table} WHERE first IN (SELECT value FROM json_each(?))"
        self._insert(table, columns, source.query(wanted, firsts))

    def _copy_lines(self, source: Store, firsts: list[int]) -> None:
        wanted = f"SELECT {_COLUMNS['lines']} FROM lines WHERE first IN (SELECT value FROM json_each(?))"
        for first, form, hashes, needed, source_set in source.query(wanted, firsts):
            lines = np.frombuffer(hashes, dtype="<i8")
            self._own.copy_lines(first, form, lines, needed, source_set)

    def _insert(self, table: str, columns: str, rows: list[Row]) -> None:
        if not rows:
            return
        names = "first, text, spans, vectors, signature" if table == "bodies" else columns
        places = ", ".join("?" * len(rows[0]))
        self._own.execute_many(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)


def _open(path: Path) -> Store:
    """Open the file as a store without the tables that are not copied. Raise BrokenIndex when it is damaged."""
    own = Store(path)
    with own.transaction():
        for table in _LEFT_OUT:
            own.execute(f"DROP TABLE IF EXISTS {table}")
        own.put_meta(KEPT_VECTORS_KEY, json.dumps(KEPT_VECTORS))
    return own
