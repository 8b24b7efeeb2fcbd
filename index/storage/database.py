"""The SQLite database of a data folder: opening, transactions, and the table `meta` of keys and values."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import BrokenIndex, BusyIndex, VerbatimError
from index.storage.migrations import LATEST_VERSION, migrate
from index.storage.records import Row

# Seconds to wait for another process to end its transaction. Judged: a batch of articles takes a few at most.
BUSY_TIMEOUT = 30.0
# What keeps a database from being read or written to without its being broken: https://sqlite.org/rescode.html
_TRANSIENT_ERRORS = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL),
    *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN),
}
_BROKEN_ERRORS = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_MALFORMED_JSON = "malformed JSON"  # what SQLite says of a stored list that it cannot read
_PRIMARY_CODE = 0xFF  # the bits of an extended result code that are the primary one


class SqliteDatabase:
    """A connection shared by threads. Every method may be called from any and sees what is committed."""

    def __init__(self, path: Path) -> None:
        """Open or create the database, and bring one of an earlier version up to date.

        Raise BrokenIndex when the file is no such database, cannot be read, or is of a newer version.
        """
        self.path = path
        self._lock = threading.RLock()
        try:
            self._db = sqlite3.connect(
                path, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False
            )
            self._db.text_factory = _decode
            self._db.execute("PRAGMA auto_vacuum = INCREMENTAL")  # has an effect on an empty file only
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            found = migrate(self._db)
        except sqlite3.Error as error:
            raise BrokenIndex(
                f"The index file {path} cannot be opened ({error}). Restore it from a backup (`verbatim restore`), "
                "or move it away and add the articles again."
            ) from error
        if found > LATEST_VERSION:
            self.close()
            raise BrokenIndex(
                f"The index file {path} was made by another version of Verbatim; update Verbatim."
            )

    def close(self) -> None:
        """Close the connection. What is committed is safe without it too."""
        with self._lock:
            self._db.close()

    def meta(self, key: str) -> str | None:
        """Return the value of `key`; None when it has none."""
        row = self._row("SELECT value FROM meta WHERE key = ?", key)
        return row[0] if row else None

    def next_sentence(self) -> int:
        """Return the number that the next sentence gets: the place of the next article in the order of arrival."""
        return int(self.meta("next") or 0)

    def set_next_sentence(self, number: int) -> None:
        """Set the number that the next sentence gets. Call it inside `transaction()`."""
        self.execute("INSERT OR REPLACE INTO meta VALUES ('next', ?)", str(number))

    def set_meta(self, key: str, value: str) -> None:
        """Set the value of `key`."""
        with self.transaction():
            self.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", key, value)

    def delete_meta(self, key: str) -> None:
        """Delete `key` and its value."""
        with self.transaction():
            self.execute("DELETE FROM meta WHERE key = ?", key)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all that is done inside, or nothing when it raises; other processes cannot write meanwhile.

        Raise BusyIndex, with nothing done, when another process takes longer than BUSY_TIMEOUT or the disk is
        full; BrokenIndex when the file is damaged.
        """
        with self._lock, self._errors_in_words():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def query(self, statement: str, *values: object) -> list[Row]:
        """Return the rows that a statement yields. Raise BusyIndex or BrokenIndex when they cannot be read."""
        with self._lock, self._errors_in_words():
            return self._db.execute(statement, values).fetchall()

    def execute(self, statement: str, *values: object) -> int:
        """Execute a statement, inside `transaction()`; return how many rows it changed."""
        return self._db.execute(statement, values).rowcount

    def execute_many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Execute a statement once for each of `rows`, inside `transaction()`."""
        self._db.executemany(statement, rows)

    def free_pages(self, limit: int) -> bool:
        """Return up to `limit` unused pages to the disk; return True if there may be more. Raise BusyIndex.

        A file that was made before `auto_vacuum` was set has none to return.
        """
        left = self.query("PRAGMA freelist_count")
        with (
            self._lock,
            self._errors_in_words(),
        ):  # `execute` would step the statement once, and so free one page
            self._db.executescript(f"PRAGMA incremental_vacuum({limit})")
        return self.query("PRAGMA freelist_count") < left

    def vacuum(self) -> None:
        """Rewrite the whole file without unused pages; others cannot write meanwhile. Raise BusyIndex."""
        with self._lock, self._errors_in_words():
            self._db.execute("PRAGMA auto_vacuum = INCREMENTAL")
            self._db.execute("VACUUM")

    def data_version(self) -> int:
        """Return a number that differs whenever another connection has committed something."""
        row = self._row("PRAGMA data_version")
        return int(row[0]) if row else 0

    def _row(self, statement: str, *values: object) -> Row | None:
        rows = self.query(statement, *values)
        return rows[0] if rows else None

    @contextmanager
    def _errors_in_words(self) -> Iterator[None]:
        """Raise an error in words in place of one of SQLite."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            told = self._in_words(getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE, error)
            if told is None:
                raise
            raise told from error

    def _in_words(self, code: int, error: sqlite3.DatabaseError) -> VerbatimError | None:
        """Return BusyIndex for a transient error, BrokenIndex for a damaged file; None for any other."""
        if code in _TRANSIENT_ERRORS:
            return BusyIndex(
                f"The index could not be read or written to ({error}). If another Verbatim is at work on it, wait until "
                "that is done; else look whether the disk is full, or fails."
            )
        if code in _BROKEN_ERRORS or _MALFORMED_JSON in str(error):
            return BrokenIndex(
                f"The index file {self.path} is damaged ({error}). Stop Verbatim, and restore a backup: `verbatim "
                "restore FILE`."
            )
        return None


def _decode(text: bytes) -> str:
    """Return stored text, also where it is damaged: its checksum tells."""
    return text.decode("utf-8", "replace")
