"""Moving a store to the other engine and back: everything, comparable, interruptible, and nothing of somebody else's."""

import sqlite3
from contextlib import closing

import pytest

from index.archive import Archive
from index.circles import HOUSE
from index.errors import BrokenIndex, BusyIndex
from index.storage import transfer
from index.storage.migrations import HISTORY_KEY
from index.storage.places import NEWS_FILE, open_tables
from index.storage.store import Store
from index.storage.transfer import move_store, news_shapes
from tests.index.conftest import BRIDGE, WHEAT
from tests.index.maintenance.test_pruning import CheapEncoder
from tests.index.storage.conftest import SPANS, VECTORS, put
from tests.index.storage.test_circles import ONE, announce, follow
from tests.index.storage.test_damaged_circles import HARMS, change

NOTES = {
    "notes": ("CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT NOT NULL)",),
    "votes": ("CREATE TABLE votes (id TEXT PRIMARY KEY, words TEXT)",),
}
DUMP = "SELECT * FROM {} ORDER BY 1, 2"


def quiet(table, done, total):
    """Progress that nobody watches."""


def folder(path):
    path.mkdir(exist_ok=True)
    with closing(sqlite3.connect(path / "bot.db")) as file:
        for statements in NOTES.values():
            file.execute(statements[0].replace("TABLE", "TABLE IF NOT EXISTS"))
    return path / NEWS_FILE, path / "bot.db"


@pytest.fixture
def source(tmp_path):
    """A store with two articles, of which one was corrected, a removed one, a feed that has gone, and notes."""
    places = folder(tmp_path / "source")
    store = Store(places[0])
    for article in (BRIDGE, WHEAT, BRIDGE):
        put(store, article)
    with store.transaction():
        store.remove(WHEAT.url)
        store.block([WHEAT.url])
        store.execute("UPDATE articles SET title = ?", "a\0b")  # which a server keeps as another character
        for number in range(3):
            store.execute(
                "INSERT INTO feeds (url, added, added_by, inside, due) VALUES (?, 1.5, 'guild:7', 0, 0)",
                f"f{number}",
            )
            store.join_circle(number + 1, "guild:7" if number < 2 else HOUSE)
        store.remove_circle("guild:7")
        store.leave_circle(3, HOUSE)
        store.unfollow_nobodys_feeds()
        store.execute_many(
            "INSERT INTO revisions VALUES (?, ?, '', ?)", [("u", n, b"\0\xff") for n in range(25)]
        )
    store.close()
    with closing(open_tables(places[1], NOTES)) as notes, notes.transaction():
        notes.execute_many("INSERT INTO notes VALUES (?, ?)", [(n, f"ü{n}") for n in range(25)])
        notes.execute_many("INSERT INTO votes VALUES (?, NULL)", [("b",), ("a",)])
    return places


@pytest.fixture(autouse=True)
def short_stretches(monkeypatch):
    monkeypatch.setattr(transfer, "STRETCH", 10)


def as_kept(row):
    return tuple(one.replace("\0", "\ufffd") if isinstance(one, str) else one for one in row)


def held(places):
    """All rows of a store, but which store it is and which history it has there."""
    with closing(Store(places[0])) as store:
        found = {shape.name: store.query(DUMP.format(shape.name)) for shape in news_shapes()}
        found = {name: [as_kept(row) for row in rows] for name, rows in found.items()}
        found["meta"] = [row for row in found["meta"] if row[0] not in (transfer.STORE_KEY, HISTORY_KEY)]
    with closing(open_tables(places[1], NOTES)) as notes:
        return (
            found,
            notes.query("SELECT * FROM notes ORDER BY 1"),
            notes.query("SELECT id FROM votes ORDER BY rowid"),
        )


def history(places):
    with closing(Store(places[0])) as store:
        return store.watermark().history


def test_a_store_that_is_moved_there_and_back_is_the_same(source, postgres_address, tmp_path):
    server, back = (postgres_address, postgres_address), folder(tmp_path / "back")
    seen = []
    move_store(source, server, NOTES, lambda *progress: seen.append(progress))
    assert ("revisions", 26, 26) in seen
    move_store(server, back, NOTES, quiet)
    assert held(source) == held(server) == held(back)
    assert held(source)[2] == [("b",), ("a",)]
    assert len({history(places) for places in (source, server, back)}) == 3
    for places in (server, back):  # what has gone gives its number to nobody
        with closing(Store(places[0])) as store:
            put(store, WHEAT)
            assert store.removals()[-1][0] == 2
            with store.transaction():
                insert = "INSERT INTO feeds (url, added, added_by, inside, due) VALUES ('new', 1, '', 0, 0)"
                store.execute(insert)
            assert store.query("SELECT id FROM feeds") == [(4,)]


def test_a_move_that_is_interrupted_goes_on(source, postgres_address, tmp_path):
    server = (postgres_address, postgres_address)

    def interrupted(table, done, total):
        if table == "revisions":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move_store(source, server, NOTES, interrupted)
    with pytest.raises(BrokenIndex, match="half moved"):
        Archive(tmp_path / "indexes", CheapEncoder(), store=postgres_address)
    with closing(Store(source[0])) as store:
        put(store, WHEAT)  # the bot went on meanwhile
    for _ in range(2):
        move_store(source, server, NOTES, quiet)
    assert held(source) == held(server)


def test_nothing_of_another_store_is_overwritten(source, postgres_address, tmp_path):
    server = (postgres_address, postgres_address)
    move_store(source, server, NOTES, quiet)
    with closing(Store(postgres_address)) as store, store.transaction():
        store.upsert(WHEAT, SPANS, VECTORS)
    with pytest.raises(BrokenIndex, match="another index"):
        move_store(source, server, NOTES, quiet)
    other = folder(tmp_path / "other")
    with closing(Store(other[0])) as store:
        put(store, BRIDGE)
    with pytest.raises(BrokenIndex, match="another index"):
        move_store(other, server, NOTES, quiet)


def test_what_a_disk_has_changed_of_whose_news_it_is_is_not_moved(tmp_path, encoder, postgres_address):
    with Archive(tmp_path, encoder) as archive:
        announce(archive, follow(archive, "https://sampler.example/one", ONE), WHEAT)
    change(tmp_path, "source_rows", HARMS["source_rows"])
    places = folder(tmp_path)
    with pytest.raises(BrokenIndex, match="verbatim rebuild"):
        move_store(places, (postgres_address, postgres_address), NOTES, quiet)
    with closing(Store(postgres_address)) as store:
        assert store.entries() == []


def test_a_store_that_changes_all_the_time_is_not_called_moved(source, postgres_address):
    server, number = (postgres_address, postgres_address), iter(range(100, 10_000))

    def meddling(table, done, total):
        with closing(sqlite3.connect(source[0])) as file, file:
            file.execute("INSERT INTO barred VALUES (?, 1)", (f"https://a.example/{next(number)}",))

    with pytest.raises(BusyIndex, match="Stop Verbatim"):
        move_store(source, server, NOTES, meddling)
    move_store(source, server, NOTES, quiet)
    assert held(source) == held(server)
