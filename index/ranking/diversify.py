"""Ranked candidates without near-duplicates, spread over articles."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.ranking.tree_ensemble import Matrix

MIN_DUPLICATE_SIMILARITY = 0.92  # similarity above which two sentences are one voice


MAX_PER_ARTICLE = 2  # quotes of one article among the first ...


AMONG_FIRST = 5  # ... so many


MAX_SCORE_GAP = 1.0  # score below the best one's within which another sentence answers too


@dataclass(frozen=True, slots=True)
class RankedCandidate:
    """One candidate in its final place: its position among the candidates, its score, those it stands for."""

    position: int
    score: float
    duplicates: tuple[int, ...] = ()


def diversify(
    scores: Matrix, vectors: Matrix, rows: Sequence[int], most: int | None = None
) -> Iterator[RankedCandidate]:
    """Yield candidates best first, each voice once, and at first no more than two of one article.

    `scores` (n,), `vectors` (n, d) and `rows`, the article of each, describe the candidates, of which the `most`
    best are taken (None: all). What an article has beyond PER_ARTICLE gives way, among the first AMONG_FIRST, to
    other articles that answer too.
    """
    order = np.argsort(-scores, kind="stable")[:most]
    voices = _near_duplicate_groups(order, vectors[order])
    leaders = [voice[0] for voice in voices]
    for place in _limit_per_article(
        [float(scores[leader]) for leader in leaders], [rows[leader] for leader in leaders]
    ):
        yield RankedCandidate(leaders[place], float(scores[leaders[place]]), tuple(voices[place][1:]))


def _limit_per_article(scores: Sequence[float], rows: Sequence[int]) -> Iterator[int]:
    """Yield the places of voices, given best first, in the order in which they are shown."""
    left = list(range(len(scores)))
    counts: Counter[int] = Counter()
    while left:
        place = left[0]
        if counts[rows[place]] >= MAX_PER_ARTICLE and counts.total() < AMONG_FIRST:
            others = (other for other in left if counts[rows[other]] < MAX_PER_ARTICLE)
            other = next(others, place)
            place = other if scores[other] >= scores[0] - MAX_SCORE_GAP else place
        counts[rows[place]] += 1
        left.remove(place)
        yield place


def _near_duplicate_groups(order: NDArray[np.intp], vectors: Matrix) -> list[list[int]]:
    """Group near-identical sentences, given best first, behind the best of them; `vectors` are in that order."""
    same = vectors @ vectors.T >= MIN_DUPLICATE_SIMILARITY
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
