"""Features of what the searches found: similarities, BM25 scores, places in the rankings."""

import numpy as np

from index.arrays import BoolArray, FloatArray, NumberArray
from index.retrieval.hybrid_search import WINDOW, Candidates
from index.retrieval.query_terms import QueryTerms

CENTRE_DEPTH = 10  # candidates of the highest fused scores whose mean vector is the centre; judged
_BESIDE = [WINDOW - 1, WINDOW + 1]  # the columns of the sentences directly before and after
_NEAR = slice(WINDOW - 1, WINDOW + 2)  # those and the sentence itself


def similarity_features(
    terms: QueryTerms, candidates: Candidates, quotable: BoolArray
) -> dict[str, NumberArray]:
    """Return features of n candidates by name, (n,) each.

    Similarities are cosines, -1 to 1; `body` and `around` BM25 scores as shares of the most that the
    question's terms weigh; ranks, among what is `quotable`, (n,), and `place` logarithms, at least 0.
    """
    own, adapted = candidates.window_similarity, candidates.adapted_window_similarity
    _, article = np.unique(candidates.article_row, return_inverse=True)
    best = np.full(article.max() + 1, -np.inf, dtype=np.float32)
    np.maximum.at(best, article, own[:, WINDOW])
    mean = np.bincount(article, own[:, WINDOW]) / np.bincount(article)
    return {
        "similarity": own[:, WINDOW],
        "window": own[:, _NEAR].mean(axis=1),
        "neighbour": np.delete(own, WINDOW, axis=1).max(axis=1),
        "headline": candidates.headline_similarity,
        "article_best": np.maximum(best, 0.0)[article],
        "article_mean": mean[article],
        "body": candidates.bm25_sentence / terms.total_idf,
        "around": candidates.bm25_context / terms.total_idf,
        "similarity_rank": _log_rank(own[:, WINDOW], quotable),
        "around_rank": _log_rank(candidates.bm25_context, quotable),
        "aimed": adapted[:, WINDOW],
        "aimed_window": adapted[:, _NEAR].mean(axis=1),
        "aimed_side": adapted[:, _BESIDE].max(axis=1),
        "aimed_headline": candidates.adapted_headline_similarity,
        "aimed_rank": _log_rank(adapted[:, WINDOW], quotable),
        "centre": candidates.vector @ _centre(candidates),
        "place": np.log1p(candidates.sentence_index.astype(np.float32)),
    }


def _log_rank(values: FloatArray, quotable: BoolArray) -> FloatArray:
    """Return ln(1 + place) of each value, (n,): how many quotable ones are larger."""
    order = np.argsort(-values, kind="stable")
    counted = quotable[order].astype(np.float32)
    places = np.empty(len(values), dtype=np.float32)
    places[order] = np.cumsum(counted) - counted
    return np.log1p(places)


def _centre(candidates: Candidates) -> FloatArray:
    """Return what the first candidates have in common: their mean vector, (d,), at unit length."""
    first = np.argsort(-candidates.fused_score, kind="stable")[:CENTRE_DEPTH]
    mean = candidates.vector[first].mean(axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-9)  # type: ignore[no-any-return]
