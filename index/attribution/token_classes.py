"""Words -> what part each can play in naming a person or a body: the small alphabet the patterns are written in.

A sentence becomes one letter per word (`NN,dmr,C` for "Jane Roe, the former mayor, said"), so that a pattern over
sentences is an ordinary regular expression over a short string.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from index.articles import Span
from index.attribution.lexicon import (
    ADDRESSEE_VERBS,
    AMBIGUOUS_VERBS,
    INSTITUTIONS,
    MODIFIER_SUFFIXES,
    QUOTE_ONLY_VERBS,
    REACTION_VERBS,
    ROLE_MODIFIERS,
    ROLE_SUFFIX_EXCEPTIONS,
    ROLE_SUFFIXES,
    ROLES,
    SAYING_GERUNDS,
    SAYING_VERBS,
    TITLES,
)
from index.text.word_lists import load_words

HIDDEN_TAG = "\x00"  # stands for every character between quotation marks


@dataclass(frozen=True, slots=True)
class TaggedText:
    """The words and marks of a text, where each stands in it, and their letters: letter i is word i's.

    The text itself stands at `offset` in its article.
    """

    text: str
    places: list[tuple[int, int]]
    tags: str
    offset: int = 0

    def __getitem__(self, place: int) -> str:
        """Return a word."""
        return self.text[slice(*self.places[place])]

    def span(self, first: int, end: int) -> Span:
        """Return where the words from `first` up to, not including, `end` stand in the article."""
        return Span(self.offset + self.places[first][0], self.offset + self.places[end - 1][1])


REMEMBERED = 512  # texts whose words are; one question looks at the same sentences several times

_DAYS = (
    load_words("shared/weekdays")
    | (load_words("shared/months") - {"may"})  # a verb more often than a month
    | load_words("shared/month_abbreviations")
    | load_words("attribution/times")
)
_LETTERS: tuple[tuple[str, frozenset[str]], ...] = (
    ("h", frozenset({"he", "she", "they"})),
    ("i", frozenset({"i", "we", "you", "it", "me", "us"})),
    ("w", load_words("attribution/relative_pronouns")),
    (
        "d",
        load_words("attribution/determiners"),
    ),
    ("o", frozenset({"of"})),
    (
        "f",
        load_words("attribution/prepositions"),
    ),
    ("c", frozenset({"and", "&", "or"})),
    (
        "k",
        load_words("attribution/sentence_openers"),
    ),
    (
        "s",
        load_words("attribution/subordinating_conjunctions"),
    ),
    (
        "a",
        load_words("attribution/auxiliaries_and_adverbs"),
    ),
    ("b", load_words("shared/be_forms") | {"am", "isn't", "isn’t", "wasn't", "wasn’t"}),
    ("p", load_words("attribution/name_particles")),
    ("D", _DAYS),
)
_LETTER_OF = {word: letter for letter, tag in reversed(_LETTERS) for word in tag}
_MARKS = {",": ",", ":": ":", "(": "(", ")": ")", "—": "-", "–": "-", "-": "-", ";": ";", HIDDEN_TAG: "Q"}
_FIXED = (
    r"(?P<K>(?i:according\s+to|in\s+the\s+words\s+of))|"
    r"(?P<C>(?:was|were|is|been)\s+quoted\s+(?:as\s+)?saying|(?:went|goes|go)\s+on\s+to\s+(?:say|add)|"
    r"(?:made|makes)\s+(?:it\s+)?clear|took\s+to\s+(?:Twitter|Facebook|X|Instagram|social\s+media)|"
    r"pointed\s+out|points\s+out)|"
    r"(?P<T>(?:Secretary|Minister|Secretaries)\s+of\s+(?:the\s+)?[A-Z]\w+|Prime\s+Minister|Vice\s+President|"
    r"Attorney\s+General|(?:Crown|Chief)\s+(?:Prince|Justice)|St\.(?=\s[A-Z]))(?![\w'’])"
)
_WORD = re.compile(
    rf"{HIDDEN_TAG}+|{_FIXED}|[A-Z]-[A-Z]\w*\.?(?:\w\.)?|(?:[^\W\d_]\.){{2,4}}(?:-[^\W\d_]\w*\.?)*|[^\W_]+(?:['’.&@\-‑][^\W_]+)*(?:['’](?=\s[A-Za-z]))?|\S"
)
_CONTRACTED = re.compile(r"(?<=[a-z])['’](?:ve|d|ll|m|re)$|(?<=he|it)['’]s$|(?<=that)['’]s$")
_INITIAL = re.compile(r"([^\W\d_])\w{3,}")  # of words that a headline writes with a capital
_ABBREVIATED = load_words("attribution/abbreviations")


def tag(text: str, start: int = 0) -> TaggedText:
    """Return the words and marks of `text`, which stands at `start` in its article. Linear time.

    Letters: N name, T title, P possessive name, r role ("spokesman"), e body ("campaign"), m modifier
    ("former"), p name particle ("von"), d determiner, h he/she/they, i other pronoun, w relative pronoun, s subordinating conjunction, C verb of
    saying, L verb of telling somebody, M verb of reacting, H either verb or noun, V verb of saying only before words said, G their -ing form, K "according to", a auxiliary or adverb,
    b form of "be", f preposition, o "of", c "and", k other conjunction or opening word, D day or time, u number, Q quoted words,
    x anything else; commas, colons, dashes and brackets stand for themselves.
    """
    found = _tag(text)
    return TaggedText(text, found.places, found.tags, start) if start else found


@lru_cache(REMEMBERED)
def _tag(text: str) -> TaggedText:
    places: list[tuple[int, int]] = []
    letters: list[str] = []
    last = ""
    headline = _is_headline(text)
    for match in _WORD.finditer(text):
        word, place = match[0], match.span()
        if word == "." and _takes_stop(last) and places[-1][1] == place[0]:
            places[-1], last = (places[-1][0], place[1]), last + "."
            continue
        if word == "," and last == "." and len(places) > 1:
            places[-2:] = [(places[-2][0], places[-1][1])]
            del letters[-1]
        letter = match.lastgroup or _letter(word, not letters or letters[-1] in "Q:;.", headline)
        if letter in "CLVM" and letters == ["a"] and last.endswith("ly"):
            letters[0] = "N"  # "Kelly said", but "Finally, she said"
        places.append(place)
        letters.append(letter)
        last = word
    return TaggedText(text, places, "".join(letters))


def _takes_stop(word: str) -> bool:
    return word in _ABBREVIATED or (len(word) == 1 and word.isupper())


def _is_headline(text: str) -> bool:
    """Say whether Most Words Begin With a Capital."""
    initials = _INITIAL.findall(text, 0, 400)
    return len(initials) > 3 and sum(map(str.isupper, initials)) > 0.7 * len(initials)


@lru_cache(maxsize=50_000)
def _letter(word: str, first: bool, headline: bool) -> str:
    """Return the letter of one word; `first` says that a capital may only be the sentence's."""
    if word[0] == HIDDEN_TAG:
        return "Q"
    if not word[0].isalnum():
        return _MARKS.get(word, ".")
    if any(map(str.isdigit, word)):
        return "u"
    lower = _CONTRACTED.sub("", word.lower())
    capital = word[0].isupper()
    if (
        capital
        and not first
        and (lower in _LETTER_OF and lower not in _DAYS)
        and lower not in ("i", "he", "she")
    ):
        return "p" if _LETTER_OF[lower] == "p" else _LETTER_OF[lower]
    if lower in _LETTER_OF:
        return _LETTER_OF[lower]
    if capital:
        return _capital(word, lower, first, headline)
    return _common(lower)


