"""The bot's tables on a server of PostgreSQL, used as a connection to a file is."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from index import PostgresAddress, open_tables


class FetchedRows:
    """What a statement returned, all of it; `rowcount` is how many rows it changed or yielded."""

    def __init__(self, rows: list[Any], rowcount: int) -> None:
        self._rows = rows
        self.rowcount = rowcount

    def fetchone(self) -> Any:  # noqa: ANN401
        """Return the next row, None if there is none."""
        return self._rows.pop(0) if self._rows else None

    def fetchall(self) -> list[Any]:
        """Return all further rows."""
        rows, self._rows = self._rows, []
        return rows


class ServerTables:
    """A database with the bot's tables. Outside of a transaction each statement that changes something is one."""

    def __init__(self, address: PostgresAddress, tables: Mapping[str, Sequence[str]]) -> None:
        """Connect, and make what is missing of `tables`: the statements of each, by name. Raise VerbatimError."""
        self._engine = open_tables(address, tables)

    def transaction(self) -> AbstractContextManager[None]:
        """Commit all that is done inside, or nothing when it raises; nobody else changes the bot's tables meanwhile."""
        return self._engine.transaction()

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> FetchedRows:
        """Execute a statement."""
        if statement.startswith("SELECT") or " RETURNING " in statement:
            rows = self._engine.query(statement, *values)
            return FetchedRows(rows, len(rows))
        if self._engine.in_transaction():
            return FetchedRows([], self._engine.execute(statement, *values))
        with self._engine.transaction():
            return FetchedRows([], self._engine.execute(statement, *values))

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]], /) -> None:
        """Execute a statement once for each row, inside a transaction."""
        self._engine.execute_many(statement, map(tuple, rows))

    def close(self) -> None:
        """Close all connections."""
        self._engine.close()
