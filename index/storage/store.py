"""SQLite: articles, sentence spans and vectors. The one source of truth; every index is derived from it."""

import json
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.articles import Article, ArticleKind, Span
from index.errors import BrokenIndex, BusyIndex
from index.storage.migrations import LATEST_VERSION, migrate
from index.urls import url_aliases

Float16Vectors = NDArray[np.float16]
Row = tuple[Any, ...]

BUSY_TIMEOUT = 30.0  # seconds for another process to end its transaction
MAX_REVISIONS = 5  # earlier texts that are kept of one article
# What keeps a database from being written to without its being broken: https://sqlite.org/rescode.html
_PASSING = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL),
    *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN),
}


@dataclass(frozen=True, slots=True)
class Watermark:
    """How far a derived index has come: sentences below `next`, removals up to `removals`."""

    next: int = 0
    removals: int = 0


class StoredEntry(NamedTuple):
    """What is held in memory of every article: its sentence numbers, its time, its outlet."""

    first_sentence: int
    last_sentence: int
    published: int | None
    outlet: str


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as read back: the numbers and spans of its sentences, when it came in, the story it tells.

    Near-copies of each other have the same `cluster_id`; None: it has not been compared yet.
    """

    article: Article
    first_sentence: int
    spans: tuple[Span, ...]
    added: datetime
    cluster_id: int | None

    def sentences(self) -> list[str]:
        """Return the sentences, the headline first."""
        text = self.article.text
        return [self.article.title, *(text[start:end] for start, end in self.spans[1:])]


@dataclass(frozen=True, slots=True)
class Revision:
    """An earlier text of an article, and when it was replaced."""

    replaced: datetime
    title: str
    text: str


class Store:
    """One data folder's database. Every method may be called from any thread and sees what is committed."""

    def __init__(self, path: Path) -> None:
        """Open or create the database, bringing an older one up to date.

        Raises BrokenIndex when the file is not ours, cannot be read, or comes from a newer version.
        """
        self._lock = threading.RLock()
        try:
            self._db = sqlite3.connect(
                path, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False
            )
            self._db.execute("PRAGMA auto_vacuum = INCREMENTAL")  # heeded by an empty file only
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            found = migrate(self._db)
        except sqlite3.Error as error:
            raise BrokenIndex(
                f"The index file {path} cannot be opened ({error}). Restore it from a backup, or move it "
                "away and add the articles again."
            ) from error
        if found > LATEST_VERSION:
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

    def delete_meta(self, key: str) -> None:
        """Drop what was kept under `key`."""
        with self.transaction():
            self._db.execute("DELETE FROM meta WHERE key = ?", (key,))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all that is inside or nothing of it; other processes wait their turn.

        Raises BusyIndex, with nothing done, when another process takes too long or the disk is full.
        """
        with self._lock, _sqlite_errors():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def query(self, statement: str, *values: object) -> list[Row]:
        """Return the rows a SELECT gives."""
        with self._lock:
            return self._db.execute(statement, values).fetchall()

    def execute(self, statement: str, *values: object) -> int:
        """Change something, inside `transaction()`; return how many rows it changed."""
        return self._db.execute(statement, values).rowcount

    def free_pages(self, limit: int) -> bool:
        """Give up to `limit` unused pages back to the disk; say whether there may be more. Raises BusyIndex.

        A file of before `auto_vacuum` was set has none to give.
        """
        left = self.query("PRAGMA freelist_count")
        with self._lock, _sqlite_errors():  # `execute` would step the statement once, and so free one page
            self._db.executescript(f"PRAGMA incremental_vacuum({limit})")
        return self.query("PRAGMA freelist_count") < left

    def vacuum(self) -> None:
        """Write the whole file anew, without unused pages; others cannot write meanwhile. Raises BusyIndex."""
        with self._lock, _sqlite_errors():
            self._db.execute("PRAGMA auto_vacuum = INCREMENTAL")
            self._db.execute("VACUUM")

    def touch(self, url: str, digest: str = "") -> bool:
        """Say whether the article under `url` was last seen with this digest. It was seen, so it is not missing."""
        row = self._row("SELECT digest, missing FROM articles WHERE url = ?", url)
        if row and row[1]:
            with self.transaction():
                self._db.execute("UPDATE articles SET missing = 0 WHERE url = ?", (url,))
        return row is not None and row[0] == digest

    def set_digest(self, url: str, digest: str) -> None:
        """Take down that the article under `url` is now seen with this digest, though it says the same."""
        with self.transaction():
            self._db.execute("UPDATE articles SET digest = ? WHERE url = ?", (digest, url))

    def count_not_found(self, url: str) -> int:
        """Count that the article under `url` was not found; return how many times in a row, 0 if it is not here."""
        with self.transaction():
            row = self._row("UPDATE articles SET missing = missing + 1 WHERE url = ? RETURNING missing", url)
        return row[0] if row else 0

    def upsert(
        self, article: Article, spans: Sequence[Span], vectors: Float16Vectors, *, corrected: bool = True
    ) -> bool:
        """Store an article in place of what its address held; say whether it replaced something.

        `vectors` is (len(spans), d). With `corrected` a replacement is dated as a correction and the text it
        replaced is kept; without, the article keeps the date of its last one. Call it inside `transaction()`.
        """
        now = int(datetime.now(UTC).timestamp())
        old = self.get(article.url)
        if old and corrected:
            self._keep_revision(old.article, now)
            revised: int | None = now
        else:
            revised = _seconds(article.revised or (old.article.revised if old else None))
        self._take_out(article.url)
        first = self.watermark().next
        last = first + len(spans)
        self._db.execute(
            "INSERT INTO articles (url, digest, outlet, title, author, published, language, revised, added,"
            " first, last, kind, modified, image) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article.url,
                article.digest,
                article.outlet,
                article.title,
                article.author,
                _seconds(article.published),
                article.language,
                revised,
                _seconds(old.added) if old else now,
                first,
                last,
                article.kind,
                _seconds(article.modified),
                article.image,
            ),
        )
        self._db.execute(
            "INSERT INTO bodies (first, text, spans, vectors) VALUES (?, ?, ?, ?)",
            (first, article.text, np.array(spans, dtype="<i4").tobytes(), vectors.astype("<f2").tobytes()),
        )
        self._db.execute("INSERT OR REPLACE INTO meta VALUES ('next', ?)", (str(last),))
        return old is not None

    def remove(self, url: str) -> bool:
        """Remove the article under `url` and its history; say whether there was one. Inside `transaction()`."""
        self._db.execute("DELETE FROM revisions WHERE url = ?", (url,))
        return self._take_out(url)

    def block(self, urls: Iterable[str]) -> None:
        """Take down that these addresses are not to come in unasked again. Call it inside `transaction()`."""
        now = int(datetime.now(UTC).timestamp())
        self._db.executemany("INSERT OR REPLACE INTO barred VALUES (?, ?)", [(url, now) for url in urls])

    def unblock(self, url: str) -> None:
        """Let an address and its twins come in again. Call it inside `transaction()`."""
        self._db.executemany("DELETE FROM barred WHERE url = ?", [(one,) for one in (url, *url_aliases(url))])

    def is_blocked(self, url: str) -> bool:
        """Say whether an address, or a twin of it, is not to come in unasked."""
        known = "SELECT 1 FROM barred WHERE url IN (SELECT value FROM json_each(?))"
        return self._row(known, json.dumps([url, *url_aliases(url)])) is not None

    def watermark(self) -> Watermark:
        """Return how far the store itself has come."""
        row = self._row("SELECT max(sequence) FROM removed")
        return Watermark(int(self.meta("next") or 0), (row[0] if row else None) or 0)

    def data_version(self) -> int:
        """Return a number that differs whenever another process has committed something."""
        row = self._row("PRAGMA data_version")
        return int(row[0]) if row else 0

    def entries(self, from_sentence: int = 0) -> list[StoredEntry]:
        """Return every article whose sentences are numbered from `from_sentence` on, in order of those numbers."""
        rows = self.query(
            "SELECT first, last, published, outlet FROM articles WHERE first >= ? ORDER BY first",
            from_sentence,
        )
        return list(map(StoredEntry._make, rows))

    def removals(self, after: int = 0) -> list[Row]:
        """Return (sequence, first, last) of every removal after the one numbered `after`."""
        return self.query("SELECT * FROM removed WHERE sequence > ?", after)

    def vectors(self, first_sentence: int) -> Float16Vectors:
        """Return the vectors of the article whose sentences start at `first_sentence`, (sentences, d); empty if gone."""
        row = self._row("SELECT vectors, length(spans) / 8 FROM bodies WHERE first = ?", first_sentence)
        if row is None or not row[1]:
            return np.empty((0, 0), dtype=np.float16)
        return np.frombuffer(row[0], dtype="<f2").reshape(row[1], -1)

    def get_many(self, first_sentences: Iterable[int]) -> dict[int, StoredArticle]:
        """Return the articles whose sentences start at `first_sentences`, by that number; those gone are left out."""
        rows = self.query(
            "SELECT first, added, story, spans, url, outlet, title, text, author, published, language, revised,"
            " kind, modified, image"
            " FROM articles JOIN bodies USING (first) WHERE first IN (SELECT value FROM json_each(?))",
            json.dumps(list(first_sentences)),
        )
        return {row[0]: _stored(*row) for row in rows}

    def get(self, url: str) -> StoredArticle | None:
        """Return the article stored under `url`."""
        row = self._row("SELECT first FROM articles WHERE url = ?", url)
        return self.get_many([row[0]]).get(row[0]) if row else None

    def get_any_alias(self, url: str) -> list[StoredArticle]:
        """Return the article under `url`, or where there is none those under its twins."""
        found = "SELECT first, url FROM articles WHERE url IN (SELECT value FROM json_each(?))"
        rows = self.query(found, json.dumps([url, *url_aliases(url)]))
        own = [row[0] for row in rows if row[1] == url]
        return list(self.get_many(own or [row[0] for row in rows]).values())

    def revisions(self, url: str) -> list[Revision]:
        """Return the earlier texts of the article under `url`, the last replaced first."""
        rows = self.query(
            "SELECT replaced, title, text FROM revisions WHERE url = ? ORDER BY replaced DESC", url
        )
        return [
            Revision(datetime.fromtimestamp(replaced, UTC), title, zlib.decompress(text).decode())
            for replaced, title, text in rows
        ]

    def outlets(self) -> list[Row]:
        """Return (name, articles, oldest, newest) of every outlet, those with most articles first."""
        return self.query(
            "SELECT outlet, count(*), min(published), max(published) FROM articles"
            " GROUP BY outlet ORDER BY count(*) DESC, outlet"
        )

    def last_change(self) -> int | None:
        """Return when an article last came in or was corrected, in seconds since 1970."""
        row = self._row("SELECT max(max(added, coalesce(revised, 0))) FROM articles")
        return row[0] if row else None

    def _take_out(self, url: str) -> bool:
        row = self._row("DELETE FROM articles WHERE url = ? RETURNING first, last", url)
        if row is None:
            return False
        self._db.execute("DELETE FROM bodies WHERE first = ?", (row[0],))
        self._db.execute("DELETE FROM forward WHERE first = ?", (row[0],))
        self._db.execute("INSERT INTO removed (first, last) VALUES (?, ?)", row)
        return True

    def _keep_revision(self, article: Article, now: int) -> None:
        text = zlib.compress(article.text.encode("utf-8"))
        self._db.execute(
            "INSERT OR REPLACE INTO revisions VALUES (?, ?, ?, ?)", (article.url, now, article.title, text)
        )
        self._db.execute(
            "DELETE FROM revisions WHERE url = ? AND replaced NOT IN"
            " (SELECT replaced FROM revisions WHERE url = ? ORDER BY replaced DESC LIMIT ?)",
            (article.url, article.url, MAX_REVISIONS),
        )

    def _row(self, statement: str, *values: object) -> Row | None:
        rows = self.query(statement, *values)
        return rows[0] if rows else None


@contextmanager
def _sqlite_errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _PASSING:
            raise
        raise BusyIndex(
            f"Nothing could be written to the index ({error}). If another Verbatim is at work on it, wait until "
            "that is done; else look whether the disk is full."
        ) from error


def from_timestamp(seconds: int | None) -> datetime | None:
    """Return stored seconds as an aware datetime in UTC."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _seconds(time: datetime | None) -> int | None:
    return None if time is None else int(time.timestamp())


def _stored(first: int, added: int, story: int | None, spans: bytes, *row: Any) -> StoredArticle:  # noqa: ANN401
    url, outlet, title, text, author, published, language, revised, kind, modified, image = row
    article = Article(
        url,
        outlet,
        title,
        text,
        author,
        from_timestamp(published),
        language,
        from_timestamp(revised),
        ArticleKind(kind),
        from_timestamp(modified),
        image,
    )
    pairs = np.frombuffer(spans, dtype="<i4").reshape(-1, 2).tolist()
    return StoredArticle(
        article, first, tuple(map(Span._make, pairs)), datetime.fromtimestamp(added, UTC), story
    )
