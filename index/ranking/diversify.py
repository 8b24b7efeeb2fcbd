"""Ranked candidates without near-duplicates, spread over articles."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.arrays import BoolArray, FloatArray

MIN_DUPLICATE_SIMILARITY = 0.92  # cosine from which on two sentences say the same; judged by reading pairs
MAX_PER_ARTICLE = 2  # quotes of one article among the first SPREAD_PLACES; judged
SPREAD_PLACES = 5  # judged
# Of the trees' scores, below that of the first, within which another article's sentence answers too; judged.
MAX_SCORE_GAP = 1.0


@dataclass(frozen=True, slots=True)
class RankedCandidate:
    """A candidate in its final place.

    `position` is where it stands among the candidates, `score` that of the trees, `duplicates` the positions
    of the near-identical candidates that it stands for, best first.
    """

    position: int
    score: float
    duplicates: tuple[int, ...] = ()


def diversify(
    scores: FloatArray,
    vectors: FloatArray,
    articles: Sequence[int],
    quotable: BoolArray,
    k: int | None = None,
) -> Iterator[RankedCandidate]:
    """Yield the `k` best quotable candidates (None: all) best first, duplicates once, and at first few of one article.

    `scores` (n,), unit `vectors` (n, d), `articles`, a number for each candidate's article, and `quotable`, (n,),
    describe n candidates. What an article has beyond MAX_PER_ARTICLE gives way, among the first SPREAD_PLACES, to other
    articles that answer too.
    """
    order = np.argsort(-scores, kind="stable")
    order = order[quotable[order]][:k]
    groups = _near_duplicate_groups(order, vectors[order])
    leaders = [RankedCandidate(group[0], float(scores[group[0]]), tuple(group[1:])) for group in groups]
    yield from spread_over_articles(leaders, articles)


def spread_over_articles(
    ranked: Sequence[RankedCandidate], articles: Sequence[int], *, max_gap: float = MAX_SCORE_GAP
) -> Iterator[RankedCandidate]:
    """Yield candidates, given best first, at first few of one article; `articles` are those of all candidates.

    One gives way to another article's only if that has a score of at most `max_gap` below that of the first given, which
    need not be the highest.
    """
    scores = [one.score for one in ranked]
    for place in _limit_per_article(scores, [articles[one.position] for one in ranked], max_gap):
        yield ranked[place]


def _limit_per_article(scores: Sequence[float], articles: Sequence[int], max_gap: float) -> Iterator[int]:
    """Yield the places of sentences, given best first, in the order in which they are shown."""
    left = list(range(len(scores)))
    counts: Counter[int] = Counter()
    while left:
        place = left[0]
        if counts[articles[place]] >= MAX_PER_ARTICLE and counts.total() < SPREAD_PLACES:
            others = (other for other in left if counts[articles[other]] < MAX_PER_ARTICLE)
            other = next(others, place)
            place = other if scores[other] >= scores[0] - max_gap else place
        counts[articles[place]] += 1
        left.remove(place)
        yield place


def _near_duplicate_groups(order: NDArray[np.intp], vectors: FloatArray) -> list[list[int]]:
    """Group the candidates of `order`, best first, each near-duplicate behind the best of its group.

    `vectors`, (n, d), are in that order. A group is what is near its first member, not near each other.
    """
    is_near = vectors @ vectors.T >= MIN_DUPLICATE_SIMILARITY
    is_unique = (is_near.sum(axis=1) <= 1).tolist()
    positions = order.tolist()
    grouped: set[int] = set()
    groups: list[list[int]] = []
    for place, position in enumerate(positions):
        if place in grouped:
            continue
        near = [] if is_unique[place] else np.flatnonzero(is_near[place]).tolist()
        duplicates = [other for other in near if other > place and other not in grouped]
        grouped.update(duplicates)
        groups.append([position, *(positions[other] for other in duplicates)])
    return groups
