import sqlite3
from dataclasses import replace

import numpy as np
import pytest

from index.articles import Span
from index.errors import BrokenIndex
from index.store import Store, Watermark
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
        return store.put(article, SPANS, VECTORS, **options)


def test_an_article_comes_back_as_it_went_in(store):
    assert put(store, BRIDGE) is False
    [entry] = store.entries()
    stored = store.read([entry.first])[entry.first]
    assert stored.article == BRIDGE
    assert list(stored.spans) == SPANS
    assert np.array_equal(store.vectors(entry.first), VECTORS)
    assert store.digest(BRIDGE.url) == BRIDGE.digest


def test_a_replacement_gets_new_numbers_and_is_dated_as_a_correction(store):
    put(store, BRIDGE)
    assert put(store, replace(BRIDGE, text=BRIDGE.text + " More.")) is True
    [entry] = store.entries()
    assert (entry.first, entry.last) == (3, 6)
    assert store.read([3])[3].article.revised is not None
    assert store.removals() == [(1, 0, 3)]
    assert store.watermark() == Watermark(6, 1)


def test_encoding_anew_is_no_correction(store):
    put(store, BRIDGE)
    put(store, BRIDGE, corrected=False)
    [entry] = store.entries()
    assert store.read([entry.first])[entry.first].article.revised is None


def test_numbers_are_never_used_twice(store):
    put(store, BRIDGE)
    with store.transaction():
        assert store.remove(BRIDGE.url)
    put(store, WHEAT)
    assert [entry.first for entry in store.entries()] == [3]


def test_removing_what_is_not_there_says_so(store):
    with store.transaction():
        assert store.remove("https://wire.example.com/none") is False
    assert store.removals() == []


def fail_half_way(store):
    with store.transaction():
        store.put(BRIDGE, SPANS, VECTORS)
        raise KeyboardInterrupt


def test_a_transaction_is_whole_or_nothing(store):
    with pytest.raises(KeyboardInterrupt):
        fail_half_way(store)
    assert store.entries() == []
    assert store.watermark() == Watermark()


def test_another_process_is_noticed(store, tmp_path):
    before = store.changed()
    other = Store(tmp_path / "news.db")
    put(other, BRIDGE)
    other.close()
    assert store.changed() != before
    assert len(store.entries()) == 1


def test_a_file_of_another_kind_is_refused_in_words(tmp_path):
    (tmp_path / "news.db").write_bytes(b"not a database, but long enough to look at" * 50)
    with pytest.raises(BrokenIndex, match="cannot be opened"):
        Store(tmp_path / "news.db")


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
