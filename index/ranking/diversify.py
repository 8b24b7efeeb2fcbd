"""Ranked candidates without near-duplicates, spread over articles."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.ranking.tree_ensemble import Matrix

SAME = 0.92  # similarity above which two sentences are one voice


PER_ARTICLE = 2  # quotes of one article among the first ...


AMONG_FIRST = 5  # ... so many


ANSWERS = 1.0  # score below the best one's within which another sentence answers too


@dataclass(frozen=True, slots=True)
class Ranked:
    """One candidate in its final place: its position among the candidates, its score, those it stands for."""

    position: int
    score: float
    also: tuple[int, ...] = ()


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
