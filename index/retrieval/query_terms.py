"""The words of a question that carry it, how rare each is, and how much of them a text covers."""

import re
from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from index.retrieval.keyword_index import KeywordIndex, analyzer

NAME = re.compile(r"\b[^\W\d_a-zß-ÿ][\w’'.-]*\w|\b[^\W\d_a-z]\b")
ENOUGH = 20_000  # sentences, from which on an index knows which words are common
STOP_WORDS = frozenset(
    [
        "a",
        "about",
        "according",
        "after",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "being",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "done",
        "during",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "hers",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "itself",
        "just",
        "many",
        "may",
        "me",
        "might",
        "more",
        "most",
        "much",
        "must",
        "my",
        "new",
        "no",
        "not",
        "now",
        "of",
        "on",
        "one",
        "or",
        "other",
        "our",
        "out",
        "over",
        "own",
        "say",
        "said",
        "says",
        "she",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "under",
        "up",
        "was",
        "we",
        "week",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "would",
        "year",
        "you",
        "your",
    ]
)


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """A question's content words as stems with their rarity, and the stems among them that are names."""

    weights: dict[str, float]
    stems: frozenset[str]
    names: frozenset[str]
    total: float
    bm25: float  # the sum of what each term weighs in this index's BM25

    def covered(self, stems: Set[str]) -> float:
        """Return the share (0 to 1) of the question's rarity that `stems` cover."""
        return sum(self.weights[stem] for stem in self.stems & stems) / self.total

    def names_covered(self, stems: Set[str]) -> float:
        """Return the share (0 to 1) of the question's names that `stems` cover; 1 when it has none."""
        if not self.names:
            return 1.0
        weight = sum(self.weights[name] for name in self.names)
        return sum(self.weights[name] for name in self.names & stems) / weight


class QueryAnalyzer:
    """Text -> stems, the way the word index makes them."""

    def __init__(self) -> None:
        self._analyzer: Any = analyzer()

    def stems(self, text: str) -> list[str]:
        """Return the stems of all words of a text, in order."""
        return self._analyzer.analyze(text)  # type: ignore[no-any-return]

    def terms(self, question: str, index: KeywordIndex) -> QueryTerms:
        """Return the content words of a question, weighed by their rarity in `index`.

        A question of nothing but common words keeps them all.
        """
        words = [word for word in re.findall(r"[\w’'.-]+", question) if re.search(r"\w", word)]
        content = [word for word in words if word.lower().strip(".'’-") not in STOP_WORDS] or words
        stems = dict.fromkeys(stem for word in content for stem in self.stems(word))
        weights = {stem: max(index.idf(stem, ENOUGH), 0.01) for stem in stems}
        first = words[0] if words else ""
        names = {
            stem
            for word in content
            if NAME.match(word) and (word is not first or word.lower() not in STOP_WORDS)
            for stem in self.stems(word)
        }
        bm25 = sum(index.idf(stem) for stem in stems)
        return QueryTerms(
            weights, frozenset(weights), frozenset(names), sum(weights.values()) or 1.0, bm25 or 1.0
        )
