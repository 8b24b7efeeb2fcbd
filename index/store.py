"""SQLite: articles, sentence spans and vectors. The one source of truth; every index is derived from it."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.articles import Article, Span
from index.errors import BrokenIndex

HalfVectors = NDArray[np.float16]

SCHEMA_VERSION = "1"
SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    outlet TEXT NOT NULL,
    title TEXT NOT NULL,
    author TEXT,
    published INTEGER, -- seconds since 1970, like every time here
    language TEXT,
    revised INTEGER,
    added INTEGER NOT NULL,
    first INTEGER NOT NULL UNIQUE, -- its sentences are numbered from `first` up to, not including, `last`
    last INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS bodies (
    first INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    spans BLOB NOT NULL, -- int32 pairs: start, end
    vectors BLOB NOT NULL -- float16 rows, one a sentence
);
CREATE TABLE IF NOT EXISTS removed (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, first INTEGER NOT NULL, last INTEGER NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class Watermark:
    """How far a derived index has come: sentences below `next`, removals up to `removals`."""

    next: int = 0
    removals: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """What is held in memory of every article: its sentence numbers, its time, its outlet."""

    first: int
    last: int
    published: int | None
    outlet: str


@dataclass(frozen=True, slots=True)
class Stored:
    """An article as read back, with the numbers and spans of its sentences."""

    article: Article
    first: int
    spans: tuple[Span, ...]


class Store:
    """One data folder's database. Every method may be called from any thread and sees what is committed."""

    def __init__(self, path: Path) -> None:
        """Open or create the database; raises BrokenIndex when the file is not ours or cannot be read."""
        self._lock = threading.RLock()
        try:
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.executescript(SCHEMA)
            self._db.execute("INSERT OR IGNORE INTO meta VALUES ('schema', ?)", (SCHEMA_VERSION,))
        except sqlite3.Error as error:
            raise BrokenIndex(
                f"The index file {path} cannot be opened ({error}). Restore it from a backup, or move it "
                "away and add the articles again."
            ) from error
        if self.meta("schema") != SCHEMA_VERSION:
            self.close()
            raise BrokenIndex(
                f"The index file {path} was made by another version of Verbatim; update Verbatim."
            )

    def close(self) -> None:
        """Close the database; nothing committed is lost with or without it."""
        with self._lock:
            self._db.close()

    def meta(self, key: str) -> str | None:
        """Return what was kept under `key`."""
        row = self._row("SELECT value FROM meta WHERE key = ?", key)
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Keep `value` under `key`."""
        with self.transaction():
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def forget_meta(self, key: str) -> None:
        """Drop what was kept under `key`."""
        with self.transaction():
            self._db.execute("DELETE FROM meta WHERE key = ?", (key,))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all that is inside or nothing of it; other processes wait their turn."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def digest(self, url: str) -> str | None:
        """Return the digest of the article stored under `url`."""
        row = self._row("SELECT digest FROM articles WHERE url = ?", url)
        return row[0] if row else None

    def put(
        self, article: Article, spans: Sequence[Span], vectors: HalfVectors, *, corrected: bool = True
    ) -> bool:
        """Store an article in place of what its address held; say whether it replaced something.

        `vectors` is (len(spans), d). With `corrected` a replacement is dated as a correction. Call it inside
        `transaction()`.
        """
        now = int(datetime.now(UTC).timestamp())
        replaced = self.remove(article.url)
        first = self.watermark().next
        last = first + len(spans)
        revised = now if replaced and corrected else _seconds(article.revised)
        self._db.execute(
            "INSERT INTO articles (url, digest, outlet, title, author, published, language, revised, added,"
            " first, last) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article.url,
                article.digest,
                article.outlet,
                article.title,
                article.author,
                _seconds(article.published),
                article.language,
                revised,
                now,
                first,
                last,
            ),
        )
        self._db.execute(
            "INSERT INTO bodies VALUES (?, ?, ?, ?)",
            (first, article.text, np.array(spans, dtype="<i4").tobytes(), vectors.astype("<f2").tobytes()),
        )
        self._db.execute("INSERT OR REPLACE INTO meta VALUES ('next', ?)", (str(last),))
        return replaced

    def remove(self, url: str) -> bool:
        """Remove the article under `url`; say whether there was one. Call it inside `transaction()`."""
        row = self._row("DELETE FROM articles WHERE url = ? RETURNING first, last", url)
        if row is None:
            return False
        self._db.execute("DELETE FROM bodies WHERE first = ?", (row[0],))
        self._db.execute("INSERT INTO removed (first, last) VALUES (?, ?)", row)
        return True

    def watermark(self) -> Watermark:
        """Return how far the store itself has come."""
        row = self._row("SELECT max(sequence) FROM removed")
        return Watermark(int(self.meta("next") or 0), (row[0] if row else None) or 0)

    def changed(self) -> int:
        """Return a number that differs whenever another process has committed something."""
        row = self._row("PRAGMA data_version")
        return int(row[0]) if row else 0

    def entries(self, since: int = 0) -> list[Entry]:
        """Return every article whose sentences are numbered from `since` on, in order of those numbers."""
        with self._lock:
            rows = self._db.execute(
                "SELECT first, last, published, outlet FROM articles WHERE first >= ? ORDER BY first",
                (since,),
            ).fetchall()
        return [Entry(*row) for row in rows]

    def removals(self, after: int = 0) -> list[tuple[int, int, int]]:
        """Return (sequence, first, last) of every removal after the one numbered `after`."""
        with self._lock:
            return self._db.execute("SELECT * FROM removed WHERE sequence > ?", (after,)).fetchall()

    def vectors(self, first: int) -> HalfVectors:
        """Return the vectors of the article whose sentences start at `first`, (sentences, d); empty if gone."""
        row = self._row("SELECT vectors, length(spans) / 8 FROM bodies WHERE first = ?", first)
        if row is None or not row[1]:
            return np.empty((0, 0), dtype=np.float16)
        return np.frombuffer(row[0], dtype="<f2").reshape(row[1], -1)

    def read(self, firsts: Iterable[int]) -> dict[int, Stored]:
        """Return the articles whose sentences start at `firsts`, by that number; those gone are left out."""
        with self._lock:
            rows = self._db.execute(
                "SELECT first, url, outlet, title, text, author, published, language, revised, spans"
                " FROM articles JOIN bodies USING (first) WHERE first IN (SELECT value FROM json_each(?))",
                (json.dumps(list(firsts)),),
            ).fetchall()
        return {row[0]: _stored(row) for row in rows}

    def at(self, url: str) -> Stored | None:
        """Return the article stored under `url`."""
        row = self._row("SELECT first FROM articles WHERE url = ?", url)
        return self.read([row[0]]).get(row[0]) if row else None

    def outlets(self) -> list[tuple[str, int, int | None, int | None]]:
        """Return (name, articles, oldest, newest) of every outlet, those with most articles first."""
        with self._lock:
            return self._db.execute(
                "SELECT outlet, count(*), min(published), max(published) FROM articles"
                " GROUP BY outlet ORDER BY count(*) DESC, outlet"
            ).fetchall()

    def last_change(self) -> int | None:
        """Return when an article last came in, in seconds since 1970."""
        row = self._row("SELECT max(added) FROM articles")
        return row[0] if row else None

    def _row(self, statement: str, *values: object) -> tuple[Any, ...] | None:
        with self._lock:
            rows = self._db.execute(statement, values).fetchall()
        return rows[0] if rows else None


def moment(seconds: int | None) -> datetime | None:
    """Return stored seconds as an aware datetime in UTC."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _seconds(time: datetime | None) -> int | None:
    return None if time is None else int(time.timestamp())


def _stored(row: tuple[Any, ...]) -> Stored:
    first, url, outlet, title, text, author, published, language, revised, spans = row
    article = Article(url, outlet, title, text, author, moment(published), language, moment(revised))
    pairs = np.frombuffer(spans, dtype="<i4").reshape(-1, 2).tolist()
    return Stored(article, first, tuple(Span(start, end) for start, end in pairs))
