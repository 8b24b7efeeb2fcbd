import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ranking.coverage_features import bigram_coverage, match_terms
from index.retrieval.forward_index import SentenceTokens
from index.retrieval.lexer import term_hash
from index.retrieval.query_terms import QueryTerms

STEMS = st.sampled_from(["bridg", "close", "harbour", "norwick", "wheat"])


def tokens(sentences):
    starts = np.cumsum([0, *(len(stems) for stems in sentences)])
    hashes = np.array([term_hash(stem) for stems in sentences for stem in stems], dtype=np.uint32)
    size = np.zeros(len(sentences), dtype=np.uint8)
    return SentenceTokens({}, starts, hashes, np.zeros(len(hashes), np.uint8), size, size)


def terms(stems):
    weights = {stem: 1.0 + place for place, stem in enumerate(stems)}
    return QueryTerms(weights, frozenset(), sum(weights.values()), 1.0)


@given(
    st.lists(st.lists(STEMS, max_size=5), min_size=1, max_size=4), st.lists(STEMS, min_size=1, unique=True)
)
def test_every_term_is_found_where_it_stands_and_nowhere_else(sentences, asked):
    found = match_terms(terms(asked), tokens(sentences))
    placed = [asked.index(stem) if stem in asked else -1 for stems in sentences for stem in stems]
    assert found.term.tolist() == placed
    assert found.has.tolist() == [[stem in stems for stem in asked] for stems in sentences]


def test_a_pair_of_terms_weighs_half_of_what_both_weigh_and_counts_once():
    term = np.array([0, 1, 0, 1, -1, 1, 0, -1])
    owner = np.array([0, 0, 0, 0, 1, 1, 2, 2])
    both = terms(["bridg", "close"])
    assert bigram_coverage(both, term, owner, 3).tolist() == pytest.approx([1.0, 0.0, 0.0])
    assert bigram_coverage(both, term[:2], owner[:2], 1).tolist() == pytest.approx([0.5])
