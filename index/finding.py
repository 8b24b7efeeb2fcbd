"""Question -> what was found: candidates, the articles they stand in, and their features."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.aim import Aim
from index.articles import Article
from index.catalog import Table
from index.encoder import Encoder
from index.features import NAMES, Passage, features
from index.question import Question
from index.ranking import bundled_model
from index.search import Candidates, Numbers, find
from index.store import Store, Stored
from index.terms import Analysis
from index.vectors import VectorIndex
from index.words import Filter, WordIndex


@dataclass(frozen=True, slots=True)
class Found:
    """What the search brought for a question: candidates, their articles by first sentence, their features.

    `query` is the question's own vector, (d,).
    """

    query: NDArray[np.float32]
    candidates: Candidates
    passages: tuple[Passage, ...]
    stored: dict[int, Stored]
    firsts: tuple[int, ...]
    matrix: NDArray[np.float32]

    def article(self, position: int) -> Article:
        """Return the article of the candidate at `position`."""
        return self.stored[self.firsts[position]].article


class Finder:
    """Finds candidates in a store and the two indexes derived from it."""

    def __init__(
        self, encoder: Encoder, store: Store, vectors: VectorIndex, words: WordIndex, aim: Aim | None = None
    ) -> None:
        """Nothing is read until a question comes. `aim` takes the place of the one that was fitted."""
        self._encoder = encoder
        self._aim = aim or bundled_model().aim_for(encoder.fingerprint, encoder.dimensions)
        self._store = store
        self._vectors = vectors
        self._words = words
        self._analysis = Analysis()

    def nearest(self, topic: str, numbers: Numbers, most: int) -> Numbers:
        """Return the `most` sentences among `numbers` that are nearest to a question by vector."""
        similar = self._vectors.rows(numbers) @ self._encoder.encode([topic])[0]
        return numbers[np.argsort(-similar, kind="stable")[:most]]

    def aiming(self, aim: Aim) -> "Finder":
        """Return a finder over the same indexes with another aim."""
        return Finder(self._encoder, self._store, self._vectors, self._words, aim)

    def find(self, question: Question, table: Table, within: Numbers | None = None) -> Found:
        """Return the candidates for a question with all that the ranking wants to know of them.

        `within` gives the sentence numbers to choose from, instead of all that the question's filters let pass.
        """
        narrow = Filter(question.since, question.until, question.outlets)
        terms = self._analysis.terms(question.topic, self._words)
        query = self._encoder.encode([question.topic])[0]
        candidates = find(
            query,
            self._aim.turn(query),
            list(terms.weights),
            narrow,
            table=table,
            vectors=self._vectors,
            index=self._words,
            within=within,
        )
        firsts = table.first[candidates.row].tolist()
        stored = self._store.read(set(firsts))
        here = np.array([place for place, first in enumerate(firsts) if first in stored], dtype=np.int64)
        candidates = candidates.take(here)  # an article may have gone since the search
        kept = tuple(firsts[place] for place in here.tolist())
        passages = tuple(
            _passage(stored[first], place)
            for first, place in zip(kept, candidates.place.tolist(), strict=True)
        )
        matrix = (
            features(question, terms, candidates, passages, self._analysis)
            if len(candidates)
            else np.empty((0, len(NAMES)), np.float32)
        )
        return Found(query, candidates, passages, stored, kept, matrix)


def _passage(stored: Stored, place: int) -> Passage:
    def words(at: int) -> str:
        inside = 0 < at < len(stored.spans)
        return stored.article.text[slice(*stored.spans[at])] if inside else ""

    article = stored.article
    return Passage(words(place), words(place - 1), words(place + 1), article.title, article.published)
