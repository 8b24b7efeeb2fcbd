"""Chances of what was read: features beside the other candidates, and the bundled models."""

import numpy as np
import pytest

from index.ranking.chances import (
    READ_FEATURES,
    SET_READ_FEATURES,
    ReadCandidates,
    bundled_chances,
    read_features,
    set_read_features,
)


def read(answer, stance=None, score=None):
    count = len(answer)
    stances = np.log(np.array(stance or [[0.1, 0.1, 0.1, 0.7]] * count, np.float32))
    scores = np.array(score or [0.0] * count, np.float32)
    return ReadCandidates(np.array(answer, np.float32), stances, scores, np.zeros((count, 3), np.float32))


def column(features, name):
    return features[:, READ_FEATURES.index(name)].tolist()


def test_a_candidate_is_measured_beside_the_others():
    features = read_features(read([2.0, -1.0], score=[0.5, 1.0]))
    assert features.shape == (2, len(READ_FEATURES))
    assert column(features, "answer_gap") == [0.0, 3.0]
    assert column(features, "answer_best") == [2.0, 2.0]
    assert column(features, "score_gap") == [0.5, 0.0]


def test_the_set_does_not_depend_on_the_order_of_the_candidates():
    one, other = read([2.0, -1.0, 0.5]), read([0.5, 2.0, -1.0])
    assert set_read_features(one, 0.3, 8).tolist() == set_read_features(other, 0.3, 8).tolist()
    assert set_read_features(one, 0.3, 8).shape == (len(SET_READ_FEATURES),)


def test_one_candidate_is_enough():
    lone = read([1.0])
    assert np.isfinite(set_read_features(lone, 0.0, 0)).all()
    assert np.isfinite(read_features(lone)).all()


def test_the_bundled_chances_follow_what_was_read():
    reports, denies = [0.97, 0.01, 0.01, 0.01], [0.01, 0.97, 0.01, 0.01]
    other = [0.01, 0.01, 0.01, 0.97]
    chances = bundled_chances().claims.candidate_chances(
        read([4.0, 4.0, -6.0], [reports, denies, other], [1.0, 1.0, -2.0])
    )
    assert chances.reports[0] > chances.reports[1] > chances.reports[2] - 1e-6
    assert chances.denies[1] > chances.denies[0]
    assert ((chances.reports >= 0) & (chances.reports <= 1)).all()


def test_the_bundled_models_doubt_a_set_that_answers_nothing():
    for model in (bundled_chances().claims, bundled_chances().open_questions):
        sure = model.answerable_logit(read([5.0, 4.0], [[0.9, 0.05, 0.02, 0.03]] * 2, [2.0, 1.5]), 4.0, 6)
        unsure = model.answerable_logit(
            read([-7.0, -7.0], [[0.01, 0.01, 0.01, 0.97]] * 2, [-3.0, -3.0]), -4.0, 6
        )
        assert sure > unsure


def test_the_longer_an_open_question_the_more_the_search_decides():
    model = bundled_chances().open_questions
    unread = read([-6.0, -6.0], [[0.01, 0.01, 0.01, 0.97]] * 2, [2.0, 1.5])

    def gained(words):
        return model.answerable_logit(unread, 4.0, words) - model.answerable_logit(unread, -4.0, words)

    assert gained(30) > gained(15) > gained(5) > 0


@pytest.mark.parametrize("name", ["answers", "reports", "denies", "no_comment"])
def test_every_chance_is_there_whatever_the_model(name):
    for model in (bundled_chances().claims, bundled_chances().open_questions):
        assert getattr(model.candidate_chances(read([0.0])), name).shape == (1,)
