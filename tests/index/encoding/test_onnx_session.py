import threading
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
