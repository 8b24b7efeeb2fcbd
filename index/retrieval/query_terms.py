"""The terms of a question that carry it, and how rare each of them is."""

import re
from dataclasses import dataclass
from typing import Any

from index.retrieval.keyword_index import KeywordSearch, analyzer
from index.text.word_lists import load_words

MIN_SENTENCES_FOR_IDF = 20_000  # judged: a smaller index has seen too little to tell which words are common
MIN_WEIGHT = 0.01  # judged: of a term that is in nearly all sentences, so that no weight is 0
STOP_WORDS = load_words("retrieval/stop_words")

_WORD = re.compile(r"[\w’'.-]+")  # "U.S.", "Fenn's", "vice-president"
_NAME = re.compile(r"\b[^\W\d_a-zß-ÿ][\w’'.-]*\w|\b[^\W\d_a-z]\b")  # "Norwick", "B": begins with a capital


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """A question's content terms as stems.

    `weights` holds each stem's inverse document frequency (at least MIN_WEIGHT), in the order of the
    question; `names` the stems among them that are parts of names. `total_weight` is the sum of the weights,
    with at least MIN_SENTENCES_FOR_IDF sentences counted; `total_idf` the same sum as this index's BM25 has
    it. Both are 1 where they would be 0, so that they may be divided by.
    """

    weights: dict[str, float]
    names: frozenset[str]
    total_weight: float
    total_idf: float


class QueryAnalyzer:
    """Turns text into stems, the way the keyword index does."""

    def __init__(self) -> None:
        self._analyzer: Any = analyzer()

    def stems(self, text: str) -> list[str]:
        """Return the stems of all words of a text, in order."""
        return self._analyzer.analyze(text)  # type: ignore[no-any-return]

    def terms(self, question: str, index: KeywordSearch) -> QueryTerms:
        """Return the content terms of a question, weighed by their rarity in `index`.

        A question of nothing but stop words keeps them all.
        """
        words = [word for word in _WORD.findall(question) if re.search(r"\w", word)]
        content = [word for word in words if word.lower().strip(".'’-") not in STOP_WORDS] or words
        stems = dict.fromkeys(stem for word in content for stem in self.stems(word))
        weights = {stem: max(index.idf(stem, MIN_SENTENCES_FOR_IDF), MIN_WEIGHT) for stem in stems}
        first = words[0] if words else ""
        names = {
            stem
            for word in content
            if _NAME.match(word) and (word is not first or word.lower() not in STOP_WORDS)
            for stem in self.stems(word)
        }
        total_idf = sum(index.idf(stem) for stem in stems)
        return QueryTerms(weights, frozenset(names), sum(weights.values()) or 1.0, total_idf or 1.0)
