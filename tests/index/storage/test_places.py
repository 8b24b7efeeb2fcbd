from pathlib import Path

import pytest

from index.errors import BrokenIndex
from index.storage.migrations import VERSION_KEY
from index.storage.places import open_news, open_tables

NOTES = {"notes": ("CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT)",)}


def test_news_opens_where_it_is_and_is_made_where_it_is_not(place):
    for _ in range(2):
        engine = open_news(place)
        assert len(engine.query("SELECT value FROM meta WHERE key = ?", VERSION_KEY)) == 1
        engine.close()


def test_other_tables_are_made_on_a_server_and_are_those_of_a_file(place):
    if isinstance(place, Path):
        made = open_tables(place, NOTES)
        with made.transaction():
            made.execute(NOTES["notes"][0])
        made.close()
    for number in range(2):
        engine = open_tables(place, NOTES)
        with engine.transaction():
            engine.execute("INSERT INTO notes (words) VALUES (?)", "one")
        assert len(engine.query("SELECT id FROM notes")) == number + 1
        engine.close()


def test_a_file_that_is_none_is_told(tmp_path):
    (tmp_path / "bot.db").write_bytes(b"not a database, but long enough to look at" * 50)
    with pytest.raises(BrokenIndex, match="cannot be opened"):
        open_tables(tmp_path / "bot.db", NOTES)
