"""Dynamic batching: queries that wait at the same moment are encoded in one call."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future

import numpy as np

from index.encoding.encoder import Encoder
from index.encoding.onnx_session import Vectors


class BatchingEncoder:
    """Wraps an encoder for many threads: the thread that gets to encode does so for all that wait by then.

    Encoded one after the other, each query would load the weights from memory anew; in one batch they are
    read once.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._waiting: list[tuple[Sequence[str], Future[Vectors]]] = []
        self._waiting_lock = threading.Lock()
        self._encoding_lock = threading.Lock()
        self.fingerprint = encoder.fingerprint
        self.dimensions = encoder.dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return an (n, dimensions) float32 array of unit rows, in the order of `texts`.

        Raise what the encoder raises, also when another thread's texts in the same batch are at fault.
        """
        own: Future[Vectors] = Future()
        with self._waiting_lock:
            self._waiting.append((texts, own))
        with self._encoding_lock:
            if not own.done():  # no other thread has encoded these along with its own
                self._encode_waiting()
        return own.result()

    def _encode_waiting(self) -> None:
        with self._waiting_lock:
            waiting, self._waiting = self._waiting, []
        try:
            vectors = self._encoder.encode([text for texts, _ in waiting for text in texts])
        except BaseException as error:  # noqa: BLE001 - whatever it was, every waiting thread must get it
            for _, future in waiting:
                future.set_exception(error)
            return
        ends = np.cumsum([len(texts) for texts, _ in waiting])
        for (_, future), rows in zip(waiting, np.split(vectors, ends[:-1]), strict=True):
            future.set_result(rows)
