import numpy as np
import pytest

from index.features import NAMES
from index.ranking import bundled_model
from index.silence import SIGNALS, confidence, signals


def matrix(*rows):
    return np.array([[row.get(name, 0.0) for name in NAMES] for row in rows], dtype=np.float32)


def test_signals_are_the_best_of_the_first_and_of_all():
    found = signals(
        matrix(*[{"similarity": value} for value in (0.1, 0.9, 0.3, 0.2, 0.2, 0.2, 0.2)]), np.arange(7, 0, -1)
    )
    assert found["first_similarity"] == pytest.approx(0.9)
    late = signals(matrix(*[{"similarity": 0.1}] * 5, {"similarity": 0.9}), np.arange(6, 0, -1))
    assert (late["first_similarity"], late["best_similarity"]) == (pytest.approx(0.1), pytest.approx(0.9))
    assert {f"best_{name}" for name in SIGNALS} <= set(found)


def test_confidence_is_a_chance():
    assert confidence({"score": 0.0}, {"constant": 0.0, "score": 3.0}) == 0.5
    assert confidence({"score": 9.0}, {"constant": 0.0, "score": 3.0}) > 0.99
    assert confidence({"score": -1e9}, {"constant": 0.0, "score": 3.0}) < 0.01


def test_the_bundled_weights_speak_of_known_signals():
    known = set(signals(matrix({}), np.zeros(1)))
    assert set(bundled_model().silence) <= known | {"constant"}
