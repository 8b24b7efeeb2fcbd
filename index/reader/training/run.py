"""Train the reader: transfer from public sets, then adapt to judged questions (Garg, Vu and Moschitti 2020, "TandA")."""

import hashlib
import random
from collections.abc import Sequence
from pathlib import Path

import torch

from index.encoding.encoder import bundled_model_path
from index.encoding.onnx_session import usable_cores
from index.encoding.tokenizer import load_tokenizer
from index.reader.training.batches import TokenGroup, tokenize
from index.reader.training.examples import ExampleGroup
from index.reader.training.export import export_reader
from index.reader.training.network import ReaderNetwork
from index.reader.training.public_sets import public_groups, stance_groups
from index.reader.training.trainer import Log, TrainingStage, train

SEED = 1  # of everything that is drawn
# Judged: with judged questions at hand, more of the public sets adds little; see docs/reader.md.
PUBLIC_ROUNDS = 0.218
PUBLIC_CONTRASTS = (
    25_000  # pairs of claim and sentence that support or refute it, among judged questions; judged
)
STILL_LAYERS, STILL_LOW = 3, 2  # of the later stages: the lowest layers have learned by then; judged
# Of the judged questions, beside our contrasts and after them; judged.
CONTRAST_SHARE, CLOSING_SHARE = 0.3, 0.22
# Stages whose outcomes are averaged (Wortsman et al. 2022, "model soups"): measured, better than either.
AVERAGED = ("alone", "closing")
NETWORK_FILE = "network.onnx"


def train_reader(
    data: Path,
    first: Sequence[ExampleGroup],
    last: Sequence[ExampleGroup],
    contrasts: Sequence[ExampleGroup],
    folder: Path,
    log: Log,
) -> Path:
    """Train on the public sets in `data`, then on judged questions; return the exported network's file in `folder`.

    Of the judged questions, those of `first` are gone through once, then those of `last` with half of `first` again,
    then most of them with public contrasts among them, and a part alone; then most of `contrasts` with a part of them,
    and a part of them alone: what comes last sets how often a sentence answers. The network is the mean of what was
    learned before the contrasts and after. What is in `folder` from a run that was interrupted is gone on from.
    """
    folder.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(usable_cores())
    for path in sorted(data.glob("*.jsonl.gz")):
        with path.open("rb") as file:
            log(f"{path.name} sha256 {hashlib.file_digest(file, 'sha256').hexdigest()}")
    stages = _stages(data, list(first), [*last, *first], list(last), list(contrasts))
    torch.manual_seed(SEED)
    network = ReaderNetwork(bundled_model_path())
    train(network, stages, folder, SEED, log)
    network.load_state_dict(mean_weights([folder / f"{name}.pt" for name in AVERAGED]), strict=False)
    export_reader(network.eval(), folder / NETWORK_FILE)
    return folder / NETWORK_FILE


def mean_weights(files: Sequence[Path]) -> dict[str, torch.Tensor]:
    """Return the mean of the weights in some files of one network, by name."""
    states = [torch.load(path, weights_only=True, map_location="cpu") for path in files]
    return {name: sum(state[name] for state in states) / len(states) for name in states[0]}


def _stages(
    data: Path,
    first: list[ExampleGroup],
    judged: list[ExampleGroup],
    last: list[ExampleGroup],
    contrasts: list[ExampleGroup],
) -> list[TrainingStage]:
    """Return what is gone through one after another; the learning rates at both ends of each stage are judged."""
    tokenizer = load_tokenizer(bundled_model_path())

    def tokens(groups: list[ExampleGroup], seed: int) -> list[TokenGroup]:
        return tokenize(groups, tokenizer, seed)

    public = stance_groups(data, 21, PUBLIC_CONTRASTS)
    beside, closing = (
        _share(judged, share, seed) for seed, share in ((9, CONTRAST_SHARE), (10, CLOSING_SHARE))
    )
    return [
        TrainingStage("public", tokens(list(public_groups(data, 11)), 11), PUBLIC_ROUNDS, 1.5e-4, 1.137e-4),
        TrainingStage("judged", tokens(first, 11), 1.0, 1.1e-4, 8e-5),
        TrainingStage("judged again", tokens([*last, *_share(first, 0.5, 5)], 12), 1.0, 8e-5, 2e-6),
        TrainingStage("mixed", tokens([*judged, *public], 14), 0.6, 9e-5, 4e-5, STILL_LAYERS),
        TrainingStage("alone", tokens(judged, 15), 0.45, 4e-5, 1e-6, STILL_LAYERS),
        TrainingStage("contrasts", tokens([*contrasts, *beside], 31), 0.75, 8e-5, 4e-5, STILL_LOW),
        TrainingStage("closing", tokens(closing, 32), 1.0, 4e-5, 1e-6, STILL_LOW),
    ]


def _share(groups: list[ExampleGroup], share: float, seed: int) -> list[ExampleGroup]:
    return random.Random(seed).sample(groups, int(len(groups) * share))  # noqa: S311 - nothing secret
