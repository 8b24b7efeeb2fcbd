"""Keyword search for circles: an index of the house's sentences, another of all others', and what a circle sees of both.

The house's words are counted apart, so that no server's feeds change how its sentences are ranked. Of the others'
words a circle sees those that came from its own feeds; weights and scores are computed from what it sees.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.retrieval.article_table import EVERYTHING, Reach
from index.retrieval.bm25 import bm25
from index.retrieval.keyword_index import (
    CONTEXT_FIELD,
    SENTENCE_FIELD,
    Hits,
    KeywordIndex,
    SearchFilter,
    Within,
    inverse_document_frequency,
)
from index.storage.store import Store

# Words of a sentence of the house, and of its context: the means of 300,662 sentences of American and British news.
MEAN_LENGTHS = {SENTENCE_FIELD: 22.2, CONTEXT_FIELD: 76.4}
SPARE_HITS = (
    150  # found beyond those wanted, since the others' index orders them by all that it holds; judged
)


@dataclass(frozen=True, slots=True)
class CircleKeywords:
    """What a circle sees of the two indexes, searched as one (`KeywordSearch`)."""

    house: KeywordIndex
    others: KeywordIndex
    store: Store
    reach: Reach

    @property
    def _sentences(self) -> int:
        """Return how many of the others' sentences are seen."""
        if self.reach.feeds is None:
            return max(0, self.others.sentences - 1)  # one document is the watermark
        return self.reach.sentences

    def search(self, terms: Sequence[str], field: str, k: int, filters: SearchFilter) -> Hits:
        """Return the `k` best sentences by BM25, best first; see `KeywordIndex.search`."""
        if not self._sentences:
            return self.house.search(terms, field, k, filters)
        weights = {term: self._weight(term, field) for term in dict.fromkeys(terms)}
        boosts = {
            term: weight / inverse_document_frequency(self.house.documents, self.house.frequency(term, field))
            for term, weight in weights.items()
        }
        houses = self.house.search(terms, field, k, filters, Within(None, boosts))
        (own, articles), _ = self.others.values(
            terms, field, k + SPARE_HITS, filters, Within(self.reach.feeds), "number", "article"
        )
        sentences = np.concatenate([houses[0], own])
        own_scores = bm25(self.store, own, articles, field, weights, self._mean_length(field))
        scores = np.concatenate([houses[1], own_scores])
        order = np.lexsort((sentences, -scores))[:k]
        return sentences[order], scores[order]

    def idf(self, term: str, min_sentences: int = 0) -> float:
        """Return the inverse document frequency of a stem among what is seen; see `KeywordIndex.idf`."""
        if not self._sentences:
            return self.house.idf(term, min_sentences)
        total = max(1, min_sentences, self.house.sentences + self._sentences)
        return inverse_document_frequency(total, self.frequency(term, CONTEXT_FIELD))

    def _weight(self, term: str, field: str) -> float:
        """Return the inverse document frequency of a stem by which BM25 scores."""
        total = self.house.documents + self._sentences
        return inverse_document_frequency(total, self.frequency(term, field))

    def _mean_length(self, field: str) -> float:
        """Return how many words a sentence that is seen, or its context, has on an average."""
        own = self.reach.words[field == CONTEXT_FIELD]
        if not own:
            return MEAN_LENGTHS[field]
        houses = self.house.documents
        return (own + MEAN_LENGTHS[field] * houses) / (self.reach.sentences + houses)

    def frequency(self, term: str, field: str) -> int:
        """Return how many of the sentences that are seen have a stem."""
        houses = self.house.frequency(term, field)
        if not self.others.frequency(term, field):  # which is known at once, unlike whose sentences they are
            return houses
        return houses + self.others.frequency(term, field, self.reach.feeds)


class KeywordPartitions:
    """The two keyword indexes of a data folder."""

    def __init__(self, folder: Path, store: Store) -> None:
        """Open the indexes in `folder`; one that is missing or damaged starts empty."""
        self._store = store
        self.house = KeywordIndex(folder)
        self.others = KeywordIndex(folder, with_feeds=True)

    def seen(self, reach: Reach = EVERYTHING) -> CircleKeywords:
        """Return what a circle sees, whose own documents are within `reach`."""
        return CircleKeywords(self.house, self.others, self._store, reach)
