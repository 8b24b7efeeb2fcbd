import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.ranking.answer_features import AGREED_TERMS, CandidateTokens, redundancy_features
from index.retrieval import lexer
from index.retrieval.hybrid_search import Candidates


def candidates(articles, scores):
    n = len(articles)
    none = np.zeros(n, np.float32)
    return Candidates(
        np.arange(n), np.array(articles), np.ones(n, int), *[none] * 7, fused_score=np.float32(scores)
    )


def content(held):
    """Tokens that are names, by number, of each candidate; none is in the question."""
    owner = np.array([place for place, names in enumerate(held) for _ in names], dtype=np.int64)
    names = np.array([name for names in held for name in names], dtype=np.int64)
    flags = np.full(len(names), lexer.CONTENT, dtype=np.uint8)
    return CandidateTokens(owner, names, flags, np.zeros(len(names), dtype=np.bool_))


def test_distinct_tokens_are_sorted_by_candidate_and_stem():
    owner, stems = content([[7, 2**32 - 1, 7], [], [3]]).distinct()
    assert (owner.tolist(), stems.tolist()) == ([0, 0, 2], [7, 2**32 - 1, 3])


def test_what_two_articles_name_has_the_votes_of_both():
    found = redundancy_features(candidates([1, 2, 3], [3.0, 1.0, 4.0]), content([[7], [7, 8], [9]]))
    assert found["agreement_best"].tolist() == [0.5, 0.5, 0.0]


@given(st.lists(st.lists(st.integers(0, 5), max_size=6), min_size=1, max_size=6), st.integers(0, 99))
def test_agreement_lies_within_its_range(held, seed):
    random = np.random.default_rng(seed)
    found = redundancy_features(
        candidates(random.integers(0, 3, len(held)), random.random(len(held)) + 0.01), content(held)
    )
    assert (found["agreement"] >= found["agreement_best"]).all()
    assert (found["agreement"] <= AGREED_TERMS + 1e-6).all()
    assert (found["agreement_best"] <= 1 + 1e-6).all()
