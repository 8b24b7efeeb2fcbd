"""What the store's SQL runs on: a file of SQLite, or a server of PostgreSQL.

Statements are written in what both understand: values are bound to `?`; a list is bound as one value, and is written
`IN (SELECT value FROM json_each(?))`; flags are numbers, compared with one.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from index.errors import BusyIndex

Row = tuple[Any, ...]
NO_LIMIT = 2**63 - 1  # bound to a LIMIT without an upper bound
# After the SELECT of rows that a transaction is going to change: those that another transaction has in its hands are left
# out, and nobody changes the others before it ends. In a file nobody else is at it anyway.
SKIP_LOCKED = " FOR UPDATE SKIP LOCKED"
NULL_STORED_AS = "\ufffd"  # by PostgreSQL, whose texts cannot hold the character 0


class Engine(ABC):
    """A database. Every method may be called from any thread and sees what is committed."""

    @abstractmethod
    def close(self) -> None:
        """Close it. What is committed is safe without it too."""

    @abstractmethod
    def transaction(self) -> AbstractContextManager[None]:
        """Commit all that is done inside, or nothing when it raises; nobody else can write meanwhile.

        Raise BusyIndex, with nothing done, when another process takes too long or the disk is full.
        """

    @abstractmethod
    def side_transaction(self) -> AbstractContextManager[None]:
        """Do what `transaction` does beside those of others, where rows are changed that no index is derived from.

        Nobody is told of it. In a file it is the same as `transaction`.
        """

    @abstractmethod
    def now(self) -> float:
        """Return the time by the database's clock, which is the same for all, in seconds since 1970."""

    @abstractmethod
    def in_transaction(self) -> bool:
        """Return True if this thread is inside `transaction()`."""

    is_remote = False  # True for a server's

    def read_instead_by(  # noqa: B027 - most need none
        self, read: Callable[[str, tuple[object, ...]], list[Row] | None]
    ) -> None:
        """Let `read` yield the rows of statements, or None, while nothing else can be reached. A file always can."""

    def read_apart(self, *, apart: bool) -> bool:
        """Let all be read by what `read_instead_by` gave, or no longer, save what has to be current; return if that is new.

        A file has nothing else to read by.
        """
        return False

    def is_away(self) -> bool:
        """Return True while nothing can be written, and what is read may be behind. A file is always there."""
        return False

    def current(self) -> AbstractContextManager[None]:
        """Let this thread, inside, read nothing that may be behind. Raise StoreAway where that cannot be had."""
        return nullcontext()

    @abstractmethod
    def query(self, statement: str, *values: object) -> list[Row]:
        """Return the rows that a statement yields."""

    @abstractmethod
    def execute(self, statement: str, *values: object) -> int:
        """Execute a statement, inside `transaction()`; return how many rows it changed."""

    @abstractmethod
    def execute_many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Execute a statement once for each of `rows`, inside `transaction()`."""

    @abstractmethod
    def data_version(self) -> int:
        """Return a number that differs whenever another connection has committed something."""

    @abstractmethod
    def reclaim(self, *, full: bool) -> bool:
        """Give back what removed rows took; with `full` also where others cannot write meanwhile.

        Return False where some of it stays until another time. Raise BusyIndex.
        """

    @abstractmethod
    def damage(self) -> str:
        """Return what the database itself finds to be damaged, in its words; "" when nothing is."""

    @abstractmethod
    def alone_at(self, work: str) -> AbstractContextManager[None]:
        """Let only one process at a time do a work of this name, which takes longer than a transaction.

        Raise BusyIndex at once when another one does it.
        """

    @abstractmethod
    def stored_bytes(self) -> int:
        """Return how many bytes are stored elsewhere than in the data folder."""

    def free_bytes(self) -> int:
        """Return how many bytes of the data folder hold nothing, and are taken by what is stored next; 0 where all is elsewhere."""
        return 0

    @abstractmethod
    def numbering(self) -> dict[str, int]:
        """Return the last number that each table gave to a row by itself; no number is given twice."""

    @abstractmethod
    def continue_numbering(self, last: Mapping[str, int]) -> None:
        """Let tables number on from these, inside `transaction()`."""


def busy_elsewhere(work: str) -> BusyIndex:
    """Return the error for a work that only one process at a time may do, as `alone_at` names it."""
    return BusyIndex(
        f"Another Verbatim is at the {work} of this index. Wait until that is done, and start this again."
    )


class Tables:
    """What each part of the store reads and writes with, and the table `meta` of keys and values."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.close = engine.close
        self.transaction = engine.transaction
        self.side_transaction = engine.side_transaction
        self.now = engine.now
        self.is_remote = engine.is_remote
        self.read_instead_by = engine.read_instead_by
        self.read_apart = engine.read_apart
        self.is_away = engine.is_away
        self.current = engine.current
        self.query = engine.query
        self.execute = engine.execute
        self.execute_many = engine.execute_many
        self.data_version = engine.data_version
        self.reclaim = engine.reclaim
        self.damage = engine.damage
        self.alone_at = engine.alone_at
        self.stored_bytes = engine.stored_bytes
        self.free_bytes = engine.free_bytes

    def meta(self, key: str) -> str | None:
        """Return the value of `key`; None when it has none."""
        row = self._row("SELECT value FROM meta WHERE key = ?", key)
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Set the value of `key`."""
        with self.transaction():
            self.put_meta(key, value)

    def next_sentence(self) -> int:
        """Return the number that the next sentence gets: the place of the next article in the order of arrival."""
        return int(self.meta("next") or 0)

    def set_next_sentence(self, number: int) -> None:
        """Set the number that the next sentence gets. Call it inside `transaction()`."""
        self.put_meta("next", str(number))

    def delete_meta(self, key: str) -> None:
        """Delete `key` and its value."""
        with self.transaction():
            self.execute("DELETE FROM meta WHERE key = ?", key)

    def put_meta(self, key: str, value: str) -> None:
        """Set the value of `key`, inside `transaction()`."""
        self.execute(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            key,
            value,
        )

    def _row(self, statement: str, *values: object) -> Row | None:
        rows = self.query(statement, *values)
        return rows[0] if rows else None
