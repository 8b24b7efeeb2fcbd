import os
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from index.encoding import onnx_session
from index.encoding.onnx_session import OnnxSession


class Network:
    """Stands in for an InferenceSession: returns the ids, and remembers in which threads it ran."""

    def __init__(self):
        self.threads = set()

    def get_outputs(self):
        return [SimpleNamespace(shape=["n", 7])]

    def run(self, _, batch):
        self.threads.add(threading.current_thread().name)
        return [batch["ids"]]


def batches(count):
    return [{"ids": np.full((1, 1), number)} for number in range(count)]


def test_batches_come_back_in_order(monkeypatch):
    monkeypatch.setattr(onnx_session, "usable_cores", lambda: 3)
    session = OnnxSession(Network())
    assert session.dimensions == 7
    assert [rows.item() for rows in session.run(batches(20))] == list(range(20))
    assert list(session.run([])) == []


def test_one_batch_stays_in_the_callers_thread():
    network = Network()
    list(OnnxSession(network).run(batches(1)))
    assert network.threads == {threading.current_thread().name}
    network.threads.clear()
    list(OnnxSession(network).run(batches(2)))
    assert threading.current_thread().name not in network.threads


def test_own_threads_share_the_weights_and_have_a_callback_of_their_own():
    network, calls = Network(), []
    session = OnnxSession(network)
    other = session.with_own_threads(lambda: calls.append(1))
    assert other._session is session._session
    assert other._threads is not session._threads
    list(session.run(batches(3)))
    assert not calls
    list(other.run(batches(3)))
    assert len(calls) == 3


def test_the_library_keeps_nothing_of_its_own_at_home(tmp_path):
    """With its telemetry on it writes a number for the machine there, and reports to its makers."""
    code = (
        "import index.reader; from pathlib import Path; from index.reader.reader import Reader\n"
        "from index.reader.passage import Passage; from index.encoding.encoder import bundled_model_path\n"
        "reader = Reader(Path(index.reader.__file__).with_name('network.onnx'), bundled_model_path())\n"
        "print(reader.read('Did it?', [Passage('It did.')]).answer.shape)"
    )
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment | {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert done.stdout == "(1,)\n"
    assert list(tmp_path.iterdir()) == []
