"""The SQLite database of a data folder: opening, transactions, giving room back to the disk."""

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import filelock

from index.errors import BrokenIndex, BusyIndex, VerbatimError
from index.storage.engine import SKIP_LOCKED, Engine, Row, busy_elsewhere
from index.storage.migrations import LATEST_VERSION, migrate

# Seconds to wait for another process to end its transaction. Judged: a batch of articles takes a few at most.
BUSY_TIMEOUT = 30.0
# Seconds to wait until nobody reads the log that is to be emptied. Judged: a question reads for some hundredths, a
# backup for as long as it copies; and whatever else this process does with the database waits as long.
CHECKPOINT_TIMEOUT = 1.0
# What keeps a database from being read or written to without its being broken: https://sqlite.org/rescode.html
_TRANSIENT_ERRORS = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL),
    *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN),
}
_BROKEN_ERRORS = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_MALFORMED_JSON = "malformed JSON"  # what SQLite says of a stored list that it cannot read
PAGES_PER_TRANSACTION = 2_000  # returned to the disk in one transaction: some hundredths of a second
AUTO_VACUUM_NONE = 0  # https://sqlite.org/pragma.html#pragma_auto_vacuum
_PRIMARY_CODE = 0xFF  # the bits of an extended result code that are the primary one


class SqliteDatabase(Engine):
    """A connection to a file, shared by threads."""

    def __init__(self, path: Path, migrate: Callable[[sqlite3.Connection], int] | None = migrate) -> None:
        """Open or create the database, and let `migrate`, if any, bring one of an earlier version up to date.

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
            found = migrate(self._db) if migrate else LATEST_VERSION
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

    def side_transaction(self) -> AbstractContextManager[None]:
        """Return a `transaction`: a file has one writer at a time."""
        return self.transaction()

    def now(self) -> float:
        """Return the time by this machine's clock, in seconds since 1970."""
        return time.time()

    def in_transaction(self) -> bool:
        """Return True if this thread is inside `transaction()`."""
        with self._lock:  # which a thread holds as long as it is inside
            return self._db.in_transaction

    def query(self, statement: str, *values: object) -> list[Row]:
        """Return the rows that a statement yields. Raise BusyIndex or BrokenIndex when they cannot be read."""
        with self._lock, self._errors_in_words():
            return self._db.execute(statement.replace(SKIP_LOCKED, ""), _bound(values)).fetchall()

    def execute(self, statement: str, *values: object) -> int:
        """Execute a statement, inside `transaction()`; return how many rows it changed."""
        return self._db.execute(statement.replace(SKIP_LOCKED, ""), _bound(values)).rowcount

    def execute_many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Execute a statement once for each of `rows`, inside `transaction()`."""
        self._db.executemany(statement, rows)

    def reclaim(self, *, full: bool) -> bool:
        """Return unused pages to the disk; with `full` also of a file that was made before `auto_vacuum` was set.

        The latter rewrites the whole file, and others cannot write meanwhile. Return False where
        what another connection reads, as a backup does, keeps the log from being emptied. Raise BusyIndex.
        """
        if full and self.query("PRAGMA auto_vacuum") == [(AUTO_VACUUM_NONE,)]:
            self._vacuum()
        while self._free_pages(PAGES_PER_TRANSACTION):
            pass
        return self._empty_log()

    def data_version(self) -> int:
        """Return a number that differs whenever another connection has committed something."""
        [(version,)] = self.query("PRAGMA data_version")
        return int(version)

    def damage(self) -> str:
        """Return what SQLite finds to be damaged in the file; "" when nothing is."""
        try:
            [(found,), *_] = self.query("PRAGMA integrity_check(1)")
        except (BrokenIndex, sqlite3.DatabaseError) as error:
            return str(error)
        return "" if found == "ok" else str(found)

    @contextmanager
    def alone_at(self, work: str) -> Iterator[None]:
        """Let only one process at a time do a work of this name: it holds a file beside the database.

        Raise BusyIndex at once when another one does it.
        """
        try:
            with filelock.FileLock(self.path.with_name(f"{work}.lock"), timeout=0):
                yield
        except filelock.Timeout:
            raise busy_elsewhere(work) from None

    def stored_bytes(self) -> int:
        """Return 0: all is in the data folder."""
        return 0

    def free_bytes(self) -> int:
        """Return how many bytes the unused pages take. Of a file made before `auto_vacuum` was set they are kept."""
        [(pages,)], [(size,)] = self.query("PRAGMA freelist_count"), self.query("PRAGMA page_size")
        return int(pages) * int(size)

    def numbering(self) -> dict[str, int]:
        """Return the last number that each table gave to a row by itself; no number is given twice."""
        if not self.query("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'"):
            return {}
        return dict(self.query("SELECT name, seq FROM sqlite_sequence"))

    def continue_numbering(self, last: Mapping[str, int]) -> None:
        """Let tables number on from these, inside `transaction()`."""
        known = self.numbering()
        for table in known.keys() & last.keys():
            self.execute(
                "UPDATE sqlite_sequence SET seq = ? WHERE name = ? AND seq < ?",
                last[table],
                table,
                last[table],
            )
        for (table,) in self.query("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'"):
            if table in last and table not in known:
                self.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", table, last[table])

    def _free_pages(self, limit: int) -> bool:
        """Return up to `limit` unused pages to the disk; return True if there may be more. Raise BusyIndex."""
        left = self.query("PRAGMA freelist_count")
        with (
            self._lock,
            self._errors_in_words(),
        ):  # `execute` would step the statement once, and so free one page
            self._db.executescript(f"PRAGMA incremental_vacuum({limit})")
        return self.query("PRAGMA freelist_count") < left

    def _empty_log(self) -> bool:
        """Write the log into the file and empty it; return False if another connection keeps some of it for long."""
        with self._lock:
            self._wait_at_most(CHECKPOINT_TIMEOUT)
            try:
                [(is_busy, *_)] = self.query("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                self._wait_at_most(BUSY_TIMEOUT)
        return not is_busy

    def _wait_at_most(self, seconds: float) -> None:
        self._db.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")

    def _vacuum(self) -> None:
        """Rewrite the whole file without unused pages; others cannot write meanwhile. Raise BusyIndex."""
        with self._lock, self._errors_in_words():
            self._db.execute("PRAGMA auto_vacuum = INCREMENTAL")
            self._db.execute("VACUUM")

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


def _bound(values: tuple[object, ...]) -> tuple[object, ...]:
    """Return values as SQLite takes them: a list as JSON."""
    return tuple(json.dumps(value) if isinstance(value, list) else value for value in values)


def _decode(text: bytes) -> str:
    """Return stored text, also where it is damaged: its checksum tells."""
    return text.decode("utf-8", "replace")
