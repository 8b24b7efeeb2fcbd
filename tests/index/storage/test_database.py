import sqlite3

import numpy as np
import pytest

from index.errors import BrokenIndex, BusyIndex
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


def test_a_full_or_busy_database_is_told_in_words_and_nothing_is_lost(tmp_path, store, monkeypatch):
    put(store, BRIDGE)
    monkeypatch.setattr("index.storage.database.BUSY_TIMEOUT", 0.05)
    other = Store(tmp_path / "news.db")
    with store.transaction(), pytest.raises(BusyIndex, match="another Verbatim"):
        put(other, WHEAT)
    assert len(other.entries()) == 1
    put(other, WHEAT)
    other.close()


def test_a_list_that_a_disk_has_changed_is_told_in_words(store):
    put(store, BRIDGE)
    with store.transaction():
        store.add_lines(0, 1, np.array([5], dtype=np.int64), b"\x03")
        store.execute("UPDATE source_sets SET feeds = '[1;2]'")
    with pytest.raises(BrokenIndex, match="verbatim restore"):
        store.line_counts([5], [1])


def test_a_newer_schema_is_refused_in_words(tmp_path, store):
    database = sqlite3.connect(tmp_path / "news.db")
    database.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    database.commit()
    database.close()
    with pytest.raises(BrokenIndex, match="another version"):
        Store(tmp_path / "news.db")
