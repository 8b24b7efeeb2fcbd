"""A teacher of two small layers of MPNet's form, drawn and not downloaded."""

from dataclasses import replace

import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import MPNetConfig, MPNetModel

from index.reader.passage import Passage
from index.reader.training import teacher
from index.reader.training.examples import DENIES, OTHER, REPORTS, Example, ExampleGroup
from index.reader.training.network import ReaderNetwork
from index.reader.training.soft_labels import passage_key
from index.reader.training.teacher import SCORED_ANSWERING, SCORED_SILENT, teach

WORDS = (
    "<s>",
    "<pad>",
    "</s>",
    "[UNK]",
    "did",
    "ada",
    "win",
    "won",
    "lost",
    "the",
    "race",
    "?",
    ".",
    "it",
    "rained",
)
PLACES = {word: place for place, word in enumerate(WORDS)}


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    """A folder with an encoder whose padding and marks are not BERT's."""
    folder = tmp_path_factory.mktemp("encoder")
    tokenizer = Tokenizer(models.WordLevel(PLACES, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("</s>", 2), ("<s>", 0))
    tokenizer.save(str(folder / "tokenizer.json"))
    torch.manual_seed(5)
    config = MPNetConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
    )
    MPNetModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


@pytest.fixture(autouse=True)
def no_public_sets(monkeypatch):
    monkeypatch.setattr(teacher, "stance_groups", lambda data, seed, most: [])
    monkeypatch.setattr(teacher, "STILL_LAYERS", 1)


def group(question="did ada win ?", count=9):
    examples = [Example(Passage("ada won the race .", "it rained"), 1.0, REPORTS)]
    examples += [Example(Passage("ada lost . " + "the " * n), 1.0, DENIES) for n in range(count // 2)]
    examples += [Example(Passage("it rained . " + "the " * n), 0.0, OTHER) for n in range(count)]
    return ExampleGroup("made up", question, examples)


def labels_of(encoder, folder, judged, log=lambda _: None):
    return teach(encoder, folder, judged, [group("did it ?", 2)], folder / "teacher", log)


def test_some_passages_of_each_question_are_given_chances(encoder, tmp_path):
    judged = [group(), group("did the race ?")]
    labels = labels_of(encoder, tmp_path, judged)
    assert len(labels) == 2 * (SCORED_ANSWERING + SCORED_SILENT)
    keys = {
        passage_key(one.question, example.passage.sentence): example
        for one in judged
        for example in one.examples
    }
    assert labels.keys() <= keys.keys()
    assert sum(keys[key].answers for key in labels) == 2 * SCORED_ANSWERING
    for label in labels.values():
        assert 0 < label.answers < 1
        assert sum(label.stances) == pytest.approx(1, abs=1e-3)


def test_the_teacher_learns_what_it_teaches(encoder, tmp_path, monkeypatch):
    monkeypatch.setattr(
        teacher, "TrainingStage", lambda *stage: replace(STAGE, name=stage[0], groups=stage[1], rounds=150)
    )
    labels = labels_of(encoder, tmp_path, [group(count=2)])
    won, rained = (
        labels[passage_key("did ada win ?", text)] for text in ("ada won the race .", "it rained . ")
    )
    assert won.answers > 0.8 > 0.3 > rained.answers
    assert won.stances[REPORTS] > 0.6
    assert rained.stances[OTHER] > 0.6


STAGE = teacher.TrainingStage("", [], 1.0, 3e-3, 1e-3)


def test_what_was_scored_before_an_interruption_is_kept(encoder, tmp_path, monkeypatch):
    monkeypatch.setattr(teacher, "PART", 1)
    judged = [group(), group("did the race ?")]
    heard = []

    def stopping(line):
        heard.append(line)
        if "1/2 questions" in line:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        labels_of(encoder, tmp_path, judged, stopping)
    again = []
    labels = labels_of(encoder, tmp_path, judged, again.append)
    assert [line for line in again if "questions" in line] == ["soft labels of 2/2 questions"]
    assert labels == labels_of(encoder, tmp_path / "whole", judged)


def test_chances_of_other_passages_are_not_taken_for_those_of_these(encoder, tmp_path):
    first = labels_of(encoder, tmp_path, [group()])
    other = labels_of(encoder, tmp_path, [group("did the race ?")])
    assert len(other) == len(first)
    assert other.keys().isdisjoint(first.keys())
    assert other == labels_of(encoder, tmp_path / "fresh", [group("did the race ?")])


def test_padding_that_is_not_nought_changes_no_output(encoder):
    network = ReaderNetwork(encoder).eval()
    alone = torch.tensor([[0, 4, 5, 2, 7, 2]])
    padded = torch.cat([alone, torch.zeros(1, 3, dtype=torch.long)], dim=1)
    mask = torch.tensor([[1] * 6 + [0] * 3])
    with torch.no_grad():
        expected = network(alone, torch.zeros_like(alone), torch.ones_like(alone))
        got = network(padded, torch.zeros_like(padded), mask)
    for one, other in zip(expected, got, strict=True):
        torch.testing.assert_close(one, other, atol=1e-5, rtol=0)
