"""Hybrid search: the candidates nearest by vector and best by BM25, fused, with their similarities."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.arrays import FloatArray, IntArray, SentenceIds
from index.retrieval.article_table import ArticleTable
from index.retrieval.keyword_index import CONTEXT_FIELD, SENTENCE_FIELD, Hits, KeywordSearch, SearchFilter
from index.retrieval.vector_index import VectorIndex

# How deep each search goes, and how many fused candidates are ranked: judged.
VECTOR_DEPTH = 200
KEYWORD_DEPTH = 150
CANDIDATE_LIMIT = 150
UNLIMITED = 1_000_000  # hits: more than are in an index
WINDOW = 2  # sentences before and after a candidate whose similarity is a feature of it; judged
LEAD_SENTENCES = 3  # of an article whose headline is found, which become candidates; judged
RRF_K = 20.0  # judged: below the 60 of Cormack et al. (2009), so that first places weigh more


@dataclass(frozen=True, slots=True)
class Candidates:
    """Sentences that may answer a question, n of them in no order that matters; every field is a column of n.

    `sentence_id` is the sentence, `article_row` its article's row in the table, `sentence_index` its place in
    the article, whose headline is 0 (int64 each). The others are float32: `vector` its unit vector, (n, d);
    `window_similarity` the cosine of the question with the sentence, in the middle, and its neighbours, (n, 2
    * WINDOW + 1), 0 beyond the ends of the article; `headline_similarity` that with the headline, (n,);
    `adapted_window_similarity` and `adapted_headline_similarity` the same for the adapted question;
    `bm25_sentence` and `bm25_context`, (n,), scores by the sentence's own words and by those of its context,
    0 where that search did not find it; `fused_score`, (n,), that of reciprocal rank fusion.
    """

    sentence_id: SentenceIds
    article_row: IntArray
    sentence_index: IntArray
    vector: FloatArray
    window_similarity: FloatArray
    adapted_window_similarity: FloatArray
    headline_similarity: FloatArray
    adapted_headline_similarity: FloatArray
    bm25_sentence: FloatArray
    bm25_context: FloatArray
    fused_score: FloatArray

    def __len__(self) -> int:
        return len(self.sentence_id)

    def take(self, positions: IntArray) -> "Candidates":
        """Return the candidates at `positions`, in that order."""
        return Candidates(*(getattr(self, name)[positions] for name in self.__slots__))


def keyword_candidates(
    terms: Sequence[str], filters: SearchFilter, index: KeywordSearch, restrict_to: SentenceIds | None = None
) -> tuple[Hits, Hits]:
    """Return the best sentences by BM25 over their own words, and those by the words of their context.

    `terms` are stems; `restrict_to` the sentences to choose from, all of which are ranked; None means all, of
    which the KEYWORD_DEPTH best are returned.
    """
    k = KEYWORD_DEPTH if restrict_to is None else UNLIMITED
    by_sentence, by_context = (
        index.search(terms, field, k, filters) for field in (SENTENCE_FIELD, CONTEXT_FIELD)
    )
    if restrict_to is None:
        return by_sentence, by_context
    return _restrict(by_sentence, restrict_to), _restrict(by_context, restrict_to)


def hybrid_search(
    query: FloatArray,
    adapted: FloatArray,
    keyword_hits: tuple[Hits, Hits],
    filters: SearchFilter,
    *,
    table: ArticleTable,
    vectors: VectorIndex,
    restrict_to: SentenceIds | None = None,
    k: int | None = CANDIDATE_LIMIT,
) -> Candidates:
    """Return the best `k` candidates for a question (None: all), chosen from `restrict_to` if that is given.

    `query` is its unit vector, (d,); `adapted` the one near which its answers lie
    (`index.encoding.query_adapter`), (d,), by which vectors are searched; `keyword_hits` what
    `keyword_candidates` returned. The three rankings are joined by reciprocal rank fusion; a headline that is
    found brings the first sentences of its article.
    """
    by_sentence, by_context = keyword_hits
    if restrict_to is None:
        nearest = vectors.search(adapted, VECTOR_DEPTH, table.allowed(filters))
    else:
        nearest = restrict_to[np.argsort(-(vectors.vectors_of(restrict_to) @ adapted), kind="stable")]
    fusion = reciprocal_rank_fusion((nearest, by_sentence[0], by_context[0]))
    sentences, fused = _spread_headlines(*fusion, table)
    best = np.argsort(-fused, kind="stable")[:k]
    sentences, rows, fused = sentences[best], table.rows_of(sentences[best]), fused[best]
    both = np.stack([query, adapted], axis=1)
    own, window, headline = _window_similarities(both, sentences, rows, table, vectors)
    return Candidates(
        sentence_id=sentences,
        article_row=rows,
        sentence_index=sentences - table.first_sentence[rows],
        vector=own,
        window_similarity=window[..., 0],
        adapted_window_similarity=window[..., 1],
        headline_similarity=headline[:, 0],
        adapted_headline_similarity=headline[:, 1],
        bm25_sentence=_scores_of(sentences, *by_sentence),
        bm25_context=_scores_of(sentences, *by_context),
        fused_score=fused,
    )


def reciprocal_rank_fusion(rankings: Sequence[SentenceIds]) -> Hits:
    """Return all sentences of the rankings, by number, and their fused scores (Cormack et al. 2009).

    A ranking is (m,), best first; it adds 1 / (RRF_K + place) to each of its sentences, the best having place
    0.
    """
    scores = [1.0 / (RRF_K + np.arange(len(ranking))) for ranking in rankings]
    return _sum_by_sentence(np.concatenate(rankings), np.concatenate(scores))


def _restrict(hits: Hits, restrict_to: SentenceIds) -> Hits:
    """Return those hits that are among some sentences."""
    kept = np.isin(hits[0], restrict_to)
    return hits[0][kept], hits[1][kept]


def _spread_headlines(sentences: SentenceIds, fused: FloatArray, table: ArticleTable) -> Hits:
    """Share a headline's score out to the first sentences of its article; headlines are never quoted."""
    rows = table.rows_of(sentences)
    sentences, fused, rows = sentences[rows >= 0], fused[rows >= 0], rows[rows >= 0]
    headline = table.first_sentence[rows] == sentences
    steps = np.arange(1, LEAD_SENTENCES + 1)
    lead = sentences[headline][:, None] + steps
    inside = lead < table.end_sentence[rows[headline]][:, None]
    share = fused[headline][:, None] / (1 + steps)
    return _sum_by_sentence(
        np.concatenate([sentences[~headline], lead[inside]]),
        np.concatenate([fused[~headline], share[inside]]),
    )


