"""The exported network in bf16, run by OpenVINO on processors that compute in it."""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from index.encoding.onnx_session import Batch, Vectors, physical_cores


class NoBfloat16Error(Exception):
    """The processor does not compute in bf16, or the library cannot be loaded."""


class OpenVinoSession:
    """The network in bf16. For one thread at a time."""

    def __init__(self, path: Path, before: Callable[[], None]) -> None:
        """Compile the network at `path`; `before` is called before each batch. Raises NoBfloat16."""
        compiled = _compiled(path)
        self._before = before
        # Each works on a core of its own. Requests of several threads lock each other up in the bindings.
        self._requests = [compiled.create_infer_request() for _ in range(physical_cores())]

    def run(self, batches: Sequence[Batch]) -> Iterable[Vectors]:
        """Yield the unit rows (n, dimensions) of each batch, in order."""
        ahead = len(self._requests)
        for place in range(len(batches) + ahead):
            request = self._requests[place % ahead]
            if 0 <= place - ahead < len(batches):
                yield _rows(request)
            if place < len(batches):
                self._before()
                request.start_async(batches[place])


def _compiled(path: Path) -> Any:  # noqa: ANN401 - openvino has no types for mypy
    # Every import of OpenVINO is told to its maker through this library, which is installed with it.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    try:
        import openvino
    except ImportError as error:
        raise NoBfloat16Error from error
    core = openvino.Core()
    if "BF16" not in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
        raise NoBfloat16Error
    settings = {
        "INFERENCE_PRECISION_HINT": "bf16",
        "NUM_STREAMS": physical_cores(),
        "INFERENCE_NUM_THREADS": physical_cores(),
    }
    return core.compile_model(path, "CPU", settings)


def _rows(request: Any) -> Vectors:  # noqa: ANN401
    request.wait()
    vectors: Vectors = request.get_output_tensor().data.copy()  # the next batch is written to the same place
    return vectors
