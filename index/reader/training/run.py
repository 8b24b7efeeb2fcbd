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
from index.reader.training.soft_labels import SoftLabels, soften
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
TAUGHT_ROUNDS, TAUGHT_CONTRASTS = 3.0, 1 / 3  # judged; the share of the contrasts that are among them
NETWORK_FILE = "network.onnx"

Weights = dict[str, torch.Tensor]


def train_reader(
    data: Path,
    first: Sequence[ExampleGroup],
    last: Sequence[ExampleGroup],
    contrasts: Sequence[ExampleGroup],
    soft_labels: SoftLabels,
    folder: Path,
    log: Log,
) -> Path:
    """Train on the public sets in `data`, then on judged questions; return the exported network's file in `folder`.

    Of the judged questions, those of `first` are gone through once, then those of `last` with half of `first` again,
    then most of them with public contrasts among them, and a part alone; then most of `contrasts` with a part of them,
    and a part of them alone: what comes last sets how often a sentence answers. The mean of what was learned before
    the contrasts and after then learns from the judged examples that have `soft_labels`, some contrasts among them.
    The network is the mean of what was learned before that and after. What is in `folder` from a run that was
    interrupted is gone on from.
    """
    folder.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(usable_cores())
    for path in sorted(data.glob("*.jsonl.gz")):
        with path.open("rb") as file:
            log(f"{path.name} sha256 {hashlib.file_digest(file, 'sha256').hexdigest()}")
    torch.manual_seed(SEED)
    network = ReaderNetwork(bundled_model_path())
    stages = _stages(data, list(first), [*last, *first], list(last), list(contrasts))
    train(network, stages, folder, SEED, log)
    untaught = mean_weights([_weights(folder, name) for name in AVERAGED])
    network.load_state_dict(untaught, strict=False)
    taught = _taught([*first, *last], list(contrasts), soft_labels)
    (folder / taught.name).mkdir(exist_ok=True)
    train(network, [taught], folder / taught.name, SEED, log)
    weights = mean_weights([untaught, _weights(folder / taught.name, taught.name)])
    network.load_state_dict(weights, strict=False)
    export_reader(network.eval(), folder / NETWORK_FILE)
    return folder / NETWORK_FILE


def mean_weights(states: Sequence[Weights]) -> Weights:
    """Return the mean of some weights of one network, by name."""
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


def _weights(folder: Path, stage: str) -> Weights:
    weights: Weights = torch.load(folder / f"{stage}.pt", weights_only=True, map_location="cpu")
    return weights


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


def _taught(
    judged: list[ExampleGroup], contrasts: list[ExampleGroup], soft_labels: SoftLabels
) -> TrainingStage:
    groups = [*soften(judged, soft_labels), *_share(contrasts, TAUGHT_CONTRASTS, 11)]
    tokens = tokenize(groups, load_tokenizer(bundled_model_path()), 33)
    return TrainingStage("taught", tokens, TAUGHT_ROUNDS, 7e-5, 1e-6, STILL_LOW)


def _share(groups: list[ExampleGroup], share: float, seed: int) -> list[ExampleGroup]:
    return random.Random(seed).sample(groups, int(len(groups) * share))  # noqa: S311 - nothing secret
