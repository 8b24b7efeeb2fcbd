from collections import Counter

import pytest
import torch

from index.reader.passage import Passage
from index.reader.training import run
from index.reader.training.examples import Example, ExampleGroup, SoftLabel
from index.reader.training.run import NETWORK_FILE, train_reader
from index.reader.training.soft_labels import passage_key


def groups(source, count):
    return [
        ExampleGroup(source, f"Who {number}?", [Example(Passage("Ada."), 1.0)]) for number in range(count)
    ]


@pytest.fixture
def seen(monkeypatch):
    """What the training is called with, which is not done."""
    calls = {}

    class NoNetwork:
        def __init__(self, encoder):
            calls["encoder"] = encoder

        def eval(self):
            return self

        def load_state_dict(self, weights, strict):
            calls.setdefault("weights", []).append(weights["layer"].item())

    def no_training(network, stages, folder, seed, log):
        calls.setdefault("trainings", []).append(stages)
        for number, stage in enumerate(stages):
            torch.save({"layer": torch.tensor([2.0 * number])}, folder / f"{stage.name}.pt")

    monkeypatch.setattr(run, "ReaderNetwork", NoNetwork)
    monkeypatch.setattr(run, "train", no_training)
    monkeypatch.setattr(run, "tokenize", lambda groups, tokenizer, seed: groups)
    monkeypatch.setattr(run, "export_reader", lambda network, target: target.write_bytes(b"network"))
    monkeypatch.setattr(run, "public_groups", lambda data, seed: iter(groups("public", 3)))
    monkeypatch.setattr(run, "stance_groups", lambda data, seed, most: groups("contrast", 2))
    return calls


LABELS = {
    passage_key(question, "Ada."): SoftLabel(0.5, (0.25,) * 4) for question in ("Who 1?", "Who 3?", "Who 77?")
}


def trained(folder, log):
    return train_reader(
        folder, groups("judged", 10), groups("own", 2), groups("written", 6), LABELS, folder / "run", log
    )


def test_at_last_a_teachers_labels_are_learned_from_among_contrasts(tmp_path, seen):
    trained(tmp_path, lambda _: None)
    _, [taught] = seen["trainings"]
    assert taught.name == "taught"
    kept = Counter((group.source, group.examples[0].soft is not None) for group in taught.groups)
    assert kept == {("judged", True): 2, ("own", True): 1, ("written", False): 2}


def test_public_sets_come_first_and_then_judged_questions(tmp_path, seen):
    lines = []
    (tmp_path / "some.jsonl.gz").write_bytes(b"rows")
    target = trained(tmp_path, lines.append)
    assert target == tmp_path / "run" / NETWORK_FILE
    assert target.read_bytes() == b"network"
    stages, _ = seen["trainings"]
    sources = {stage.name: [group.source for group in stage.groups] for stage in stages}
    judged, own = ["judged"] * 10, ["own"] * 2
    assert sources.pop("contrasts")[:6] == ["written"] * 6
    assert len(sources.pop("closing")) == 2
    assert sources == {
        "public": ["public"] * 3,
        "judged": judged,
        "judged again": own + ["judged"] * 5,
        "mixed": own + judged + ["contrast"] * 2,
        "alone": own + judged,
    }
    assert [stage.name for stage in stages][-2:] == ["contrasts", "closing"]
    assert all(stage.first_rate > stage.last_rate for stage in stages)
    assert [stage.still_layers > 0 for stage in stages] == [False, False, False, True, True, True, True]
    untaught = (2.0 * 4 + 2.0 * 6) / 2  # "alone" and "closing"
    assert seen["weights"] == [untaught, (untaught + 0) / 2]  # and "taught"
    [line] = lines
    assert line.startswith("some.jsonl.gz sha256 ")
