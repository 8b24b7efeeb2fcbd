"""A teacher: a reader from a larger encoder, too large to ship, whose chances the small one learns from."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from index.encoding.onnx_session import usable_cores
from index.encoding.tokenizer import load_tokenizer
from index.reader.pair_tokenizer import join_parts
from index.reader.training.batches import TokenGroup, pad, tokenize
from index.reader.training.examples import ExampleGroup, SoftLabel
from index.reader.training.network import ReaderNetwork
from index.reader.training.public_sets import stance_groups
from index.reader.training.soft_labels import SoftLabels, passage_key
from index.reader.training.trainer import Log, TrainingStage, fingerprint, train

SEED = 1
STILL_LAYERS = 6  # of MPNet's twelve; judged: it halves the time
PUBLIC_CONTRASTS = 6_000  # pairs of claim and sentence, among our contrasts; judged
CONTRAST_ROUNDS = 0.4  # judged: an hour and a half of two cores for both stages
SCORED_ANSWERING, SCORED_SILENT = 3, 4  # examples of a question that are given soft labels; judged
SCORED_TOKENS = 6_000  # read at once, padding included
PART = 500  # groups whose soft labels are kept together, to go on from
SCORED_FILE = "scored-{}.npz"


def teach(
    encoder: Path,
    data: Path,
    judged: Sequence[ExampleGroup],
    contrasts: Sequence[ExampleGroup],
    folder: Path,
    log: Log,
) -> SoftLabels:
    """Train a teacher from the sentence encoder in `encoder`, and return its soft labels of `judged`.

    It learns from a part of `contrasts` and of public sets in `data`, then from `judged` once. What is in `folder` from a
    run that was interrupted is gone on from.
    """
    folder.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(usable_cores())
    torch.manual_seed(SEED)
    tokenizer = load_tokenizer(encoder)
    network = ReaderNetwork(encoder)
    first = [*contrasts, *stance_groups(data, 21, PUBLIC_CONTRASTS)]
    stages = [
        TrainingStage("contrasts", tokenize(first, tokenizer, 31), CONTRAST_ROUNDS, 5e-5, 4e-5, STILL_LAYERS),
        TrainingStage("judged", tokenize(judged, tokenizer, 32), 1.0, 4e-5, 2e-6, STILL_LAYERS),
    ]
    train(network, stages, folder, SEED, log)
    network.eval()
    trained = fingerprint(network, [], SEED)
    labels: SoftLabels = {}
    drawn = _drawn(judged)
    for at in range(0, len(drawn), PART):
        part = drawn[at : at + PART]
        file = folder / SCORED_FILE.format(at)
        keys = [passage_key(group.question, one.passage.sentence) for group in part for one in group.examples]
        rows = _kept_chances(file, keys, trained)
        if rows is None:
            rows = _chances(network, tokenize(part, tokenizer, SEED))
            _keep_chances(file, keys, trained, rows)
            log(f"soft labels of {at + len(part)}/{len(drawn)} questions")
        labels |= {
            key: SoftLabel(row[0], tuple(row[1:])) for key, row in zip(keys, rows.tolist(), strict=True)
        }
    return labels


def _kept_chances(file: Path, keys: list[int], trained: str) -> np.ndarray | None:
    """Return the chances of the passages `keys` that a teacher gave before, None where it was another or gave none."""
    if not file.exists():
        return None
    with np.load(file, allow_pickle=False) as kept:
        is_same = str(kept["trained"]) == trained and kept["keys"].tolist() == keys
        return np.asarray(kept["chances"]) if is_same else None


def _keep_chances(file: Path, keys: list[int], trained: str, chances: np.ndarray) -> None:
    """Write chances to `file`, whole or not at all."""
    unfinished = file.with_suffix(".unfinished")
    with unfinished.open("wb") as target:
        np.savez(target, keys=np.array(keys, np.uint64), chances=chances, trained=np.array(trained))
    unfinished.replace(file)


def _drawn(groups: Sequence[ExampleGroup]) -> list[ExampleGroup]:
    """Return the groups with some of their examples."""
    rng = random.Random(SEED)  # noqa: S311 - nothing secret
    drawn = []
    for group in groups:
        order = rng.sample(group.examples, len(group.examples))
        answering = [one for one in order if one.answers != 0][:SCORED_ANSWERING]
        silent = [one for one in order if one.answers == 0][:SCORED_SILENT]
        drawn.append(replace(group, examples=[*answering, *silent]))
    return drawn


def _chances(network: ReaderNetwork, groups: Sequence[TokenGroup]) -> np.ndarray:
    """Return the chance that each passage answers and those of its stances, (n, 5)."""
    sequences = [
        join_parts(group.questions[0], *passage, group.marks)
        for group in groups
        for passage in group.passages
    ]
    order = np.argsort([len(ids) for ids, _ in sequences], kind="stable")
    chances = np.zeros((len(sequences), 5), np.float32)
    for places in _parts(order, sequences):
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            answer, stance = network(
                *(torch.from_numpy(one) for one in pad([sequences[at] for at in places]))
            )
        chances[places, 0] = torch.sigmoid(answer.float()).numpy()
        chances[places, 1:] = torch.softmax(stance.float(), -1).numpy()
    return chances


def _parts(order: np.ndarray, sequences: Sequence[tuple[np.ndarray, int]]) -> Iterator[np.ndarray]:
    """Yield places, from short sequences to long ones, as many at once as SCORED_TOKENS allow."""
    start = 0
    for end in range(1, len(order) + 1):
        if end == len(order) or (end + 1 - start) * len(sequences[order[end]][0]) > SCORED_TOKENS:
            yield order[start:end]
            start = end
