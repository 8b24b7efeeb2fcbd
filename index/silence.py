"""Whether the best candidates answer at all: a calibrated measure over what the ranking knows."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.features import NAMES

Floats = NDArray[np.float32]

# None of these depends on how large the index is: ten articles answer as surely as ten thousand.
SIGNALS = (
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
TOGETHER = (
    ("similarity", "around"),
    ("similarity", "covered_window"),
    ("similarity", "article_covered"),
    ("aimed", "around"),
    ("aimed", "covered_window"),
    ("aimed_window", "covered_window"),
)

BEST = 3  # candidates whose time counts when the question names one
OLD = math.log1p(60.0)  # log days from the time that is meant, from which on an article tells nothing of it


def signals(matrix: Floats) -> dict[str, float]:
    """Return what the confidence is made of: each signal, some pairs of them, at its best, and the fitting time.

    `matrix` is (n, len(NAMES)) as `features` gives it; n is at least 1. A pair must be high in one candidate.
    """
    each = _each(matrix)
    found = {name: float(values.max()) for name, values in each.items()}
    column = _columns(matrix)
    best = np.argsort(-column["aimed"] * column["covered_window"], kind="stable")[:BEST]
    found["in time"] = float(each["in time"][best].max())
    found["undated"] = float(each["undated"].min())
    return found


def confidence(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return how sure (0 to 1) we are that the first candidates answer: a logistic sum of the signals."""
    return float(_logistic(np.array([_total(found, weights)]))[0])


def alone(matrix: Floats, weights: Mapping[str, float]) -> Floats:
    """Return how sure (0 to 1) each candidate would make us if it were the only one, (n,)."""
    return _logistic(_total(_each(matrix), weights))


def _columns(matrix: Floats) -> dict[str, Floats]:
    return {name: matrix[:, place] for place, name in enumerate(NAMES)}


def _each(matrix: Floats) -> dict[str, Floats]:
    """Return every candidate's own signals."""
    column = _columns(matrix)
    each = {name: column[name] for name in SIGNALS}
    each |= {f"{one} and {other}": column[one] * column[other] for one, other in TOGETHER}
    each["in time"] = column["dated"] * (OLD - column["age"])
    each["undated"] = 1.0 - column["dated"]
    return each


def _total(found: Mapping[str, Any], weights: Mapping[str, float]) -> Any:  # noqa: ANN401 - numbers, or columns of them
    return weights["constant"] + sum(weights.get(name, 0.0) * value for name, value in found.items())


def _logistic(total: Floats) -> Floats:
    return (1.0 / (1.0 + np.exp(-np.clip(total, -50.0, 50.0)))).astype(np.float32)
