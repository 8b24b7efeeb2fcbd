"""A query-side adapter: a linear map that moves a query's vector towards the sentences that answer it.

An encoder trained for similarity puts a question nearest to sentences that repeat it. A low-rank linear map,
fitted on questions and the sentences that answer them while the encoder stays frozen, moves it towards the
answers; the rank is low so that a few thousand questions are enough to fit it.
"""

from dataclasses import dataclass

import numpy as np

from index.arrays import FloatArray

_MIN_NORM = 1e-9  # judged: no division by zero for a vector that the map sends to nothing


@dataclass(frozen=True, slots=True)
class QueryAdapter:
    """A low-rank map of query vectors: q becomes q + (q left) right, scaled to length 1.

    `left` is (d, r) and `right` (r, d), both float32; `model` names the weights (see `encoder_weights`) whose
    vectors it was fitted on.
    """

    model: str
    left: FloatArray
    right: FloatArray

    def transform(self, query: FloatArray) -> FloatArray:
        """Return the vector to search with for answers to `query`; both are (d,) float32 unit vectors."""
        moved = query + (query @ self.left) @ self.right
        return (moved / max(float(np.linalg.norm(moved)), _MIN_NORM)).astype(np.float32)


def identity_adapter(model: str, dimensions: int) -> QueryAdapter:
    """Return the adapter that changes nothing but the length, for a model on which none was fitted."""
    zeros = np.zeros((dimensions, 1), dtype=np.float32)
    return QueryAdapter(model, zeros, zeros.T)


def encoder_weights(fingerprint: str) -> str:
    """Return the part of an encoder's fingerprint that names its weights, whatever the precision."""
    return fingerprint.partition(":")[0]
