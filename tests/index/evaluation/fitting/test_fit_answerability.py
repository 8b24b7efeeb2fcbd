import numpy as np
import pytest

from index.evaluation.fitting.fit_answerability import (
    AnswerabilityExamples,
    build_examples,
    fit_single_confidence,
    label_cases,
    out_of_fold_logits,
    out_of_fold_trees,
)
from index.evaluation.news_qa import FOLDS
from index.ranking.answerability import SET_FEATURES, single_confidence
from tests.index.evaluation.made_up import made_up


def test_what_has_its_answer_far_down_is_no_example_of_silence():
    [right, wrong, deep] = made_up(2) + made_up(1, "d", seed=1)
    wrong.relevant[:] = False
    scores = {case.question_id: np.arange(12, dtype=np.float32)[::-1] for case in (right, wrong)}
    scores["d0"] = np.where(deep.relevant, -1.0, 1.0).astype(np.float32)
    told = label_cases([right, wrong, deep], scores)
    assert [(case.question_id, answers) for case, answers in told] == [("q0", True), ("q1", False)]


def test_every_example_is_seen_once_more_as_if_asked_later():
    cases = [(case, True) for case in made_up(3)]
    known = build_examples([cases], [{case.question_id: np.zeros(12, np.float32) for case, _ in cases}])
    age = SET_FEATURES.index("few age")
    assert known.kinds.tolist() == [0, 0, 0, 1, 1, 1]
    assert (known.features[3:, age] > known.features[:3, age] + 4).all()
    others = [place for place, name in enumerate(SET_FEATURES) if not name.endswith(" age")]
    assert known.features[3:, others] == pytest.approx(known.features[:3, others])


def examples(answers, features):
    folds = np.arange(len(answers)) % FOLDS
    return AnswerabilityExamples(
        features.astype(np.float32), answers, folds, np.zeros(len(answers), np.int64)
    )


def test_odds_are_of_examples_that_the_trees_have_not_seen():
    random = np.random.default_rng(0)
    answers = random.random(400) < 0.5
    telling = random.random((400, len(SET_FEATURES))) * 0.1
    telling[:, 0] += answers
    known = examples(answers, telling)
    odds = out_of_fold_logits(known, 300, out_of_fold_trees(known))
    assert len(odds) == 300
    assert (odds[answers[:300]].min() > 0.0) & (odds[~answers[:300]].max() < 0.0)
    untold = examples(answers, random.random(telling.shape))
    blind = out_of_fold_logits(untold, 400, out_of_fold_trees(untold))
    assert np.mean((blind > 0.0) == answers) < 0.65


def test_the_best_candidate_alone_tells_by_what_speaks_for_an_answer_only():
    cases = made_up(60) + made_up(60, "u", answerable=False, seed=1)
    truth = np.arange(120) < 60
    weights = fit_single_confidence(cases, truth)
    assert weights["constant"] < 0.0 < min(value for name, value in weights.items() if name != "constant")
    told = [single_confidence(case.matrix, weights).max() > 0.5 for case in cases]
    assert np.mean(told == truth) > 0.95
