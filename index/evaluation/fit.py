"""Fit the ranking and the silence by cross-validation over questions; LightGBM is needed here only."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.aim import Aim
from index.evaluation.judged import span_hits
from index.evaluation.news import FOLDS, Case, auroc, hits, refused_at
from index.features import NAMES
from index.ranking import Model, Trees
from index.silence import confidence, signals

ROUNDS = 150
SEEDS = (1, 2, 3)  # forests that are averaged
NEWS = 3.0  # weight of a question on news, beside one on a story: what is asked of the bot is news
FALSE_REFUSALS = 0.05  # of the answerable questions; decides the threshold
PARAMETERS = {
    "objective": "lambdarank",
    "num_leaves": 7,
    "learning_rate": 0.05,
    "min_data_in_leaf": 100,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "lambdarank_truncation_level": 10,
    "num_threads": 1,
    "deterministic": True,
    "verbose": -1,
}
PENALTY = 0.03  # of the logistic regression's weights, shared among them

Scores = dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted model as it is kept, and the figures it reached on questions it had not seen."""

    model: dict[str, Any]
    figures: dict[str, float]


def fit(
    answerable: Sequence[Case], unanswerable: Sequence[Case], stories: Sequence[Case], aim: Aim
) -> Fitted:
    """Fit on all cases; every figure is out of fold. `stories` teach the ranking only; `aim` is kept with it."""
    scores = _out_of_fold(answerable, stories)
    figures = hits(answerable, scores) | span_hits(stories, scores)
    known = [signals(case.matrix) for case in answerable]
    unknown = [signals(case.matrix) for case in unanswerable]
    folds = np.array([case.fold for case in [*answerable, *unanswerable]])
    rows = [*known, *unknown]
    truth = np.array([True] * len(known) + [False] * len(unknown))
    sure = np.zeros(len(rows))
    for fold in range(FOLDS):
        inside = np.flatnonzero(folds != fold)
        weights = _logistic([rows[place] for place in inside], truth[inside])
        for place in np.flatnonzero(folds == fold):
            sure[place] = confidence(rows[place], weights)
    figures["auroc"] = auroc(sure[truth], sure[~truth])
    figures["refused"] = refused_at(sure[truth], sure[~truth], FALSE_REFUSALS)
    model = {
        "aim": {"model": aim.model, "left": _rounded(aim.left), "right": _rounded(aim.right)},
        "trees": _train(answerable, stories),
        "silence": {
            "weights": {name: round(value, 5) for name, value in _logistic(rows, truth).items()},
            "threshold": round(float(np.quantile(sure[truth], FALSE_REFUSALS)), 5),
        },
    }
    return Fitted(model, figures)


def judge_model(answerable: Sequence[Case], unanswerable: Sequence[Case], model: Model) -> dict[str, float]:
    """Return the figures of a model as it is; on questions it was fitted to they flatter."""
    known = {case.number: model.trees.score(case.matrix) for case in answerable}
    sure, unsure = (
        np.array([confidence(signals(case.matrix), model.silence) for case in cases])
        for cases in (answerable, unanswerable)
    )
    return hits(answerable, known) | {
        "auroc": auroc(sure, unsure),
        "refused": refused_at(sure, unsure, FALSE_REFUSALS),
    }


def as_text(model: Mapping[str, Any]) -> str:
    """Return a model as the text of `ranking.json`: one tree, or one row of the aim, a line."""
    sides = ",\n".join(f'"{side}": [\n{_lines(model["aim"][side])}\n]' for side in ("left", "right"))
    return (
        f'{{"silence": {json.dumps(model["silence"], indent=1)},\n'
        f'"trees": [\n{_lines(model["trees"])}\n],\n'
        f'"aim": {{"model": {json.dumps(model["aim"]["model"])},\n{sides}}}}}\n'
    )


def _lines(values: Sequence[Any]) -> str:
    return ",\n".join(json.dumps(value, separators=(",", ":")) for value in values)


def _rounded(side: NDArray[np.float32]) -> list[list[float]]:
    return [[round(value, 4) for value in row] for row in side.tolist()]


