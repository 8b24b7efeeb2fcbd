"""Answerability: the features that tell whether candidates answer, all together and each alone."""

import math
from collections.abc import Mapping

import numpy as np

from index.arrays import FloatArray
from index.ranking.features import FEATURE_NAMES

TOP_CANDIDATES = 5  # that stand for what would be shown; judged
MAX_LOG_AGE = math.log1p(
    60.0
)  # ln(1 + days), judged: an older article says nothing of the time that is meant

_QUESTION_FEATURES = {"dated", *(name for name in FEATURE_NAMES if name.startswith("wants_"))}
_MATCH_FEATURES = [
    name for name in FEATURE_NAMES if name not in _QUESTION_FEATURES and not name.endswith("_rank")
]
# The oldest or newest candidate's age would tell of the whole index, not of what answers.
_BEST_FEATURES = [name for name in _MATCH_FEATURES if name != "age"]
_MATCH_COLUMNS = [FEATURE_NAMES.index(name) for name in _MATCH_FEATURES]
_BEST_COLUMNS = [FEATURE_NAMES.index(name) for name in _BEST_FEATURES]

# The columns that `set_features` makes, by their names in `model.json` ("few" are TOP_CANDIDATES).
SET_FEATURES = (
    *(f"first {name}" for name in _MATCH_FEATURES),
    *(f"few {name}" for name in _MATCH_FEATURES),
    *(f"best {name}" for name in _BEST_FEATURES),
    "first score",
    "few score",
    "all score",
)
# The features of one candidate by itself, and products of two of them; judged.
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


def set_features(matrix: FloatArray, scores: FloatArray) -> FloatArray:
    """Return what all candidates together show, (len(SET_FEATURES),) float32.

    `matrix` is (n, len(FEATURE_NAMES)) as `feature_matrix` returns it, `scores` (n,) as the trees do; n is at
    least 1. The features are those of the first candidate by score, the mean of the first TOP_CANDIDATES, and
    the largest of all, then the scores likewise.
    """
    order = np.argsort(-scores, kind="stable")[:TOP_CANDIDATES]
    first, few = matrix[order[0]], matrix[order].mean(axis=0)
    score_features = [scores[order[0]], scores[order].mean(), scores.mean()]
    best = matrix[:, _BEST_COLUMNS].max(axis=0)
    return np.concatenate([first[_MATCH_COLUMNS], few[_MATCH_COLUMNS], best, score_features])


def single_confidence(matrix: FloatArray, weights: Mapping[str, float]) -> FloatArray:
    """Return the probability (0 to 1) that each candidate answers, (n,) float32, by logistic regression.

    `weights` are by the names of `single_features`, and "constant".
    """
    features = single_features(matrix)
    logit = weights["constant"] + sum(weights.get(name, 0.0) * features[name] for name in features)
    confidence: FloatArray = (1.0 / (1.0 + np.exp(-np.clip(logit, -50.0, 50.0)))).astype(np.float32)
    return confidence


def single_features(matrix: FloatArray) -> dict[str, FloatArray]:
    """Return the features of each candidate by itself, by name, (n,) each.

    A product is high only where one candidate is high in both. "in time" is ln(1 + 60 days) less the
    article's log age, and 0 for a question that means no time.
    """
    column = {name: matrix[:, place] for place, name in enumerate(FEATURE_NAMES)}
    features = {name: column[name] for name in SINGLE_FEATURES}
    features |= {f"{one} and {other}": column[one] * column[other] for one, other in INTERACTIONS}
    features["in time"] = column["dated"] * (MAX_LOG_AGE - column["age"])
    features["undated"] = 1.0 - column["dated"]
    return features
