"""The training loop: stages of batches, with checkpoints to go on from."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch

from index.reader.training.batches import Batch, TokenGroup, batches
from index.reader.training.loss import reader_loss
from index.reader.training.network import ReaderNetwork

Log = Callable[[str], None]

WARM_UP_STEPS = 60  # judged
HEAD_RATE = 5.0  # learning rate of the new heads, in times that of the layers; judged
CHECKPOINT_STEPS = 60  # some minutes of work that an interruption may cost; judged
LOG_STEPS = 20
MAX_GRADIENT = 1.0  # norm; standard: BERT's
CHECKPOINT = "checkpoint.pt"


@dataclass(frozen=True, slots=True)
class TrainingStage:
    """A part of the training: its groups, how often they are gone through, and the learning rates at its ends.

    The lowest `still_layers` stay as they are: with half of them, a step takes two thirds of the time.
    """

    name: str
    groups: Sequence[TokenGroup]
    rounds: float
    first_rate: float
    last_rate: float
    still_layers: int = 0


@dataclass(slots=True)
class Progress:
    """How far training has come: the stage, and the steps done in it."""

    stage: int = 0
    step: int = 0


def train(network: ReaderNetwork, stages: Sequence[TrainingStage], folder: Path, seed: int, log: Log) -> None:
    """Train `network` in place, on an accelerator where there is one; go on from the checkpoint in `folder`.

    A checkpoint of other weights, stages, groups or labels is not gone on from: the training begins anew.
    """
    torch.manual_seed(seed)
    network.to("cuda" if torch.cuda.is_available() else "cpu")
    network.hold_still(0)
    optimizer = _optimizer(network, stages[0].first_rate)
    inputs = fingerprint(network, stages, seed)
    progress = _load(folder / CHECKPOINT, network, optimizer, inputs, log)

    def save() -> None:
        _save(folder / CHECKPOINT, network, optimizer, progress, inputs)

    while progress.stage < len(stages):
        stage = stages[progress.stage]
        _run_stage(network, optimizer, stage, progress, seed, log, save)
        torch.save(network.trained_state(), folder / f"{stage.name}.pt")
        progress.stage, progress.step = progress.stage + 1, 0
        save()
    network.cpu()


def fingerprint(network: ReaderNetwork, stages: Sequence[TrainingStage], seed: int) -> str:
    """Return a hash of all that a training begins with: weights, stages, groups and labels."""
    digest = hashlib.sha256(str(seed).encode())
    for name, weights in network.trained_state().items():
        digest.update(name.encode() + weights.cpu().numpy().tobytes())
    for stage in stages:
        digest.update(repr(replace(stage, groups=())).encode())
        for group in stage.groups:
            digest.update(str(group.weight).encode())
            tokens = (*group.questions, *(part for passage in group.passages for part in passage))
            for ids in tokens:
                digest.update(ids.tobytes() + b"/")
            for labels in (group.answers, group.stances):
                digest.update(labels.tobytes())
    return digest.hexdigest()


def _run_stage(
    network: ReaderNetwork,
    optimizer: torch.optim.Optimizer,
    stage: TrainingStage,
    progress: Progress,
    seed: int,
    log: Log,
    save: Callable[[], None],
) -> None:
    one_round = sum(1 for _ in batches(stage.groups, seed))
    total = max(1, round(one_round * stage.rounds))
    network.train()
    network.hold_still(stage.still_layers)
    started, pairs, losses = time.monotonic(), 0, 0.0
    for step, batch in enumerate(_endless(stage.groups, seed)):
        if step >= total:
            break
        if step < progress.step:
            continue
        # Dropout is the same after a restart.
        torch.manual_seed(seed * 1_000_003 + progress.stage * 100_003 + step)
        _set_rate(optimizer, stage, step, total, first=progress.stage == 0)
        losses += _step(network, optimizer, batch)
        pairs += len(batch.answers)
        progress.step = step + 1
        if progress.step % LOG_STEPS == 0:
            rate = pairs / (time.monotonic() - started)
            log(f"{stage.name} {progress.step}/{total} loss {losses / LOG_STEPS:.3f} {rate:.1f} pairs/s")
            losses = 0.0
        if progress.step % CHECKPOINT_STEPS == 0:
            save()


def _endless(groups: Sequence[TokenGroup], seed: int) -> Iterator[Batch]:
    for number in range(1_000_000):
        yield from batches(groups, seed + number)


def _step(network: ReaderNetwork, optimizer: torch.optim.Optimizer, batch: Batch) -> float:
    device = next(network.parameters()).device
    parts = (batch.ids, batch.types, batch.mask, batch.answers, batch.stances, batch.weights, batch.groups)
    ids, types, mask, *targets = [torch.from_numpy(part).to(device) for part in parts]
    with torch.autocast(device.type, torch.bfloat16):
        answer, stance = network(ids, types, mask)
    loss = reader_loss(answer.float(), stance.float(), *targets)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_([one for one in network.parameters() if one.requires_grad], MAX_GRADIENT)
    optimizer.step()
    return float(loss.detach())


def _optimizer(network: ReaderNetwork, rate: float) -> torch.optim.Optimizer:
    layers = [
        one for name, one in network.named_parameters() if one.requires_grad and name.startswith("bert")
    ]
    heads = [one for name, one in network.named_parameters() if not name.startswith("bert")]
    groups: list[dict[str, Any]] = [
        {"params": [one for one in layers if one.ndim > 1], "weight_decay": 0.01, "scale": 1.0},
        {"params": [one for one in layers if one.ndim <= 1], "weight_decay": 0.0, "scale": 1.0},
        {"params": heads, "weight_decay": 0.01, "scale": HEAD_RATE},
    ]
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), eps=1e-6, fused=True)


def _set_rate(
    optimizer: torch.optim.Optimizer, stage: TrainingStage, step: int, total: int, first: bool
) -> None:
    """Set the learning rate: from the stage's first to its last in a line, from 0 at the very start."""
    rate = stage.first_rate + (stage.last_rate - stage.first_rate) * step / total
    if first:
        rate *= min(1.0, (step + 1) / WARM_UP_STEPS)
    for group in optimizer.param_groups:
        group["lr"] = rate * group["scale"]


def _save(
    path: Path, network: ReaderNetwork, optimizer: torch.optim.Optimizer, progress: Progress, inputs: str
) -> None:
    """Write a checkpoint, whole or not at all."""
    state = {
        "inputs": inputs,
        "network": network.trained_state(),
        "optimizer": optimizer.state_dict(),
        "progress": asdict(progress),
    }
    unfinished = path.with_suffix(".unfinished")
    torch.save(state, unfinished)
    unfinished.replace(path)


def _load(
    path: Path, network: ReaderNetwork, optimizer: torch.optim.Optimizer, inputs: str, log: Log
) -> Progress:
    if not path.exists():
        return Progress()
    state = torch.load(path, weights_only=True, map_location="cpu")
    if state.get("inputs") != inputs:
        log(f"{path} is of another training: beginning anew")
        return Progress()
    network.load_state_dict(state["network"], strict=False)
    optimizer.load_state_dict(state["optimizer"])
    log(f"going on: {json.dumps(state['progress'])}")
    return Progress(**state["progress"])
