import numpy as np

from index.retrieval.vectors.segment import Segment
from tests.index.retrieval.vectors.news import D, news


def filled():
    segment = Segment.empty(D)
    segment.add(10, news(1, 20).astype(np.float32))
    segment.add(100, news(2, 5).astype(np.float32))
    return segment


def test_a_sentence_is_deleted_once_whichever_way():
    segment = filled()
    segment.mark_deleted(25, 102)
    segment.mark_gone(np.array([24, 25, 103, 7, 999]))
    segment.mark_deleted(0, 12)
    assert sorted(segment.gone.tolist()) == [10, 11, 24, 25, 26, 27, 28, 29, 100, 101, 103]
    assert sorted(segment.sentences[~segment.alive].tolist()) == sorted(segment.gone.tolist())


def test_nothing_is_deleted_from_an_empty_one():
    segment = Segment.empty(D)
    segment.mark_gone(np.array([1]))
    segment.mark_deleted(0, 9)
    assert not len(segment.gone)


def test_it_says_how_much_of_it_is_in_no_file():
    assert filled().memory_rows() == 25
    assert Segment.empty(D).memory_rows() == 0
