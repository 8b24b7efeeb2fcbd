"""Features of how much of the question's terms, by weight, a sentence and its surroundings hold."""

from dataclasses import dataclass

import numpy as np

from index.arrays import BoolArray, IntArray, NumberArray
from index.ranking.candidate_positions import CandidatePositions
from index.retrieval.forward_index import SentenceTokens
from index.retrieval.hybrid_search import Candidates
from index.retrieval.lexer import term_hash
from index.retrieval.query_terms import QueryTerms

_HALF_BITS = 16  # of a term hash
_HALF_MASK = (1 << _HALF_BITS) - 1


@dataclass(frozen=True, slots=True)
class TermMatches:
    """Where the question's terms occur in the sentences that were read.

    `term` is (tokens,) int64: the place of each token's term among those of the question, or -1. `has` is
    (sentences, terms): which sentences hold which term.
    """

    term: IntArray
    has: BoolArray


def match_terms(terms: QueryTerms, tokens: SentenceTokens) -> TermMatches:
    """Find the question's terms in all sentences.

    Tokens are compared first by half of their hash, in a table: few others have it in common with a term.
    """
    wanted = np.array([term_hash(stem) for stem in terms.weights], dtype=np.uint32)
    order = np.argsort(wanted)
    likely = np.zeros(1 << _HALF_BITS, dtype=np.bool_)
    likely[wanted & _HALF_MASK] = True
    at = np.flatnonzero(likely[tokens.term_hashes & _HALF_MASK])
    found = np.minimum(np.searchsorted(wanted[order], tokens.term_hashes[at]), len(wanted) - 1)
    same = wanted[order][found] == tokens.term_hashes[at]
    at, which = at[same], order[found[same]]
    term = np.full(len(tokens.term_hashes), -1, dtype=np.int64)
    term[at] = which
    has = np.zeros((len(tokens), len(wanted)), dtype=np.bool_)
    has[np.searchsorted(tokens.starts, at, side="right") - 1, which] = True
    return TermMatches(term, has)


def coverage_features(
    terms: QueryTerms, candidates: Candidates, matches: TermMatches, positions: CandidatePositions
) -> dict[str, NumberArray]:
    """Return features of n candidates by name, (n,) each: shares (0 to 1) of the terms' total weight."""
    share = np.array(list(terms.weights.values())) / terms.total_weight
    is_name = np.array([stem in terms.names for stem in terms.weights], dtype=np.bool_)
    name_share = np.where(is_name, share, 0.0)
    has = np.vstack(
        [matches.has, np.zeros((1, len(share)), dtype=np.bool_)]
    )  # the last row is row -1: nothing
    own, headline = has[positions.own], has[positions.headline]
    window = own | headline | has[positions.before] | has[positions.after]
    _, article = np.unique(candidates.article_row, return_inverse=True)
    in_article = np.zeros((article.max() + 1, len(share)), dtype=np.bool_)
    np.logical_or.at(in_article, article, own | headline)

    def of_names(covered: BoolArray) -> NumberArray:
        return covered @ name_share / name_share.sum() if is_name.any() else np.ones(len(covered))

    return {
        "covered": own @ share,
        "covered_window": window @ share,
        "covered_headline": headline @ share,
        "covered_before": has[positions.before] @ share,
        "names_covered": of_names(own),
        "names_window": of_names(window),
        "article_covered": (in_article @ share)[article],
    }


def bigram_coverage(terms: QueryTerms, term: IntArray, owner: IntArray, count: int) -> NumberArray:
    """Return how much of the question's weight stands side by side in each of `count` candidates, (count,).

    It is at least 0; every pair of neighbouring terms counts once a candidate, with the weights of both over
    twice the weight of all. `term`, (tokens,), is each token's term or -1, as in `TermMatches`; `owner` its
    candidate.
    """
    weights = np.array(list(terms.weights.values()))
    beside = np.flatnonzero((term[:-1] >= 0) & (term[1:] >= 0) & (owner[:-1] == owner[1:]))
    pairs = np.unique(np.stack([owner[beside], term[beside], term[beside + 1]]), axis=1)
    sums = np.bincount(pairs[0], weights[pairs[1]] + weights[pairs[2]], minlength=count)
    return sums / (2 * terms.total_weight)
