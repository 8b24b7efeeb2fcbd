"""Question -> candidate sentences: nearest by vector, best by words, filtered, with what is known of each."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.retrieval.article_table import ArticleTable
from index.retrieval.keyword_index import AROUND, BODY, KeywordIndex, SearchFilter
from index.retrieval.vector_index import VectorIndex

Floats = NDArray[np.float32]
SentenceIds = NDArray[np.int64]
Hits = tuple[SentenceIds, Floats]

BY_VECTOR = 200  # sentences taken by each way of searching
BY_WORDS = 150
ALL = 1_000_000  # as many as there may be
RERANK_DEPTH = 150  # candidates that are read and ranked
WINDOW = 2  # neighbours on each side whose similarity counts as surroundings
LEAD_SENTENCES = 3  # sentences of an article that is found by its headline
RRF_K = 20.0  # the constant of reciprocal rank fusion, smaller than Cormack's 60: first places matter most


@dataclass(frozen=True, slots=True)
class Candidates:
    """Sentences that may answer, as columns of equal length, in no order that matters.

    `number` is the sentence, `row` its article's row in the table, `place` its position in the article (the
    headline is place 0). `body` and `around` are BM25 scores, 0 where the words did not find it. `near` holds
    the similarity of the sentence and its neighbours to the question, (n, 2 * REACH + 1), the sentence itself in
    the middle, 0 where the article ends; `headline` that of the headline. `aimed` and `aimed_headline` hold the
    same for the aimed question. `prior` is the fused first score.
    """

    number: SentenceIds
    row: SentenceIds
    place: SentenceIds
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

    def take(self, positions: SentenceIds) -> "Candidates":
        """Return the candidates at `positions`, in that order."""
        return Candidates(*(getattr(self, name)[positions] for name in self.__slots__))


def keyword_candidates(
    words: Sequence[str], narrow: SearchFilter, index: KeywordIndex, within: SentenceIds | None = None
) -> tuple[Hits, Hits]:
    """Return the sentences that hold a question's analysed content words themselves, and those amid which they stand.

    Each as numbers and BM25 scores, best first; `narrow` and `within` as `find` has them.
    """
    body, around = (
        index.search(words, field, BY_WORDS if within is None else ALL, narrow) for field in (BODY, AROUND)
    )
    return (body, around) if within is None else (_restrict_to(body, within), _restrict_to(around, within))


def hybrid_search(
    query: Floats,
    aimed: Floats,
    by_words: tuple[Hits, Hits],
    narrow: SearchFilter,
    *,
    table: ArticleTable,
    vectors: VectorIndex,
    within: SentenceIds | None = None,
    most: int | None = RERANK_DEPTH,
) -> Candidates:
    """Return up to `most` candidates for a question (None: all), chosen from `within`, if sentence numbers are given.

    `query` is its unit vector, `aimed` the one near which its answers are looked for (`index.encoding.query_adapter`), `by_words` what
    `said` found. The three rankings are joined by reciprocal rank fusion (Cormack et al. 2009); a headline that is
    found brings its article's first sentences.
    """
    body, around = by_words
    if within is None:
        allowed = table.sentence_mask(table.matching(narrow)) if narrow else None
        nearest = vectors.search(aimed, BY_VECTOR, allowed)
    else:
        nearest = within[np.argsort(-(vectors.rows(within) @ aimed), kind="stable")]
    numbers, fused = _spread_headlines(*reciprocal_rank_fusion((nearest, body[0], around[0])), table)
    best = np.argsort(-fused, kind="stable")[:most]
    numbers, rows, fused = numbers[best], table.rows_of(numbers[best]), fused[best]
    both = np.stack([query, aimed], axis=1)
    own, near, headline = _surroundings(both, numbers, rows, table, vectors)
    return Candidates(
        number=numbers,
        row=rows,
        place=numbers - table.first[rows],
        vector=own,
        near=near[..., 0],
        aimed=near[..., 1],
        headline=headline[:, 0],
        aimed_headline=headline[:, 1],
        body=_scores(numbers, *body),
        around=_scores(numbers, *around),
        prior=fused,
    )


def _restrict_to(found: Hits, within: SentenceIds) -> Hits:
    kept = np.isin(found[0], within)
    return found[0][kept], found[1][kept]


def reciprocal_rank_fusion(rankings: Sequence[SentenceIds]) -> tuple[SentenceIds, Floats]:
    """Return (numbers, scores) of all that stands in one of the rankings."""
    worth = [1.0 / (RRF_K + np.arange(len(ranking))) for ranking in rankings]
    return _added_up(np.concatenate(rankings), np.concatenate(worth))


def _spread_headlines(numbers: SentenceIds, fused: Floats, table: ArticleTable) -> tuple[SentenceIds, Floats]:
    """Give a found headline's score to the first sentences of its article; headlines are never quoted."""
    rows = table.rows_of(numbers)
    numbers, fused, rows = numbers[rows >= 0], fused[rows >= 0], rows[rows >= 0]
    headline = table.first[rows] == numbers
    steps = np.arange(1, LEAD_SENTENCES + 1)
    heirs = numbers[headline][:, None] + steps
    inside = heirs < table.last[rows[headline]][:, None]
    share = fused[headline][:, None] / (1 + steps)
    return _added_up(
        np.concatenate([numbers[~headline], heirs[inside]]), np.concatenate([fused[~headline], share[inside]])
    )


def _added_up(numbers: SentenceIds, worth: NDArray[np.floating]) -> tuple[SentenceIds, Floats]:
    """Return each number once, with the sum of what it is worth."""
    each, place = np.unique(numbers, return_inverse=True)
    return each, np.bincount(place, worth, minlength=len(each)).astype(np.float32)


def _surroundings(
    queries: Floats, numbers: SentenceIds, rows: SentenceIds, table: ArticleTable, vectors: VectorIndex
) -> tuple[Floats, Floats, Floats]:
    """Return the sentences' vectors, (n, d), and how similar they and their neighbours are to each column of `queries`.

    The latter is (n, 2 * REACH + 1, queries) for the sentences, (n, queries) for their headlines.
    """
    first, last = table.first[rows][:, None], table.last[rows][:, None]
    around = numbers[:, None] + np.arange(-WINDOW, WINDOW + 1)
    inside = (around > first) & (around < last)
    wanted = np.hstack([np.where(inside, around, numbers[:, None]), first])
    each, place = np.unique(wanted, return_inverse=True)
    found = vectors.rows(each)  # every row is read once
    place = place.reshape(wanted.shape)
    similar = (found @ queries)[place]
    near = np.where(inside[..., None], similar[:, :-1], np.float32(0.0))
    return found[place[:, WINDOW]], near, similar[:, -1]


def _scores(numbers: SentenceIds, found: SentenceIds, scores: Floats) -> Floats:
    if not len(found):
        return np.zeros(len(numbers), dtype=np.float32)
    order = np.argsort(found)
    place = order[np.minimum(np.searchsorted(found, numbers, sorter=order), len(found) - 1)]
    return np.where(found[place] == numbers, scores[place], np.float32(0.0))
