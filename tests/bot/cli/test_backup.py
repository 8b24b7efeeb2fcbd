"""`verbatim backup` and `verbatim restore`, as they are typed."""

import asyncio
import re
import sqlite3
from contextlib import closing

import pytest

from bot.context import TABLES
from bot.storage.database import Database
from bot.storage.guild_settings import GuildSettings, GuildSettingsStore
from index import Archive
from tests.index.conftest import BRIDGE, WHEAT


async def allow(data, *outlets):
    database = await Database.open(data, TABLES)
    await GuildSettingsStore(database).put(11, GuildSettings(outlets=outlets))
    await database.close()


async def allowed(data):
    database = await Database.open(data, TABLES)
    settings = GuildSettingsStore(database)
    await settings.load()
    await database.close()
    return settings.get(11).outlets


@pytest.fixture
def data(folder):
    with Archive.open(folder / "data") as archive:
        archive.add([BRIDGE, WHEAT])
    asyncio.run(allow(folder / "data", "Sample Wire"))
    return folder / "data"


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_server_is_backed_up_by_its_own_tools(run, folder, monkeypatch, command):
    monkeypatch.setenv("VERBATIM_STORE", "postgresql://owner:s3cret@db.example/news")
    told = run(command, "kept.zip")
    assert told.code == 2
    assert "pg_" in told.err
    assert "postgresql://owner@db.example/news" in told.err
    assert "s3cret" not in told.err
    assert not (folder / "kept.zip").exists()


def test_what_was_backed_up_comes_back_and_what_it_replaces_is_kept(run, data):
    told = run("backup", "kept.zip")
    assert told.code == 0
    assert "2 articles and what the bot remembers" in told.out
    run("remove", BRIDGE.url)
    asyncio.run(allow(data, "Another"))
    told = run("restore", "kept.zip")
    assert told.code == 0
    assert "restored: 2 articles" in told.out
    assert "restart it" in told.out
    assert asyncio.run(allowed(data)) == ("Sample Wire",)
    with Archive.open(data) as archive:
        assert archive.ask("Why did the harbour bridge in Norwick close?").quotes
    [kept] = (data / "backups").iterdir()
    assert run("restore", str(kept)).code == 0
    assert asyncio.run(allowed(data)) == ("Another",)
    with Archive.open(data) as archive:
        assert archive.article(BRIDGE.url) is None


def test_what_two_restores_within_one_second_replace_is_kept_apart(run, data, monkeypatch):
    monkeypatch.setattr("bot.cli.backup.backup_name", lambda moment: "verbatim-now.zip")
    assert run("backup", "kept.zip").code == 0
    for name in ("First", "Second", "Third"):
        asyncio.run(allow(data, name))
        assert run("restore", "kept.zip").code == 0
    found = []
    for kept in sorted((data / "backups").iterdir()):
        assert run("restore", str(kept)).code == 0
        found += asyncio.run(allowed(data))
    assert sorted(found) == ["First", "Second", "Third"]


def test_what_is_no_backup_is_told_in_words_and_changes_nothing(run, data, folder):
    (folder / "notes.txt").write_text("my notes")
    for command in ("backup", "restore"):
        told = run(command, "notes.txt")
        assert told.code == 2
        assert "not a backup" in told.err
    told = run("restore", "nothing.zip")
    assert (told.code, "There is no file" in told.err) == (2, True)
    assert re.search(r"^articles +2 *$", run("stats").out, re.MULTILINE)


def test_a_damaged_index_is_kept_as_it_is_when_a_backup_replaces_it(run, data):
    assert run("backup", "kept.zip").code == 0
    content = bytearray((data / "verbatim.db").read_bytes())
    content[4096 * 3 : 4096 * 12] = b"\xff" * (4096 * 9)
    (data / "verbatim.db").write_bytes(content)
    assert run("restore", "kept.zip").code == 0
    [copies] = (data / "backups").iterdir()
    assert (copies / "verbatim.db").read_bytes() == content
    with Archive.open(data) as archive:
        assert archive.check().is_whole
        assert archive.article(BRIDGE.url) == BRIDGE


@pytest.mark.parametrize("name", ["verbatim.db", "bot.db"])
def test_a_folder_or_a_backup_of_a_newer_version_is_refused_in_words(run, data, name):
    statement = {
        "verbatim.db": "UPDATE meta SET value = '99' WHERE key = 'schema'",
        "bot.db": "UPDATE tables SET steps = 99",
    }[name]
    with closing(sqlite3.connect(data / name)) as database, database:
        database.execute(statement)
    told = run("backup", "kept.zip") if name == "verbatim.db" else run("feedback")
    assert told.code == 2
    assert "update Verbatim" in told.err
    if name == "bot.db":
        assert run("backup", "kept.zip").code == 0
        told = run("restore", "kept.zip")
        assert told.code == 2
        assert "update Verbatim" in told.err
