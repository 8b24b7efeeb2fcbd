"""Whether the best candidates answer at all: a calibrated measure over what the ranking knows."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from index.features import NAMES

TOP = 5  # best-ranked candidates looked at

SIGNALS = (
    "similarity",
    "window",
    "headline",
    "body",
    "around",
    "covered",
    "covered_window",
    "names_covered",
    "names_window",
    "article_covered",
    "article_prior",
    "centre",
    "agreement_best",
    "fits",
    "pairs",
)


def signals(matrix: NDArray[np.float32], scores: NDArray[np.float32]) -> dict[str, float]:
    """Return what the confidence is made of: each signal at its best among the first and among all.

    `matrix` is (n, len(NAMES)) as `features` gives it, `scores` (n,) the ranking's; n is at least 1.
    """
    first = matrix[np.argsort(-scores, kind="stable")[:TOP]]
    found = {"score": float(scores.max()), "spread": float(scores.max() - np.median(scores))}
    for name in SIGNALS:
        column = NAMES.index(name)
        found[f"first_{name}"] = float(first[:, column].max())
        found[f"best_{name}"] = float(matrix[:, column].max())
    return found


def confidence(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return how sure (0 to 1) we are that the first candidates answer: a logistic sum of the signals."""
    total = weights["constant"] + sum(weights.get(name, 0.0) * value for name, value in found.items())
    return float(1.0 / (1.0 + np.exp(-np.clip(total, -50.0, 50.0))))
