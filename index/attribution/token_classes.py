"""Shallow tagging: each word of a text gets the part that it can play in naming a speaker, as one letter.

A sentence becomes one letter per word (`NN,dmr,C` for "Jane Roe, the former mayor, said"), so that a pattern
over sentences is an ordinary regular expression over a short string.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
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
from index.attribution.tag_corrections import correct_tags
from index.text.tokens import is_single_word
from index.text.word_lists import load_words

QUOTE_MASK = "\x00"  # stands for every character between quotation marks


class Tag(StrEnum):
    """The part that a word can play in naming a speaker: the letters in which the patterns are written.

    Commas, colons, semicolons, dashes and brackets are their own tags (a dash of any length is "-").
    """

    NAME = "N"  # Jane, Acme
    TITLE = "T"  # Senator, Dr, Prime Minister
    POSSESSIVE = "P"  # Acme's
    PARTICLE = "p"  # von, bin: inside names
    ROLE = "r"  # spokesman
    INSTITUTION = "e"  # campaign, ministry
    MODIFIER = "m"  # former, foreign
    DETERMINER = "d"  # the, his, two
    PERSON_PRONOUN = "h"  # he, she, they
    OTHER_PRONOUN = "i"  # it, we, you
    RELATIVE = "w"  # who, which, that
    SAYING = "C"  # said, pointed out
    TELLING = "L"  # told: who is named next does not speak
    REACTING = "M"  # criticised
    AMBIGUOUS = "H"  # reports, calls: a verb or a noun
    QUOTING = "V"  # added: says something only before words said
    SAYING_GERUND = "G"  # saying, criticising
    ACCORDING = "K"  # according to
    GERUND = "g"  # any other word in -ing
    BE = "b"  # is, wasn't
    AUXILIARY = "a"  # has, not, also, and other adverbs
    PREPOSITION = "f"  # in, by
    OF = "o"  # of
    COORDINATOR = "c"  # and, or
    SUBORDINATOR = "s"  # as, when
    OPENER = "k"  # but, meanwhile
    TIME = "D"  # Monday, yesterday
    NUMBER = "u"  # 42
    QUOTED = "Q"  # words in quotation marks
    OTHER = "x"  # any other word
    MARK = "."  # any other mark


# Above this share of longer words with a capital letter a text is a headline; judged, as the next two.
_TITLE_CASE_SHARE = 0.7
_TITLE_CASE_CHARS = 400  # characters of a text that are looked at for it
_TITLE_CASE_WORDS = 3  # a headline has more longer words than these

_TIMES = (
    load_words("shared/weekdays")
    | (load_words("shared/months") - {"may"})  # a verb more often than a month
    | load_words("shared/month_abbreviations")
    | load_words("attribution/times")
)
# Words that always have the same tag. A word in several of them has the first tag.
_CLOSED_CLASSES: tuple[tuple[Tag, frozenset[str]], ...] = (
    (Tag.PERSON_PRONOUN, frozenset({"he", "she", "they"})),
    (Tag.OTHER_PRONOUN, frozenset({"i", "we", "you", "it", "me", "us"})),
    (Tag.RELATIVE, load_words("attribution/relative_pronouns")),
    (Tag.DETERMINER, load_words("attribution/determiners")),
    (Tag.OF, frozenset({"of"})),
    (Tag.PREPOSITION, load_words("attribution/prepositions")),
    (Tag.COORDINATOR, frozenset({"and", "or"})),
    (Tag.OPENER, load_words("attribution/sentence_openers")),
    (Tag.SUBORDINATOR, load_words("attribution/subordinating_conjunctions")),
    (Tag.AUXILIARY, load_words("attribution/auxiliaries_and_adverbs")),
    (Tag.BE, load_words("shared/be_forms") | {"am", "isn't", "isn’t", "wasn't", "wasn’t"}),
    (Tag.PARTICLE, load_words("attribution/name_particles")),
    (Tag.TIME, _TIMES),
)
_TAG_OF_CLOSED = {word: word_tag for word_tag, words in reversed(_CLOSED_CLASSES) for word in words}
_MARK_TAGS = {",": ",", ":": ":", "(": "(", ")": ")", "—": "-", "–": "-", "-": "-", ";": ";", "&": "c"}
# Words that are one token together: "according to"; "was quoted as saying", "went on to say", "made clear",
# "took to Twitter", "pointed out"; "Secretary of State", "Prime Minister", "Crown Prince", "St."
# of "St. Denis".
_FIXED_PHRASES = (
    r"(?P<K>(?i:according\s+to|in\s+the\s+words\s+of))|"
    r"(?P<C>(?:was|were|is|been)\s+quoted\s+(?:as\s+)?saying|(?:went|goes|go)\s+on\s+to\s+(?:say|add)|"
    r"(?:made|makes)\s+(?:it\s+)?clear|took\s+to\s+(?:Twitter|Facebook|X|Instagram|social\s+media)|"
    r"pointed\s+out|points\s+out)|"
    r"(?P<T>(?:Secretary|Minister|Secretaries)\s+of\s+(?:the\s+)?[A-Z]\w+|Prime\s+Minister|Vice\s+President|"
    r"Attorney\s+General|(?:Crown|Chief)\s+(?:Prince|Justice)|St\.(?=\s[A-Z]))(?![\w'’])"
)
# A token: a masked quotation, a fixed phrase, "R-S.C.", "U.S.-led", "O'Brien", "co-founder", "workers'", or
# one mark.
_TOKEN = re.compile(
    rf"{QUOTE_MASK}+|{_FIXED_PHRASES}|[A-Z]-[A-Z]\w*\.?(?:\w\.)?|(?:[^\W\d_]\.){{2,4}}(?:-[^\W\d_]\w*\.?)*"
    r"|[^\W_]+(?:['’.&@\-‑][^\W_]+)*(?:['’](?=\s[A-Za-z]))?|\S"
)
# The end of "they've", "she'd", "he's", "that's"; not of "Jane's".
_CONTRACTION = re.compile(r"(?<=[a-z])['’](?:ve|d|ll|m|re)$|(?<=he|it)['’]s$|(?<=that)['’]s$")
# An adverb by its ending, with a capital in a headline: "Finally"; not "Kelly" or "McNally".
_ADVERB = re.compile(
    r"[A-Z][a-z]*[aeiouy][a-z]*(?:al|ab|ib|ant|ar|at|ed|ent|est|ful|ing|ish|iv|less|ous|if|is|it|im)e?ly"
)
# A word of four letters or more: a headline writes these with a capital, "Mayor of Oslo Quits".
_LONGER_WORD = re.compile(r"[^\W\d_]\w{3,}")
_ABBREVIATED = load_words("attribution/abbreviations")
_POSSESSIVE_ENDINGS = ("'s", "’s", "s'", "s’")


@dataclass(frozen=True, slots=True)
class TaggedText:
    """A text with the places of its words and marks, and a string of their tags: letter i is word i's.

    The text itself stands at `offset` in its article.
    """

    text: str
    spans: list[tuple[int, int]]
    tags: str
    offset: int = 0

    def __getitem__(self, index: int) -> str:
        """Return a word."""
        return self.text[slice(*self.spans[index])]

    def words(self, first: int, end: int) -> list[str]:
        """Return the words from `first` up to, not including, `end`."""
        return [self[index] for index in range(first, end)]

    def span(self, first: int, end: int) -> Span:
        """Return the span in the article of the words from `first` up to, not including, `end`."""
        return Span(self.offset + self.spans[first][0], self.offset + self.spans[end - 1][1])


def tag(text: str, start: int = 0) -> TaggedText:
    """Return the words and marks of `text`, which stands at `start` in its article, with their tags.

    The time is linear in the length of the text. Quotations must be masked with QUOTE_MASK.
    """
    spans: list[tuple[int, int]] = []
    tags: list[str] = []
    last = ""
    title_case = _is_title_case(text)
    for match in _TOKEN.finditer(text):
        word, span = match[0], match.span()
        if word == "." and _takes_full_stop(last) and spans[-1][1] == span[0]:
            spans[-1], last = (spans[-1][0], span[1]), last + "."
            continue
        if word == "," and last == "." and len(spans) > 1:
            spans[-2:] = [(spans[-2][0], spans[-1][1])]
            del tags[-1]
        word_tag = match.lastgroup or _tag_word(word, not tags or tags[-1] in "Q:;.", title_case)
        if word_tag in "CLVM" and tags == [Tag.AUXILIARY] and last.endswith("ly"):
            tags[0] = Tag.NAME  # "Kelly said", but "Finally, she said"
        spans.append(span)
        tags.append(word_tag)
        last = word
    words = [text[first:end] for first, end in spans]
    return TaggedText(text, spans, correct_tags(words, "".join(tags)), start)


def _takes_full_stop(word: str) -> bool:
    return word in _ABBREVIATED or (len(word) == 1 and word.isupper())


def _is_title_case(text: str) -> bool:
    """Return True if most of the longer words begin with a capital, as in a headline.

    A headline has no small verb: "The Post reported that Trump met Putin" is none.
    """
    words = _LONGER_WORD.findall(text, 0, _TITLE_CASE_CHARS)
    small = [word for word in words if word[0].islower()]
    if len(words) <= _TITLE_CASE_WORDS or len(words) - len(small) <= _TITLE_CASE_SHARE * len(words):
        return False
    return not any(map(_tag_verb, small))


def _tag_word(word: str, first: bool, title_case: bool) -> str:
    """Return the tag of one word; `first` in a sentence or in title case, a capital need not show a name."""
    if word[0] == QUOTE_MASK:
        return Tag.QUOTED
    tag_word = _tag_plain_word if is_single_word(word) else _tag_plain_word.__wrapped__
    return tag_word(word, first, title_case)


@lru_cache(maxsize=50_000)  # single words, judged: what may be a sentence is not kept beyond its question
def _tag_plain_word(word: str, first: bool, title_case: bool) -> str:
    """Return the tag of one word that is not masked; see `_tag_word`."""
    if not word[0].isalnum():
        return _MARK_TAGS.get(word, Tag.MARK)
    if any(map(str.isdigit, word)):
        return Tag.NUMBER
    lower = _CONTRACTION.sub("", word.lower())
    capital = word[0].isupper()
    if lower in _TAG_OF_CLOSED:
        return _TAG_OF_CLOSED[lower]
    if capital:
        return _tag_capitalized(word, lower, first, title_case)
    return _tag_lower(lower)


def _tag_capitalized(word: str, lower: str, first: bool, title_case: bool) -> Tag:
    if word.endswith(_POSSESSIVE_ENDINGS):
        return Tag.POSSESSIVE
    if word in TITLES:
        return Tag.TITLE
    verb = _tag_verb(lower) if title_case or first else None
    if verb == Tag.AMBIGUOUS and not first and not lower.endswith(("s", "d")):
        verb = None  # "The Daily Show Takes ..."
    if verb or (first and (lower in ROLES or lower.endswith("ing"))):
        return verb or (Tag.ROLE if lower in ROLES else Tag.GERUND)
    adverb = (first and lower.endswith("ly")) or (title_case and _ADVERB.fullmatch(word))
    return Tag.AUXILIARY if adverb else Tag.NAME


def _tag_lower(lower: str) -> Tag:
    if lower in ROLES:
        return Tag.ROLE
    if lower in INSTITUTIONS:
        return Tag.INSTITUTION
    verb = _tag_verb(lower)
    if verb:
        return verb
    if lower.endswith(ROLE_SUFFIXES) and lower not in ROLE_SUFFIX_EXCEPTIONS:
        return Tag.ROLE
    if lower.endswith("ly"):
        return Tag.AUXILIARY
    if lower.endswith("ing"):
        return Tag.GERUND
    modifies = lower in ROLE_MODIFIERS or lower.endswith(MODIFIER_SUFFIXES) or "-" in lower
    return Tag.MODIFIER if modifies else Tag.OTHER


def _tag_verb(lower: str) -> Tag | None:
    """Return the tag of a verb that tells of speaking; the first list that holds it decides."""
    if lower in AMBIGUOUS_VERBS:
        return Tag.AMBIGUOUS
    if lower in ADDRESSEE_VERBS:
        return Tag.TELLING
    if lower in QUOTE_ONLY_VERBS:
        return Tag.QUOTING
    if lower in SAYING_VERBS:
        return Tag.SAYING
    if lower in REACTION_VERBS:
        return Tag.REACTING
    return Tag.SAYING_GERUND if lower in SAYING_GERUNDS else None
