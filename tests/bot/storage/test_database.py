"""The bot's own file: made, brought up to date, refused in words, written whole or not at all."""

import sqlite3
import threading

import pytest

from bot.storage.database import DATABASE_FILE, BrokenDatabase, Database, TableSchema
from index.errors import UnconfirmedChange

NOTES = TableSchema("notes", ("CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT NOT NULL)",))
LATER = TableSchema(
    "notes", (*NOTES.migrations, "ALTER TABLE notes ADD COLUMN by TEXT NOT NULL DEFAULT 'nobody'")
)
PUT = "INSERT INTO notes (words) VALUES (?)"
ALL = "SELECT * FROM notes ORDER BY id"


@pytest.fixture
async def database(tmp_path, store):
    opened = await Database.open(tmp_path, [NOTES], store)
    yield opened
    await opened.close()


async def test_what_is_written_is_there_after_a_restart(tmp_path, store):
    folder = tmp_path / "made" / "on the way"
    for expected in (["one"], ["one", "one"]):
        database = await Database.open(folder, [NOTES], store)
        assert await database.execute(PUT, "one") == 1
        assert [row[1] for row in await database.fetch_all(ALL)] == expected
        await database.close()


async def test_one_row_or_none(database):
    await database.execute(PUT, "one")
    assert await database.fetch_one("SELECT words FROM notes WHERE id = ?", 1) == ("one",)
    assert await database.fetch_one("SELECT words FROM notes WHERE id = ?", 2) is None


async def test_later_steps_are_taken_once_and_keep_what_was_there(tmp_path, store):
    before = await Database.open(tmp_path, [NOTES], store)
    await before.execute(PUT, "old")
    await before.close()
    for _ in range(2):
        after = await Database.open(tmp_path, [LATER], store)
        assert await after.fetch_all(ALL) == [(1, "old", "nobody")]
        await after.close()


async def test_a_file_of_a_newer_version_is_refused_and_left_alone(tmp_path):
    await (await Database.open(tmp_path, [LATER])).close()
    with pytest.raises(BrokenDatabase, match="update Verbatim"):
        await Database.open(tmp_path, [NOTES])
    await (await Database.open(tmp_path, [LATER])).close()


async def test_a_step_that_fails_leaves_nothing_half_done(tmp_path):
    wrong = TableSchema("notes", (*NOTES.migrations, "ALTER TABLE nowhere ADD COLUMN by TEXT"))
    with pytest.raises(BrokenDatabase):
        await Database.open(tmp_path, [wrong])
    again = await Database.open(tmp_path, [NOTES])
    assert await again.fetch_all(ALL) == []
    await again.close()


async def test_a_file_that_is_no_database_is_told_in_words(tmp_path):
    (tmp_path / DATABASE_FILE).write_bytes(b"not a database at all " * 200)
    with pytest.raises(BrokenDatabase, match="move it away"):
        await Database.open(tmp_path, [NOTES])


async def test_a_folder_that_cannot_be_is_told_in_words(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(BrokenDatabase, match=DATABASE_FILE):
        await Database.open(tmp_path / "file", [NOTES])


async def test_a_transaction_that_raises_changes_nothing(database):
    def half(db):
        db.execute(PUT, ("one",))
        raise KeyError

    with pytest.raises(KeyError):
        await database.transaction(half)
    assert await database.fetch_all(ALL) == []
    assert await database.transaction(lambda db: db.execute(PUT, ("two",)).rowcount) == 1
    assert len(await database.fetch_all(ALL)) == 1


async def test_the_work_is_done_off_the_loop(database):
    assert await database.transaction(lambda db: threading.current_thread()) is not threading.main_thread()


async def test_what_an_answer_does_not_wait_for_is_done_all_the_same(database, monkeypatch):
    monkeypatch.setattr("bot.storage.database.PATIENCE", 0.5)
    go_on = threading.Event()

    def work(db):
        go_on.wait(60)
        db.execute(PUT, ("late",))

    with pytest.raises(UnconfirmedChange):
        await database.hurried_transaction(work)
    go_on.set()
    assert await database.fetch_all(ALL) == [(1, "late")]


async def test_another_process_may_read_meanwhile(tmp_path):
    database = await Database.open(tmp_path, [NOTES])
    other = sqlite3.connect(tmp_path / DATABASE_FILE)
    await database.execute(PUT, "one")
    assert other.execute(ALL).fetchall() == [(1, "one")]
    other.close()
    await database.close()


async def test_what_is_erased_is_gone_from_the_file(tmp_path):
    database = await Database.open(tmp_path, [NOTES])
    await database.execute(PUT, "a secret of three words")
    await database.execute("DELETE FROM notes")
    await database.close()
    assert b"secret of three" not in (tmp_path / DATABASE_FILE).read_bytes()
