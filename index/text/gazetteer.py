"""Patterns that find the names of countries and of the United States, as news writes them."""

import re
from collections.abc import Iterable

from index.text.word_lists import load_words


def _name_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of `names` as a whole word, the longest that fits."""
    longest_first = sorted(sorted(names), key=len, reverse=True)
    return re.compile(rf"\b(?=[A-Z])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


COUNTRY = _name_pattern(load_words("text/countries"))  # "Ukraine", "United Arab Emirates", "U.S."
STATE = _name_pattern(load_words("text/us_states"))  # "Ohio", "North Dakota"
