import numpy as np

from tests.index.conftest import BRIDGE, WHEAT, article
from tests.index.storage.test_circles import ONE, TWO, announce, follow

FERRY = article(
    "ferry", "The ferry to Ellwater was late on Friday for the third time in a month, officials said."
)


def test_a_view_has_the_rows_and_sentences_of_the_house_and_the_circle(archive):
    archive.add([BRIDGE])
    announce(archive, follow(archive, "https://wire.example.com/feed", ONE), WHEAT)
    announce(archive, follow(archive, "https://other.example/feed", TWO), FERRY)
    whole, one, two = (archive.article_table(circle) for circle in (None, ONE, TWO))
    assert (len(whole.first_sentence), len(one.first_sentence), len(two.first_sentence)) == (3, 2, 2)
    assert one.outlets == ("Sample Wire", "The Sample Post")
    assert two.outlets == ("Sample Wire",)
    assert one.visible.sum() == 7
    assert two.visible.tolist() == [True] * 4 + [False] * 3 + [True] * 2 + [False]
    assert one.rows_of(np.array([0, 4, 7])).tolist() == [0, 1, -1]
    assert archive.article_table(ONE) is one
    assert (one.reach.sentences, len(one.reach.feeds)) == (3, 1)


def test_a_circle_that_sees_all_searches_without_a_mask(archive):
    archive.add([BRIDGE])
    assert archive.article_table(ONE).visible is None
    announce(archive, follow(archive, "https://wire.example.com/feed", ONE), WHEAT)
    assert archive.article_table(ONE).visible is None
    assert archive.article_table(TWO).visible is not None
