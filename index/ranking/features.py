"""The features of candidates: named numbers that say why each may answer, for the ranking model."""

import numpy as np

from index.arrays import BoolArray, FloatArray, IntArray, NumberArray
from index.query.question import Question
from index.ranking.answer_features import CandidateTokens, answer_type_features, redundancy_features
from index.ranking.candidate_positions import CandidatePositions
from index.ranking.coverage_features import bigram_coverage, coverage_features, match_terms
from index.ranking.similarity_features import similarity_features
from index.retrieval.article_table import UNKNOWN_TIME
from index.retrieval.forward_index import SentenceTokens
from index.retrieval.hybrid_search import Candidates
from index.retrieval.query_terms import QueryTerms

SECONDS_A_DAY = 86_400.0
LOG_AGE_UNDATED = 8.0  # ln(1 + days), judged: an article of unknown age counts as eight years old
# The columns of the matrix, under the names by which `model.json` and `--explain` know them.
FEATURE_NAMES = (
    "similarity",
    "window",
    "neighbour",
    "headline",
    "article_best",
    "article_mean",
    "body",
    "around",
    "similarity_rank",
    "around_rank",
    "aimed",
    "aimed_window",
    "aimed_side",
    "aimed_headline",
    "aimed_rank",
    "article_covered",
    "centre",
    "covered",
    "covered_window",
    "covered_headline",
    "covered_before",
    "names_covered",
    "names_window",
    "new_names",
    "new_numbers",
    "fits",
    "has_people",
    "has_place",
    "has_number",
    "has_time",
    "has_reason",
    "has_speech",
    "wants_person",
    "wants_place",
    "wants_time",
    "wants_number",
    "wants_claim",
    "place",
    "length",
    "age",
    "dated",
    "agreement",
    "agreement_best",
    "pairs",
)


def feature_matrix(
    question: Question,
    terms: QueryTerms,
    candidates: Candidates,
    quotable: BoolArray,
    tokens: SentenceTokens,
    positions: CandidatePositions,
) -> FloatArray:
    """Return the features of n candidates, n at least 1, as (n, len(FEATURE_NAMES)) float32.

    `quotable`, (n,), are those that may be shown; `tokens` holds the candidates' articles, in which they stand at `positions`. No feature knows an outlet or
    a data set.
    """
    matches = match_terms(terms, tokens)
    at, owner = tokens.tokens_of(positions.own)
    own = CandidateTokens(
        owner, tokens.term_hashes[at].astype(np.int64), tokens.flags[at], matches.term[at] >= 0
    )
    columns = (
        similarity_features(terms, candidates, quotable)
        | coverage_features(terms, candidates, matches, positions)
        | answer_type_features(question, own, tokens.content_kinds[positions.own])
        | redundancy_features(candidates, own)
        | {
            "length": np.log1p(tokens.lengths[positions.own].astype(np.float32)),
            "age": _log_age(question, positions.published),
            "dated": np.full(len(candidates), question.prefer_around is not None),
            "pairs": bigram_coverage(terms, matches.term[at], owner, len(candidates)),
        }
    )
    return np.stack([columns[name] for name in FEATURE_NAMES], axis=1).astype(np.float32)


def _log_age(question: Question, published: IntArray) -> NumberArray:
    """Return ln(1 + days), (n,), between an article and the time meant, whichever came first."""
    meant = (question.prefer_around or question.now).timestamp()
    is_dated = published != UNKNOWN_TIME
    days = np.abs(meant - np.where(is_dated, published, 0)) / SECONDS_A_DAY
    return np.where(is_dated, np.log1p(days), LOG_AGE_UNDATED)
