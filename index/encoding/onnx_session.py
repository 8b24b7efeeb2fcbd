"""The exported network, run by ONNX Runtime on padded batches of tokens."""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
TokenBatch = dict[str, NDArray[np.int64]]  # `ids` and `mask`, both (n, tokens)


def load_onnxruntime() -> Any:  # noqa: ANN401 - a library without types
    """Return the library, which reports its use to its makers, and keeps a number for it, unless it is told not to."""
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # read while it is imported
    import onnxruntime

    return onnxruntime


class Session(Protocol):
    """What runs the network of an encoder: in which library, precision and threads."""

    def run(self, batches: Sequence[TokenBatch]) -> Iterable[Vectors]:
        """Yield the unit rows (n, dimensions), float32, of each batch, in order."""
        ...


class OnnxSession:
    """The network in fp32. Any thread may use it.

    A batch keeps to one core, and each core works on its own batch: measured on two cores, a third more
    batches a second than with all cores on one batch after the other, and a query leaves the other cores to
    the queries beside it.
    """

    def __init__(self, session: Any, before_batch: Callable[[], None] | None = None) -> None:  # noqa: ANN401
        """Wrap an `onnxruntime.InferenceSession`; `before_batch` is called in the thread of each batch."""
        self._session = session
        self._before_batch = before_batch
        self._threads = ThreadPoolExecutor(usable_cores(), "encoding")
        self.dimensions: int = session.get_outputs()[0].shape[1]

    @classmethod
    def load(cls, network: Path) -> Self:
        """Load the exported network from its file."""
        onnxruntime = load_onnxruntime()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_mem_pattern = False  # every batch has another shape
        return cls(onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"]))

    def with_own_threads(self, before_batch: Callable[[], None]) -> Self:
        """Return a session of the same loaded weights with its own threads and its own `before_batch`."""
        return type(self)(self._session, before_batch)

    def run(self, batches: Sequence[TokenBatch]) -> Iterable[Vectors]:
        """Yield the unit rows (n, dimensions), float32, of each batch, in order."""
        return (map if len(batches) == 1 else self._threads.map)(self._run_one, batches)

    def _run_one(self, batch: TokenBatch) -> Vectors:
        if self._before_batch:
            self._before_batch()
        vectors: Vectors = self._session.run(None, batch)[0]
        return vectors


def usable_cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
