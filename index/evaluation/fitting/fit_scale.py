"""Fit how the figures of another answering model are brought to the scale of ours."""

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from index.evaluation.eval_reading import JudgedReadings
from index.reader.cross_encoder import Scale

RIDGE = (
    10.0  # inverse strength of the penalty: next to none, for there are thousands of passages and two weights
)
LEAST_SLOPE = 1e-3  # below which a model says nothing of whether a passage answers


def fit_scale(read: JudgedReadings) -> Scale:
    """Return the scale on which the other model's log odds mean what ours mean.

    Both are calibrated by Platt's method (1999) on the same passages; what gives the same chance is the same. Raise
    ValueError when either says nothing of which passages answer.
    """
    our_slope, our_constant = _logistic(read.ours, read.relevant)
    slope, constant = _logistic(read.theirs, read.relevant)
    if min(slope, our_slope) < LEAST_SLOPE:
        raise ValueError("the model does not tell passages that answer from others")
    return Scale(slope / our_slope, (constant - our_constant) / our_slope)


def _logistic(logits: NDArray[np.float32], relevant: NDArray[np.bool_]) -> tuple[float, float]:
    """Return slope and constant of a logistic regression on one figure a passage."""
    fitted = LogisticRegression(C=RIDGE).fit(logits[:, None], relevant)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
