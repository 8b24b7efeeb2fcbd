"""The forward index: each sentence's words as numbers, made when it comes in, so that a question reads no text."""

import json
import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.retrieval.keyword_index import analyzer
from index.retrieval.query_terms import STOP_WORDS
from index.storage.store import Store
from index.text.gazetteer import COUNTRY, STATE

FORMAT_VERSION = 2  # of what is kept; another one is made anew
AT_ONCE = 200  # articles whose words are made in one transaction: others are not kept waiting
VOCABULARY = 50_000  # words whose analysis is remembered

Numbers = NDArray[np.int64]
Stems = NDArray[np.uint32]

_CHUNK = re.compile(r"\S+")
_PART = re.compile(r"[^\W_]+")
_PEOPLE = re.compile(r"\b[^\W\d_a-zß-ÿ][\w’'-]+\s+(?:[^\W\d_a-zß-ÿ]\.\s+)?[^\W\d_a-zß-ÿ][\w’'-]+")


# What is special about a word in its sentence:
CAPITAL = 1  # capitalised, though it does not begin the sentence
DIGIT = 2  # it begins with a digit
CONTENT = 4  # a name or a number, such as answers are made of
NAMED = 8  # a part of what looks like a person's name
NAME = 16  # the first part of it
IN_COUNTRY = 32  # a part of a country's name
IN_STATE = 64  # a part of the name of one of the United States

# Which kinds of thing a sentence holds, as far as its wording shows:
PLACE, NUMBER, TIME, REASON, SPEECH, SHARE, MONEY = 1, 2, 4, 8, 16, 32, 64

_KINDS = {  # all but PLACE and SPEECH are looked for in small letters: heeding no case takes twice the time
    PLACE: re.compile(r"\b(?:in|at|near|from|to|outside|off|across)\s+(?:the\s+)?[^\W\d_a-zß-ÿ]\w+"),
    NUMBER: re.compile(
        r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|"
        r"millions?|billions?|trillions?|half|quarter|third|twice|percent)\b",
    ),
    TIME: re.compile(
        r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|"
        r"september|october|november|december|[ap]\.m\.|noon|midnight|yesterday|today|tomorrow|ago|"
        r"(?:19|20)\d\d)\b",
    ),
    REASON: re.compile(
        r"\b(?:because|due to|after|over|amid|following|caused?|blam\w+|citing|reasons?|since|so that|led to|"
        r"result)\b",
    ),
    SHARE: re.compile(r"\d ?%|\bper ?cent\b|\b(?:half|third|quarter|majority) of\b"),
    MONEY: re.compile(r"[$£€¥]\s?\d|\b(?:dollars?|pounds?|euros?|yen|yuan|cents?)\b"),
    SPEECH: re.compile(r"[“”\"]|\b(?:said|says|told|wrote|tweeted|added|called)\b"),
}
_CASED = PLACE | SPEECH
_NAMES = {NAMED: _PEOPLE, IN_COUNTRY: COUNTRY, IN_STATE: STATE}
_SENTENCE = np.dtype([("words", "<u4"), ("length", "<u4"), ("holds", "u1")])
_WORD = np.dtype([("stem", "<u4"), ("marks", "u1")])


@dataclass(frozen=True, slots=True)
class SentenceTokens:
    """Sentences side by side, each with its words.

    The words of sentence i are `stems[starts[i]:starts[i + 1]]`, as `term_hash` has them, and `marks` likewise;
    `length` is its characters, `holds` what it holds. `base` is where an article's headline stands, by the
    number of that sentence; its other sentences follow.
    """

    base: dict[int, int]
    starts: Numbers
    stems: Stems
    marks: NDArray[np.uint8]
    length: NDArray[np.uint32]
    holds: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.length)

    def words_of(self, lines: Numbers) -> tuple[Numbers, Numbers]:
        """Return where the words of some lines are, and to which place in `lines` each belongs."""
        many = self.starts[lines + 1] - self.starts[lines]
        owner = np.repeat(np.arange(len(lines)), many)
        ahead = np.cumsum(many) - many
        return np.arange(len(owner)) - ahead[owner] + self.starts[lines][owner], owner


