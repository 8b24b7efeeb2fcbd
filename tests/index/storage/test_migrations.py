import sqlite3

import numpy as np
import pytest

from index.articles import DateSource
from index.errors import BrokenIndex
from index.storage.migrations import LATEST_VERSION, MIGRATIONS
from index.storage.records import Watermark
from index.storage.store import Store
from tests.index.conftest import BRIDGE
from tests.index.storage.conftest import SPANS, VECTORS

FIRST_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, outlet TEXT NOT NULL,
    title TEXT NOT NULL, author TEXT, published INTEGER, language TEXT, revised INTEGER, added INTEGER NOT NULL,
    first INTEGER NOT NULL UNIQUE, last INTEGER NOT NULL
);
CREATE TABLE bodies (first INTEGER PRIMARY KEY, text TEXT NOT NULL, spans BLOB NOT NULL, vectors BLOB NOT NULL);
CREATE TABLE removed (sequence INTEGER PRIMARY KEY AUTOINCREMENT, first INTEGER NOT NULL, last INTEGER NOT NULL);
INSERT INTO meta VALUES ('schema', '1'), ('next', '5');
INSERT INTO removed VALUES (1, 0, 2);
"""


def made_by_the_first_version(path):
    database = sqlite3.connect(path)
    database.executescript(FIRST_SCHEMA)
    row = (
        BRIDGE.url,
        BRIDGE.digest,
        BRIDGE.outlet,
        BRIDGE.title,
        int(BRIDGE.published.timestamp()),
        1731500000,
    )
    database.execute(
        "INSERT INTO articles (url, digest, outlet, title, published, added, first, last)"
        " VALUES (?, ?, ?, ?, ?, ?, 2, 5)",
        row,
    )
    spans = np.array(SPANS, dtype="<i4").tobytes()
    database.execute("INSERT INTO bodies VALUES (2, ?, ?, ?)", (BRIDGE.text, spans, VECTORS.tobytes()))
    database.commit()
    database.close()


def test_a_file_of_the_first_version_is_brought_up_where_it_lies(tmp_path):
    made_by_the_first_version(tmp_path / "news.db")
    for _ in range(2):
        store = Store(tmp_path / "news.db")
        [stored] = store.get_many([2]).values()
        assert (stored.article, stored.spans, stored.cluster_id) == (BRIDGE, tuple(SPANS), None)
        assert stored.added.timestamp() == 1731500000
        assert np.array_equal(store.vectors(2), VECTORS)
        assert store.watermark() == Watermark(5, 1, store.meta("history"))
        assert store.meta("schema") == str(LATEST_VERSION)
        store.close()


def columns(path):
    database = sqlite3.connect(path)
    tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {table: {row[1] for row in database.execute(f"PRAGMA table_info({table})")} for table in tables}
    database.close()
    return found


def test_an_old_file_becomes_what_a_new_one_is(tmp_path):
    made_by_the_first_version(tmp_path / "old.db")
    for name in ("old.db", "new.db"):
        Store(tmp_path / name).close()
    assert columns(tmp_path / "old.db") == columns(tmp_path / "new.db")


def test_a_migration_that_fails_half_way_leaves_the_old_file(tmp_path, monkeypatch):
    made_by_the_first_version(tmp_path / "news.db")
    before = columns(tmp_path / "news.db")
    with monkeypatch.context() as patched:
        broken = (MIGRATIONS[0], (*MIGRATIONS[1], "ALTER TABLE nothing ADD COLUMN more"), *MIGRATIONS[2:])
        patched.setattr("index.storage.migrations.MIGRATIONS", broken)
        with pytest.raises(BrokenIndex, match="cannot be opened"):
            Store(tmp_path / "news.db")
    assert columns(tmp_path / "news.db") == before
    Store(tmp_path / "news.db").close()


def test_dates_that_feeds_cannot_have_are_dropped_and_every_feed_is_read_whole_again(tmp_path):
    made_by_the_first_version(tmp_path / "news.db")
    database = sqlite3.connect(tmp_path / "news.db", isolation_level=None)
    for statement in [statement for version in MIGRATIONS[1:6] for statement in version]:
        database.execute(statement)
    database.execute("UPDATE meta SET value = '6' WHERE key = 'schema'")
    database.execute(
        "INSERT INTO feeds (url, added, added_by, inside, due, etag, modified) VALUES ('f', 0, 'owner', 0, 0, 'e', 'm')"
    )
    published = int(BRIDGE.published.timestamp())
    database.executemany(
        "INSERT INTO pages (url, feed, host, state, mark, title, author, published, seen, listed)"
        " VALUES (?, 1, 'h', 'stored', '', '', '', ?, 0, 0)",
        [(BRIDGE.url, published), ("a misread Unix time", -5e9)],
    )
    database.close()
    store = Store(tmp_path / "news.db")
    assert store.get(BRIDGE.url).article.date_source is DateSource.FEED
    assert store.query("SELECT published FROM pages WHERE url != ?", BRIDGE.url) == [(None,)]
    assert store.query("SELECT etag, modified FROM feeds") == [(None, None)]
    store.close()


def test_articles_go_to_the_circles_of_the_feeds_that_brought_them_and_the_others_to_the_house(tmp_path):
    made_by_the_first_version(tmp_path / "news.db")
    database = sqlite3.connect(tmp_path / "news.db", isolation_level=None)
    for statement in [statement for version in MIGRATIONS[1:7] for statement in version]:
        database.execute(statement)
    database.execute("UPDATE meta SET value = '7' WHERE key = 'schema'")
    for number, added_by in enumerate(("owner", "server:42", "server:7"), 1):
        database.execute(
            "INSERT INTO feeds (id, url, added, added_by, inside, due) VALUES (?, ?, 0, ?, 0, 0)",
            (number, f"https://f{number}.example/feed", added_by),
        )
    pages = [
        ("a", 2),
        ("b", 1),
        ("c", 2),
        ("c", 3),
        ("e", 9),
    ]  # "d" has none, "e" one of a feed that was removed
    for first, name in enumerate("abcde", 10):
        database.execute(
            "INSERT INTO articles (url, digest, outlet, title, added, first, last) VALUES (?, '', 'o', 't', 0, ?, ?)",
            (name, first * 10, first * 10 + 2),
        )
    for number, (name, feed) in enumerate(pages):
        database.execute(
            "INSERT INTO pages (url, feed, host, state, mark, title, author, seen, listed, article)"
            " VALUES (?, ?, 'h', 'stored', '', '', '', 0, 0, ?)",
            (f"page{number}", feed, name),
        )
    database.close()
    store = Store(tmp_path / "news.db")
    circles = {
        name: {key for key in ("guild:42", "guild:7") if store.is_in(first * 10, key)}
        for first, name in enumerate("abcde", 10)
        if not store.is_in(first * 10, "house")
    }
    assert circles == {"a": {"guild:42"}, "c": {"guild:42", "guild:7"}}
    assert store.take_upgrade_counts() == {"house": 4, "guild:42": 2, "guild:7": 1}
    assert store.take_upgrade_counts() == {}
    assert store.regrouped(0) == [100, 120]
    assert store.query("SELECT added_by FROM feeds ORDER BY id") == [("house",), ("guild:42",), ("guild:7",)]
    store.close()


def test_a_new_file_has_nothing_to_tell_of_an_upgrade(tmp_path):
    store = Store(tmp_path / "news.db")
    assert store.take_upgrade_counts() == {}
    store.close()
