"""Whether the best candidates answer at all: a calibrated measure over what the ranking knows."""

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from index.features import NAMES

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


def signals(matrix: NDArray[np.float32]) -> dict[str, float]:
    """Return what the confidence is made of: each signal, some pairs of them, at its best, and the fitting time.

    `matrix` is (n, len(NAMES)) as `features` gives it; n is at least 1. A pair must be high in one candidate.
    """
    column = {name: matrix[:, place] for place, name in enumerate(NAMES)}
    found = {name: float(column[name].max()) for name in SIGNALS}
    found |= {f"{one} and {other}": float((column[one] * column[other]).max()) for one, other in TOGETHER}
    best = np.argsort(-column["aimed"] * column["covered_window"], kind="stable")[:BEST]
    found["in time"] = float((column["dated"] * (OLD - column["age"]))[best].max())
    found["undated"] = 1.0 - float(column["dated"].max())
    return found


def confidence(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return how sure (0 to 1) we are that the first candidates answer: a logistic sum of the signals."""
    total = weights["constant"] + sum(weights.get(name, 0.0) * value for name, value in found.items())
    return float(1.0 / (1.0 + np.exp(-np.clip(total, -50.0, 50.0))))
