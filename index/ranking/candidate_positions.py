"""Where candidates and their neighbours stand among the sentences whose tokens were read."""

from dataclasses import dataclass

import numpy as np

from index.arrays import IntArray
from index.retrieval.article_table import ArticleTable
from index.retrieval.forward_index import SentenceTokens
from index.retrieval.hybrid_search import Candidates


@dataclass(frozen=True, slots=True)
class CandidatePositions:
    """Rows of `SentenceTokens`, (n,) int64 each: the candidates' own, their headlines', their neighbours'.

    `before` and `after` are -1 where there is no neighbour but the headline. `published` is when the article
    appeared, in seconds since 1970, or UNKNOWN_TIME.
    """

    own: IntArray
    headline: IntArray
    before: IntArray
    after: IntArray
    published: IntArray

    @classmethod
    def locate(
        cls, candidates: Candidates, tokens: SentenceTokens, table: ArticleTable
    ) -> "CandidatePositions":
        """Return the positions of candidates, all of whose articles are among the `tokens`."""
        first, end = (column[candidates.article_row] for column in (table.first_sentence, table.end_sentence))
        headline = np.array([tokens.headline_rows[number] for number in first.tolist()], dtype=np.int64)
        own = headline + candidates.sentence_index
        return cls(
            own=own,
            headline=headline,
            before=np.where(candidates.sentence_index > 1, own - 1, -1),
            after=np.where(candidates.sentence_id + 1 < end, own + 1, -1),
            published=table.published[candidates.article_row],
        )
