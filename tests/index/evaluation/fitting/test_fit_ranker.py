"""Fitting on made-up questions whose answers are known: what is learned, and that no figure has seen its question."""

import json
from dataclasses import replace

import numpy as np
import pytest

from index.evaluation.fitting.fit_query_adapter import fit_query_adapter
from index.evaluation.fitting.fit_ranker import fit_ranking, model_to_json
from index.evaluation.news_qa import FOLDS, auroc, hit_rates
from index.ranking.model import RankingModel
from tests.index.evaluation.made_up import WIDE, made_up


def test_a_fitted_model_reads_back_and_its_figures_are_of_unseen_questions():
    known, told = made_up(120), made_up(40, "n", seed=2)
    part = made_up(60, "q", seed=6) + made_up(60, "u", answerable=False, seed=7)
    unknown = made_up(60, "u", answerable=False, seed=3)
    fitted = fit_ranking(known, unknown, told, [part], fit_query_adapter(known, "m"))
    assert fitted.figures["hit@1"] > 0.95
    assert fitted.figures["newsqa span@1"] > 0.95
    assert fitted.figures["auroc"] > 0.95
    model = RankingModel.from_json(model_to_json(fitted.model))
    assert model.adapter.model == "m"
    assert model.adapter.left.shape[0] == WIDE
    scores = {case.question_id: model.trees.score(case.matrix) for case in known}
    assert hit_rates(known, scores)["hit@1"] > 0.95
    rankings = fitted.rankings([model.adapter] * FOLDS)
    logits = [
        np.array([_unseen_logit(rankings[case.fold], case) for case in cases]) for cases in (known, unknown)
    ]
    assert auroc(*logits) == pytest.approx(fitted.figures["auroc"])
    assert {ranking.threshold for ranking in rankings} == {model.threshold}
    assert model_to_json(fitted.model) == model_to_json(json.loads(model_to_json(fitted.model)))


def _unseen_logit(ranking, case):
    return ranking.answerability_logit(case.matrix, ranking.trees.score(case.matrix))


def test_what_cannot_be_learned_is_not_found_out_of_fold():
    random = np.random.default_rng(5)
    known = made_up(120)
    blind = [replace(case, relevant=random.permutation(case.relevant)) for case in known]
    fitted = fit_ranking(
        blind, made_up(60, "u", answerable=False), blind[:20], [], fit_query_adapter(known, "m")
    )
    assert fitted.figures["hit@1"] < 0.4
    unseen = {case.question_id: fitted.forest[case.fold].score(case.matrix) for case in blind}
    assert hit_rates(blind, unseen).items() <= fitted.figures.items()
