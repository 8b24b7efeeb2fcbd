import threading

import numpy as np
import pytest

from index.encoding.query_batcher import BatchingEncoder


class Slow:
    """An encoder that waits to be let go, and remembers what it was asked for together."""

    fingerprint, dimensions = "slow", 2

    def __init__(self, error=None):
        self.asked, self.error = [], error
        self.begun, self.go = threading.Event(), threading.Event()

    def encode(self, texts):
        self.asked.append(list(texts))
        self.begun.set()
        assert self.go.wait(30)
        if self.error and len(self.asked) > 1:
            raise self.error
        return np.array([[len(text), ord(text[0])] for text in texts], dtype=np.float32).reshape(-1, 2)


def ask_while_one_is_encoded(slow, asked):
    """Ask one thing, and the others at once while it is under way; give what each got."""
    together, got = BatchingEncoder(slow), {}

    def ask(texts):
        try:
            got[texts] = together.encode(texts).tolist()
        except ValueError as error:
            got[texts] = error

    first = threading.Thread(target=ask, args=(("first",),))
    first.start()
    assert slow.begun.wait(30)
    others = [threading.Thread(target=ask, args=(texts,)) for texts in asked]
    for other in others:
        other.start()
    while len(together._waiting) < len(asked):
        others[0].join(0.01)
    slow.go.set()
    for thread in (first, *others):
        thread.join(30)
    return together, got


def test_what_comes_while_one_is_encoded_is_encoded_in_one_go():
    slow, asked = Slow(), [("b",), ("cc", "ddd"), (), ("eeee",)]
    _, got = ask_while_one_is_encoded(slow, asked)
    assert slow.asked[0] == ["first"]
    assert len(slow.asked) == 2
    assert sorted(slow.asked[1]) == ["b", "cc", "ddd", "eeee"]
    for texts in asked:
        assert got[texts] == [[len(text), ord(text[0])] for text in texts]


def test_a_failure_is_told_to_all_who_waited_and_to_nobody_after():
    slow = Slow(ValueError("no memory"))
    together, got = ask_while_one_is_encoded(slow, [("b",), ("c",)])
    assert got["first",] == [[5, ord("f")]]
    assert got["b",] is got["c",] is slow.error
    slow.error = None
    assert together.encode(["dd"]).tolist() == [[2, ord("d")]]


def test_many_threads_each_get_their_own(encoder):
    together, got = BatchingEncoder(encoder), {}
    texts = [f"How much did wheat cost in {year}?" for year in range(2000, 2030)]
    threads = [
        threading.Thread(target=lambda text=text: got.update({text: together.encode([text])[0]}))
        for text in texts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for text in texts:
        assert got[text] == pytest.approx(encoder.encode([text])[0], abs=1e-4)
