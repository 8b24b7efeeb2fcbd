"""The bot's tables on a server behave as a connection to a file does."""

import pytest

from bot.storage.server_tables import ServerTables

TABLES = {"notes": ("CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT NOT NULL)",)}


@pytest.fixture
def tables(postgres_address):
    opened = ServerTables(postgres_address, TABLES)
    yield opened
    opened.close()


def test_rows_are_fetched_once_and_changes_counted(tables):
    made = tables.execute("INSERT INTO notes (words) VALUES (?) RETURNING id, words", ("one",))
    assert (made.rowcount, made.fetchone(), made.fetchone(), made.fetchall()) == (1, (1, "one"), None, [])
    with tables.transaction():
        tables.executemany("INSERT INTO notes (words) VALUES (?)", [["two"], ["three"]])
        assert tables.execute("UPDATE notes SET words = ? WHERE id > ?", ("more", 1)).rowcount == 2
    assert tables.execute("DELETE FROM notes WHERE id = ?", (9,)).rowcount == 0
    rows = tables.execute("SELECT words FROM notes ORDER BY id")
    assert (rows.fetchone(), rows.fetchall()) == (("one",), [("more",), ("more",)])


def change_half(tables):
    with tables.transaction():
        tables.execute("INSERT INTO notes (words) VALUES (?)", ("one",))
        raise KeyError


def test_a_transaction_that_raises_changes_nothing(tables):
    with pytest.raises(KeyError):
        change_half(tables)
    assert tables.execute("SELECT * FROM notes").fetchall() == []
