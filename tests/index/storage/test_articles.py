from dataclasses import replace

import numpy as np

from index.storage.records import Watermark
from tests.index.conftest import BRIDGE, WHEAT, earlier_texts
from tests.index.storage.conftest import SPANS, VECTORS, put


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
    assert store.watermark() == Watermark(6, 1, store.meta("history"))


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


def test_a_corrected_text_keeps_what_it_replaced(store):
    put(store, BRIDGE)
    for number in range(3):
        put(store, replace(BRIDGE, text=f"{BRIDGE.text} {number}"), corrected=number != 1)
    # within one second the later of two stands for both
    assert earlier_texts(store, BRIDGE.url)[0] == f"{BRIDGE.text} 1"
    with store.transaction():
        store.remove(BRIDGE.url)
    assert earlier_texts(store, BRIDGE.url) == []


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


def test_outlets_are_counted_with_their_days(store):
    put(store, BRIDGE)
    put(store, WHEAT)
    assert [(row[0], row[1]) for row in store.outlets()] == [("Sample Wire", 1), ("The Sample Post", 1)]
