"""Where answers lie: a question's vector turned towards the sentences that answer it.

An encoder of similarity puts a question nearest to sentences that repeat it. A small linear turn, fitted on
questions and the sentences that answer them, moves it towards those that do (in the manner of query-side
adapters of frozen retrievers; the turn is of low rank, so that a few thousand questions are enough to fit it).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class QueryAdapter:
    """A turn of question vectors: q becomes q + (q left) right, as a unit vector.

    `left` is (d, r) and `right` (r, d); `model` names the weights whose vectors it was fitted on.
    """

    model: str
    left: Matrix
    right: Matrix

    def transform(self, query: Vector) -> Vector:
        """Return the unit vector (d,) near which answers to the question `query` (d,) are looked for."""
        turned = query + (query @ self.left) @ self.right
        return (turned / max(float(np.linalg.norm(turned)), 1e-9)).astype(np.float32)


def identity_adapter(model: str, dimensions: int) -> QueryAdapter:
    """Return the aim that turns nothing: for a model on which none was fitted."""
    none = np.zeros((dimensions, 1), dtype=np.float32)
    return QueryAdapter(model, none, none.T)


def encoder_weights(fingerprint: str) -> str:
    """Return the part of an encoder's fingerprint that names its weights, whatever the precision."""
    return fingerprint.partition(":")[0]
