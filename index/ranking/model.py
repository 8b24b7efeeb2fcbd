"""Candidates -> ranked, without doubles, spread over articles. All weights are in `model.json` beside this."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoding.query_adapter import Aim, straight, weights_of
from index.ranking.answerability import VIEW, view
from index.ranking.features import NAMES

SAME = 0.92  # similarity above which two sentences are one voice
PER_ARTICLE = 2  # quotes of one article among the first ...
AMONG_FIRST = 5  # ... so many
ANSWERS = 1.0  # score below the best one's within which another sentence answers too

LEAVES = 8  # that a tree may have: the bits of a byte
ALL_LEAVES = (1 << LEAVES) - 1
LOWEST = np.array([(byte & -byte).bit_length() - 1 for byte in range(ALL_LEAVES + 1)], dtype=np.int8)

Matrix = NDArray[np.float32]
Nodes = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One candidate in its final place: its position among the candidates, its score, those it stands for."""

    position: int
    score: float
    also: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Trees:
    """Gradient-boosted trees of at most LEAVES leaves, fitted by LightGBM (Ke et al. 2017).

    A row leaves node i of tree t to the right when its `feature[i, t]` is above `threshold[i, t]`. A tree's
    leaves, from left to right, are the bits of a byte, from the lowest: `reached[i, t]` holds those that a row
    which goes right may still reach, and the lowest of what all nodes leave it is its own: `value[t, left]` is what
    a tree adds for each byte that may be left (QuickScorer: Lucchese et al. 2015).
    """

    feature: NDArray[np.int32]
    threshold: NDArray[np.float32]
    reached: NDArray[np.uint8]
    value: NDArray[np.float32]

    @classmethod
    def read(cls, trees: Sequence[Nodes], names: Sequence[str] = NAMES) -> "Trees":
        """Read trees over the columns `names`: lists of nodes `[name, threshold, left, right]` or `[value]`, root first."""
        shape = (max((len(nodes) // 2 for nodes in trees), default=0), len(trees))
        read = cls(
            feature=np.zeros(shape, np.int32),
            threshold=np.full(shape, np.inf, np.float32),
            reached=np.full(shape, ALL_LEAVES, np.uint8),
            value=np.zeros((len(trees), LEAVES), np.float32),
        )
        column = {name: place for place, name in enumerate(names)}
        for place, nodes in enumerate(trees):
            read._lay(place, nodes, column)
        return replace(read, value=read.value.take(LOWEST, axis=1))

    def _lay(self, place: int, nodes: Nodes, column: Mapping[str, int]) -> None:
        """Put a tree into its place: leaves and inner nodes from left to right."""
        inner, leaves = count(), count()

        def lay(node: int) -> int:
            """Lay what is below a node; return the bits of its leaves."""
            if len(nodes[node]) == 1:
                leaf = next(leaves)
                self.value[place, leaf] = nodes[node][0]
                return 1 << leaf
            name, threshold, left, right = nodes[node]
            below = lay(left)
            row = next(inner)
            self.feature[row, place], self.threshold[row, place] = column[name], threshold
            self.reached[row, place] = ALL_LEAVES & ~below
            return below | lay(right)

        lay(0)

    def score(self, matrix: Matrix) -> Matrix:
        """Return the sum over all trees for each row of a matrix, (n,)."""
        columns = np.ascontiguousarray(matrix.T)
        left = np.full((len(self.value), len(matrix)), ALL_LEAVES, np.uint8)
        for feature, threshold, reached in zip(self.feature, self.threshold, self.reached, strict=True):
            stays = columns[feature] <= threshold[:, None]
            left &= np.negative(stays.view(np.uint8)) | reached[:, None]
        # in all values, one tree's after another's, where each tree's begin
        first = np.arange(0, self.value.size, ALL_LEAVES + 1)[:, None]
        total: Matrix = self.value.ravel().take(first + left).sum(axis=0, dtype=np.float32)
        return total


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that was fitted.

    `trees` rank candidates; `silence` are trees over what all of them show (`index.ranking.answerability.VIEW`), whose sum must
    reach `threshold`, or nothing is answered; `alone` weighs the signals of one candidate by itself.
    """

    aim: Aim
    trees: Trees
    silence: Trees
    threshold: float
    alone: dict[str, float]

    @classmethod
    def read(cls, text: str) -> "Model":
        """Read a model as `verbatim eval --fit` writes it."""
        fitted = json.loads(text)
        sides = (np.array(fitted["aim"][side], dtype=np.float32) for side in ("left", "right"))
        return cls(
            Aim(fitted["aim"]["model"], *sides),
            Trees.read(fitted["trees"]),
            Trees.read(fitted["silence"], VIEW),
            fitted["threshold"],
            fitted["alone"],
        )

    def answers(self, matrix: Matrix, scores: Matrix) -> bool:
        """Say whether candidates with these features and scores answer at all."""
        return bool(self.sureness(matrix, scores) >= self.threshold)

    def sureness(self, matrix: Matrix, scores: Matrix) -> float:
        """Return how sure we are of that, as log odds."""
        return float(self.silence.score(view(matrix, scores)[None])[0])

    def aim_for(self, fingerprint: str, dimensions: int) -> Aim:
        """Return the aim for an encoder; one on whose weights none was fitted looks straight."""
        weights = weights_of(fingerprint)
        return self.aim if self.aim.model == weights else straight(weights, dimensions)


@cache
def bundled_model() -> Model:
    """Return the ranking that comes with Verbatim."""
    return Model.read((files("index.ranking") / "model.json").read_text("utf-8"))


def arrange(
    scores: Matrix, vectors: Matrix, rows: Sequence[int], most: int | None = None
) -> Iterator[Ranked]:
    """Yield candidates best first, each voice once, and at first no more than two of one article.

    `scores` (n,), `vectors` (n, d) and `rows`, the article of each, describe the candidates, of which the `most`
    best are taken (None: all). What an article has beyond PER_ARTICLE gives way, among the first AMONG_FIRST, to
    other articles that answer too.
    """
    order = np.argsort(-scores, kind="stable")[:most]
    voices = _voices(order, vectors[order])
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
    """Group near-identical sentences, given best first, behind the best of them; `vectors` are in that order."""
    same = vectors @ vectors.T >= SAME
    alone = (same.sum(axis=1) <= 1).tolist()
    positions = order.tolist()
    taken: set[int] = set()
    groups: list[list[int]] = []
    for place, position in enumerate(positions):
        if place in taken:
            continue
        others = [] if alone[place] else np.flatnonzero(same[place]).tolist()
        voice = [other for other in others if other > place and other not in taken]
        taken.update(voice)
        groups.append([position, *(positions[other] for other in voice)])
    return groups
