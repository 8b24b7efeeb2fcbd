import pytest
import torch

from index.reader.passage import Passage
from index.reader.training import run
from index.reader.training.examples import Example, ExampleGroup
from index.reader.training.run import NETWORK_FILE, train_reader


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
            calls["weights"] = weights

    def no_training(network, stages, folder, seed, log):
        calls.update(stages=stages, folder=folder)
        for number, stage in enumerate(stages):
            torch.save({"layer": torch.tensor([2.0 * number])}, folder / f"{stage.name}.pt")

    monkeypatch.setattr(run, "ReaderNetwork", NoNetwork)
    monkeypatch.setattr(run, "train", no_training)
    monkeypatch.setattr(run, "tokenize", lambda groups, tokenizer, seed: groups)
    monkeypatch.setattr(run, "export_reader", lambda network, target: target.write_bytes(b"network"))
    monkeypatch.setattr(run, "public_groups", lambda data, seed: iter(groups("public", 3)))
    monkeypatch.setattr(run, "stance_groups", lambda data, seed, most: groups("contrast", 2))
    return calls


def test_public_sets_come_first_and_then_judged_questions(tmp_path, seen):
    lines = []
    (tmp_path / "some.jsonl.gz").write_bytes(b"rows")
    target = train_reader(
        tmp_path, groups("judged", 10), groups("own", 4), groups("written", 6), tmp_path / "run", lines.append
    )
    assert target == tmp_path / "run" / NETWORK_FILE
    assert target.read_bytes() == b"network"
    stages = seen["stages"]
    sources = {stage.name: [group.source for group in stage.groups] for stage in stages}
    judged, own = ["judged"] * 10, ["own"] * 4
    assert sources.pop("contrasts")[:6] == ["written"] * 6
    assert len(sources.pop("closing")) == 3
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
    assert seen["weights"]["layer"].item() == (2.0 * 4 + 2.0 * 6) / 2  # "alone" and "closing"
    [line] = lines
    assert line.startswith("some.jsonl.gz sha256 ")
