"""The candidates of a question with their features; their articles are read where they are needed."""

import copy
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from index.arrays import BoolArray, FloatArray, IntArray, SentenceIds
from index.encoding.encoder import Encoder
from index.encoding.query_adapter import QueryAdapter
from index.encoding.remembering_encoder import RememberingEncoder
from index.query.question import Question
from index.ranking.candidate_positions import CandidatePositions
from index.ranking.diversify import RankedCandidate
from index.ranking.features import FEATURE_NAMES, feature_matrix
from index.ranking.model import bundled_ranking
from index.retrieval import forward_index, line_table
from index.retrieval.article_table import ArticleTable, Reach
from index.retrieval.circle_keywords import KeywordPartitions
from index.retrieval.hybrid_search import CANDIDATE_LIMIT, Candidates, hybrid_search, keyword_candidates
from index.retrieval.keyword_index import Hits, SearchFilter
from index.retrieval.query_terms import QueryAnalyzer, QueryTerms
from index.retrieval.spelling import Spelling
from index.retrieval.vector_index import VectorIndex
from index.stages import Stage, stage
from index.stance.judgement import Judgement
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
class ReadCandidate:
    """A candidate that was read: its place, what it does to the claim, and the chances behind that, by name."""

    ranked: RankedCandidate
    judgement: Judgement
    chances: Mapping[str, float]


