import sqlite3
from contextlib import closing

import numpy as np
import pytest

from index.errors import BrokenIndex
from index.storage.store import Store
from tests.index.conftest import BRIDGE
from tests.index.storage.conftest import put


def test_a_file_of_another_kind_is_refused_in_words(tmp_path):
    (tmp_path / "news.db").write_bytes(b"not a database, but long enough to look at" * 50)
    with pytest.raises(BrokenIndex, match="cannot be opened"):
        Store(tmp_path / "news.db")


def test_a_list_that_a_disk_has_changed_is_told_in_words(tmp_path):
    store = Store(tmp_path / "news.db")
    put(store, BRIDGE)
    with store.transaction():
        store.add_lines(0, 1, np.array([5], dtype=np.int64), b"\x03")
        store.execute("UPDATE source_sets SET feeds = '[1;2]'")
    with pytest.raises(BrokenIndex, match="verbatim restore"):
        store.line_counts([5], [1])
    store.close()


def test_room_that_another_connection_reads_stays_until_it_has_read(tmp_path, monkeypatch):
    monkeypatch.setattr("index.storage.sqlite_database.CHECKPOINT_TIMEOUT", 0.02)
    store = Store(tmp_path / "news.db")
    put(store, BRIDGE)
    with closing(sqlite3.connect(tmp_path / "news.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM articles").fetchall() == [(1,)]
        with store.transaction():
            store.remove(BRIDGE.url)
        assert not store.reclaim(full=True)
    assert store.query("PRAGMA busy_timeout") == [(30_000,)]  # for writers it is as before
    assert store.reclaim(full=True)
    assert (tmp_path / "news.db-wal").stat().st_size == 0
    store.close()


def test_a_newer_schema_is_refused_in_words(tmp_path):
    Store(tmp_path / "news.db").close()
    database = sqlite3.connect(tmp_path / "news.db")
    database.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    database.commit()
    database.close()
    with pytest.raises(BrokenIndex, match="another version"):
        Store(tmp_path / "news.db")
