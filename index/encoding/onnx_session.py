"""The exported network, run on padded batches of tokens."""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Batch = dict[str, NDArray[np.int64]]  # `ids` and `mask`, both (n, tokens)
Run = Callable[[Sequence[Batch]], Iterable[Vectors]]  # the unit rows (n, dimensions) of each batch, in order


class OnnxSession:
    """The network in fp32. Any thread may use it.

    A batch keeps to one core and every core has a batch of its own: a third more of them in a second than with
    all cores on one batch after the other, and a question leaves the other cores to those asked beside it.
    """

    def __init__(self, session: Any, before: Callable[[], None] | None = None) -> None:  # noqa: ANN401
        """`before` is called before each batch."""
        self._session = session
        self._before = before
        self._pool = ThreadPoolExecutor(physical_cores(), "encoding")
        self.dimensions: int = session.get_outputs()[0].shape[1]

    @classmethod
    def load(cls, path: Path) -> Self:
        """Load the network."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_mem_pattern = False  # every batch has another shape
        return cls(onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"]))

    def separate(self, before: Callable[[], None]) -> Self:
        """Return the same network with threads of its own, and with something to do before each batch."""
        return type(self)(self._session, before)

    def run(self, batches: Sequence[Batch]) -> Iterable[Vectors]:
        """Yield the unit rows (n, dimensions) of each batch, in order."""
        return (map if len(batches) == 1 else self._pool.map)(self._run, batches)

    def _run(self, batch: Batch) -> Vectors:
        if self._before:
            self._before()
        vectors: Vectors = self._session.run(None, batch)[0]
        return vectors


def physical_cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
