from datetime import UTC, datetime

import numpy as np

from index.retrieval.article_table import ArticleTableBuilder
from index.retrieval.keyword_index import SearchFilter
from index.storage.records import StoredEntry


def at(day):
    return int(datetime(2024, 11, day, tzinfo=UTC).timestamp())


def catalog():
    known = ArticleTableBuilder()
    known.add(
        [
            StoredEntry(10, 13, at(9), "Post"),
            StoredEntry(0, 4, at(1), "Wire"),
            StoredEntry(20, 22, None, "Wire"),
        ]
    )
    return known


def test_numbers_lead_to_their_article_or_nowhere():
    numbers = np.array([0, 3, 4, 9, 10, 12, 13, 21, 99])
    assert catalog().table().rows_of(numbers).tolist() == [0, 0, -1, -1, 1, 1, -1, 2, -1]
    assert ArticleTableBuilder().table().rows_of(numbers).tolist() == [-1] * 9


def test_filters_pass_whole_articles():
    table = catalog().table()
    day = datetime(2024, 11, 5, tzinfo=UTC)
    assert table.matching(SearchFilter()).tolist() == [True, True, True]
    assert table.matching(SearchFilter(since=day)).tolist() == [False, True, False]
    assert table.matching(SearchFilter(until=day)).tolist() == [True, False, False]
    assert table.matching(SearchFilter(outlets=("Wire",))).tolist() == [True, False, True]
    assert table.matching(SearchFilter(outlets=("Nobody",))).tolist() == [False, False, False]


def test_the_mask_covers_just_their_sentences():
    table = catalog().table()
    mask = table.sentence_mask(np.array([True, False, True]))
    assert np.flatnonzero(mask).tolist() == [0, 1, 2, 3, 20, 21]
    later = catalog()
    later.remove(0)
    assert np.flatnonzero(later.table().sentence_mask(np.array([True, False]))).tolist() == [10, 11, 12]
    assert not ArticleTableBuilder().table().sentence_mask(np.array([], dtype=np.bool_)).any()


def test_the_newest_is_of_those_that_pass():
    table = catalog().table()
    assert table.newest(np.array([True, True, True])) == datetime(2024, 11, 9, tzinfo=UTC)
    assert table.newest(np.array([False, False, True])) is None


def test_what_is_removed_is_gone():
    known = catalog()
    known.remove(10)
    known.remove(10)
    assert len(known) == 2
    assert known.table().rows_of(np.array([11])).tolist() == [-1]
