import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ranking.answerability import (
    SET_FEATURES,
    TOP_CANDIDATES,
    set_features,
    single_confidence,
    single_features,
)
from index.ranking.features import FEATURE_NAMES
from index.ranking.model import bundled_ranking


def matrix(*rows):
    return np.array([[row.get(name, 0.0) for name in FEATURE_NAMES] for row in rows], dtype=np.float32)


def seen(rows, scores):
    return dict(zip(SET_FEATURES, set_features(matrix(*rows), np.float32(scores)).tolist(), strict=True))


def test_a_view_holds_the_first_the_first_few_and_the_best():
    rows = [{"covered": value / 10, "age": value} for value in (1, 9, 2, 3, 4, 5, 6)]
    found = seen(rows, [7, 1, 6, 5, 4, 3, 2])
    assert found["first covered"] == pytest.approx(0.1)
    assert found["few covered"] == pytest.approx(0.3)
    assert found["best covered"] == pytest.approx(0.9)
    assert (found["first score"], found["few score"], found["all score"]) == (7, 5, 4)


def test_a_view_tells_nothing_of_the_question_alone_nor_of_how_far_back_the_index_goes():
    assert not [name for name in SET_FEATURES if "wants_" in name or name.endswith(("dated", "_rank"))]
    assert "best age" not in SET_FEATURES


@given(st.integers(1, 20), st.integers(0, 1000))
def test_a_view_does_not_depend_on_the_order_of_candidates(count, seed):
    random = np.random.default_rng(seed)
    rows = random.uniform(size=(count, len(FEATURE_NAMES))).astype(np.float32)
    scores = random.permutation(count).astype(np.float32)
    order = random.permutation(count)
    assert set_features(rows, scores).shape == (len(SET_FEATURES),)
    assert set_features(rows[order], scores[order]) == pytest.approx(set_features(rows, scores), rel=1e-5)


def test_the_bundled_model_answers_what_matches_and_nothing_else():
    model = bundled_ranking()
    good = dict.fromkeys(
        ("similarity", "window", "headline", "aimed", "aimed_window", "aimed_headline", "body", "around"), 0.8
    ) | dict.fromkeys(
        ("covered", "covered_window", "covered_headline", "names_covered", "names_window", "article_covered"),
        1.0,
    )
    poor = {"similarity": 0.2, "aimed": 0.2, "window": 0.1, "age": 6.0, "place": 3.0}
    strong, weak = (matrix(*[row] * TOP_CANDIDATES) for row in (good, poor))
    assert model.answerability_logit(strong, model.trees.score(strong)) >= model.threshold
    assert model.answerability_logit(weak, model.trees.score(weak)) < model.threshold


def test_two_signals_must_be_high_in_one_candidate():
    apart = single_features(matrix({"similarity": 0.9}, {"around": 0.8}))
    together = single_features(matrix({"similarity": 0.9, "around": 0.8}))
    assert apart["similarity and around"].max() == 0.0
    assert together["similarity and around"].tolist() == pytest.approx([0.72])


def test_a_question_about_a_time_is_surer_of_articles_of_that_time():
    fresh, old, undated = (
        single_features(matrix({"dated": dated, "age": np.log1p(days)}))
        for dated, days in ((1.0, 1.0), (1.0, 900.0), (0.0, 900.0))
    )
    assert fresh["in time"] > 0.0 > old["in time"]
    assert (fresh["undated"], undated["in time"], undated["undated"]) == (0.0, 0.0, 1.0)


def test_how_sure_one_alone_makes_us_is_a_chance():
    rows = matrix({"similarity": 0.0}, {"similarity": 9.0}, {"similarity": -1e9})
    even, sure, unsure = single_confidence(rows, {"constant": 0.0, "similarity": 3.0})
    assert (even, unsure) == (0.5, pytest.approx(0.0))
    assert sure > 0.99


def test_the_bundled_weights_speak_of_known_signals_and_only_add():
    weights = bundled_ranking().single_weights
    assert set(weights) <= {"constant", *single_features(matrix({}))}
    assert all(weight > 0 for name, weight in weights.items() if name != "constant")