def _out_of_fold(news: Sequence[Case], stories: Sequence[Case]) -> Scores:
    scores: Scores = {}
    for fold in range(FOLDS):
        seen = [[case for case in cases if case.fold != fold] for cases in (news, stories)]
        trees = Trees.read(_train(*seen))
        new = [case for case in (*news, *stories) if case.fold == fold]
        scores |= {case.number: trees.score(case.matrix) for case in new}
    return scores


def _train(news: Sequence[Case], stories: Sequence[Case]) -> list[list[list[Any]]]:
    """Return the trees of one forest a seed, their values shared out so that the sum is the forests' mean."""
    import lightgbm

    weighed = [(case, NEWS) for case in news] + [(case, 1.0) for case in stories]
    useful = [(case, weight) for case, weight in weighed if case.relevant.any()]
    matrix = np.concatenate([case.matrix for case, _ in useful])
    relevant = np.concatenate([case.relevant for case, _ in useful]).astype(np.int32)
    groups = [len(case.matrix) for case, _ in useful]
    weights = np.repeat([weight for _, weight in useful], groups)
    trees: list[list[list[Any]]] = []
    for seed in SEEDS:
        data = lightgbm.Dataset(matrix, relevant, weight=weights, group=groups, feature_name=list(NAMES))
        booster = lightgbm.train({**PARAMETERS, "seed": seed}, data, ROUNDS)
        trees += [_flat(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]
    return trees


def _flat(root: dict[str, Any]) -> list[list[Any]]:
    """Lay a tree's nodes side by side, as `Trees.read` takes them."""
    nodes: list[list[Any]] = []

    def lay(node: dict[str, Any]) -> int:
        place = len(nodes)
        nodes.append([])
        if "leaf_value" in node:
            nodes[place] = [round(node["leaf_value"] / len(SEEDS), 5)]
            return place
        left, right = lay(node["left_child"]), lay(node["right_child"])
        nodes[place] = [NAMES[node["split_feature"]], float(f"{node['threshold']:.6g}"), left, right]
        return place

    lay(root)
    return nodes


def _logistic(rows: Sequence[Mapping[str, float]], truth: NDArray[np.bool_]) -> dict[str, float]:
    """Return the weights of a logistic regression whose signals can only add to the confidence.

    Signals that come out negative are left out and the rest is fitted again, until none is. Free signs separate
    the questions of one large corpus better (AUROC 0.938, not 0.931), but by what a small index never shows: it
    then stays silent to what it plainly says.
    """
    names = sorted(rows[0])
    while True:
        weights = _ridge(rows, truth, names)
        kept = [name for name in names if weights[name] > 0.0]
        if kept == names or not kept:
            return weights
        names = kept


def _ridge(
    rows: Sequence[Mapping[str, float]], truth: NDArray[np.bool_], names: Sequence[str]
) -> dict[str, float]:
    """Return the weights of a ridge-penalised logistic regression, both classes weighing the same.

    Newton's method on standardised signals (Hastie et al. 2009, 4.4.1), given back for the signals as they are.
    """
    signal = np.array([[row[name] for name in names] for row in rows])
    mean, scale = signal.mean(axis=0), signal.std(axis=0) + 1e-9
    design = np.hstack([(signal - mean) / scale, np.ones((len(rows), 1))])
    weight = np.where(truth, 0.5 / truth.sum(), 0.5 / (~truth).sum())
    ridge = np.diag([PENALTY / len(names)] * len(names) + [0.0])
    beta = np.zeros(design.shape[1])
    for _ in range(30):
        chance = 1.0 / (1.0 + np.exp(-design @ beta))
        gradient = design.T @ (weight * (chance - truth)) + ridge @ beta
        curvature = (design * (weight * chance * (1 - chance))[:, None]).T @ design + ridge
        beta -= np.linalg.solve(curvature + 1e-9 * np.eye(len(beta)), gradient)
    slopes = beta[:-1] / scale
    return {"constant": float(beta[-1] - slopes @ mean), **dict(zip(names, slopes.tolist(), strict=True))}
