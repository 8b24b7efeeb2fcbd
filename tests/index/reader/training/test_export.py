import numpy as np
import pytest

from index.reader.training.export import export_reader


@pytest.fixture(scope="module")
def exported(network, tmp_path_factory):
    target = tmp_path_factory.mktemp("export") / "network.onnx"
    export_reader(network, target)
    return target


def run(path, embedded, mask):
    import onnxruntime

    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    return session.run(["answer", "stance"], {"embedded": embedded, "mask": mask})


def test_padding_changes_nothing_but_rounding(exported):
    embedded = np.random.default_rng(0).normal(0, 0.05, (1, 9, 384)).astype(np.float32)
    answer, stance = run(exported, embedded, np.ones((1, 9), np.int64))
    padded = np.concatenate([embedded, np.full((1, 6, 384), 0.05, np.float32)], axis=1)
    mask = np.array([[1] * 9 + [0] * 6])
    answer_padded, stance_padded = run(exported, padded, mask)
    np.testing.assert_allclose(answer_padded, answer, atol=0.1)
    np.testing.assert_allclose(stance_padded, stance, atol=0.1)
    unmasked, _ = run(exported, padded, np.ones_like(mask))
    assert abs(unmasked - answer).max() > abs(answer_padded - answer).max()


def test_stances_are_logarithms_of_chances(exported):
    embedded = np.random.default_rng(1).normal(0, 0.05, (3, 5, 384)).astype(np.float32)
    answer, stance = run(exported, embedded, np.ones((3, 5), np.int64))
    assert (answer.shape, stance.shape) == ((3,), (3, 4))
    np.testing.assert_allclose(np.exp(stance).sum(axis=1), 1, atol=1e-5)


def test_the_file_is_small_and_nothing_unfinished_is_left(exported):
    assert 8_000_000 < exported.stat().st_size < 13_000_000
    assert list(exported.parent.iterdir()) == [exported]


def test_an_export_that_fails_leaves_the_old_file(network, tmp_path, monkeypatch):
    target = tmp_path / "network.onnx"
    target.write_bytes(b"old")
    monkeypatch.setattr("torch.onnx.export", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export_reader(network, target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
