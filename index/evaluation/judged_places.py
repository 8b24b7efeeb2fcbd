"""Where sentences that were judged stand among today's: the splitter and the cleaning have changed since.

A judged sentence is looked up by its words in its article, not by the offset at which it once stood.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from index.articles import Span
from index.storage.records import StoredArticle

_WORD = re.compile(r"\w+")


class FoundAs(StrEnum):
    """How much of a judged sentence is one of today's."""

    WHOLE = "whole"
    IN_PART = "in part"  # it is cut otherwise now, or a stamp or a name is no longer part of it
    NOT = "not"  # nothing of it may be quoted now: it was furniture, or its article is not there


def found_as(stored: StoredArticle | None, sentence: str) -> FoundAs:
    """Return how much of a judged sentence is among the sentences of its article, by its words."""
    if stored is None:
        return FoundAs.NOT
    text = stored.article.text
    words = _WORD.findall(sentence)
    spans = stored.spans[1:]
    if any(text[start:end] == sentence for start, end in spans):
        return FoundAs.WHOLE
    place = _place(text, words)
    if place is None:
        return FoundAs.NOT
    within = [span for span in spans if span.start < place.end and place.start < span.end]
    if any(_WORD.findall(text[start:end]) == words for start, end in within):
        return FoundAs.WHOLE
    return FoundAs.IN_PART if within else FoundAs.NOT


def found_shares(
    articles: Mapping[str, StoredArticle], judged: Iterable[tuple[str, str]]
) -> dict[str, float]:
    """Return which share of the judged sentences, (address, sentence) each, is found whole, and which in part."""
    counts = Counter(found_as(articles.get(url), sentence) for url, sentence in judged)
    total = max(1, counts.total())
    whole, part = counts[FoundAs.WHOLE], counts[FoundAs.IN_PART]
    return {"sentences found whole": whole / total, "sentences found at all": (whole + part) / total}


def _place(text: str, words: Sequence[str]) -> Span | None:
    """Return where these words stand in a text, with whatever marks between them; the longest part if not all do."""
    for count in range(len(words), 0, -max(1, len(words) // 4)):
        for part in (words[:count], words[len(words) - count :]):
            found = re.search(r"\W+".join(map(re.escape, part)), text)
            if found and count > len(words) // 4:
                return Span(*found.span())
    return None
