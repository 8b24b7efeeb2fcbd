"""Fit the ranking and the answerability models, cross-validated over questions."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoding.query_adapter import QueryAdapter
from index.evaluation.fitting.fit_answerability import (
    build_examples,
    fit_set_trees,
    fit_single_confidence,
    label_cases,
    out_of_fold_logits,
    out_of_fold_trees,
)
from index.evaluation.fitting.fit_trees import Nodes, fit_forests
from index.evaluation.judged_sentences import span_hits
from index.evaluation.news_qa import FOLDS, RankingCase, auroc, hit_rates, refusal_rate
from index.ranking.features import FEATURE_NAMES
from index.ranking.model import RankingModel
from index.ranking.tree_ensemble import TreeEnsemble

NEWS_WEIGHT = 3.0  # of a question on news, beside 1 of one on a story; judged: the bot is asked about news
FALSE_REFUSALS = 0.05  # share of the answerable questions that may be refused; judged, it sets the threshold
# LightGBM's parameters; the objective is LambdaMART (Burges 2010); judged: shallow, regularised trees.
LAMBDARANK_PARAMETERS = {
    "objective": "lambdarank",
    "num_leaves": 7,
    "learning_rate": 0.05,
    "min_data_in_leaf": 100,
    "lambda_l2": 5.0,
    "lambdarank_truncation_level": 10,
}

BOOSTING_ROUNDS = 220  # judged, by out-of-fold hit rates of 150 and 220

ScoresByQuestion = dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class FittedModel:
    """A fitted model as `model_to_json` writes it, and the figures that it reached on questions it had not seen.

    `forest` and `answerability` hold for every fold the trees fitted on the others.
    """

    model: dict[str, Any]
    figures: dict[str, float]
    forest: tuple[TreeEnsemble, ...]
    answerability: tuple[TreeEnsemble, ...]

    def rankings(self, adapters: Sequence[QueryAdapter]) -> list[RankingModel]:
        """Return for every fold the ranking of the others, whose `adapters` are given."""
        limits = self.model["threshold"], self.model["alone"]
        parts = zip(adapters, self.forest, self.answerability, strict=True)
        return [RankingModel(*fitted, *limits) for fitted in parts]


def fit_ranking(
    answerable: Sequence[RankingCase],
    unanswerable: Sequence[RankingCase],
    stories: Sequence[RankingCase],
    samples: Sequence[Sequence[RankingCase]],
    adapter: QueryAdapter,
) -> FittedModel:
    """Return a model fitted on all cases; its figures are out of fold.

    `stories` train only the ranking; `samples`, the same questions over parts of the corpus, only the
    answerability. `adapter` is stored with them.
    """
    forest = _out_of_fold(answerable, stories)
    scores = _scores(forest, [*answerable, *stories])
    figures = hit_rates(answerable, scores) | span_hits(stories, scores)
    whole = [*answerable, *unanswerable]
    truth = np.array([True] * len(answerable) + [False] * len(unanswerable))
    corpora, ranked = [list(zip(whole, truth.tolist(), strict=True))], [_scores(forest, whole)]
    for part in samples:
        ranked.append(_scores(forest, part))
        corpora.append(label_cases(part, ranked[-1]))
    known = build_examples(corpora, ranked)
    answerability = out_of_fold_trees(known)
    logits = out_of_fold_logits(known, len(whole), answerability).astype(np.float64)
    figures["auroc"] = auroc(logits[truth], logits[~truth])
    figures["refused"] = refusal_rate(logits[truth], logits[~truth], FALSE_REFUSALS)
    model = {
        "threshold": round(float(np.quantile(logits[truth], FALSE_REFUSALS)), 5),
        "alone": fit_single_confidence(whole, truth),
        "silence": fit_set_trees(known),
        "trees": _fit_ranking_trees(answerable, stories),
        "aim": {"model": adapter.model, "left": _rounded(adapter.left), "right": _rounded(adapter.right)},
    }
    return FittedModel(model, figures, tuple(forest), tuple(answerability))


def measure_model(
    answerable: Sequence[RankingCase], unanswerable: Sequence[RankingCase], model: RankingModel
) -> dict[str, float]:
    """Return the figures of a model as it is; too good on questions that it was fitted on."""
    scores = {case.question_id: model.trees.score(case.matrix) for case in answerable}
    positive, negative = (
        np.array([model.answerability_logit(case.matrix, model.trees.score(case.matrix)) for case in cases])
        for cases in (answerable, unanswerable)
    )
    return hit_rates(answerable, scores) | {
        "auroc": auroc(positive, negative),
        "refused": refusal_rate(positive, negative, FALSE_REFUSALS),
    }


def model_to_json(model: Mapping[str, Any]) -> str:
    """Return a model as the text of `model.json`: one tree, or one row of the adapter, a line."""
    sides = ",\n".join(f'"{side}": [\n{_lines(model["aim"][side])}\n]' for side in ("left", "right"))
    return (
        f'{{"threshold": {model["threshold"]},\n"alone": {json.dumps(model["alone"], indent=1)},\n'
        f'"silence": [\n{_lines(model["silence"])}\n],\n"trees": [\n{_lines(model["trees"])}\n],\n'
        f'"aim": {{"model": {json.dumps(model["aim"]["model"])},\n{sides}}}}}\n'
    )


def _lines(values: Sequence[Any]) -> str:
    return ",\n".join(json.dumps(value, separators=(",", ":")) for value in values)


def _rounded(side: NDArray[np.float32]) -> list[list[float]]:
    return [[round(value, 4) for value in row] for row in side.tolist()]


def _out_of_fold(news: Sequence[RankingCase], stories: Sequence[RankingCase]) -> list[TreeEnsemble]:
    """Return, for every fold, trees fitted on the other folds."""
    return [
        TreeEnsemble.from_nodes(
            _fit_ranking_trees(*([case for case in cases if case.fold != fold] for cases in (news, stories)))
        )
        for fold in range(FOLDS)
    ]


def _scores(forest: Sequence[TreeEnsemble], cases: Sequence[RankingCase]) -> ScoresByQuestion:
    return {case.question_id: forest[case.fold].score(case.matrix) for case in cases}


def _fit_ranking_trees(news: Sequence[RankingCase], stories: Sequence[RankingCase]) -> list[Nodes]:
    """Return the trees that rank; they learn from what may be shown."""
    weighted = [(case, NEWS_WEIGHT) for case in news] + [(case, 1.0) for case in stories]
    useful = [(case, weight) for case, weight in weighted if case.relevant.any()]
    matrix = np.concatenate([case.matrix[case.quotable] for case, _ in useful])
    relevant = np.concatenate([case.relevant[case.quotable] for case, _ in useful]).astype(np.int32)
    groups = [int(case.quotable.sum()) for case, _ in useful]
    weights = np.repeat([weight for _, weight in useful], groups)
    return fit_forests(
        matrix, relevant, weights, FEATURE_NAMES, LAMBDARANK_PARAMETERS, BOOSTING_ROUNDS, groups
    )
