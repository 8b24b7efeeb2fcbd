"""Question -> what was found: candidates, the articles they stand in, and their features."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.encoding.encoder import Encoder
from index.encoding.query_adapter import QueryAdapter
from index.query.question import Question
from index.ranking.features import FEATURE_NAMES, CandidatePositions, features
from index.ranking.model import bundled_ranking
from index.retrieval import forward_index
from index.retrieval.article_table import ArticleTable
from index.retrieval.forward_index import SentenceTokens
from index.retrieval.hybrid_search import (
    RERANK_DEPTH,
    Candidates,
    Hits,
    SentenceIds,
    hybrid_search,
    keyword_candidates,
)
from index.retrieval.keyword_index import KeywordIndex, SearchFilter
from index.retrieval.query_terms import QueryAnalyzer, QueryTerms
from index.retrieval.vector_index import VectorIndex
from index.storage.records import StoredArticle
from index.storage.store import Store


@dataclass(frozen=True, slots=True)
class SentenceContext:
    """A candidate's words: the sentence, the one before and after it (or ""), its headline."""

    sentence: str
    before: str
    after: str
    headline: str


@dataclass(frozen=True, slots=True)
class CandidateSet:
    """What the search brought for a question: candidates, their articles by first sentence, their features.

    `query` is the question's own vector, (d,). No article's text is read before it is asked for. The candidates'
    words stand in `tokens`, at `own`.
    """

    query: NDArray[np.float32]
    candidates: Candidates
    firsts: tuple[int, ...]
    matrix: NDArray[np.float32]
    tokens: SentenceTokens
    own: SentenceIds
    _store: Store
    _read: dict[int, StoredArticle] = field(default_factory=dict)

    def article_of(self, position: int) -> StoredArticle:
        """Return the article of the candidate at `position`, which is one of those that `load_articles` gave."""
        return self._read[self.firsts[position]]

    def passage_of(self, position: int) -> SentenceContext:
        """Return the words of the candidate at `position`, which is one of those that `load_articles` gave."""
        stored, place = self.article_of(position), int(self.candidates.place[position])

        def words(at: int) -> str:
            inside = 0 < at < len(stored.spans)
            return stored.article.text[slice(*stored.spans[at])] if inside else ""

        return SentenceContext(words(place), words(place - 1), words(place + 1), stored.article.title)

    def contains_any(self, stems: NDArray[np.uint32]) -> NDArray[np.bool_]:
        """Say of each candidate whether its sentence holds one of these stems (see `forward.term_hash`)."""
        at, owner = self.tokens.words_of(self.own)
        holds = np.zeros(len(self.own), dtype=np.bool_)
        holds[owner[np.isin(self.tokens.stems[at], stems)]] = True
        return holds

    def load_articles(self, positions: Iterable[int]) -> list[int]:
        """Read the articles of some candidates; return the positions of those that have not gone meanwhile."""
        wanted = list(positions)
        missing = {self.firsts[position] for position in wanted} - self._read.keys()
        if missing:
            self._read.update(self._store.get_many(missing))
        return [position for position in wanted if self.firsts[position] in self._read]


class CandidateRetriever:
    """Finds candidates in a store and the two indexes derived from it."""

    def __init__(
        self,
        encoder: Encoder,
        store: Store,
        vectors: VectorIndex,
        words: KeywordIndex,
        aim: QueryAdapter | None = None,
    ) -> None:
        """Nothing is read until a question comes. `aim` takes the place of the one that was fitted."""
        self._encoder = encoder
        self._aim = aim or bundled_ranking().adapter_for(encoder.fingerprint, encoder.dimensions)
        self._store = store
        self._vectors = vectors
        self._words = words
        self._analysis = QueryAnalyzer()
        self._aside = ThreadPoolExecutor(thread_name_prefix="words")

    def close(self) -> None:
        """Let go of the threads; nothing is found any more."""
        self._aside.shutdown(wait=False)

    def nearest(self, topic: str, numbers: SentenceIds, most: int) -> SentenceIds:
        """Return the `most` sentences among `numbers` that are nearest to a question by vector."""
        similar = self._vectors.rows(numbers) @ self._encoder.encode([topic])[0]
        return numbers[np.argsort(-similar, kind="stable")[:most]]

    def using_adapter(self, aim: QueryAdapter) -> "CandidateRetriever":
        """Return a finder over the same indexes with another aim."""
        return CandidateRetriever(self._encoder, self._store, self._vectors, self._words, aim)

    def retrieve(
        self,
        question: Question,
        table: ArticleTable,
        within: SentenceIds | None = None,
        most: int | None = RERANK_DEPTH,
    ) -> CandidateSet:
        """Return up to `most` candidates (None: all) with all that the ranking wants to know of them.

        `within` gives the sentence numbers to choose from, instead of all that the question's filters let pass.
        """
        narrow = SearchFilter(question.since, question.until, question.outlets)
        # neither holds the interpreter: where a core is free, words cost a question no time
        by_words = self._aside.submit(self._by_words, question.topic, narrow, within)
        query = self._encoder.encode([question.topic])[0]
        terms, saying = by_words.result()
        candidates = hybrid_search(
            query,
            self._aim.transform(query),
            saying,
            narrow,
            table=table,
            vectors=self._vectors,
            within=within,
            most=most,
        )
        lines = forward_index.load(self._store, np.unique(table.first[candidates.row]).tolist())
        kept = np.isin(table.first[candidates.row], list(lines.base))
        candidates = candidates.take(np.flatnonzero(kept))  # an article may have gone since the search
        firsts = table.first[candidates.row]
        place = _place(candidates, lines, table)
        matrix = (
            features(question, terms, candidates, lines, place)
            if len(candidates)
            else np.empty((0, len(FEATURE_NAMES)), np.float32)
        )
        return CandidateSet(
            query, candidates, tuple(firsts.tolist()), matrix, lines, place.sentences, self._store
        )

    def _by_words(
        self, topic: str, narrow: SearchFilter, within: SentenceIds | None
    ) -> tuple[QueryTerms, tuple[Hits, Hits]]:
        """Return a question's words and the sentences that say them."""
        terms = self._analysis.terms(topic, self._words)
        return terms, keyword_candidates(list(terms.weights), narrow, self._words, within)


def _place(candidates: Candidates, lines: SentenceTokens, table: ArticleTable) -> CandidatePositions:
    first, last = table.first[candidates.row], table.last[candidates.row]
    headline = np.array([lines.base[number] for number in first.tolist()], dtype=np.int64)
    own = headline + candidates.place
    return CandidatePositions(
        sentences=own,
        headline=headline,
        before=np.where(candidates.place > 1, own - 1, -1),
        after=np.where(candidates.number + 1 < last, own + 1, -1),
        published=table.published[candidates.row],
    )
