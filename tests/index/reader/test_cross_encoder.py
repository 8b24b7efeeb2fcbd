"""A small CrossEncoder of sentence-transformers, made here, in the place of our answering head."""

import numpy as np
import pytest
import torch
from sentence_transformers import CrossEncoder
from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

from index.archive import Archive
from index.encoding.encoder import bundled_model_path
from index.errors import BrokenIndex
from index.reader.cross_encoder import SCALES_FILE, Scale, read_scale, write_scale
from index.reader.load import bundled_reader, cross_encoder_reader, load_reader
from index.reader.passage import Passage
from tests.index.conftest import BRIDGE

QUESTION = "Did the bridge in Norwick close?"
PASSAGES = [
    Passage("The harbour bridge in Norwick closed on Monday.", "Bridge closed", "Engineers found cracks."),
    Passage("Wheat prices rose by nine percent in October.", "Wheat"),
    Passage("No."),
]


def make_model(folder, labels=1):
    """Save a model that nobody trained; its figures differ from passage to passage."""
    torch.manual_seed(5)
    tokenizer = AutoTokenizer.from_pretrained(bundled_model_path())
    shape = BertConfig(
        vocab_size=tokenizer.vocab_size,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=labels,
        initializer_range=0.9,
    )
    BertForSequenceClassification(shape).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return str(folder)


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return make_model(tmp_path_factory.mktemp("other"))


def test_it_answers_and_ours_tells_the_stance(model):
    read = cross_encoder_reader(model, Scale(2.0, -1.0)).read(QUESTION, PASSAGES)
    texts = [
        "Bridge closed Engineers found cracks. The harbour bridge in Norwick closed on Monday.",
        "Wheat Wheat prices rose by nine percent in October.",
        "No.",
    ]
    plain = CrossEncoder(model, device="cpu", activation_fn=torch.nn.Identity())
    given = plain.predict([(QUESTION, text) for text in texts])
    assert np.ptp(given) > 0.1  # else the comparison says nothing
    np.testing.assert_allclose(read.answer, 2.0 * given - 1.0, atol=1e-4)
    ours = bundled_reader().read(QUESTION, PASSAGES)
    np.testing.assert_array_equal(read.stance, ours.stance)


def test_a_passage_is_read_the_same_alone_and_among_others(model):
    reader = cross_encoder_reader(model, Scale(1.0, 0.0))
    together = reader.read(QUESTION, PASSAGES)
    for row, passage in enumerate(PASSAGES):
        alone = reader.read(QUESTION, [passage])
        np.testing.assert_allclose(alone.answer, together.answer[row : row + 1], atol=1e-3)
    assert reader.read(QUESTION, []).answer.shape == (0,)


def test_what_reads_in_the_background_is_the_same_model_and_gives_way(model):
    waits = []
    reader = cross_encoder_reader(model, Scale(1.0, 0.5))
    patient = reader.giving_way(lambda: waits.append(1))
    np.testing.assert_allclose(
        patient.read(QUESTION, PASSAGES).answer, reader.read(QUESTION, PASSAGES).answer, atol=1e-4
    )
    assert len(waits) == len(PASSAGES)


def test_scales_of_several_models_are_kept(tmp_path):
    write_scale(tmp_path, "another", Scale(1.0, 0.0))
    assert write_scale(tmp_path, "this", Scale(0.5, 0.25)) == tmp_path / SCALES_FILE
    assert read_scale(tmp_path, "this") == Scale(0.5, 0.25)
    assert read_scale(tmp_path, "another") == Scale(1.0, 0.0)


@pytest.mark.parametrize("broken", ["", "[]", '{"m": 1}', '{"m": {"slope": "x", "shift": 0}}'])
def test_a_broken_file_of_scales_is_told(tmp_path, broken):
    (tmp_path / SCALES_FILE).write_text(broken, "utf-8")
    with pytest.raises(BrokenIndex, match="not calibrated"):
        read_scale(tmp_path, "m")


def test_a_model_that_is_none_is_told(tmp_path):
    absent = cross_encoder_reader(str(tmp_path / "nowhere"), Scale(1.0, 0.0))
    with pytest.raises(BrokenIndex, match=r"nowhere.* cannot be loaded"):
        absent.read(QUESTION, PASSAGES[:1])
    many = cross_encoder_reader(make_model(tmp_path / "three", labels=3), Scale(1.0, 0.0))
    with pytest.raises(BrokenIndex, match="gives 3 figures a pair"):
        many.read(QUESTION, PASSAGES[:1])


def test_an_archive_answers_with_it(model, tmp_path, encoder, monkeypatch):
    write_scale(tmp_path, model, Scale(1.0, 0.0))
    reader = load_reader(model, tmp_path)
    read, logits = [], reader._other.logits
    monkeypatch.setattr(reader._other, "logits", lambda pairs: (read.extend(pairs), logits(pairs))[1])
    with Archive(tmp_path, encoder, reader=reader) as archive:
        archive.add([BRIDGE])
        answer = archive.ask("Why did the harbour bridge in Norwick close?")
    assert read
    assert answer.quotes
    assert all(quote.text in BRIDGE.text for quote in answer.quotes)
