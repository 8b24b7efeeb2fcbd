"""A disk that changes whose news something is shows it to nobody else, and it can be mended."""

import sqlite3
from contextlib import closing

import pytest

from index.archive import Archive
from index.circles import HOUSE
from index.errors import VerbatimError
from index.storage.store import Store
from tests.conftest import MODELS
from tests.index.conftest import BRIDGE, WHEAT
from tests.index.storage.test_circles import ONE, TWO, announce, copy_of, follow, seen

HARBOUR = copy_of(BRIDGE, "two.example", "Two's Own")
TABLES = ("circle_rows", "feed_circle_rows", "source_rows")
LEAVES = {10, 13}  # https://sqlite.org/fileformat.html: the first byte of a page without children


@pytest.fixture
def folder(tmp_path, encoder):
    """The house has an article added by hand; two servers have one each, by a feed of their own."""
    with Archive(tmp_path, encoder) as archive:
        archive.add([BRIDGE])
        announce(archive, follow(archive, "https://sampler.example/one", ONE), WHEAT)
        announce(archive, follow(archive, "https://two.example/feed", TWO), HARBOUR)
        archive._store.query("PRAGMA wal_checkpoint(TRUNCATE)")
    return tmp_path


def pages(file):
    """Where in the file the rows of the tables and of their indexes are: (start, end) of each."""
    with closing(sqlite3.connect(file)) as database:
        statement = f"SELECT name, rootpage FROM sqlite_master WHERE tbl_name IN {TABLES} AND rootpage"
        roots, [(size,)] = database.execute(statement).fetchall(), database.execute("PRAGMA page_size")
    content = file.read_bytes()
    for _, root in roots:
        start = (root - 1) * size
        assert content[start] in LEAVES
        yield start + int.from_bytes(content[start + 5 : start + 7]), start + size


def flip(file, at, bit):
    with file.open("r+b") as opened:
        opened.seek(at)
        [byte] = opened.read(1)
        opened.seek(at)
        opened.write(bytes([byte ^ 1 << bit]))


def shown(store):
    """What each circle sees of the store, by every way that the store has to it."""
    found = {}
    for key in (ONE, TWO):
        feeds = store.feeds_by_circle()
        seeing = feeds.get(key, frozenset()) | feeds[HOUSE]
        pairs = store.sources_from(0)
        by_feeds = {first for first, feed in pairs if feed in seeing}
        found[key] = {*store.visible_firsts(key), *by_feeds}
        found[key] |= {one for one in range(100) if store.is_in(one, key)}
    return found


def test_no_bit_that_turns_over_shows_one_server_the_news_of_another(folder):
    file = folder / "verbatim.db"
    with closing(Store(file)) as store:
        whole = shown(store)
        assert len(whole[ONE]) == len(whole[TWO]) == 2
        store.query("PRAGMA wal_checkpoint(TRUNCATE)")
    tried, named, hidden = 0, 0, 0
    for start, end in pages(file):
        for at in range(start, end):
            bit = at % 8
            flip(file, at, bit)
            try:
                with closing(Store(file)) as store:
                    now = shown(store)
                    assert now[ONE] <= whole[ONE], (at, bit)
                    assert now[TWO] <= whole[TWO], (at, bit)
                    hidden += now != whole
                    named += bool(store.damaged_places()) or store.query("PRAGMA quick_check(1)") != [("ok",)]
            except (VerbatimError, sqlite3.DatabaseError):
                named += 1
            for leftover in folder.glob("verbatim.db-*"):
                leftover.unlink()
            flip(file, at, bit)
            tried += 1
    assert tried > 150
    assert named >= hidden > 20


def change(folder, table, name):
    """Change a row of a table in the file: the number of the first feed of a server."""
    file = folder / "verbatim.db"
    with closing(sqlite3.connect(file)) as database:
        [(sql,)] = database.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,))
        plain = sql.replace(" AS (first || ':' || feed) STORED", "").replace(
            " AS (feed || ':' || circle) STORED", ""
        )
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (plain, table))
        database.commit()
    with closing(sqlite3.connect(file)) as database, database:  # the column is like any other here
        database.execute(f"UPDATE {table} SET {name}")
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (sql, table))
        database.commit()


HARMS = {
    "source_rows": "feed = 2 WHERE feed = 1",  # the article of the first server comes from the second's feed
    "feed_circle_rows": "circle = 3 WHERE feed = 1",  # the feed of the first server is the second's
}


@pytest.mark.parametrize("table", HARMS)
def test_what_is_damaged_is_nobodys_is_named_and_is_mended(folder, encoder, table):
    change(folder, table, HARMS[table])
    with Archive(folder, encoder) as archive:
        assert seen(archive, ONE) == {BRIDGE.url}
        assert seen(archive, TWO) == {BRIDGE.url, HARBOUR.url}
        [place] = archive.check().places
        assert place in {WHEAT.url, "https://sampler.example/one"}
        assert not archive.check().is_whole
        archive.prune()
        assert archive.stats(None).articles == 3, "nothing is lost for it"
        feed = 1 if table == "source_rows" else None
        if feed:
            announce(archive, feed, WHEAT)
        else:
            with archive._store.transaction():
                archive._store.join_circle(1, ONE)
            archive._indexes.sync()
        assert archive.check().is_whole
        assert seen(archive, ONE) == {BRIDGE.url, WHEAT.url}
        assert seen(archive, TWO) == {BRIDGE.url, HARBOUR.url}


@pytest.mark.parametrize("table", HARMS)
def test_a_rebuild_clears_what_is_damaged(folder, encoder, table):
    change(folder, table, HARMS[table])
    Archive.rebuild(folder, models=MODELS)
    with Archive(folder, encoder) as archive:
        assert archive.check().is_whole
        assert seen(archive, ONE) == {BRIDGE.url}
        assert seen(archive, TWO) == {BRIDGE.url, HARBOUR.url}
