"""Moving a store from one database to another: a file to a server, or back.

Tables are compared stretch by stretch, in the order of their keys, and what differs is written anew. So it can be
interrupted and run again, and what was compared last is what is there.
"""

import secrets
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from index.errors import BrokenIndex, BusyIndex
from index.storage.engine import NULL_STORED_AS, Engine, Row
from index.storage.migrations import HISTORY_KEY, migrate
from index.storage.places import Place, open_news, open_tables

STORE_KEY = "store_id"  # of `meta`: which store this is, wherever it was moved to
UNFINISHED_KEY = "half_moved"  # of `meta`, as long as a store is being moved to this database
STRETCH = 200  # rows compared and written at a time; judged: an article's vectors take some 30 KB
MAX_PASSES = 5  # judged: over what others change meanwhile
META = "meta"
# Of a table, rows that each place has of its own: no index that was derived from one place follows another one.
NOT_MOVED = {META: f"key <> '{HISTORY_KEY}'", "fetch_leases": "1 = 0"}
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table's columns, and those of them that its rows are told apart and ordered by."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    def select(self, condition: str) -> str:
        """Return the query of all columns of the rows that a condition names, in the order of the key."""
        return f"SELECT {', '.join(self.columns)} FROM {self.name} WHERE {condition} ORDER BY {', '.join(self.key)}"

    def key_of(self, row: Row) -> Row:
        """Return the values of the key in a row."""
        return tuple(row[self.columns.index(column)] for column in self.key)

    def count(self) -> str:
        """Return the query of how many rows are moved."""
        return f"SELECT count(*) FROM {self.name} WHERE {NOT_MOVED.get(self.name, '1 = 1')}"

    def within(self, after: Row | None, to: Row | None) -> tuple[str, Row]:
        """Return the condition for keys beyond `after` up to `to`, None for no bound, and its values."""
        names, places = ", ".join(self.key), ", ".join("?" * len(self.key))
        parts = [
            f"({names}) {sign} ({places})" for sign, bound in ((">", after), ("<=", to)) if bound is not None
        ]
        return " AND ".join((NOT_MOVED.get(self.name, "1 = 1"), *parts)), (*(after or ()), *(to or ()))


def table_shapes(model: sqlite3.Connection) -> list[TableShape]:
    """Return the tables of a SQLite database; the rows of one without a primary key of numbers go by its `rowid`."""
    names = model.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    return [_shape(model, name, statement) for name, statement in names.fetchall()]


def _shape(model: sqlite3.Connection, name: str, statement: str) -> TableShape:
    rows = model.execute(f"PRAGMA table_info({name})").fetchall()
    columns = tuple(row[1] for row in rows)
    key = tuple(row[1] for row in sorted(rows, key=lambda row: int(row[5])) if row[5])
    if "WITHOUT ROWID" in statement or "INTEGER PRIMARY KEY" in statement:
        return TableShape(name, columns, key)
    return TableShape(name, (*columns, "rowid"), ("rowid",))


def move_tables(source: Engine, target: Engine, tables: Sequence[TableShape], progress: Progress) -> None:
    """Write into `target` what differs from `source`, until nothing does.

    `progress` is called with a table's name, the rows done and the rows in all. Raise BusyIndex when others go on
    changing the source.
    """
    for _ in range(MAX_PASSES):
        if not sum(_write_differences(source, target, table, progress) for table in tables):
            with target.transaction():
                target.continue_numbering(source.numbering())
            return
    raise BusyIndex("What is to be moved changes all the time. Stop Verbatim, and run it again.")


def first_difference(source: Engine, target: Engine, tables: Sequence[TableShape]) -> str | None:
    """Return the name of the first table that differs; None when all are equal."""
    for table in tables:
        if any(rows != existing for _, rows, existing in _stretches(source, target, table)):
            return table.name
    return None


def _write_differences(source: Engine, target: Engine, table: TableShape, progress: Progress) -> int:
    """Make a table of the target equal to the source's; return how many stretches were not."""
    [(total,)] = source.query(table.count())
    insert = f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({', '.join('?' * len(table.columns))})"
    written = done = 0
    for (condition, values), rows, existing in _stretches(source, target, table):
        if rows != existing:
            with target.transaction():
                target.execute(f"DELETE FROM {table.name} WHERE {condition}", *values)
                target.execute_many(insert, rows)
            written += 1
        done += len(rows)
        progress(table.name, done, max(done, total))
    return written


