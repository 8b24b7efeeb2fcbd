import numpy as np
import pytest

from index.encoding.remembering_encoder import RememberingEncoder


class Counting:
    """An encoder that remembers what it was asked for."""

    fingerprint, dimensions = "counting", 2

    def __init__(self):
        self.asked = []

    def encode(self, texts):
        self.asked += texts
        return np.array([[len(text), ord(text[0])] for text in texts], dtype=np.float32)


def test_a_text_is_encoded_once_while_it_is_among_those_used_last():
    counting = Counting()
    remembering = RememberingEncoder(counting, size=2)
    assert remembering.encode(["a", "bb", "a"]).tolist() == [[1, 97], [2, 98], [1, 97]]
    assert counting.asked == ["a", "bb"]
    remembering.encode(["ccc", "a"])
    assert counting.asked == ["a", "bb", "ccc"]
    remembering.encode(["bb"])
    assert counting.asked[3:] == ["bb"], "it was used longest ago"


def test_no_texts_are_no_rows():
    assert RememberingEncoder(Counting()).encode([]).shape == (0, 2)


def test_what_is_given_away_changes_nothing_that_is_remembered():
    remembering = RememberingEncoder(Counting())
    remembering.encode(["a"])[0] = 0
    assert remembering.encode(["a"]).tolist() == [[1, 97]]


def test_a_failure_is_not_remembered():
    remembering = RememberingEncoder(Counting())
    with pytest.raises(IndexError):
        remembering.encode([""])
    assert remembering.encode(["a"]).tolist() == [[1, 97]]
