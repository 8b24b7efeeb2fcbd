"""The encoder of passages: the queries' weights in sessions of their own, in bf16 where that is faster."""

import threading
from collections.abc import Callable, Sequence
from importlib.util import find_spec

from index.encoding.encoder import BundledEncoder, Encoder
from index.encoding.onnx_session import Vectors

# Judged: a batch in bf16 takes 4/7 of the time (measured on two cores), but loading OpenVINO takes seconds.
MIN_TEXTS_FOR_BF16 = 400


class PassageEncoder:
    """Encodes passages that are searched with the queries of `encoder`. Any thread may use it.

    The bundled model runs in a session of its own, so that queries wait for no passage. With OpenVINO
    installed, on a processor that computes in bf16, many passages at once are encoded in bf16. They rank as
    those in fp32 do, so that one index may hold both.
    """

    def __init__(self, encoder: Encoder, before_batch: Callable[[], None]) -> None:
        """`before_batch` is called before each batch; it may block, for what is more urgent."""
        self._before_batch = before_batch
        self._fp32 = encoder
        if isinstance(encoder, BundledEncoder):
            self._fp32 = encoder.with_session(encoder.onnx_session.with_own_threads(before_batch))
        self._bf16: Encoder | None = None  # loaded when first needed
        self._bf16_lock = threading.Lock()  # its session is for one thread at a time
        self.fingerprint = encoder.fingerprint
        self.dimensions = encoder.dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return an (n, dimensions) float32 array of unit rows, in the order of `texts`."""
        if len(texts) < MIN_TEXTS_FOR_BF16:
            return self._fp32.encode(texts)
        with self._bf16_lock:
            self._bf16 = self._bf16 or self._load_bf16()
            return self._bf16.encode(texts)

    def _load_bf16(self) -> Encoder:
        """Return the encoder in bf16, or the one in fp32 where bf16 cannot be had."""
        if not isinstance(self._fp32, BundledEncoder) or not find_spec("openvino"):
            return self._fp32
        from index.encoding.openvino_session import NoBfloat16Error, OpenVinoSession

        try:
            return self._fp32.with_session(OpenVinoSession(self._fp32.network, self._before_batch))
        except NoBfloat16Error:
            return self._fp32
