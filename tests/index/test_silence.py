import numpy as np
import pytest

from index.features import NAMES
from index.ranking import bundled_model
from index.silence import SIGNALS, alone, confidence, signals


def matrix(*rows):
    return np.array([[row.get(name, 0.0) for name in NAMES] for row in rows], dtype=np.float32)


def test_signals_are_the_best_of_all_candidates():
    found = signals(matrix(*[{"similarity": value} for value in (0.1, 0.9, 0.3)]))
    assert found["similarity"] == pytest.approx(0.9)
    assert set(SIGNALS) <= set(found)


def test_two_signals_must_be_high_in_one_candidate():
    apart = signals(matrix({"similarity": 0.9}, {"around": 0.8}))
    together = signals(matrix({"similarity": 0.9, "around": 0.8}))
    assert apart["similarity and around"] == 0.0
    assert together["similarity and around"] == pytest.approx(0.72)


def test_a_question_about_a_time_is_surer_of_articles_of_that_time():
    fresh, old = (signals(matrix({"dated": 1.0, "age": np.log1p(days)})) for days in (1.0, 900.0))
    assert fresh["in time"] > 0.0 > old["in time"]
    assert fresh["undated"] == 0.0
    undated = signals(matrix({"age": np.log1p(900.0)}))
    assert (undated["in time"], undated["undated"]) == (0.0, 1.0)


def test_confidence_is_a_chance():
    assert confidence({"score": 0.0}, {"constant": 0.0, "score": 3.0}) == 0.5
    assert confidence({"score": 9.0}, {"constant": 0.0, "score": 3.0}) > 0.99
    assert confidence({"score": -1e9}, {"constant": 0.0, "score": 3.0}) < 0.01


def test_the_bundled_weights_speak_of_known_signals():
    known = set(signals(matrix({})))
    weights = bundled_model().silence
    assert set(weights) <= known | {"constant"}
    assert all(weight > 0 for name, weight in weights.items() if name != "constant")


def test_one_alone_is_as_sure_as_an_answer_of_it_alone():
    matrix = np.random.default_rng(1).uniform(size=(9, len(NAMES))).astype(np.float32)
    weights = bundled_model().silence
    expected = [confidence(signals(row[None]), weights) for row in matrix]
    assert alone(matrix, weights).tolist() == pytest.approx(expected, rel=1e-5)
