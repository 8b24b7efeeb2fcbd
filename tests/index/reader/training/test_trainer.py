"""The training loop with a network of two layers, which takes no time."""

from dataclasses import replace

import pytest
import torch
from torch import nn

from index.reader.training import batches as batches_module
from index.reader.training import trainer
from index.reader.training.trainer import CHECKPOINT, TrainingStage, train
from tests.index.reader.training.harness import token_group

STAGES = [
    TrainingStage("first", [token_group(100 + 10 * n, [1.0, 0.0, 0.0], length=n % 4) for n in range(24)], 1.5, 1e-2, 5e-3),
    TrainingStage("second", [token_group(500 + 10 * n, [0.0, 1.0], length=n % 3) for n in range(16)], 1.0, 5e-3, 1e-3),
]  # fmt: skip


class TwoLayers(nn.Module):
    """As much of the reader's network as the loop knows, with dropout."""

    def __init__(self):
        super().__init__()
        self.bert = nn.Embedding(1_000, 8)
        self.dropout = nn.Dropout(0.3)
        self.answer_head, self.stance_head = nn.Linear(8, 1), nn.Linear(8, 4)

    def forward(self, ids, types, mask):
        states = self.bert(ids) * (mask + types).unsqueeze(-1)
        pooled = self.dropout(states.sum(1) / mask.sum(1, keepdim=True))
        return self.answer_head(pooled).squeeze(-1), self.stance_head(pooled)

    def hold_still(self, layers):
        self.bert.weight.requires_grad = not layers

    def trained_state(self):
        return self.state_dict()


@pytest.fixture(autouse=True)
def small_steps(monkeypatch):
    monkeypatch.setattr(batches_module, "BATCH_TOKENS", 60)
    monkeypatch.setattr(trainer, "CHECKPOINT_STEPS", 4)
    monkeypatch.setattr(trainer, "LOG_STEPS", 1)


def fresh():
    torch.manual_seed(7)
    return TwoLayers()


def trained(folder, log=lambda _: None, stages=STAGES):
    folder.mkdir(exist_ok=True)
    network = fresh()
    train(network, stages, folder, 1, log)
    return network.state_dict()


def stopping_after(lines):
    """A log that stops the training, as Ctrl-C does, at its line number `lines`."""
    heard = []

    def log(line):
        heard.append(line)
        if len(heard) == lines:
            raise KeyboardInterrupt

    return log


def equal(left, right):
    return all(torch.equal(left[name], right[name]) for name in left)


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches_module, "BATCH_TOKENS", 60)
        lines = []
        return trained(tmp_path_factory.mktemp("whole") / "run", lines.append), lines


@pytest.mark.parametrize("lines", [2, 4, 7, 23])
def test_a_training_that_was_interrupted_ends_the_same(tmp_path, uninterrupted, lines):
    with pytest.raises(KeyboardInterrupt):
        trained(tmp_path, stopping_after(lines))
    heard = []
    assert equal(trained(tmp_path, heard.append), uninterrupted[0])
    assert heard[0].startswith("going on") == (lines > 4)


def test_training_changes_the_weights_and_lowers_the_loss(tmp_path):
    losses = []
    weights = trained(tmp_path, lambda line: losses.append(float(line.split("loss ")[1].split()[0])))
    assert not equal(weights, fresh().state_dict())
    stage = losses[: len(losses) // 2]
    assert sum(stage[-5:]) < sum(stage[:5])


def test_each_stage_leaves_its_weights(tmp_path):
    weights = trained(tmp_path)
    assert equal(torch.load(tmp_path / "second.pt", weights_only=True), weights)
    assert not equal(torch.load(tmp_path / "first.pt", weights_only=True), weights)
    assert (tmp_path / CHECKPOINT).is_file()
    assert not list(tmp_path.glob("*.unfinished"))


def test_a_finished_training_is_not_done_again(tmp_path):
    weights = trained(tmp_path)
    heard = []
    assert equal(trained(tmp_path, heard.append), weights)
    assert len(heard) == 1


def in_two_trainings(folder, log):
    """Train in two parts, the second with layers held still, as `verbatim train` does."""
    network = fresh()
    for name, stage in zip(("one", "two"), STAGES, strict=True):
        (folder / name).mkdir(exist_ok=True, parents=True)
        train(network, [replace(stage, still_layers=1)], folder / name, 1, log)
    return network.state_dict()


def test_a_second_training_in_one_process_can_be_gone_on_from_in_another(tmp_path):
    lines = []
    whole = in_two_trainings(tmp_path / "whole", lines.append)
    with pytest.raises(KeyboardInterrupt):
        in_two_trainings(tmp_path / "run", stopping_after(len(lines) - 1))
    heard = []
    assert equal(in_two_trainings(tmp_path / "run", heard.append), whole)
    assert [line.split(":")[0] for line in heard[:2]] == ["going on", "going on"]


@pytest.mark.parametrize("what", ["labels", "rate", "start"])
def test_what_was_trained_otherwise_is_begun_anew(tmp_path, what):
    trained(tmp_path)
    group = STAGES[0].groups[0]
    network, stages = fresh(), list(STAGES)
    if what == "labels":
        stages[0] = replace(
            stages[0], groups=[replace(group, answers=1 - group.answers), *stages[0].groups[1:]]
        )
    elif what == "rate":
        stages[1] = replace(stages[1], last_rate=2e-3)
    else:
        network.answer_head.bias.data += 1.0
    heard = []
    train(network, stages, tmp_path, 1, heard.append)
    assert heard[0].endswith("is of another training: beginning anew")
    assert heard[1].startswith("first 1/")


def test_the_learning_rate_rises_at_the_start_and_then_falls():
    network = fresh()
    optimizer = trainer._optimizer(network, 1e-2)
    rates = []
    for step in (0, 30, 59, 100, 199):
        trainer._set_rate(optimizer, STAGES[0], step, 200, first=True)
        rates.append([group["lr"] for group in optimizer.param_groups])
    layers = [rate[0] for rate in rates]
    assert layers[0] < layers[1] < layers[2] > layers[3] > layers[4] > STAGES[0].last_rate
    assert all(rate[2] == pytest.approx(trainer.HEAD_RATE * rate[0]) for rate in rates)


def test_layers_that_are_held_still_do_not_change(tmp_path):
    held = trained(tmp_path, stages=[replace(stage, still_layers=1) for stage in STAGES])
    before = fresh().state_dict()
    assert torch.equal(held["bert.weight"], before["bert.weight"])
    assert not torch.equal(held["answer_head.weight"], before["answer_head.weight"])
