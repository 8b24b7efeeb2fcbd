"""The exported network against the one in torch, and how the reader runs it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import numpy as np
import pytest
import torch

from index.encoding.encoder import bundled_model_path
from index.reader.pair_tokenizer import PairTokenizer
from index.reader.passage import Passage
from index.reader.reader import STANCES, Reader
from index.reader.training import examples
from index.reader.training.batches import pad
from index.reader.training.export import export_reader

QUESTION = "Did the bridge in Norwick close?"
PASSAGES = [
    Passage("The harbour bridge in Norwick closed on Monday.", "Bridge closed", "Engineers found cracks."),
    Passage("No."),
    Passage("Mayor Ada Fenn denied that the bridge would close.", "The mayor speaks"),
    Passage("Wheat prices rose by nine percent in October, said the statistics office. " * 4, "Wheat"),
    Passage("", "Only a headline", ""),
]


@pytest.fixture(scope="module")
def network_file(network, tmp_path_factory):
    target = tmp_path_factory.mktemp("reader") / "network.onnx"
    export_reader(network, target)
    return target


@pytest.fixture(scope="module")
def reader(network_file):
    return Reader(network_file, bundled_model_path())


def test_the_readings_are_those_of_the_network_that_was_exported(reader, network, tokenizer):
    parts = pad(PairTokenizer(tokenizer).encode(QUESTION, PASSAGES))
    with torch.no_grad():
        answer, stance = network(*map(torch.from_numpy, parts))
    read = reader.read(QUESTION, PASSAGES)
    np.testing.assert_allclose(read.answer, answer.numpy(), atol=0.1)
    np.testing.assert_allclose(read.stance, torch.log_softmax(stance, -1).numpy(), atol=0.1)
    assert np.ptp(read.answer) > 0.2  # else the comparison says nothing


def test_a_passage_is_read_the_same_alone_and_among_others(reader):
    together = reader.read(QUESTION, PASSAGES)
    assert together.stance.shape == (len(PASSAGES), len(STANCES))
    for row, passage in enumerate(PASSAGES):
        alone = reader.read(QUESTION, [passage])
        assert np.array_equal(alone.answer, together.answer[row : row + 1])
        assert np.array_equal(alone.stance, together.stance[row : row + 1])


def test_many_may_read_at_once(reader):
    expected = reader.read(QUESTION, PASSAGES)
    with ThreadPoolExecutor(6) as threads:
        results = list(threads.map(lambda _: reader.read(QUESTION, PASSAGES), range(12)))
    assert all(np.array_equal(one.answer, expected.answer) for one in results)
    assert all(np.array_equal(one.stance, expected.stance) for one in results)


def test_nothing_is_loaded_before_the_first_passage_is_read():
    absent = Reader(Path("nowhere", "network.onnx"), bundled_model_path())
    read = absent.read(QUESTION, [])
    assert (read.answer.shape, read.stance.shape) == ((0,), (0, len(STANCES)))
    with pytest.raises(Exception, match="nowhere"):
        absent.read(QUESTION, PASSAGES[:1])


def test_the_network_is_loaded_once(network_file, monkeypatch):
    import onnxruntime

    loads = []
    real = onnxruntime.InferenceSession
    monkeypatch.setattr(
        onnxruntime, "InferenceSession", lambda *given, **named: loads.append(1) or real(*given, **named)
    )
    lazy = Reader(network_file, bundled_model_path())
    assert not loads
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: lazy.read(QUESTION, PASSAGES[:2]), range(4)))
    assert loads == [1]


def test_it_is_loaded_beside_other_work_and_once(network_file, monkeypatch):
    import onnxruntime

    loads, may_go_on = [], Event()

    def load(*given, **named):
        assert may_go_on.wait(30)
        loads.append(1)
        return real(*given, **named)

    real = onnxruntime.InferenceSession
    monkeypatch.setattr(onnxruntime, "InferenceSession", load)
    early = Reader(network_file, bundled_model_path())
    for _ in range(3):
        early.load_soon()
    assert not loads, "it does not wait for the network"
    may_go_on.set()
    assert early.read(QUESTION, PASSAGES).answer.shape == (len(PASSAGES),)
    early.load_soon()
    assert loads == [1]


def test_what_failed_beside_other_work_is_told_by_the_first_reading():
    absent = Reader(Path("nowhere", "network.onnx"), bundled_model_path())
    absent.load_soon()
    with pytest.raises(Exception, match="nowhere"):
        absent.read(QUESTION, PASSAGES[:1])


def test_the_stances_are_those_that_were_trained():
    assert STANCES == examples.STANCES
