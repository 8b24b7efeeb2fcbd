"""What articles are encoded with: the questions' model, out of the questions' way, and quicker where it can be."""

import threading
from collections.abc import Callable, Sequence
from importlib.util import find_spec

from index.encoding.encoder import BundledEncoder, Encoder
from index.encoding.onnx_session import Vectors

MIN_TEXTS_FOR_BF16 = 400  # texts: with fewer at once it does not pay to load another library


class PassageEncoder:
    """Encodes passages that go with the questions of an encoder. Any thread may use it.

    With OpenVINO installed, on a processor that computes in bf16, many passages at once are encoded so. They rank
    as those in fp32 do, so that an index may hold both.
    """

    def __init__(self, encoder: Encoder, before: Callable[[], None]) -> None:
        """`before` is called before each batch: it may wait, for what is more urgent."""
        self._before = before
        self._exact = encoder
        if isinstance(encoder, BundledEncoder):
            self._exact = encoder.with_backend(encoder.network.separate(before).run)
        self._quick: Encoder | None = None
        self._lock = threading.Lock()  # the quick one is for one thread at a time
        self.fingerprint = encoder.fingerprint
        self.dimensions = encoder.dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return an (n, dimensions) float32 array of unit rows, in the order of `texts`."""
        if len(texts) < MIN_TEXTS_FOR_BF16:
            return self._exact.encode(texts)
        with self._lock:
            self._quick = self._quick or self._bf16()
            return self._quick.encode(texts)

    def _bf16(self) -> Encoder:
        if not isinstance(self._exact, BundledEncoder) or not find_spec("openvino"):
            return self._exact
        from index.encoding.openvino_session import NoBfloat16Error, OpenVinoSession

        try:
            return self._exact.with_backend(OpenVinoSession(self._exact.exported, self._before).run)
        except NoBfloat16Error:
            return self._exact
