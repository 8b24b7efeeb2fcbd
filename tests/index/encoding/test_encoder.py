import json
import pickle
import shutil
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encoding import encoder as encoder_module
from index.encoding.encoder import (
    BATCH_TOKENS,
    ReferenceEncoder,
    _batches,
    bundled_model_path,
    installed_exports,
    load_encoder,
)
from index.errors import BrokenIndex

TEXTS = [
    "Did Trump call Putin?",
    "The Kremlin denied that the two had spoken.",
    "Wheat prices rose by nine percent in October.",
    "",
    "日本の首相が辞任した。",
    "word " * 400,
]


def test_the_export_gives_what_sentence_transformers_gives(encoder):
    reference = ReferenceEncoder(str(bundled_model_path())).encode(TEXTS)
    vectors = encoder.encode(TEXTS)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert np.allclose((vectors * reference).sum(axis=1), 1.0, atol=1e-5)


def test_order_and_company_do_not_matter(encoder):
    together = encoder.encode(TEXTS)
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert np.allclose(together, alone, atol=1e-4)


def test_many_batches_come_back_in_the_order_of_the_texts(encoder):
    texts = [f"Number {number} " + "of the wheat harvest " * (number % 13) for number in range(60)]
    assert len(list(_batches([len(text.split()) for text in texts]))) > 2
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert np.allclose(encoder.encode(texts), alone, atol=1e-4)


def test_a_batch_holds_what_it_may_and_every_row_stands_in_one():
    lengths = [3, 256, 9, 200, 1, 3, 400, 2]
    batches = list(_batches(lengths))
    assert sorted(np.concatenate(batches).tolist()) == list(range(len(lengths)))
    for rows in batches:
        assert len(rows) == 1 or max(lengths[row] for row in rows) * len(rows) <= BATCH_TOKENS


def test_of_a_long_text_its_beginning_is_read(encoder):
    beginning = "The harbour bridge in Norwick closed on Monday. " * 40
    assert np.array_equal(*encoder.encode([beginning, beginning + "Wheat prices rose."]))
    assert not np.allclose(
        *encoder.encode(["The bridge closed.", "The bridge closed. Wheat prices rose."]), atol=1e-2
    )


def test_nothing_gives_nothing(encoder):
    assert encoder.encode([]).shape == (0, encoder.dimensions)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=300), max_size=4))
def test_any_text_gives_unit_rows(encoder, texts):
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), encoder.dimensions)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)


def test_a_network_without_its_weights_is_exported_anew(encoder, models, monkeypatch, tmp_path):
    (network,) = models.glob("*.onnx")
    (tmp_path / network.name).write_bytes(network.read_bytes())

    def export(_model, target):
        for path in models.glob(f"{network.stem}.*"):
            (target.parent / path.name).write_bytes(path.read_bytes())

    monkeypatch.setattr(encoder_module, "export_network", export)
    assert np.allclose(load_encoder(None, tmp_path).encode(TEXTS[:1]), encoder.encode(TEXTS[:1]))
    monkeypatch.setattr(encoder_module, "export_network", None)  # the second time there is nothing to export
    assert load_encoder(None, tmp_path).fingerprint == encoder.fingerprint


def test_another_model_has_another_fingerprint(encoder):
    assert ReferenceEncoder(str(bundled_model_path())).fingerprint != encoder.fingerprint


def test_a_model_that_is_none_is_refused_in_words(tmp_path):
    with pytest.raises(BrokenIndex, match="VERBATIM_MODEL"):
        load_encoder(str(tmp_path), tmp_path)


def test_an_export_that_was_installed_is_used_and_nothing_is_exported(encoder, models, monkeypatch, tmp_path):
    monkeypatch.setattr(encoder_module.sys, "prefix", str(tmp_path / "venv"))
    installed_exports().mkdir(parents=True)
    for path in models.glob(f"{encoder.network.stem}.*"):
        (installed_exports() / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(encoder_module, "export_network", None)
    found = load_encoder(None, tmp_path / "exports")
    assert found.network.parent == installed_exports()
    assert found.fingerprint == encoder.fingerprint
    assert np.allclose(found.encode(TEXTS[:1]), encoder.encode(TEXTS[:1]))
    assert not (tmp_path / "exports").exists()


@pytest.mark.parametrize("model", [None, "some-model"])
def test_what_cannot_be_done_without_torch_is_told(monkeypatch, tmp_path, model):
    for name in ("torch", "sentence_transformers"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(BrokenIndex, match=r"not installed here.*pip install \."):
        load_encoder(model, tmp_path / "exports")


class Payload:
    """What runs code when it is unpickled."""

    def __init__(self, proof):
        self.proof = str(proof)

    def __reduce__(self):
        return (open, (self.proof, "w"))


def test_a_model_whose_weights_are_pickled_is_refused_and_runs_nothing(tmp_path):
    proof, model = tmp_path / "it-ran", tmp_path / "model"
    shutil.copytree(bundled_model_path(), model, ignore=shutil.ignore_patterns("*.safetensors"))
    (model / "pytorch_model.bin").write_bytes(pickle.dumps(Payload(proof)))
    with pytest.raises(BrokenIndex, match="its weights in safetensors"):
        load_encoder(str(model), tmp_path)
    assert not proof.exists()


def test_a_model_that_brings_code_of_its_own_is_refused_and_runs_nothing(tmp_path):
    proof, model = tmp_path / "it-ran", tmp_path / "model"
    shutil.copytree(bundled_model_path(), model)
    (model / "own.py").write_text(f"open({str(proof)!r}, 'w')\nclass Own: ...\n")
    modules = json.loads((model / "modules.json").read_text())
    modules[0]["type"] = "own.Own"
    (model / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(BrokenIndex, match="could not be loaded"):
        load_encoder(str(model), tmp_path)
    config = json.loads((model / "config.json").read_text())
    config["auto_map"] = {"AutoModel": "own.Own", "AutoConfig": "own.Own"}
    config["model_type"] = "own"
    (model / "config.json").write_text(json.dumps(config))
    shutil.copy(bundled_model_path() / "modules.json", model)
    with pytest.raises(BrokenIndex, match="could not be loaded"):
        load_encoder(str(model), tmp_path)
    assert not proof.exists()
