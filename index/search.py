"""Question -> candidate sentences: nearest by vector, best by words, filtered, with what is known of each."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.catalog import Table
from index.vectors import VectorIndex
from index.words import AROUND, BODY, Filter, WordIndex

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

BY_VECTOR = 200  # sentences taken by each way of searching
BY_WORDS = 150
ALL = 1_000_000  # as many as there may be
KEPT = 150  # candidates that are read and ranked
REACH = 2  # neighbours on each side whose similarity counts as surroundings
LEAD = 3  # sentences of an article that is found by its headline
FUSED = 20.0  # the constant of reciprocal rank fusion, smaller than Cormack's 60: first places matter most


@dataclass(frozen=True, slots=True)
class Candidates:
    """Sentences that may answer, as columns of equal length, in no order that matters.

    `number` is the sentence, `row` its article's row in the table, `place` its position in the article (the
    headline is place 0). `body` and `around` are BM25 scores, 0 where the words did not find it. `near` holds
    the similarity of the sentence and its neighbours to the question, (n, 2 * REACH + 1), the sentence itself in
    the middle, 0 where the article ends; `headline` that of the headline. `aimed` and `aimed_headline` hold the
    same for the aimed question. `prior` is the fused first score.
    """

    number: Numbers
    row: Numbers
    place: Numbers
    vector: Floats
    near: Floats
    aimed: Floats
    headline: Floats
    aimed_headline: Floats
    body: Floats
    around: Floats
    prior: Floats

    def __len__(self) -> int:
        return len(self.number)

    def take(self, positions: Numbers) -> "Candidates":
        """Return the candidates at `positions`, in that order."""
        return Candidates(*(getattr(self, name)[positions] for name in self.__slots__))


def find(
    query: Floats,
    aimed: Floats,
    words: Sequence[str],
    narrow: Filter,
    *,
    table: Table,
    vectors: VectorIndex,
    index: WordIndex,
    within: Numbers | None = None,
) -> Candidates:
    """Return up to KEPT candidates for a question, or all of `within`, if sentence numbers are given.

    `query` is its unit vector, `aimed` the one near which its answers are looked for (`index.aim`), `words` its
    analysed content words. The three rankings are joined by
    reciprocal rank fusion (Cormack et al. 2009); a headline that is found brings its article's first sentences.
    """
    if within is None:
        allowed = table.mask(table.passing(narrow)) if narrow else None
        nearest, _ = vectors.search(aimed, BY_VECTOR, allowed)
        body, around = (index.search(words, field, BY_WORDS, narrow) for field in (BODY, AROUND))
    else:
        nearest = within[np.argsort(-(vectors.rows(within) @ aimed), kind="stable")]
        body, around = (_inside(index.search(words, field, ALL, narrow), within) for field in (BODY, AROUND))
    numbers, rows, fused = _spread_headlines(*_fused((nearest, body[0], around[0]), table), table)
    best = np.argsort(-fused, kind="stable")[: KEPT if within is None else None]
    numbers, rows, fused = numbers[best], rows[best], fused[best]
    both = np.stack([query, aimed], axis=1)
    near = _surroundings(both, numbers, rows, table, vectors)
    headline = vectors.rows(table.first[rows]) @ both
    return Candidates(
        number=numbers,
        row=rows,
        place=numbers - table.first[rows],
        vector=vectors.rows(numbers),
        near=near[..., 0],
        aimed=near[..., 1],
        headline=headline[:, 0],
        aimed_headline=headline[:, 1],
        body=_scores(numbers, *body),
        around=_scores(numbers, *around),
        prior=fused,
    )


def _inside(found: tuple[Numbers, Floats], within: Numbers) -> tuple[Numbers, Floats]:
    kept = np.isin(found[0], within)
    return found[0][kept], found[1][kept]


def _fused(rankings: Sequence[Numbers], table: Table) -> tuple[Numbers, Numbers, Floats]:
    """Return (numbers, rows, scores) of all that stands in one of the rankings."""
    prior: dict[int, float] = {}
    for ranking in rankings:
        for rank, number in enumerate(ranking.tolist()):
            prior[number] = prior.get(number, 0.0) + 1.0 / (FUSED + rank)
    numbers = np.fromiter(prior, dtype=np.int64, count=len(prior))
    scores = np.fromiter(prior.values(), dtype=np.float32, count=len(prior))
    return numbers, table.rows_of(numbers), scores


def _spread_headlines(
    numbers: Numbers, rows: Numbers, fused: Floats, table: Table
) -> tuple[Numbers, Numbers, Floats]:
    """Give a found headline's score to the first sentences of its article; headlines are never quoted."""
    here = rows >= 0
    numbers, rows, fused = numbers[here], rows[here], fused[here]
    scores: dict[int, float] = {}
    for number, row, score in zip(numbers.tolist(), rows.tolist(), fused.tolist(), strict=True):
        first, last = int(table.first[row]), int(table.last[row])
        heirs = [number] if number != first else range(first + 1, min(first + 1 + LEAD, last))
        for heir in heirs:
            scores[heir] = scores.get(heir, 0.0) + score / (1 + heir - number)
    spread = np.fromiter(scores, dtype=np.int64, count=len(scores))
    return spread, table.rows_of(spread), np.fromiter(scores.values(), dtype=np.float32, count=len(scores))


def _surroundings(
    queries: Floats, numbers: Numbers, rows: Numbers, table: Table, vectors: VectorIndex
) -> Floats:
    """Return the similarity of each sentence and its neighbours to each column of `queries`, (n, 5, queries)."""
    steps = np.arange(-REACH, REACH + 1)
    around = numbers[:, None] + steps
    inside = (around > table.first[rows][:, None]) & (around < table.last[rows][:, None])
    wanted, back = np.unique(np.where(inside, around, numbers[:, None]), return_inverse=True)
    similar = (vectors.rows(wanted) @ queries)[back.reshape(around.shape)]
    return np.where(inside[..., None], similar, 0.0).astype(np.float32)


def _scores(numbers: Numbers, found: Numbers, scores: Floats) -> Floats:
    known = dict(zip(found.tolist(), scores.tolist(), strict=True))
    return np.array([known.get(number, 0.0) for number in numbers.tolist()], dtype=np.float32)
