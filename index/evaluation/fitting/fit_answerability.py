"""Fit the answerability models: whether any candidate answers, at several sizes and ages of an index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.evaluation.fitting.fit_trees import Nodes, fit_forests
from index.evaluation.news_qa import FOLDS, RankingCase
from index.ranking.answerability import SET_FEATURES, set_features, single_features
from index.ranking.features import FEATURE_NAMES
from index.ranking.tree_ensemble import TreeEnsemble

# LightGBM's parameters; judged: small, strongly regularised trees, for there are few questions.
TREE_PARAMETERS = {
    "objective": "binary",
    "num_leaves": 6,
    "learning_rate": 0.1,
    "min_data_in_leaf": 80,
    "feature_fraction": 0.3,
    "lambda_l2": 10.0,
}
BOOSTING_ROUNDS = 150  # judged
LABEL_DEPTH = (
    10  # candidates; judged: with its answer ranked further down a question is no example of either class
)
# Judged: every example is repeated that many days older, since an index may get no more articles and is still to answer.
AGED_DAYS = 500.0
NEWTON_STEPS = 30  # judged: far more than it takes to converge
RIDGE_PENALTY = 0.03  # of the logistic regression's squared weights, divided among them; judged

ScoresByQuestion = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class AnswerabilityExamples:
    """Sets of candidates: `features` is (n, len(SET_FEATURES)) float32, the others are (n,).

    `answers` says whether a set holds an answer; `kinds` numbers the corpus, and whether it is as it is or older.
    """

    features: NDArray[np.float32]
    answers: NDArray[np.bool_]
    folds: NDArray[np.int64]
    kinds: NDArray[np.int64]

    def subset(self, chosen: NDArray[np.bool_]) -> "AnswerabilityExamples":
        """Return the examples where the (n,) mask `chosen` is True."""
        return AnswerabilityExamples(
            self.features[chosen], self.answers[chosen], self.folds[chosen], self.kinds[chosen]
        )


def build_examples(
    corpora: Sequence[Sequence[tuple[RankingCase, bool]]], scores: Sequence[ScoresByQuestion]
) -> AnswerabilityExamples:
    """Return the examples of several corpora: cases with whether each answers, and the ranking's scores of them.

    The cases of the first corpus come first and in order, then the same AGED_DAYS older, then the other corpora
    likewise.
    """
    rows = []
    for kind, (corpus, corpus_scores) in enumerate(zip(corpora, scores, strict=True)):
        for days in (0.0, AGED_DAYS):
            for case, answers in corpus:
                row = set_features(_made_older(case.matrix, days), corpus_scores[case.question_id])
                rows.append((2 * kind + (days > 0), row, answers, case.fold))
    kinds, features, answers_all, folds = zip(*rows, strict=True)
    return AnswerabilityExamples(np.stack(features), np.array(answers_all), np.array(folds), np.array(kinds))


def label_cases(cases: Sequence[RankingCase], scores: ScoresByQuestion) -> list[tuple[RankingCase, bool]]:
    """Return cases over a sample of the corpus with whether they answer, without those of which it is unknown.

    A case answers when one of its LABEL_DEPTH best candidates does; it is unknown when only a lower one does.
    """
    examples = []
    for case in cases:
        order = np.argsort(-scores[case.question_id], kind="stable")
        first = order[case.quotable[order]][:LABEL_DEPTH]
        answers = bool(case.relevant[first].any())
        if len(case.matrix) and (answers or not case.relevant.any()):
            examples.append((case, answers))
    return examples


def fit_set_trees(known: AnswerabilityExamples) -> list[Nodes]:
    """Return trees that score the log odds of an answer; every kind of example and both classes weigh the same."""
    weight = np.zeros(len(known.answers))
    for kind in np.unique(known.kinds):
        for answers in (True, False):
            chosen = (known.kinds == kind) & (known.answers == answers)
            weight[chosen] = 1.0 / max(1, chosen.sum())
    weight *= len(weight) / weight.sum()
    return fit_forests(
        known.features, known.answers.astype(np.int32), weight, SET_FEATURES, TREE_PARAMETERS, BOOSTING_ROUNDS
    )


def out_of_fold_trees(known: AnswerabilityExamples) -> list[TreeEnsemble]:
    """Return, for every fold, trees fitted on the examples of the others."""
    return [
        TreeEnsemble.from_nodes(fit_set_trees(known.subset(known.folds != fold)), SET_FEATURES)
        for fold in range(FOLDS)
    ]


def out_of_fold_logits(
    known: AnswerabilityExamples, measured: int, trees: Sequence[TreeEnsemble]
) -> NDArray[np.float32]:
    """Return the log odds of the first `measured` examples, (measured,) float32, by the `trees` of the other folds."""
    odds = np.zeros(measured, dtype=np.float32)
    for fold, of_others in enumerate(trees):
        new = np.flatnonzero(known.folds[:measured] == fold)
        odds[new] = of_others.score(known.features[new])
    return odds


def fit_single_confidence(cases: Sequence[RankingCase], truth: NDArray[np.bool_]) -> dict[str, float]:
    """Return the weights by which a question's best candidate alone tells whether it is answerable.

    A logistic regression with positive weights: features whose weight comes out negative are left out and the rest is
    fitted again, until none is. `truth` says which cases are answerable, (n,).
    """
    rows = [
        {name: float(values.max()) for name, values in single_features(case.matrix).items()} for case in cases
    ]
    names = sorted(rows[0])
    while True:
        weights = _ridge(rows, truth, names)
        kept = [name for name in names if weights[name] > 0.0]
        if kept == names or not kept:
            return {name: round(value, 5) for name, value in weights.items()}
        names = kept


def _made_older(matrix: NDArray[np.float32], days: float) -> NDArray[np.float32]:
    """Return the (n, features) matrix as it is when the same is asked `days` later."""
    aged = matrix.copy()
    age = aged[:, FEATURE_NAMES.index("age")]
    age[:] = np.log1p(np.expm1(age) + days)
    return aged


def _ridge(
    rows: Sequence[Mapping[str, float]], truth: NDArray[np.bool_], names: Sequence[str]
) -> dict[str, float]:
    """Return the weights of a ridge-penalised logistic regression, both classes weighing the same.

    Newton's method on standardised features (Hastie, Tibshirani and Friedman 2009, 4.4.1); the weights are those of the
    features as they are.
    """
    signal = np.array([[row[name] for name in names] for row in rows])
    mean, scale = signal.mean(axis=0), signal.std(axis=0) + 1e-9
    design = np.hstack([(signal - mean) / scale, np.ones((len(rows), 1))])
    weight = np.where(truth, 0.5 / truth.sum(), 0.5 / (~truth).sum())
    ridge = np.diag([RIDGE_PENALTY / len(names)] * len(names) + [0.0])
    beta = np.zeros(design.shape[1])
    for _ in range(NEWTON_STEPS):
        chance = 1.0 / (1.0 + np.exp(-design @ beta))
        gradient = design.T @ (weight * (chance - truth)) + ridge @ beta
        curvature = (design * (weight * chance * (1 - chance))[:, None]).T @ design + ridge
        beta -= np.linalg.solve(curvature + 1e-9 * np.eye(len(beta)), gradient)
    slopes = beta[:-1] / scale
    return {"constant": float(beta[-1] - slopes @ mean), **dict(zip(names, slopes.tolist(), strict=True))}