def _capital(word: str, lower: str, first: bool, headline: bool) -> str:
    if word.endswith(("'s", "’s", "s'", "s’")):
        return "P"
    if word in TITLES:
        return "T"
    verb = _verb(lower) if headline or first else ""
    if verb or (first and (lower in ROLES or lower.endswith("ing"))):
        return verb or ("r" if lower in ROLES else "g")
    return "a" if lower.endswith("ly") and first else "N"


def _common(lower: str) -> str:
    if lower in ROLES:
        return "r"
    if lower in INSTITUTIONS:
        return "e"
    verb = _verb(lower)
    if verb:
        return verb
    if lower.endswith(ROLE_SUFFIXES) and lower not in ROLE_SUFFIX_EXCEPTIONS:
        return "r"
    if lower.endswith("ly"):
        return "a"
    if lower.endswith("ing"):
        return "g"
    return "m" if lower in ROLE_MODIFIERS or lower.endswith(MODIFIER_SUFFIXES) or "-" in lower else "x"


def _verb(lower: str) -> str:
    if lower in AMBIGUOUS_VERBS:
        return "H"
    if lower in ADDRESSEE_VERBS:
        return "L"
    if lower in QUOTE_ONLY_VERBS:
        return "V"
    if lower in SAYING_VERBS:
        return "C"
    if lower in REACTION_VERBS:
        return "M"
    return "G" if lower in SAYING_GERUNDS else ""