def _sum_by_sentence(sentences: SentenceIds, scores: NDArray[np.floating]) -> Hits:
    """Return each sentence once, in order of their numbers, with the sum of its scores."""
    distinct, place = np.unique(sentences, return_inverse=True)
    return distinct, np.bincount(place, scores, minlength=len(distinct)).astype(np.float32)


def _window_similarities(
    queries: FloatArray, sentences: SentenceIds, rows: IntArray, table: ArticleTable, vectors: VectorIndex
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the vectors of n sentences, (n, d), and the cosines of `queries`, (d, q), with and around them.

    The cosines are (n, 2 * WINDOW + 1, q) for the sentences and their neighbours, (n, q) for their headlines.
    """
    first, end = table.first_sentence[rows][:, None], table.end_sentence[rows][:, None]
    around = sentences[:, None] + np.arange(-WINDOW, WINDOW + 1)
    inside = (around > first) & (around < end)
    wanted = np.hstack([np.where(inside, around, sentences[:, None]), first])
    distinct, place = np.unique(wanted, return_inverse=True)
    found = vectors.vectors_of(distinct)  # each vector is read once, though windows overlap
    place = place.reshape(wanted.shape)
    similar = (found @ queries)[place]
    window = np.where(inside[..., None], similar[:, :-1], np.float32(0.0))
    return found[place[:, WINDOW]], window, similar[:, -1]


def _scores_of(sentences: SentenceIds, found: SentenceIds, scores: FloatArray) -> FloatArray:
    """Return the score of each sentence, (n,), 0 where it is not among those found."""
    if not len(found):
        return np.zeros(len(sentences), dtype=np.float32)
    order = np.argsort(found)
    place = order[np.minimum(np.searchsorted(found, sentences, sorter=order), len(found) - 1)]
    return np.where(found[place] == sentences, scores[place], np.float32(0.0))
