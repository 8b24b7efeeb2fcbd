import sqlite3
from dataclasses import replace

import numpy as np
import pytest

from index.articles import Span
from index.errors import BrokenIndex, BusyIndex
from index.storage.migrations import LATEST_VERSION, MIGRATIONS
from index.storage.store import Store, Watermark
from tests.index.conftest import BRIDGE, WHEAT

SPANS = [Span(0, 0), Span(0, 10), Span(11, 30)]
VECTORS = np.arange(12, dtype=np.float16).reshape(3, 4)


@pytest.fixture
def store(tmp_path):
    opened = Store(tmp_path / "news.db")
    yield opened
    opened.close()


def put(store, article, **options):
    with store.transaction():
        return store.upsert(article, SPANS, VECTORS, **options)


def test_an_article_comes_back_as_it_went_in(store):
    assert put(store, BRIDGE) is False
    [entry] = store.entries()
    stored = store.get_many([entry.first_sentence])[entry.first_sentence]
    assert stored.article == BRIDGE
    assert list(stored.spans) == SPANS
    assert np.array_equal(store.vectors(entry.first_sentence), VECTORS)
    assert store.touch(BRIDGE.url, BRIDGE.digest)


def test_a_replacement_gets_new_numbers_and_is_dated_as_a_correction(store):
    put(store, BRIDGE)
    assert put(store, replace(BRIDGE, text=BRIDGE.text + " More.")) is True
    [entry] = store.entries()
    assert (entry.first_sentence, entry.last_sentence) == (3, 6)
    assert store.get_many([3])[3].article.revised is not None
    assert store.removals() == [(1, 0, 3)]
    assert store.watermark() == Watermark(6, 1)


def test_encoding_anew_is_no_correction(store):
    put(store, BRIDGE)
    put(store, BRIDGE, corrected=False)
    [entry] = store.entries()
    assert store.get_many([entry.first_sentence])[entry.first_sentence].article.revised is None


def test_numbers_are_never_used_twice(store):
    put(store, BRIDGE)
    with store.transaction():
        assert store.remove(BRIDGE.url)
    put(store, WHEAT)
    assert [entry.first_sentence for entry in store.entries()] == [3]


def test_removing_what_is_not_there_says_so(store):
    with store.transaction():
        assert store.remove("https://wire.example.com/none") is False
    assert store.removals() == []


def fail_half_way(store):
    with store.transaction():
        store.upsert(BRIDGE, SPANS, VECTORS)
        raise KeyboardInterrupt


def test_a_transaction_is_whole_or_nothing(store):
    with pytest.raises(KeyboardInterrupt):
        fail_half_way(store)
    assert store.entries() == []
    assert store.watermark() == Watermark()


def test_another_process_is_noticed(store, tmp_path):
    before = store.data_version()
    other = Store(tmp_path / "news.db")
    put(other, BRIDGE)
    other.close()
    assert store.data_version() != before
    assert len(store.entries()) == 1


def test_a_file_of_another_kind_is_refused_in_words(tmp_path):
    (tmp_path / "news.db").write_bytes(b"not a database, but long enough to look at" * 50)
    with pytest.raises(BrokenIndex, match="cannot be opened"):
        Store(tmp_path / "news.db")


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
        assert store.watermark() == Watermark(5, 1)
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


def test_a_corrected_text_keeps_what_it_replaced(store):
    put(store, BRIDGE)
    for number in range(3):
        put(store, replace(BRIDGE, text=f"{BRIDGE.text} {number}"), corrected=number != 1)
    # within one second the later of two stands for both
    assert next(revision.text for revision in store.revisions(BRIDGE.url)) == f"{BRIDGE.text} 1"
    assert store.revisions(BRIDGE.url)[0].title == BRIDGE.title
    with store.transaction():
        store.remove(BRIDGE.url)
    assert store.revisions(BRIDGE.url) == []


def test_an_article_put_again_keeps_when_it_came_in_and_was_corrected(store):
    put(store, BRIDGE)
    put(store, replace(BRIDGE, text=BRIDGE.text + " More."))
    before = store.get(BRIDGE.url)
    put(store, BRIDGE, corrected=False)
    after = store.get(BRIDGE.url)
    assert (after.added, after.article.revised) == (before.added, before.article.revised)
    assert after.article.revised is not None


def test_what_is_missing_is_counted_until_it_is_seen_again(store):
    put(store, BRIDGE)
    assert [store.count_not_found(BRIDGE.url), store.count_not_found(BRIDGE.url)] == [1, 2]
    assert store.touch(BRIDGE.url, "another version") is False
    assert store.count_not_found(BRIDGE.url) == 1
    assert store.count_not_found("https://wire.example.com/none") == 0


def test_a_full_or_busy_database_is_told_in_words_and_nothing_is_lost(tmp_path, store, monkeypatch):
    put(store, BRIDGE)
    monkeypatch.setattr("index.storage.store.BUSY_TIMEOUT", 0.05)
    other = Store(tmp_path / "news.db")
    with store.transaction(), pytest.raises(BusyIndex, match="another Verbatim"):
        put(other, WHEAT)
    assert len(other.entries()) == 1
    put(other, WHEAT)
    other.close()


def test_a_newer_schema_is_refused_in_words(tmp_path, store):
    database = sqlite3.connect(tmp_path / "news.db")
    database.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    database.commit()
    database.close()
    with pytest.raises(BrokenIndex, match="another version"):
        Store(tmp_path / "news.db")


def test_outlets_are_counted_with_their_days(store):
    put(store, BRIDGE)
    put(store, WHEAT)
    assert [(row[0], row[1]) for row in store.outlets()] == [("Sample Wire", 1), ("The Sample Post", 1)]
