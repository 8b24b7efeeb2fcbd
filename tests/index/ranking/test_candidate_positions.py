import numpy as np

from index.ranking.candidate_positions import CandidatePositions
from index.retrieval.article_table import UNKNOWN_TIME, ArticleTable
from index.retrieval.forward_index import SentenceTokens
from index.retrieval.hybrid_search import Candidates

TABLE = ArticleTable(
    np.array([0, 10]), np.array([4, 12]), np.array([99, UNKNOWN_TIME]), np.zeros(2, int), ("A",)
)


def located(*ids):
    """The positions of sentences, where the second article's tokens were read before the first one's."""
    empty = np.empty((len(ids), 0), np.float32)
    rows = TABLE.rows_of(np.array(ids))
    candidates = Candidates(np.array(ids), rows, np.array(ids) - TABLE.first_sentence[rows], *[empty] * 8)
    none = np.empty(0, np.int64)
    return CandidatePositions.locate(candidates, SentenceTokens({10: 0, 0: 2}, *[none] * 5), TABLE)


def test_sentences_stand_behind_their_headline():
    found = located(1, 3, 11)
    assert found.own.tolist() == [3, 5, 1]
    assert found.headline.tolist() == [2, 2, 0]
    assert found.published.tolist() == [99, 99, UNKNOWN_TIME]


def test_neighbours_end_with_the_article_and_are_never_the_headline():
    found = located(1, 2, 3, 11)
    assert found.before.tolist() == [-1, 3, 4, -1]
    assert found.after.tolist() == [4, 5, -1, -1]
