import numpy as np
import pytest

from index.encoding import onnx_export
from index.encoding.encoder import BundledEncoder, bundled_model_path
from index.encoding.onnx_export import export_network, is_exported


def test_the_weights_stand_beside_the_network_and_both_are_needed(models, tmp_path):
    (source,) = models.glob("*.onnx")
    network = tmp_path / "network.onnx"
    network.write_bytes(source.read_bytes())
    assert not is_exported(network)
    (tmp_path / "network.weights").touch()
    assert is_exported(network)
    network.unlink()
    assert not is_exported(network)


def test_an_export_that_fails_leaves_nothing(monkeypatch, tmp_path):
    def fail(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr(onnx_export, "_save_with_external_weights", fail)
    with pytest.raises(OSError, match="disk is full"):
        export_network(bundled_model_path(), tmp_path / "network.onnx")
    assert list(tmp_path.iterdir()) == []


def test_an_export_gives_the_vectors_of_the_one_before(encoder, tmp_path):
    network = tmp_path / "new" / "network.onnx"
    export_network(bundled_model_path(), network)
    assert is_exported(network)
    texts = ["Wheat prices rose in Norwick.", "The ferry of Ashby is late."]
    found = BundledEncoder.load(bundled_model_path(), network).encode(texts)
    assert np.allclose(found, encoder.encode(texts), atol=1e-5)
