"""The contract of an engine, which a file and a server keep alike."""

import time

import pytest

from index.articles import ArticleKind
from index.errors import BusyIndex
from index.storage.engine import NO_LIMIT
from index.storage.records import Watermark
from index.storage.store import Store
from tests.index.conftest import BRIDGE, WHEAT
from tests.index.storage.conftest import SPANS, VECTORS, put


def fail_half_way(store):
    with store.transaction():
        store.upsert(BRIDGE, SPANS, VECTORS)
        raise KeyboardInterrupt


def test_a_transaction_is_whole_or_nothing(store):
    with pytest.raises(KeyboardInterrupt):
        fail_half_way(store)
    assert store.entries() == []
    assert store.watermark() == Watermark(history=store.meta("history"))
    put(store, BRIDGE)
    assert store.watermark() == Watermark(3, history=store.meta("history"))


def test_a_transaction_sees_its_own_work_and_others_what_is_committed(store, place):
    other = Store(place)
    with store.transaction():
        store.upsert(BRIDGE, SPANS, VECTORS)
        assert len(store.entries()) == 1
        assert other.entries() == []
    assert other.entries() == store.entries() != []
    other.close()


def test_what_another_process_commits_is_noticed(store, place):
    before = store.data_version()
    other = Store(place)
    put(other, BRIDGE)
    other.close()
    deadline = time.monotonic() + 30
    while store.data_version() == before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert store.data_version() != before
    assert len(store.entries()) == 1


def test_writers_take_turns_and_one_that_waits_too_long_says_so(store, place, monkeypatch):
    monkeypatch.setattr("index.storage.sqlite_database.BUSY_TIMEOUT", 0.05)
    monkeypatch.setattr("index.storage.postgres.connections.BUSY_TIMEOUT", 0.05)
    put(store, BRIDGE)
    other = Store(place)
    with store.transaction(), pytest.raises(BusyIndex, match="another Verbatim"):
        put(other, WHEAT)
    assert len(other.entries()) == 1
    put(other, WHEAT)
    assert len(store.entries()) == 2
    other.close()


def test_a_list_is_bound_as_one_value(store):
    put(store, BRIDGE)
    put(store, WHEAT)
    named = "SELECT url FROM articles WHERE url IN (SELECT value FROM json_each(?)) ORDER BY url"
    numbered = "SELECT count(*) FROM articles WHERE first NOT IN (SELECT value FROM json_each(?))"
    assert store.query(named, [WHEAT.url, 'it\'s 100 % "none"?', BRIDGE.url]) == [(BRIDGE.url,), (WHEAT.url,)]
    assert store.query(named, []) == []
    assert [store.query(numbered, firsts)[0][0] for firsts in ([], [0], [0, 3, -(2**40)])] == [2, 1, 0]


def test_values_come_back_as_what_they_were(store):
    insert = (
        "INSERT INTO pages (url, feed, host, state, mark, title, author, published, html, seen, listed, carried)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    row = ("ü%?\n'", 2**40, "h", ArticleKind.STORY, "", "🏗", "", 1.5, None, 1731500000.123456, -2.0, True)
    with store.transaction():
        assert store.execute(insert, *row) == 1
        store.execute_many(
            "INSERT INTO revisions VALUES (?, ?, ?, ?)", [("u", n, "", bytes([n])) for n in (0, 1)]
        )
    [found] = store.query(
        "SELECT url, feed, host, state, mark, title, author, published, html, seen, listed, carried FROM pages"
    )
    assert found == (*row[:3], "story", *row[4:11], 1)
    assert [type(value) for value in found] == [str, int, *[str] * 5, float, type(None), float, float, int]
    assert store.query("SELECT text FROM revisions ORDER BY replaced LIMIT ? OFFSET ?", NO_LIMIT, 1) == [
        (b"\x01",)
    ]


def test_one_process_at_a_time_does_what_takes_long(store, place):
    other = Store(place)
    with store.alone_at("rebuild"):
        with pytest.raises(BusyIndex, match="Another Verbatim is at the rebuild"), other.alone_at("rebuild"):
            pass
        with other.alone_at("other work"):
            put(other, BRIDGE)  # nobody else has to wait for it
    with other.alone_at("rebuild"):
        assert other.damage() == ""
    other.close()


def test_texts_are_in_the_order_of_their_bytes(store):
    names = ["Zeit", "abend", "Öffentlich", "Abend", "z"]
    with store.transaction():
        store.execute_many("INSERT INTO meta VALUES (?, ?)", [(f"x{name}", name) for name in names])
    rows = store.query("SELECT value FROM meta WHERE key LIKE 'x%' ORDER BY value")
    assert [row[0] for row in rows] == sorted(names, key=str.encode)


def test_what_is_kept_has_a_size_and_its_room_can_be_given_back(store):
    put(store, BRIDGE)
    before = store.stored_bytes()
    with store.transaction():
        store.remove(BRIDGE.url)
    for full in (False, True):
        assert store.reclaim(full=full)
    assert store.stored_bytes() < before or before == 0
