from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index.encoding.remembering_encoder import RememberingEncoder
from tests.bot.live_memory import held_texts


class Forgetful:
    """An encoder that remembers nothing."""

    fingerprint, dimensions = "forgetful", 2

    def encode(self, texts):
        return np.array([[len(text), ord(text[0])] for text in texts], dtype=np.float32)


class Counting(Forgetful):
    """An encoder that remembers what it was asked for."""

    def __init__(self):
        self.asked = []

    def encode(self, texts):
        self.asked += texts
        return super().encode(texts)


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


def test_the_texts_themselves_are_not_kept():
    pieces = ("did the regatta at", " Nordhavn sail?")
    remembering = RememberingEncoder(Forgetful())
    remembering.encode(["".join(pieces)])
    assert held_texts(pieces) == []


def test_threads_may_use_it_at_once_and_get_what_each_asked_for():
    remembering = RememberingEncoder(Forgetful(), size=3)
    texts = [letter * size for size in range(1, 9) for letter in "abcd"] * 20
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda text: remembering.encode([text])[0].tolist(), texts))
    assert found == [[len(text), ord(text[0])] for text in texts]