class Lexer:
    """Text -> words as numbers, the way the word index makes them."""

    def __init__(self) -> None:
        analyse: Callable[[str], list[str]] = analyzer().analyze

        @lru_cache(VOCABULARY)
        def words(chunk: str) -> tuple[tuple[int, int], ...]:
            """Return (stem, marks) of each word between two spaces."""
            stems, parts = analyse(chunk), _PART.findall(chunk)
            parts = parts if len(parts) == len(stems) else (parts or [chunk])[:1] * len(stems)
            return tuple(
                (term_hash(stem), _marks(stem, part)) for stem, part in zip(stems, parts, strict=True)
            )

        self._words = words

    def analyse(self, texts: Sequence[str]) -> tuple[bytes, bytes]:
        """Return the sentences and the words of an article, headline first, as they are kept."""
        sentences, words = [], []
        for text in texts:
            own = self._sentence(text)
            sentences.append((len(own), len(text), _holds(text)))
            words += own
        return np.array(sentences, _SENTENCE).tobytes(), np.array(words, _WORD).tobytes()

    def _sentence(self, text: str) -> list[tuple[int, int]]:
        spans = [
            (match.start(), match.end(), mark)
            for mark, pattern in _NAMES.items()
            for match in pattern.finditer(text)
        ]
        words: list[tuple[int, int]] = []
        for chunk in _CHUNK.finditer(text):
            start, end = chunk.span()
            first = every = 0
            for begins, ends, mark in spans:
                if begins < end and start < ends:
                    every |= mark
                    first |= NAME if mark == NAMED and start <= begins else 0
            for stem, marks in self._words(chunk.group()):
                words.append((stem, (marks if words else marks & ~CAPITAL) | every | first))
                first = 0
        return words


def _holds(text: str) -> int:
    small = text.lower()
    return sum(kind for kind, pattern in _KINDS.items() if pattern.search(text if kind & _CASED else small))


def term_hash(stem: str) -> int:
    """Return the number by which a stem is kept, 32 bits: of a question's few, one in millions meets another's."""
    return zlib.crc32(stem.encode("utf-8", "replace"))


def write(store: Store, lexer: Lexer, first: int, texts: Sequence[str]) -> None:
    """Keep the words of an article, headline first. Call it inside `store.transaction()`."""
    store.execute(
        "INSERT OR REPLACE INTO forward VALUES (?, ?, ?, ?)", first, FORMAT_VERSION, *lexer.analyse(texts)
    )


def backfill(store: Store) -> None:
    """Keep the words of articles that an earlier version took in without."""
    rows = store.query(
        "SELECT first FROM articles WHERE first NOT IN (SELECT first FROM forward WHERE form = ?)",
        FORMAT_VERSION,
    )
    lexer = Lexer()
    for start in range(0, len(rows), AT_ONCE):
        with store.transaction():
            for first, stored in store.get_many(row[0] for row in rows[start : start + AT_ONCE]).items():
                write(store, lexer, first, stored.sentences())


def load(store: Store, firsts: Iterable[int]) -> SentenceTokens:
    """Return the lines of the articles whose sentences start at `firsts`; those gone are left out."""
    rows = store.query(
        "SELECT first, sentences, words FROM forward WHERE form = ? AND first IN (SELECT value FROM json_each(?))",
        FORMAT_VERSION,
        json.dumps(list(firsts)),
    )
    sentences = np.frombuffer(b"".join(row[1] for row in rows), _SENTENCE)
    words = np.frombuffer(b"".join(row[2] for row in rows), _WORD)
    starts = np.concatenate([[0], np.cumsum(sentences["words"], dtype=np.int64)])
    sizes = np.array([len(row[1]) // _SENTENCE.itemsize for row in rows], dtype=np.int64)
    base = dict(zip((row[0] for row in rows), (np.cumsum(sizes) - sizes).tolist(), strict=True))
    fields = (np.ascontiguousarray(words["stem"]), np.ascontiguousarray(words["marks"]))
    return SentenceTokens(base, starts, *fields, sentences["length"], sentences["holds"])


def _marks(stem: str, part: str) -> int:
    capital, digit = part[0].isupper(), stem[0].isdigit()
    telling = len(stem) > 1 and (digit or (capital and part.lower() not in STOP_WORDS))
    return capital * CAPITAL | digit * DIGIT | telling * CONTENT
