"""Remember the vectors of texts that are encoded again and again, as questions that are followed are."""

import secrets
from collections import OrderedDict
from collections.abc import Sequence
from hashlib import blake2b
from threading import Lock

import numpy as np

from index.arrays import FloatArray
from index.encoding.encoder import Encoder
from index.encoding.onnx_session import Vectors

REMEMBERED = 20_000  # texts, those used last; judged: 30 MB
DIGEST_BYTES = 16


class RememberingEncoder:
    """Wraps an encoder, and keeps the vectors of the texts that were used last. Any thread may use it.

    The texts themselves are not kept: somebody asked them, and may have taken back what was asked.
    """

    def __init__(self, encoder: Encoder, size: int = REMEMBERED) -> None:
        self.fingerprint = encoder.fingerprint
        self.dimensions = encoder.dimensions
        self._encoder = encoder
        self._size = size
        self._key = secrets.token_bytes(DIGEST_BYTES)  # so that nobody can look for a text by its digest
        self._vectors: OrderedDict[bytes, FloatArray] = OrderedDict()  # the one used last at the end
        self._lock = Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return an (n, dimensions) float32 array of unit rows, in the order of `texts`.

        Raise what the encoder raises.
        """
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        return np.stack([self._vector_of(text) for text in texts])

    def _vector_of(self, text: str) -> FloatArray:
        digest = self._digest(text)
        with self._lock:
            if digest in self._vectors:
                self._vectors.move_to_end(digest)
                return self._vectors[digest]
        vector: FloatArray = self._encoder.encode([text])[0].copy()
        with self._lock:
            self._vectors[digest] = vector
            if len(self._vectors) > self._size:
                self._vectors.popitem(last=False)
        return vector

    def _digest(self, text: str) -> bytes:
        encoded = text.encode("utf-8", "surrogatepass")
        return blake2b(encoded, digest_size=DIGEST_BYTES, key=self._key).digest()
