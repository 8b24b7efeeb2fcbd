"""Candidates -> ranked, without doubles, spread over articles. All weights are in `ranking.json` beside this."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.aim import Aim, straight, weights_of
from index.features import NAMES

SAME = 0.92  # similarity above which two sentences are one voice
PER_ARTICLE = 2  # quotes of one article among the first ...
AMONG_FIRST = 5  # ... so many
ANSWERS = 1.0  # score below the best one's within which another sentence answers too

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
    """Everything that was fitted: the aim, the trees, and what decides whether the best candidates answer at all."""

    aim: Aim
    trees: Trees
    silence: dict[str, float]
    threshold: float

    @classmethod
    def read(cls, text: str) -> "Model":
        """Read a model as `verbatim eval --fit` writes it."""
        fitted = json.loads(text)
        sides = (np.array(fitted["aim"][side], dtype=np.float32) for side in ("left", "right"))
        return cls(
            Aim(fitted["aim"]["model"], *sides),
            Trees.read(fitted["trees"]),
            fitted["silence"]["weights"],
            fitted["silence"]["threshold"],
        )

    def aim_for(self, fingerprint: str, dimensions: int) -> Aim:
        """Return the aim for an encoder; one on whose weights none was fitted looks straight."""
        weights = weights_of(fingerprint)
        return self.aim if self.aim.model == weights else straight(weights, dimensions)


@cache
def bundled_model() -> Model:
    """Return the ranking that comes with Verbatim."""
    return Model.read((files("index") / "ranking.json").read_text("utf-8"))


def arrange(scores: Matrix, vectors: Matrix, rows: Sequence[int]) -> Iterator[Ranked]:
    """Yield candidates best first, each voice once, and at first no more than two of one article.

    `scores` (n,), `vectors` (n, d) and `rows`, the article of each, describe the candidates. What an article
    has beyond PER_ARTICLE gives way, among the first AMONG_FIRST, to other articles that answer too.
    """
    voices = _voices(np.argsort(-scores, kind="stable"), vectors)
    leaders = [voice[0] for voice in voices]
    for place in _spread([float(scores[leader]) for leader in leaders], [rows[leader] for leader in leaders]):
        yield Ranked(leaders[place], float(scores[leaders[place]]), tuple(voices[place][1:]))


def _spread(scores: Sequence[float], rows: Sequence[int]) -> Iterator[int]:
    """Yield the places of voices, given best first, in the order in which they are shown."""
    left = list(range(len(scores)))
    counts: Counter[int] = Counter()
    while left:
        place = left[0]
        if counts[rows[place]] >= PER_ARTICLE and counts.total() < AMONG_FIRST:
            others = (other for other in left if counts[rows[other]] < PER_ARTICLE)
            other = next(others, place)
            place = other if scores[other] >= scores[0] - ANSWERS else place
        counts[rows[place]] += 1
        left.remove(place)
        yield place


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
