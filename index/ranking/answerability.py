"""Whether the best candidates answer at all, and whether each of them would alone: what was learned of both."""

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from index.ranking.features import FEATURE_NAMES

Floats = NDArray[np.float32]

FEW = 5  # candidates that stand for what would be shown
_OF_THE_QUESTION = {"dated", *(name for name in FEATURE_NAMES if name.startswith("wants_"))}
_MATCH = [name for name in FEATURE_NAMES if name not in _OF_THE_QUESTION and not name.endswith("_rank")]
# The oldest or newest candidate's age would tell of the whole index, not of what answers.
SET_FEATURES = (
    *(f"first {name}" for name in _MATCH),
    *(f"few {name}" for name in _MATCH),
    *(f"best {name}" for name in _MATCH if name != "age"),
    "first score",
    "few score",
    "all score",
)
_COLUMNS = [FEATURE_NAMES.index(name) for name in _MATCH]
_BEST = [FEATURE_NAMES.index(name) for name in _MATCH if name != "age"]

SINGLE_FEATURES = (
    "similarity",
    "window",
    "headline",
    "aimed",
    "aimed_window",
    "aimed_headline",
    "body",
    "around",
    "covered",
    "covered_window",
    "names_window",
    "article_covered",
)
INTERACTIONS = (
    ("similarity", "around"),
    ("similarity", "covered_window"),
    ("similarity", "article_covered"),
    ("aimed", "around"),
    ("aimed", "covered_window"),
    ("aimed_window", "covered_window"),
)
OLD = math.log1p(60.0)  # log days from the time that is meant, from which on an article tells nothing of it


def set_features(matrix: Floats, scores: Floats) -> Floats:
    """Return what all candidates together show, (len(VIEW),): the first one, the first few, the best of each feature.

    `matrix` is (n, len(NAMES)) as `features` gives it, `scores` (n,) as the ranking does; n is at least 1.
    """
    order = np.argsort(-scores, kind="stable")[:FEW]
    first, few = matrix[order[0]], matrix[order].mean(axis=0)
    of_all = [scores[order[0]], scores[order].mean(), scores.mean()]
    return np.concatenate([first[_COLUMNS], few[_COLUMNS], matrix[:, _BEST].max(axis=0), of_all])


def single_confidence(matrix: Floats, weights: Mapping[str, float]) -> Floats:
    """Return how sure (0 to 1) each candidate would make us if it were the only one, (n,): a logistic sum."""
    found = single_features(matrix)
    logit = weights["constant"] + sum(weights.get(name, 0.0) * found[name] for name in found)
    sure: Floats = (1.0 / (1.0 + np.exp(-np.clip(logit, -50.0, 50.0)))).astype(np.float32)
    return sure


def single_features(matrix: Floats) -> dict[str, Floats]:
    """Return the signals of each candidate by itself, (n,) each; a pair must be high in one candidate."""
    column = {name: matrix[:, place] for place, name in enumerate(FEATURE_NAMES)}
    each = {name: column[name] for name in SINGLE_FEATURES}
    each |= {f"{one} and {other}": column[one] * column[other] for one, other in INTERACTIONS}
    each["in time"] = column["dated"] * (OLD - column["age"])
    each["undated"] = 1.0 - column["dated"]
    return each
