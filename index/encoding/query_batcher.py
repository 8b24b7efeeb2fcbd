"""Questions that are asked at the same moment are encoded in one go."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future

import numpy as np

from index.encoding.encoder import Encoder
from index.encoding.onnx_session import Vectors


class BatchingEncoder:
    """Wraps an encoder for many threads: whoever's turn it is encodes for all that wait by then.

    One after the other each would load the weights from memory anew; together they are read once.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._waiting: list[tuple[Sequence[str], Future[Vectors]]] = []
        self._lock = threading.Lock()  # over the list
        self._turn = threading.Lock()  # held by the one who encodes
        self.fingerprint = encoder.fingerprint
        self.dimensions = encoder.dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return an (n, dimensions) float32 array of unit rows, in the order of `texts`; raises what encoding does."""
        mine: Future[Vectors] = Future()
        with self._lock:
            self._waiting.append((texts, mine))
        with self._turn:
            if not mine.done():  # nobody has encoded these along with their own
                self._encode_all()
        return mine.result()

    def _encode_all(self) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, []
        try:
            vectors = self._encoder.encode([text for texts, _ in waiting for text in texts])
        except BaseException as error:  # noqa: BLE001 - whatever it was, all who wait must hear of it
            for _, future in waiting:
                future.set_exception(error)
            return
        ends = np.cumsum([len(texts) for texts, _ in waiting])
        for (_, future), rows in zip(waiting, np.split(vectors, ends[:-1]), strict=True):
            future.set_result(rows)
