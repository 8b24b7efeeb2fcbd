"""Where a database may be, a file or a server, and opening it there."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from index.storage.engine import Engine
from index.storage.postgres.address import PostgresAddress
from index.storage.sqlite_database import SqliteDatabase

NEWS_FILE = "verbatim.db"  # in a data folder
Place = Path | PostgresAddress


def open_news(place: Place) -> Engine:
    """Open the database of news at a place, made or brought up to date.

    Raise BrokenIndex when it cannot be used, BusyIndex when it cannot be reached, in words for the owner.
    """
    if isinstance(place, Path):
        return SqliteDatabase(place)
    from index.storage.postgres.database import PostgresDatabase  # whoever uses a file need not wait for it
    from index.storage.postgres.schema import NewsSchema

    return PostgresDatabase(place, NewsSchema())


def try_store(address: PostgresAddress, tables: Mapping[str, Sequence[str]]) -> None:
    """Open a server's news and other tables, and close them again: it is little work.

    Raise BusyIndex while the server cannot be reached, or can only be read and has not got these tables yet; and
    BrokenIndex.
    """
    open_news(address).close()
    open_tables(address, tables).close()


def open_tables(place: Place, tables: Mapping[str, Sequence[str]]) -> Engine:
    """Open a database of other tables. On a server they are made: of each, by name, the statements for SQLite.

    A file has to have them already. A change waits for nobody who is out of reach. Raise BrokenIndex and BusyIndex as `open_news` does.
    """
    if isinstance(place, Path):
        return SqliteDatabase(place, migrate=None)
    from index.storage.postgres.database import PostgresDatabase
    from index.storage.postgres.dialect import TABLES_LOCK
    from index.storage.postgres.schema import OtherTables

    return PostgresDatabase(place, OtherTables(tables), TABLES_LOCK, patience=0)
