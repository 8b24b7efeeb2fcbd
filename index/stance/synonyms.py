"""Families of news words that mean nearly the same: any word of one may stand for any other.

The lists are general English, written down by us; none is fitted to data.
"""

import re
from functools import lru_cache

from index.text.tokens import stem
from index.text.word_lists import load_words

# A country and its people are one: Egypt, Egyptian; Canada, Canadian; Iraq, Iraqis; China, Chinese.
_PEOPLE = re.compile(r"(?<=....)(?:i?ans?|i?a|ese?|is?|os?|y|e)$")

_LISTS = ("stance/synonyms", "stance/irregular_verbs", "stance/nations")


@lru_cache(maxsize=1)
def _families() -> dict[str, str]:
    groups = [line.split() for name in _LISTS for line in load_words(name)]
    return {stem(word): stem(group[0]) for group in groups for word in group}


@lru_cache(maxsize=50_000)
def concept_of(word_stem: str) -> str:
    """Return the stem that stands for a word's family, or the stem itself."""
    family = _families().get(word_stem)
    return family or _PEOPLE.sub("", word_stem)
