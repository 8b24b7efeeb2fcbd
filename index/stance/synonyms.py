"""Concepts: families of news words that mean nearly the same, named by one stem.

The lists are general English, written by hand; none is fitted.
"""

import re
from functools import lru_cache

from index.text.tokens import cache_words, stem
from index.text.word_lists import load_words

# Endings that are taken off a stem where four letters stay, so that a country and its people are one concept:
# Egypt, Egyptian; Canada, Canadian; Iraq, Iraqis; China, Chinese.
_NATION_ENDING = re.compile(r"(?<=....)(?:i?ans?|i?a|ese?|is?|os?|y|e)$")

_WORD_LISTS = ("stance/synonyms", "stance/irregular_verbs", "stance/nations")


@lru_cache(maxsize=1)
def _concepts_by_stem() -> dict[str, str]:
    groups = [line.split() for name in _WORD_LISTS for line in load_words(name)]
    return {stem(word): stem(group[0]) for group in groups for word in group}


@cache_words
def concept_of(word_stem: str) -> str:
    """Return the concept of a word, given its stem.

    The stem of its family's first word, or its own without an ending.
    """
    concept = _concepts_by_stem().get(word_stem)
    return concept or _NATION_ENDING.sub("", word_stem)
