"""Candidates -> ranked, without doubles, spread over articles. All weights are in `ranking.json` beside this."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.features import NAMES

SAME = 0.92  # similarity above which two sentences are one voice
PER_ARTICLE = 2  # quotes of one article among the first
AMONG_FIRST = 5

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One candidate in its final place: its position among the candidates, its score, those it stands for."""

    position: int
    score: float
    also: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Trees:
    """Gradient-boosted trees, all nodes side by side.

    Node i of tree t sends a row to `left[t, i]` when its `feature[t, i]` is at most `threshold[t, i]`, else to
    `right[t, i]`; a leaf points to itself and adds `value[t, i]`. Fitted by LightGBM (Ke et al. 2017).
    """

    feature: NDArray[np.int32]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]
    depth: int

    @classmethod
    def read(cls, trees: Sequence[dict[str, Any]]) -> "Trees":
        """Read trees from lists of nodes `[feature, threshold, left, right]` or `[value]`."""
        size = max(len(tree["nodes"]) for tree in trees)
        shape = (len(trees), size)
        own = np.broadcast_to(np.arange(size, dtype=np.int32), shape)
        read = cls(
            feature=np.zeros(shape, np.int32),
            threshold=np.zeros(shape, np.float32),
            left=own.copy(),
            right=own.copy(),
            value=np.zeros(shape, np.float32),
            depth=max(tree["depth"] for tree in trees),
        )
        for place, tree in enumerate(trees):
            for node, fields in enumerate(tree["nodes"]):
                if len(fields) == 1:
                    read.value[place, node] = fields[0]
                else:
                    read.feature[place, node] = NAMES.index(fields[0])
                    read.threshold[place, node], read.left[place, node], read.right[place, node] = fields[1:]
        return read

    def score(self, matrix: Matrix) -> Matrix:
        """Return the sum over all trees for each row of an (n, len(NAMES)) matrix."""
        trees = np.arange(len(self.feature))[None, :]
        rows = np.arange(len(matrix))[:, None]
        node = np.zeros((len(matrix), len(self.feature)), dtype=np.int32)
        for _ in range(self.depth):
            below = matrix[rows, self.feature[trees, node]] <= self.threshold[trees, node]
            node = np.where(below, self.left[trees, node], self.right[trees, node])
        total: Matrix = self.value[trees, node].sum(axis=1, dtype=np.float32)
        return total


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that was fitted: the trees, and what decides whether the best candidates answer at all."""

    trees: Trees
    silence: dict[str, float]
    threshold: float

    @classmethod
    def read(cls, text: str) -> "Model":
        """Read a model as `verbatim eval --fit` writes it."""
        fitted = json.loads(text)
        return cls(Trees.read(fitted["trees"]), fitted["silence"]["weights"], fitted["silence"]["threshold"])


@cache
def bundled_model() -> Model:
    """Return the ranking that comes with Verbatim."""
    return Model.read((files("index") / "ranking.json").read_text("utf-8"))


def arrange(scores: Matrix, vectors: Matrix, rows: Sequence[int]) -> Iterator[Ranked]:
    """Yield candidates best first, each voice once, and at first no more than two of one article.

    `scores` (n,), `vectors` (n, d) and `rows`, the article of each, describe the candidates. What an article
    has beyond PER_ARTICLE comes after AMONG_FIRST others, or when there is nothing else.
    """
    order = np.argsort(-scores, kind="stable")
    groups = _voices(order, vectors)
    held: list[Ranked] = []
    counts: dict[int, int] = {}
    shown = 0
    for group in groups:
        ranked = Ranked(group[0], float(scores[group[0]]), tuple(group[1:]))
        row = rows[group[0]]
        if shown < AMONG_FIRST and counts.get(row, 0) >= PER_ARTICLE:
            held.append(ranked)
            continue
        counts[row] = counts.get(row, 0) + 1
        shown += 1
        yield ranked
        if shown == AMONG_FIRST:
            yield from held
            held = []
    yield from held


def _voices(order: NDArray[np.intp], vectors: Matrix) -> list[list[int]]:
    """Group near-identical sentences behind the best of them, in order of those."""
    groups: list[list[int]] = []
    left = order
    while len(left):
        same = vectors[left] @ vectors[left[0]] >= SAME
        same[0] = True
        groups.append(left[same].tolist())
        left = left[~same]
    return groups
