import numpy as np
import pytest

from index.ranking.similarity_features import similarity_features
from index.retrieval.hybrid_search import WINDOW, Candidates
from index.retrieval.query_terms import QueryTerms

TERMS = QueryTerms({"bridg": 2.0}, frozenset(), 2.0, 4.0)


def candidates(window, articles):
    n, window = len(window), np.float32(window)
    flat = window[:, WINDOW]
    return Candidates(
        sentence_id=np.arange(n),
        article_row=np.array(articles),
        sentence_index=np.arange(1, n + 1),
        vector=np.eye(n, dtype=np.float32),
        window_similarity=window,
        adapted_window_similarity=window / 2,
        headline_similarity=flat,
        adapted_headline_similarity=flat,
        bm25_sentence=flat * 4,
        bm25_context=flat * 8,
        fused_score=flat,
    )


ALL = np.ones(3, dtype=np.bool_)
WINDOWS = [[0.0, 0.3, 0.6, 0.9, 0.1], [0.0, 0.0, 0.2, 0.1, 0.0], [0.0, 0.0, 0.4, 0.0, 0.0]]


def test_a_window_is_the_sentence_with_its_direct_neighbours():
    found = similarity_features(TERMS, candidates(WINDOWS, [7, 7, 9]), ALL)
    assert found["similarity"].tolist() == pytest.approx([0.6, 0.2, 0.4])
    assert found["window"].tolist() == pytest.approx([0.6, 0.1, 0.4 / 3])
    assert found["neighbour"].tolist() == pytest.approx([0.9, 0.1, 0.0])
    assert found["aimed_side"].tolist() == pytest.approx([0.45, 0.05, 0.0])


def test_an_article_is_known_by_its_best_and_its_mean_candidate():
    found = similarity_features(TERMS, candidates(WINDOWS, [7, 7, 9]), ALL)
    assert found["article_best"].tolist() == pytest.approx([0.6, 0.6, 0.4])
    assert found["article_mean"].tolist() == pytest.approx([0.4, 0.4, 0.4])


def test_bm25_is_a_share_of_what_all_terms_weigh():
    found = similarity_features(TERMS, candidates(WINDOWS, [7, 7, 9]), ALL)
    assert found["body"].tolist() == pytest.approx([0.6, 0.2, 0.4])
    assert found["around"].tolist() == pytest.approx([1.2, 0.4, 0.8])


def test_ranks_are_logarithms_of_places():
    found = similarity_features(TERMS, candidates(WINDOWS, [7, 7, 9]), ALL)
    assert np.expm1(found["similarity_rank"]).tolist() == pytest.approx([0, 2, 1])


def test_what_may_not_be_shown_takes_no_place():
    found = similarity_features(TERMS, candidates(WINDOWS, [7, 7, 9]), np.array([False, True, True]))
    assert np.expm1(found["similarity_rank"]).tolist() == pytest.approx([0, 1, 0])
