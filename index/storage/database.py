"""The SQLite database of a data folder: opening, transactions, and the table `meta` of keys and values."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import BrokenIndex, BusyIndex
from index.storage.migrations import LATEST_VERSION, migrate
from index.storage.records import Row

# Seconds to wait for another process to end its transaction. Judged: a batch of articles takes a few at most.
BUSY_TIMEOUT = 30.0
# What keeps a database from being written to without its being broken: https://sqlite.org/rescode.html
_TRANSIENT_ERRORS = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL),
    *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN),
}
_PRIMARY_CODE = 0xFF  # the bits of an extended result code that are the primary one


class SqliteDatabase:
    """A connection shared by threads. Every method may be called from any and sees what is committed."""

    def __init__(self, path: Path) -> None:
        """Open or create the database, and bring one of an earlier version up to date.

        Raise BrokenIndex when the file is no such database, cannot be read, or is of a newer version.
        """
        self._lock = threading.RLock()
        try:
            self._db = sqlite3.connect(
                path, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False
            )
            self._db.execute("PRAGMA auto_vacuum = INCREMENTAL")  # has an effect on an empty file only
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
        full.
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
        """Return the rows that a statement yields."""
        with self._lock:
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
        with self._lock, _sqlite_errors():  # `execute` would step the statement once, and so free one page
            self._db.executescript(f"PRAGMA incremental_vacuum({limit})")
        return self.query("PRAGMA freelist_count") < left

    def vacuum(self) -> None:
        """Rewrite the whole file without unused pages; others cannot write meanwhile. Raise BusyIndex."""
        with self._lock, _sqlite_errors():
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
def _sqlite_errors() -> Iterator[None]:
    """Raise BusyIndex in place of a transient error of SQLite."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & _PRIMARY_CODE not in _TRANSIENT_ERRORS:
            raise
        raise BusyIndex(
            f"Nothing could be written to the index ({error}). If another Verbatim is at work on it, wait until "
            "that is done; else look whether the disk is full."
        ) from error
