"""Correct the tags of words that only their neighbours tell: "King" of "Stephen King", "for" of "Centers for Control".

The letters are those of `index.attribution.token_classes.Tag`. A correction never changes their number.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import sentencex

from index.attribution.lexicon import INSTITUTIONS
from index.text.gazetteer import COUNTRY
from index.text.word_lists import load_words

# What may stand behind a name and is part of it.
NAME_SUFFIXES = load_words("attribution/name_suffixes")
_INSTITUTION_NAME_WORDS = load_words("attribution/institution_name_words")
_MONTHS = load_words("shared/months") | load_words("shared/month_abbreviations")
# Bodies whose names say what they are on: "Council on Foreign Relations"; others are only seen "on CNN".
_BODIES_ON = frozenset({"board", "commission", "committee", "conference", "council", "panel", "subcommittee"})
_VERBS = "CLMHVabG"

# "&" or "+" between names: "Marks & Spencer".
_AMPERSAND = re.compile(r"(?<=[NTp])[c.](?=[NTP])")
# A mark inside a name: "Yum! Brands".
_MARK_IN_NAME = re.compile(r"(?<=N)\.(?=.)")
# A comma before a suffix: "Jane Roe, Jr.".
_SUFFIX_COMMA = re.compile(r"(?<=[NT]),(?=N)")
# A suffix in small letters: "Acme plc".
_SMALL_SUFFIX = re.compile(r"(?<=N)x")
# "and" between names: "Bosnia and Herzegovina".
_AND_BETWEEN_NAMES = re.compile(r"N(?P<and>c)N")
# A month without a preposition before a name: "Jan van Roe"; not "in June Roe".
_MONTH = re.compile(r"(?<![fodmuDxaN])D(?=p{0,2}N)")
# "do" between names: "Rio Grande do Sul".
_VERB_IN_NAME = re.compile(r"(?<=N)a(?=N)")
# A title behind a name and before none: "Stephen King said"; where the text ends, what follows is not known.
_LAST_TITLE = re.compile(r"(?<=[Np])T(?![NTp]|$)")
# A title before another part of a name: "Luther King III", "Justice Department".
_INNER_TITLE = re.compile(r"T(?=N)")
# A preposition inside the name of a body: "Centers for Disease Control", "Institute for the Study".
_INNER_PREPOSITION = re.compile(r"(?<=N)f(?=d?N)")
# What any of the corrections needs; most texts have none of it.
_CORRECTABLE = re.compile(r"[NTp][c.,][NTP]|N[.x]|Dp{0,2}N|NaN|[Np]T|TN|NfN|NfdN")


def correct_tags(words: Sequence[str], tags: str) -> str:
    """Return the tags of the words of one text, corrected by the words around each. Linear time."""
    if not _CORRECTABLE.search(tags):
        return tags
    letters = list(tags)
    _join_marks(words, letters)
    _join_suffixes(words, letters)
    _join_countries(words, letters)
    for match in _MONTH.finditer("".join(letters)):
        if words[match.start()].lower() in _MONTHS:
            letters[match.start()] = "N"
    for match in _VERB_IN_NAME.finditer("".join(letters)):
        if words[match.start()] == "do":
            letters[match.start()] = "p"
    _name_titles(words, letters)
    for match in _INNER_PREPOSITION.finditer("".join(letters)):
        if _names_its_field(words[match.start() - 1].lower(), words[match.start()]):
            letters[match.start()] = "o"
    return "".join(letters)


def _join_marks(words: Sequence[str], letters: list[str]) -> None:
    """Make "&" and "!" parts of the names in which they stand."""
    for match in _AMPERSAND.finditer("".join(letters)):
        at = match.start()
        if words[at] not in "&+" or letters[at - 1] == letters[at + 1] == "T":  # "Mr. & Mrs. Roe"
            continue
        letters[at - 1 : at + 1] = "NN"
        if letters[at + 1] == "P" and letters[at + 2 : at + 3] in (["C"], ["L"]):
            letters[at + 1] = "N"  # "Standard & Poor's said"
    for match in _MARK_IN_NAME.finditer("".join(letters)):
        at = match.start()
        if words[at] == "!" and _is_exclaimed_name(words[at - 1]):
            letters[at] = "N"


@lru_cache(maxsize=1000)  # a cache of single words, judged
def _is_exclaimed_name(word: str) -> bool:
    """Return True if sentencex knows a name that ends in "!": "Yahoo", "Yum"; not "Fire"."""
    return len(list(sentencex.segment("en", f"{word}! Roe left."))) == 1


def _join_suffixes(words: Sequence[str], letters: list[str]) -> None:
    """Make "plc" behind a name a part of it, and the commas around "Jr." or "Inc." no ends of it."""
    for match in _SMALL_SUFFIX.finditer("".join(letters)):
        if words[match.start()] in NAME_SUFFIXES:
            letters[match.start()] = "N"
    for match in _SUFFIX_COMMA.finditer("".join(letters)):
        at = match.start()
        if words[at + 1].rstrip(".") not in NAME_SUFFIXES:
            continue
        letters[at - 1 : at + 1] = "NN"
        if letters[at + 2 : at + 3] == [","] and letters[at + 3 : at + 4] and letters[at + 3] in _VERBS:
            letters[at + 2] = "a"


def _join_countries(words: Sequence[str], letters: list[str]) -> None:
    """Make "and" a part of the names of countries: "Bosnia and Herzegovina"."""
    for match in _AND_BETWEEN_NAMES.finditer("".join(letters)):
        if COUNTRY.fullmatch(" ".join(words[slice(*match.span())])):
            letters[match.start("and")] = "N"


def _name_titles(words: Sequence[str], letters: list[str]) -> None:
    """Make names of titles that are surnames or first words of a body's name."""
    for match in _INNER_TITLE.finditer("".join(letters)):
        following = words[match.end()]
        if following in _INSTITUTION_NAME_WORDS or following.rstrip(".") in NAME_SUFFIXES:
            letters[match.start()] = "N"
    for match in _LAST_TITLE.finditer("".join(letters)):
        letters[match.start()] = "N"


def _names_its_field(body: str, preposition: str) -> bool:
    """Return True if a preposition goes on with the name of a body: "Centers for", "Committee on"."""
    kind = body if body in INSTITUTIONS else body.removesuffix("s")
    return (preposition == "for" and kind in INSTITUTIONS) or (preposition == "on" and kind in _BODIES_ON)
