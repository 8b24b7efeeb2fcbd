import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from index.encoding import openvino_session
from index.encoding.openvino_session import NoBfloat16Error, OpenVinoSession

TEXTS = ["Wheat prices rose in Norwick.", "The ferry of Ashby is late.", "The bridge closed on Monday."]


class Request:
    """An infer request of OpenVINO that doubles its input, and whose result the next start overwrites."""

    def start_async(self, batch):
        self.tensor = SimpleNamespace(data=batch["ids"] * 2)

    def wait(self):
        pass

    def get_output_tensor(self):
        return self.tensor


@pytest.mark.parametrize("batches", range(8))
def test_batches_come_back_in_order_however_many_there_are(monkeypatch, batches):
    compiled, calls = SimpleNamespace(create_infer_request=Request), []
    monkeypatch.setattr(openvino_session, "_compile", lambda _: compiled)
    monkeypatch.setattr(openvino_session, "usable_cores", lambda: 3)
    session = OpenVinoSession("network.onnx", lambda: calls.append(1))
    found = list(session.run([{"ids": np.full((1, 1), number)} for number in range(batches)]))
    assert [rows.item() for rows in found] == [2 * number for number in range(batches)]
    assert len(calls) == batches


def test_a_processor_without_bf16_is_refused(monkeypatch):
    core = SimpleNamespace(get_property=lambda *_: ["FP32", "INT8"])
    monkeypatch.setitem(sys.modules, "openvino", SimpleNamespace(Core=lambda: core))
    monkeypatch.setitem(sys.modules, "openvino_telemetry", None)
    with pytest.raises(NoBfloat16Error):
        OpenVinoSession("network.onnx", lambda: None)


@pytest.mark.parametrize("texts", [1, 2, 3])
def test_fewer_batches_than_cores_come_back_too(encoder, bf16, texts):
    session = OpenVinoSession(encoder.network, lambda: None)
    found = encoder.with_session(session).encode(TEXTS[:texts])
    assert np.allclose((found * encoder.encode(TEXTS[:texts])).sum(axis=1), 1, atol=1e-3)


def test_openvino_does_not_tell_its_maker(models):
    pytest.importorskip("openvino")
    code = (
        "import sys; from pathlib import Path; from index.encoding import openvino_session\n"
        "try: openvino_session._compile(Path(sys.argv[1]))\n"
        "except openvino_session.NoBfloat16Error: pass\n"
        "print(sys.modules['openvino_telemetry'], 'openvino' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(next(models.glob("*.onnx")))]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["None", "True"]
