"""The tables on a server are those of a file, whatever versions they went through."""

import sqlite3

import pytest

from index.errors import BrokenIndex
from index.storage import migrations
from index.storage.engine import Engine
from index.storage.places import open_tables
from index.storage.postgres.schema import table_names, translated_schema
from index.storage.store import Store
from tests.index.conftest import BRIDGE
from tests.index.storage.conftest import put

TYPES = {"INTEGER": "bigint", "REAL": "double precision", "TEXT": "text", "BLOB": "bytea"}
COLUMNS = (
    "SELECT table_name, column_name, data_type FROM information_schema.columns JOIN information_schema.tables"
    " USING (table_schema, table_name) WHERE table_schema = 'verbatim' AND table_type = 'BASE TABLE'"
    " AND is_generated = 'NEVER' ORDER BY table_name, ordinal_position"
)
INDEXES = "SELECT indexname FROM pg_indexes WHERE schemaname = 'verbatim' ORDER BY indexname"
LATER = (
    "CREATE TABLE later (id INTEGER PRIMARY KEY, words BLOB)",
    "ALTER TABLE feeds ADD COLUMN later REAL NOT NULL DEFAULT 0",
)


def test_a_server_has_the_tables_of_a_file(postgres_address, tmp_path):
    Store(tmp_path / "verbatim.db").close()
    file = sqlite3.connect(tmp_path / "verbatim.db")
    expected = [
        (table, row[1], TYPES[row[2]])
        for table in table_names(file)
        for row in file.execute(f"PRAGMA table_info({table})")
    ]
    indexes = file.execute(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
    )
    names = {row[0] for row in indexes}
    file.close()
    store = Store(postgres_address)
    assert store.query(COLUMNS) == expected
    assert names <= {row[0] for row in store.query(INDEXES)}
    assert store.meta(migrations.VERSION_KEY) == str(migrations.LATEST_VERSION)
    assert store.feeds_by_circle() == {"house": {0}}
    with store.transaction():
        assert store.join_circle(7, "guild:1")  # which gets a number of its own
    assert store.feeds_in("guild:1") == {7}
    store.close()


def test_a_later_version_is_reached_by_the_same_statements_and_keeps_what_was_there(
    postgres_address, monkeypatch
):
    store = Store(postgres_address)
    put(store, BRIDGE)
    store.close()
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, LATER))
        patched.setattr(migrations, "LATEST_VERSION", migrations.LATEST_VERSION + 1)
        for _ in range(2):
            store = Store(postgres_address)
            assert store.get(BRIDGE.url).article == BRIDGE
            assert store.query("SELECT words FROM later") == store.query("SELECT later FROM feeds") == []
            store.close()
    with pytest.raises(BrokenIndex, match="newer version"):
        Store(postgres_address)


def test_a_migration_that_fails_leaves_what_was_there(postgres_address, monkeypatch):
    Store(postgres_address).close()
    with monkeypatch.context() as patched:
        patched.setattr(
            migrations,
            "MIGRATIONS",
            (*migrations.MIGRATIONS, (*LATER, "ALTER TABLE nothing ADD COLUMN x REAL")),
        )
        patched.setattr(migrations, "LATEST_VERSION", migrations.LATEST_VERSION + 1)
        with pytest.raises(BrokenIndex, match="not as Verbatim made them"):
            Store(postgres_address)
    store = Store(postgres_address)
    assert store.query("SELECT to_regclass('later')") == [(None,)]
    store.close()


def rows(engine: Engine) -> list[tuple[object, ...]]:
    return engine.query("SELECT id, words FROM notes ORDER BY rowid")


def test_other_tables_have_steps_of_their_own(postgres_address):
    first = "CREATE TABLE notes (id TEXT PRIMARY KEY, words TEXT NOT NULL)"
    second = "ALTER TABLE notes ADD COLUMN more INTEGER NOT NULL DEFAULT 3"
    tables = open_tables(postgres_address, {"notes": (first,)})
    with tables.transaction():
        for name in "ba":
            tables.execute("INSERT INTO notes VALUES (?, ?)", name, "w")
    assert rows(tables) == [("b", "w"), ("a", "w")]  # in the order in which they came
    tables.close()
    for _ in range(2):
        tables = open_tables(postgres_address, {"notes": (first, second)})
        assert tables.query("SELECT sum(more) FROM notes") == [(6,)]
        tables.close()
    with pytest.raises(BrokenIndex, match="newer version"):
        open_tables(postgres_address, {"notes": (first,)})


def test_comments_and_options_of_a_file_are_left_out():
    made = translated_schema(
        "CREATE TABLE t (\n a TEXT, -- an INTEGER; and (so) on\n b REAL, PRIMARY KEY (a)\n) WITHOUT ROWID"
    )
    assert made.split() == [
        "CREATE",
        "TABLE",
        "t",
        "(",
        "a",
        "TEXT",
        "COLLATE",
        '"C",',
        "b",
        "DOUBLE",
        "PRECISION,",
        "PRIMARY",
        "KEY",
        "(a)",
        ")",
    ]
