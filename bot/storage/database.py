"""bot.db: one SQLite file beside the index, or tables on a server of PostgreSQL, accessed off the event loop.

Each table is declared in the module of its store, as a `TableSchema`. Nothing here holds a person's question unless that
person asked for it to be kept.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar

from bot.storage.server_tables import ServerTables
from index import PostgresAddress, StoreAway, UnconfirmedChange, VerbatimError

Result = TypeVar("Result")
Row = tuple[Any, ...]

DATABASE_FILE = "bot.db"
BUSY_TIMEOUT_SECONDS = 10.0  # for another process that is writing, judged
# Seconds for which a change waits for a server that is out of reach; judged: Discord waits three for a first response.
PATIENCE, TRY_EVERY = 2.0, 0.2


class BrokenDatabase(VerbatimError):  # noqa: N818 - names the state a person must mend
    """The bot's database cannot be used; the text is for the owner."""


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A table by its migrations, one SQL statement each: the first creates it, later ones alter it.

    Released migrations never change; new ones are appended. On a server bots of the version before go on with the table as
    they leave it: columns may be added; a table that these bots would write wrongly gets another name. `expired` returns, for a Unix time, the statement that
    deletes what is kept no longer then, and its values; None where rows are kept until somebody removes them.
    """

    name: str
    migrations: tuple[str, ...]
    expired: Callable[[float], tuple[str, tuple[int, ...]]] | None = None


class Cursor(Protocol):
    """What a statement returned."""

    @property
    def rowcount(self) -> int:
        """Return how many rows it changed."""

    def fetchone(self) -> Any:  # noqa: ANN401
        """Return the next row, None if there is none."""

    def fetchall(self) -> list[Any]:
        """Return all further rows."""


class Connection(Protocol):
    """What the work of a transaction is done with."""

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Cursor:
        """Execute a statement."""

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]], /) -> object:
        """Execute a statement once for each row."""

    def close(self) -> None:
        """Close the database."""


class Database:
    """The open database. Every method may be awaited from anywhere on the loop; the work is done in one thread."""

    def __init__(
        self, db: sqlite3.Connection | ServerTables, pool: ThreadPoolExecutor, tables: Sequence[TableSchema]
    ) -> None:
        self._db = db
        self._pool = pool
        self._tables = tables

    @classmethod
    async def open(
        cls, folder: Path, tables: Sequence[TableSchema], store: PostgresAddress | None = None
    ) -> Self:
        """Open or create the file in `folder`, or the tables at `store`, and migrate them.

        Raise BrokenDatabase, or another VerbatimError in words for the owner.
        """
        pool = ThreadPoolExecutor(1, DATABASE_FILE)
        try:
            db = await asyncio.get_running_loop().run_in_executor(
                pool, _open, store or folder / DATABASE_FILE, tables
            )
        except BaseException:
            pool.shutdown(wait=False)
            raise
        return cls(db, pool, tables)

    async def fetch_all(self, statement: str, *values: object) -> list[Row]:
        """Return all rows of a query."""
        return await self._run(lambda: self._db.execute(statement, values).fetchall())

    async def fetch_one(self, statement: str, *values: object) -> Row | None:
        """Return the first row of a query, None if there is none."""
        return await self._run(lambda: self._db.execute(statement, values).fetchone())

    async def execute(self, statement: str, *values: object) -> int:
        """Execute a statement that changes rows; return how many. Raise StoreAway as `transaction` does."""
        return await self.transaction(lambda db: db.execute(statement, values).rowcount)

    async def transaction(self, work: Callable[[Connection], Result], *, patient: bool = True) -> Result:
        """Run `work` in a transaction, in the database's thread; roll back and raise when it raises.

        Raise StoreAway, with nothing done, while a server is out of reach; for one who is `patient` after PATIENCE.
        """

        def in_transaction() -> Result:
            with _transaction(self._db):
                return work(self._db)

        loop = asyncio.get_running_loop()
        give_up = loop.time() + (PATIENCE if patient else 0.0)
        while True:
            try:
                return await self._run(in_transaction)
            except StoreAway:
                if loop.time() >= give_up:
                    raise
            await asyncio.sleep(TRY_EVERY)  # others have the thread meanwhile

    async def hurried_transaction(self, work: Callable[[Connection], Result]) -> Result:
        """Do what `transaction` does, for what an answer does not wait for longer than PATIENCE.

        Raise UnconfirmedChange then: the work may be done all the same, or be done yet.
        """
        try:
            async with asyncio.timeout(PATIENCE):
                return await self.transaction(work, patient=False)
        except TimeoutError:
            raise UnconfirmedChange("The database takes too long to keep something.") from None

    async def delete_expired(self, now: float) -> int:
        """Delete what its table keeps no longer at this Unix time, from the log too; return how many rows."""
        due = [table.expired(now) for table in self._tables if table.expired]

        def work(db: Connection) -> int:
            return sum(db.execute(*statement).rowcount for statement in due)

        deleted = await self.transaction(work)
        if deleted:
            await self.truncate_log()
        return deleted

    async def truncate_log(self) -> None:
        """Write the log of changes into the file and empty it: it holds what was changed and erased since then.

        Another process that reads may keep it from being emptied; then the next call, or closing, does it. A server
        does so by itself.
        """
        if isinstance(self._db, sqlite3.Connection):
            await self._run(lambda: self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())

    async def close(self) -> None:
        """Close the file after all earlier calls are done."""
        await self._run(self._db.close)
        self._pool.shutdown(wait=False)

    async def _run(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)


def _open(place: Path | PostgresAddress, tables: Sequence[TableSchema]) -> sqlite3.Connection | ServerTables:
    """Open the file or the server's database; blocks."""
    if isinstance(place, Path):
        return _connect(place, tables)
    return ServerTables(place, {table.name: table.migrations for table in tables})


def _connect(path: Path, tables: Sequence[TableSchema]) -> sqlite3.Connection:
    """Open the file and apply missing migrations; blocks."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(
            path, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None, check_same_thread=False
        )
    except (OSError, sqlite3.Error) as error:
        raise _broken(path, error) from error
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten
        with _transaction(db):
            db.execute(
                "CREATE TABLE IF NOT EXISTS tables (name TEXT PRIMARY KEY, steps INTEGER NOT NULL) WITHOUT ROWID"
            )
            for table in tables:
                _migrate(db, path, table)
    except BaseException as error:
        db.close()
        if isinstance(error, sqlite3.Error):
            raise _broken(path, error) from error
        raise
    return db


def _migrate(db: sqlite3.Connection, path: Path, table: TableSchema) -> None:
    """Apply the migrations of one table that were not applied yet."""
    known = db.execute("SELECT steps FROM tables WHERE name = ?", (table.name,)).fetchone()
    applied = known[0] if known else 0
    if applied > len(table.migrations):
        raise BrokenDatabase(f"The file {path} was made by a newer version of Verbatim; update Verbatim.")
    for migration in table.migrations[applied:]:
        db.execute(migration)
    db.execute(
        "INSERT INTO tables VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET steps = excluded.steps",
        (table.name, len(table.migrations)),
    )


@contextmanager
def _transaction(db: sqlite3.Connection | ServerTables) -> Iterator[None]:
    if isinstance(db, ServerTables):
        with db.transaction():
            yield
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _broken(path: Path, error: Exception) -> BrokenDatabase:
    return BrokenDatabase(
        f"The bot's own file {path} cannot be used ({error}). Restore it from a backup (`verbatim restore`), "
        "or move it away: the index is not affected, but settings, follows and feedback start anew."
    )
