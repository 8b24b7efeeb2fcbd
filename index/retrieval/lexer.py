"""What is found out about a sentence's words when it comes in: stems as numbers, names, kinds of content."""

import re
import zlib
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from index.retrieval.keyword_index import analyzer
from index.retrieval.query_terms import STOP_WORDS
from index.text.gazetteer import COUNTRY, STATE

ANALYSIS_CACHE = 50_000  # chunks of text whose analysis is remembered; judged

# Flags of a token, the bits of a byte:
CAPITAL = 1  # capitalised, though it does not begin the sentence
DIGIT = 2  # it begins with a digit
CONTENT = 4  # a name or a number, such as answers are made of
PERSON_NAME = 8  # a part of what looks like a person's name
PERSON_NAME_START = 16  # the first part of it
COUNTRY_NAME = 32  # a part of a country's name
STATE_NAME = 64  # a part of the name of one of the United States

# Kinds of content that a sentence holds, as far as its wording shows, the bits of a byte:
PLACE, NUMBER, TIME, REASON, SPEECH, SHARE, MONEY = 1, 2, 4, 8, 16, 32, 64

SENTENCE_RECORD = np.dtype([("words", "<u4"), ("length", "<u4"), ("holds", "u1")])
TOKEN_RECORD = np.dtype([("stem", "<u4"), ("marks", "u1")])

_CHUNK = re.compile(r"\S+")  # "Fenn's", "“Norwick”", "1,000"
_WORD = re.compile(r"[^\W_]+")  # "Fenn", "s"
_PERSON = re.compile(  # "Ada Fenn", "Ada B. Fenn"
    r"\b[^\W\d_a-zß-ÿ][\w’'-]+\s+(?:[^\W\d_a-zß-ÿ]\.\s+)?[^\W\d_a-zß-ÿ][\w’'-]+"
)
_NAME_PATTERNS = {PERSON_NAME: _PERSON, COUNTRY_NAME: COUNTRY, STATE_NAME: STATE}
# All but PLACE and SPEECH are matched against lower-cased text; a match that ignores case takes twice as long.
_CONTENT_PATTERNS = {
    # as in "in Norwick", "off the Cape"
    PLACE: re.compile(r"\b(?:in|at|near|from|to|outside|off|across)\s+(?:the\s+)?[^\W\d_a-zß-ÿ]\w+"),
    # as in "7", "dozens"
    NUMBER: re.compile(
        r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|"
        r"millions?|billions?|trillions?|half|quarter|third|twice|percent)\b",
    ),
    # as in "monday", "p.m.", "2019"
    TIME: re.compile(
        r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|"
        r"september|october|november|december|[ap]\.m\.|noon|midnight|yesterday|today|tomorrow|ago|"
        r"(?:19|20)\d\d)\b",
    ),
    # as in "because", "citing"
    REASON: re.compile(
        r"\b(?:because|due to|after|over|amid|following|caused?|blam\w+|citing|reasons?|since|so that|led to|"
        r"result)\b",
    ),
    # as in "41%", "a third of"
    SHARE: re.compile(r"\d ?%|\bper ?cent\b|\b(?:half|third|quarter|majority) of\b"),
    # as in "$41", "pounds"
    MONEY: re.compile(r"[$£€¥]\s?\d|\b(?:dollars?|pounds?|euros?|yen|yuan|cents?)\b"),
    # as in "“It is safe,” she said"
    SPEECH: re.compile(r"[“”\"]|\b(?:said|says|told|wrote|tweeted|added|called)\b"),
}
_CASED = PLACE | SPEECH


class Lexer:
    """Turns sentences into the records that the forward index keeps, with the stems of the keyword index."""

    def __init__(self) -> None:
        analyse: Callable[[str], list[str]] = analyzer().analyze

        @lru_cache(ANALYSIS_CACHE)
        def tokens(chunk: str) -> tuple[tuple[int, int], ...]:
            """Return (term hash, flags) of each word between two spaces."""
            stems, words = analyse(chunk), _WORD.findall(chunk)
            words = words if len(words) == len(stems) else (words or [chunk])[:1] * len(stems)
            return tuple(
                (term_hash(stem), _token_flags(stem, word)) for stem, word in zip(stems, words, strict=True)
            )

        self._tokens = tokens

    def analyse(self, sentences: Sequence[str]) -> tuple[bytes, bytes]:
        """Return an article's sentences, headline first, as bytes of SENTENCE_RECORD and TOKEN_RECORD."""
        records, tokens = [], []
        for sentence in sentences:
            own = self._sentence(sentence)
            records.append((len(own), len(sentence), _content_kinds(sentence)))
            tokens += own
        return np.array(records, SENTENCE_RECORD).tobytes(), np.array(tokens, TOKEN_RECORD).tobytes()

    def _sentence(self, sentence: str) -> list[tuple[int, int]]:
        """Return (term hash, flags) of each word of a sentence."""
        names = [
            (match.start(), match.end(), flag)
            for flag, pattern in _NAME_PATTERNS.items()
            for match in pattern.finditer(sentence)
        ]
        tokens: list[tuple[int, int]] = []
        for chunk in _CHUNK.finditer(sentence):
            start, end = chunk.span()
            of_first = of_all = 0
            for name_start, name_end, flag in names:
                if name_start < end and start < name_end:
                    of_all |= flag
                    of_first |= PERSON_NAME_START if flag == PERSON_NAME and start <= name_start else 0
            for stem, flags in self._tokens(chunk.group()):
                tokens.append((stem, (flags if tokens else flags & ~CAPITAL) | of_all | of_first))
                of_first = 0
        return tokens


def term_hash(stem: str) -> int:
    """Return the CRC-32 of a stem, by which it is kept: 32 bits.

    Two different stems share a number with a chance of 2 ** -32.
    """
    return zlib.crc32(stem.encode("utf-8", "replace"))


def _content_kinds(sentence: str) -> int:
    """Return the kinds of content that a sentence holds, as bits."""
    lower = sentence.lower()
    return sum(
        kind
        for kind, pattern in _CONTENT_PATTERNS.items()
        if pattern.search(sentence if kind & _CASED else lower)
    )


def _token_flags(stem: str, word: str) -> int:
    """Return the flags that a word has wherever it stands."""
    capital, digit = word[0].isupper(), stem[0].isdigit()
    content = len(stem) > 1 and (digit or (capital and word.lower() not in STOP_WORDS))
    return capital * CAPITAL | digit * DIGIT | content * CONTENT