def _stretches(
    source: Engine, target: Engine, table: TableShape
) -> Iterator[tuple[tuple[str, Row], list[Row], list[Row]]]:
    """Yield each stretch of keys as a condition with its values, with the rows of the source and of the target."""
    after: Row | None = None
    while True:
        condition, values = table.within(after, None)
        rows = _as_kept(source.query(f"{table.select(condition)} LIMIT ?", *values, STRETCH))
        to = table.key_of(rows[-1]) if len(rows) == STRETCH else None
        bounds = table.within(after, to)
        yield bounds, rows, _as_kept(target.query(table.select(bounds[0]), *bounds[1]))
        if to is None:
            return
        after = to


def _as_kept(rows: list[Row]) -> list[Row]:
    """Return rows as either engine keeps them."""
    return [
        tuple(one.replace("\0", NULL_STORED_AS) if isinstance(one, str) else one for one in row)
        for row in rows
    ]


class Move(NamedTuple):
    """Tables that are moved from one database to another."""

    source: Engine
    target: Engine
    tables: list[TableShape]

    def difference(self) -> str | None:
        """Return the name of the first table that differs; None when all are equal."""
        return first_difference(self.source, self.target, self.tables)


def move_store(
    source: tuple[Place, Place],
    target: tuple[Place, Place],
    tables: Mapping[str, Sequence[str]],
    progress: Progress,
) -> None:
    """Move a store of news, and other tables beside it; each is named by where these two are.

    `tables` are the other tables, as of `open_tables`. Raise BrokenIndex when the target holds a store of its own, or
    one that was moved there and has changed since; BusyIndex when the source changes meanwhile, or cannot be read.
    """
    with ExitStack() as opened:
        news = Move(
            opened.enter_context(closing(open_news(source[0]))),
            opened.enter_context(closing(open_news(target[0]))),
            news_shapes(),
        )
        others = Move(
            opened.enter_context(closing(open_tables(source[1], tables))),
            opened.enter_context(closing(open_tables(target[1], tables))),
            shapes_of(tables),
        )
        _check_places(news.source)
        if _begin(news, others):
            _move(news, others, progress)


def news_shapes() -> list[TableShape]:
    """Return the tables of the store of news."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as model:
        migrate(model)
        return table_shapes(model)


def shapes_of(tables: Mapping[str, Sequence[str]]) -> list[TableShape]:
    """Return other tables, from the statements that make them."""
    with closing(sqlite3.connect(":memory:")) as model:
        for statement in chain.from_iterable(tables.values()):
            model.execute(statement)
        return table_shapes(model)


def _check_places(source: Engine) -> None:
    """Raise BrokenIndex where a disk has changed whose news something is: in another place it would look right."""
    for written, read in (
        ("circle_rows", "circles"),
        ("feed_circle_rows", "feed_circles"),
        ("source_rows", "sources"),
    ):
        [(rows, whole)] = source.query(
            f"SELECT (SELECT count(*) FROM {written}), (SELECT count(*) FROM {read})"
        )
        if rows != whole:
            raise BrokenIndex(
                "What is to be moved is damaged, in whose news what is. Run `verbatim doctor`, then `verbatim rebuild`, and "
                "this again."
            )


def _begin(news: Move, others: Move) -> bool:
    """Mark the target as half moved; return False when all is there already."""
    own, other = (_meta(one, STORE_KEY) for one in (news.source, news.target))
    unfinished = _meta(news.target, UNFINISHED_KEY)
    if _meta(news.source, UNFINISHED_KEY):
        raise BrokenIndex("What is to be moved was itself moved by half. Finish that first: run it again.")
    if (
        unfinished is None
        and own is not None
        and own == other
        and not (news.difference() or others.difference())
    ):
        return False
    if unfinished != own if unfinished else news.target.query("SELECT 1 FROM articles LIMIT 1"):
        raise BrokenIndex(
            "There is another index already where this one is to go. Name an empty database or folder, or remove what "
            "is there."
        )
    own = own or secrets.token_hex(8)
    _put_meta(news.source, STORE_KEY, own)
    _put_meta(news.target, UNFINISHED_KEY, own)
    return True


def _move(news: Move, others: Move, progress: Progress) -> None:
    """Move everything, the table of the mark last, and compare it all."""
    move_tables(*others, progress)
    move_tables(news.source, news.target, [one for one in news.tables if one.name != META], progress)
    move_tables(news.source, news.target, [one for one in news.tables if one.name == META], progress)
    differing = news.difference() or others.difference()
    if differing:
        raise BusyIndex(f"The table {differing} changed while it was moved. Stop Verbatim, and run it again.")


def _meta(engine: Engine, key: str) -> str | None:
    rows = engine.query("SELECT value FROM meta WHERE key = ?", key)
    return rows[0][0] if rows else None


def _put_meta(engine: Engine, key: str, value: str) -> None:
    with engine.transaction():
        engine.execute("DELETE FROM meta WHERE key = ?", key)
        engine.execute("INSERT INTO meta VALUES (?, ?)", key, value)
