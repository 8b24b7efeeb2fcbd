"""A teacher's soft labels of judged passages, kept as hashes and chances (Hinton, Vinyals and Dean 2015)."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from index.reader.training.examples import Example, ExampleGroup, SoftLabel

HASH_BYTES = 8
STEPS = 255  # of a chance, which is kept in one byte

SoftLabels = dict[int, SoftLabel]


def passage_key(question: str, sentence: str) -> int:
    """Return the number by which a sentence under a question is known."""
    text = f"{question.strip()}\n{sentence}".encode()
    return int.from_bytes(hashlib.sha256(text).digest()[:HASH_BYTES], "big")


def write_soft_labels(labels: SoftLabels, target: Path) -> None:
    """Write soft labels to the file `target`, in the order of their keys, each chance rounded to one byte."""
    keys = sorted(labels)
    rows = np.array([[labels[key].answers, *labels[key].stances] for key in keys], np.float32)
    with target.open("wb") as file:
        np.savez_compressed(
            file, keys=np.array(keys, np.uint64), chances=np.rint(rows * STEPS).astype(np.uint8)
        )


def read_soft_labels(source: Path) -> SoftLabels:
    """Return what `write_soft_labels` wrote."""
    with np.load(source, allow_pickle=False) as kept:
        keys, chances = kept["keys"].tolist(), kept["chances"].astype(np.float64) / STEPS
    stances = chances[:, 1:] / chances[:, 1:].sum(axis=1, keepdims=True)
    return {
        key: SoftLabel(answers, tuple(row))
        for key, answers, row in zip(keys, chances[:, 0].tolist(), stances.tolist(), strict=True)
    }


def soften(groups: Sequence[ExampleGroup], labels: SoftLabels) -> list[ExampleGroup]:
    """Return the groups with those examples alone that have a soft label, and with it; without the empty ones."""
    taught = [replace(group, examples=_with_labels(group, labels)) for group in groups]
    return [group for group in taught if group.examples]


def _with_labels(group: ExampleGroup, labels: SoftLabels) -> list[Example]:
    found = [(one, labels.get(passage_key(group.question, one.passage.sentence))) for one in group.examples]
    return [replace(one, soft=soft) for one, soft in found if soft]
