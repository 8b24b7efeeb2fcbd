"""The exported network in bf16, run by OpenVINO on processors that compute in bf16."""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from index.encoding.onnx_session import TokenBatch, Vectors, usable_cores


class NoBfloat16Error(Exception):
    """The processor does not compute in bf16, or OpenVINO cannot be imported."""


class OpenVinoSession:
    """The network in bf16. For one thread at a time."""

    def __init__(self, network: Path, before_batch: Callable[[], None]) -> None:
        """Compile the network in the file `network`; `before_batch` is called before each batch.

        Raise NoBfloat16Error when this machine cannot run it in bf16.
        """
        compiled = _compile(network)
        self._before_batch = before_batch
        # Each works on a core of its own. Requests started by several threads block each other in the
        # bindings.
        self._requests = [compiled.create_infer_request() for _ in range(usable_cores())]

    def run(self, batches: Sequence[TokenBatch]) -> Iterable[Vectors]:
        """Yield the unit rows (n, dimensions), float32, of each batch, in order."""
        ahead = len(self._requests)
        for position in range(len(batches) + ahead):
            request = self._requests[position % ahead]
            if 0 <= position - ahead < len(batches):
                yield _result(request)
            if position < len(batches):
                self._before_batch()
                request.start_async(batches[position])


def _compile(network: Path) -> Any:  # noqa: ANN401 - openvino has no types for mypy
    # OpenVINO reports its use to its maker through this package, which is installed with it: keep it out.
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
        "NUM_STREAMS": usable_cores(),
        "INFERENCE_NUM_THREADS": usable_cores(),
    }
    return core.compile_model(network, "CPU", settings)


def _result(request: Any) -> Vectors:  # noqa: ANN401
    request.wait()
    vectors: Vectors = request.get_output_tensor().data.copy()  # the next batch overwrites the tensor
    return vectors
