"""Remember the vectors of texts that are encoded again and again, as questions that are followed are."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from index.arrays import FloatArray
from index.encoding.encoder import Encoder
from index.encoding.onnx_session import Vectors

REMEMBERED = 20_000  # texts, those used last; judged: 30 MB


class RememberingEncoder:
    """Wraps an encoder, and keeps the vectors of the texts that were used last. Any thread may use it."""

    def __init__(self, encoder: Encoder, size: int = REMEMBERED) -> None:
        self.fingerprint = encoder.fingerprint
        self.dimensions = encoder.dimensions

        @lru_cache(size)
        def vector_of(text: str) -> FloatArray:
            vector: FloatArray = encoder.encode([text])[0].copy()
            vector.flags.writeable = False
            return vector

        self._vector_of = vector_of

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return an (n, dimensions) float32 array of unit rows, in the order of `texts`.

        Raise what the encoder raises.
        """
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        return np.stack([self._vector_of(text) for text in texts])
