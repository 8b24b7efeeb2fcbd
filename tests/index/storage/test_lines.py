import numpy as np
import pytest

from index.circles import BY_HAND, HOUSE
from index.storage.store import Store

ONE, TWO = "guild:1", "guild:2"
COUNTS = "SELECT line, source_set, articles FROM line_counts ORDER BY line, source_set"


@pytest.fixture
def store(place):
    store = Store(place)
    yield store
    store.close()


def test_each_article_counts_a_line_once_and_takes_its_count_along(store):
    with store.transaction():
        store.add_lines(0, 7, np.array([5, 5, -9]), b"\x01\x02\x03")
        store.add_lines(4, 7, np.array([5]), b"\x01")
    assert store.query(COUNTS) == [(-9, 1, 1), (5, 1, 2)]
    with store.transaction():
        store.remove_lines(0)
        store.remove_lines(99)
    assert store.query(COUNTS) == [(5, 1, 1)]
    with store.transaction():
        store.remove_lines(4)
    assert store.query(COUNTS) == store.query("SELECT * FROM lines") == []


def test_a_line_counts_for_those_who_see_its_articles(store):
    with store.transaction():
        for first, feeds in ((0, [BY_HAND]), (4, [7]), (8, [7, 8]), (12, [BY_HAND, 8])):
            store.add_sources(first, feeds, is_new=True)
            store.add_lines(first, 1, np.array([5]), b"\x01")
        store.join_circle(7, ONE)
        store.join_circle(8, TWO)
    assert store.line_counts([5, 6], None) == {5: 4}
    assert store.line_counts([5], []) == {5: 2}
    assert store.line_counts([5], [7]) == {5: 4}
    assert store.line_counts([5], [8]) == {5: 3}


def test_lines_follow_the_feeds_of_their_article(store):
    with store.transaction():
        store.add_sources(0, [7], is_new=True)
        store.add_lines(0, 1, np.array([5]), b"\x01")
        store.join_circle(7, HOUSE)
    assert store.line_counts([5], []) == {5: 1}
    with store.transaction():
        store.leave_circle(7, HOUSE)  # what it brought into the house stays there
        store.add_sources(4, [7], is_new=True)
        store.add_lines(4, 1, np.array([5]), b"\x01")
    assert store.line_counts([5], []) == {5: 1}
    with store.transaction():
        store.add_sources(4, [8])
    assert store.line_counts([5], [8]) == {5: 2}
    with store.transaction():
        store.drop_sources(4, [8])
    assert store.line_counts([5], [8]) == {5: 1}
    assert store.line_counts([5], [7, 8]) == {5: 2}