class ArticleLoader:
    """Reads articles from the store when they are first asked for, and each only once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._articles: dict[int, StoredArticle] = {}

    def load(self, article_ids: Iterable[int]) -> dict[int, StoredArticle]:
        """Return those of some articles that are in the store; new ones are read in one batch."""
        wanted = set(article_ids)
        missing = wanted - self._articles.keys()
        if missing:
            self._articles.update(self._store.get_many(missing))
        return {article_id: self._articles[article_id] for article_id in wanted & self._articles.keys()}


@dataclass(frozen=True, slots=True)
class CandidateSet:
    """What the search found for a question: n candidates, their features, their articles.

    `query` is the question's own vector, (d,) float32; `article_ids` the number of each candidate's headline,
    by which the store knows its article; `features` (n, len(FEATURE_NAMES)) float32. What is not `quotable`, (n,),
    is furniture: an article that asks the same question tells that it is about it, and is no answer. No article is read
    before it is asked for; `load_articles` reads many at once.
    """

    query: FloatArray
    candidates: Candidates
    article_ids: tuple[int, ...]
    features: FloatArray
    quotable: BoolArray
    articles: ArticleLoader

    def load_articles(self, positions: Iterable[int]) -> list[int]:
        """Read the articles of some candidates; return the positions of those that are still in the store."""
        wanted = list(positions)
        loaded = self.articles.load(self.article_ids[position] for position in wanted)
        return [position for position in wanted if self.article_ids[position] in loaded]

    def article_of(self, position: int) -> StoredArticle:
        """Return the article of a candidate. Raise LookupError when it has been removed since the search."""
        article_id = self.article_ids[position]
        return self.articles.load([article_id])[article_id]

    def passage_of(self, position: int) -> SentenceContext:
        """Return the words of a candidate. Raise LookupError as `article_of` does."""
        stored = self.article_of(position)
        index = int(self.candidates.sentence_index[position])

        def words(at: int) -> str:
            inside = 0 < at < len(stored.spans)
            return stored.article.text[slice(*stored.spans[at])] if inside else ""

        return SentenceContext(words(index), words(index - 1), words(index + 1), stored.article.title)


class CandidateRetriever:
    """Finds candidates in a store and the two indexes derived from it. Any thread may use it."""

    def __init__(
        self,
        encoder: Encoder,
        store: Store,
        vectors: VectorIndex,
        keywords: KeywordPartitions,
        adapter: QueryAdapter | None = None,
    ) -> None:
        """Read nothing before the first question. `adapter` replaces that of the bundled ranking model."""
        self._encoder = encoder
        self._adapter = adapter or bundled_ranking().adapter_for(encoder.fingerprint, encoder.dimensions)
        self._store = store
        self._vectors = vectors
        self._keywords = keywords
        self._analyzer = QueryAnalyzer()
        self.spelling = Spelling(store, keywords)
        self._executor = ThreadPoolExecutor(thread_name_prefix="keywords")

    def close(self) -> None:
        """Shut the threads down; `retrieve` raises RuntimeError from now on."""
        self._executor.shutdown(wait=False)

    def nearest(self, text: str, sentences: SentenceIds, k: int) -> SentenceIds:
        """Return the `k` of some sentences that are nearest to a text by vector, nearest first."""
        similarity = self._vectors.vectors_of(sentences) @ self._encoder.encode([text])[0]
        return sentences[np.argsort(-similarity, kind="stable")[:k]]

    def about(self, text: str, table: ArticleTable, rows: IntArray, least: float) -> IntArray:
        """Return those of the articles in `rows` of `table` that have a sentence, or headline, so similar to a text."""
        if not len(rows):
            return rows
        bounds = zip(table.first_sentence[rows].tolist(), table.end_sentence[rows].tolist(), strict=True)
        numbers = [np.arange(*one, dtype=np.int64) for one in bounds]
        starts = np.cumsum([0, *(len(one) for one in numbers[:-1])])
        similarity = self._vectors.vectors_of(np.concatenate(numbers)) @ self._encoder.encode([text])[0]
        return rows[np.maximum.reduceat(similarity, starts) >= least]

    def remembering(self) -> "CandidateRetriever":
        """Return a retriever that remembers the vectors of what it was asked last, for questions that come again and again."""
        other = copy.copy(self)
        other._encoder = RememberingEncoder(self._encoder)  # noqa: SLF001 - of this class
        return other

    def using_adapter(self, adapter: QueryAdapter) -> "CandidateRetriever":
        """Return a retriever over the same indexes with another query adapter."""
        return CandidateRetriever(self._encoder, self._store, self._vectors, self._keywords, adapter)

    @stage(Stage.RETRIEVAL)
    def retrieve(
        self,
        question: Question,
        table: ArticleTable,
        restrict_to: SentenceIds | None = None,
        k: int | None = CANDIDATE_LIMIT,
    ) -> CandidateSet:
        """Return the best `k` candidates (None: all, and none is taken for furniture), with features.

        `table` is what may answer: all articles, or those that a circle sees. `restrict_to` are the sentences to
        choose from, instead of all that the question's filters let pass.
        """
        filters = SearchFilter(question.since, question.until, question.outlets)
        # Encoding and the keyword search both release the interpreter's lock: they run side by side.
        searching = self._executor.submit(
            self._keyword_search, question.topic, filters, table.reach, restrict_to
        )
        query = self._encoder.encode([question.topic])[0]
        terms, keyword_hits = searching.result()
        candidates = hybrid_search(
            query,
            self._adapter.transform(query),
            keyword_hits,
            filters,
            table=table,
            vectors=self._vectors,
            restrict_to=restrict_to,
            k=k,
        )
        quotable = (
            np.ones(len(candidates), dtype=np.bool_) if k is None else self._quotable(candidates, table)
        )
        return self._with_features(question, query, terms, candidates, quotable, table)

    def _quotable(self, candidates: Candidates, table: ArticleTable) -> BoolArray:
        """Return which candidates are sentences of their articles, (n,), as far as `table` tells."""
        articles = table.first_sentence[candidates.article_row]
        return ~line_table.furniture_mask(self._store, articles, candidates.sentence_index, table.reach)

    def _with_features(
        self,
        question: Question,
        query: FloatArray,
        terms: QueryTerms,
        candidates: Candidates,
        quotable: BoolArray,
        table: ArticleTable,
    ) -> CandidateSet:
        """Read the candidates' tokens, drop those of articles removed meanwhile, compute features."""
        articles = np.unique(table.first_sentence[candidates.article_row]).tolist()
        tokens = forward_index.load(self._store, articles)
        article_ids = table.first_sentence[candidates.article_row]
        is_stored = np.isin(article_ids, list(tokens.headline_rows))
        candidates, article_ids = candidates.take(np.flatnonzero(is_stored)), article_ids[is_stored]
        quotable = quotable[is_stored]
        positions = CandidatePositions.locate(candidates, tokens, table)
        features = (
            feature_matrix(question, terms, candidates, quotable, tokens, positions)
            if len(candidates)
            else np.empty((0, len(FEATURE_NAMES)), np.float32)
        )
        return CandidateSet(
            query,
            candidates,
            tuple(article_ids.tolist()),
            features,
            quotable,
            ArticleLoader(self._store),
        )

    def _keyword_search(
        self, text: str, filters: SearchFilter, reach: Reach, restrict_to: SentenceIds | None
    ) -> tuple[QueryTerms, tuple[Hits, Hits]]:
        """Return a question's terms and the sentences that hold them."""
        keywords = self._keywords.seen(reach)
        terms = self._analyzer.terms(text, keywords)
        return terms, keyword_candidates(list(terms.weights), filters, keywords, restrict_to)
