"""Words of a question that were typed wrongly, read as words of the index that one slip of the fingers makes them of."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from string import ascii_lowercase
from typing import NamedTuple

from index.encoding.encoder import bundled_model_path
from index.retrieval.article_table import ArticleTable
from index.retrieval.circle_keywords import CircleKeywords, KeywordPartitions
from index.retrieval.keyword_index import SENTENCE_FIELD, SearchFilter
from index.retrieval.query_terms import QueryAnalyzer
from index.storage.store import Store
from index.text.language_id import ENGLISH, question_language

MAX_LENGTH = 300  # characters of a question that is looked through; judged: a longer one has words enough
MAX_UNKNOWN = 4  # words that the index does not have; judged: one with more is of another language, or none
READ_SENTENCES = 12  # that are read to see how a word is written; judged
# How many times likelier than the next a word must be. Measured: with 2, of seven more corrections one is wrong.
MIN_RATIO = 4.0
# In how many sentences a word stands that is no typing error itself, and at least in one of how many of all; of a name
# that a common slip leads to, and that any other does: names lie so near each other that a rare one may be meant.
# Measured on 6,000 questions about news, with a slip and without, over 2,200 and over 300,000 sentences.
WORD, NAME, DOUBTFUL_NAME = (3, 50_000), (5, 10_000), (10, 3_000)
# How likely slips are, relative to each other: judged. COMMON ones are two letters that changed places, and one that
# was doubled or should have been.
COMMON, LEFT_OUT, NEXT_KEY, SOUNDS_ALIKE, EXTRA, FIRST_LETTERS = 1.0, 0.6, 0.6, 0.5, 0.3, 0.1
MIN_LETTERS_ALIKE = 7  # of a word with one letter for another; judged: "varient", but not "whyte"
MIN_LETTERS_EXTRA = 8  # of a word with a letter too many; judged: "impeachement", but not "pagers"

# A long word in Latin letters, glued to nothing but the marks behind it.
_WORD = re.compile(r"(?<![^\s(])[A-Za-z]{5,30}(?=(?:['’]s)?[?!.,;:)…]*(?:\s|$))")
_QUOTED = re.compile(r"[\"“”«][^\"“”«»]*[\"“”»]|(?<!\w)['‘][^'‘’]*['’](?!\w)")
_LETTERS = re.compile(r"[^\W\d_]+")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ALIKE = ("aeiouy", "cs", "sz", "ck")


class Correction(NamedTuple):
    """A word as it was typed, and the word of the index that it is read as."""

    typed: str
    meant: str


Spell = Callable[[str, Sequence[str]], tuple[Correction, ...]]  # of a topic, and of phrases whose words stay


class _Written(NamedTuple):
    """A word as sentences have it: its likelihood as what was meant, and whether it is a name."""

    word: str
    likelihood: float
    is_name: bool


class Spelling:
    """Finds words that were typed wrongly by what the word indexes hold. Any thread may use it."""

    def __init__(self, store: Store, keywords: KeywordPartitions) -> None:
        self._store = store
        self._keywords = keywords
        self._analyzer = QueryAnalyzer()

    def among(self, table: ArticleTable) -> Spell:
        """Return what finds corrections among the articles that a person sees (`corrections`)."""

        def spell(topic: str, understood: Sequence[str]) -> tuple[Correction, ...]:
            return self.corrections(topic, table, understood)

        return spell

    def corrections(
        self, topic: str, table: ArticleTable, understood: Sequence[str] = ()
    ) -> tuple[Correction, ...]:
        """Return which words of a topic are read as others of the index, each once; most often none.

        `table` are the articles that the person sees, `understood` phrases whose words stay. So do words that any of
        these articles has, and what is quoted, or of another language.
        """
        if len(topic) > MAX_LENGTH:
            return ()
        seen = self._keywords.seen(table.reach)
        kept = {word for phrase in understood for word in _LETTERS.findall(phrase)}
        words = [word for word in _words(topic) if word not in kept]
        unknown = [word for word in dict.fromkeys(words) if self._is_unknown(word, seen)]
        if not 0 < len(unknown) <= MAX_UNKNOWN or question_language(topic) not in (None, ENGLISH):
            return ()
        opening = _LETTERS.search(topic)
        found = []
        for word in unknown:
            named = word[0].isupper() and not word.isupper() and not (opening and word == opening[0])
            if meant := self._meant(word, seen, table, must_be_name=named):
                found.append(Correction(word, _in_case_of(word, meant)))
        return tuple(found)

    def _is_unknown(self, word: str, seen: CircleKeywords) -> bool:
        """Return True if no sentence has a word in any form, and it is no common English word."""
        is_known = any(seen.frequency(stem, SENTENCE_FIELD) for stem in self._analyzer.stems(word))
        return not is_known and not _is_common(word.lower())

    def _meant(
        self, word: str, seen: CircleKeywords, table: ArticleTable, *, must_be_name: bool
    ) -> str | None:
        """Return the word that was meant, in lower case; None where that is not sure enough."""
        slips = words_before_slip(word.lower())
        by_stem: dict[str, dict[str, float]] = defaultdict(dict)
        for stem, (other, likelihood) in zip(
            self._analyzer.stems(" ".join(slips)), slips.items(), strict=True
        ):
            by_stem[stem][other] = likelihood
        frequencies = {stem: seen.frequency(stem, SENTENCE_FIELD) for stem in by_stem}
        scores = {stem: frequencies[stem] * max(words.values()) for stem, words in by_stem.items()}
        best, *others = sorted(scores, key=lambda stem: (-scores[stem], stem))
        if not scores[best] or (others and scores[best] < MIN_RATIO * scores[others[0]]):
            return None
        written = self._written(best, by_stem[best], seen, table)
        if written is None or (must_be_name and not written.is_name):
            return None
        surely = NAME if written.likelihood == COMMON else DOUBTFUL_NAME
        least, share = surely if written.is_name else WORD
        sentences = int((table.end_sentence - table.first_sentence).sum())
        return written.word if frequencies[best] >= max(least, sentences / share) else None

    def _written(
        self, stem: str, words: dict[str, float], seen: CircleKeywords, table: ArticleTable
    ) -> _Written | None:
        """Return that of some words of a stem which sentences have; None if they have none of them."""
        counts: Counter[str] = Counter()
        capitals = small = 0
        for sentence in self._sentences(stem, seen, table):
            for place, match in enumerate(_LETTERS.finditer(sentence)):
                if (word := match[0].lower()) in words:
                    counts[word] += 1
                    if place:
                        capitals, small = capitals + match[0][0].isupper(), small + match[0][0].islower()
        if not counts:
            return None
        word = max(counts, key=lambda one: (counts[one] * words[one], one))
        return _Written(word, words[word], capitals > small)

    def _sentences(self, stem: str, seen: CircleKeywords, table: ArticleTable) -> Iterator[str]:
        """Yield a few sentences that hold a stem; a headline has no words of its own in the index."""
        numbers, _ = seen.search([stem], SENTENCE_FIELD, READ_SENTENCES, SearchFilter())
        rows = table.rows_of(numbers)
        numbers, firsts = numbers[rows >= 0], table.first_sentence[rows[rows >= 0]]
        stored = self._store.get_many(set(firsts.tolist()))
        for number, first in zip(numbers.tolist(), firsts.tolist(), strict=True):
            if first in stored:
                start, end = stored[first].spans[number - first]
                yield stored[first].article.text[start:end]


def corrected(text: str, corrections: Sequence[Correction]) -> str:
    """Return a text with its wrongly typed words put right, but for those it quotes."""
    meant = dict(corrections)
    quoted = [match.span() for match in _QUOTED.finditer(text)]

    def put_right(match: re.Match[str]) -> str:
        is_quoted = any(start <= match.start() < end for start, end in quoted)
        return match[0] if is_quoted else meant.get(match[0], match[0])

    return _WORD.sub(put_right, text)


def words_before_slip(word: str) -> dict[str, float]:
    """Return the words in lower case that one slip makes into `word`, with how likely that slip is.

    Each is at a distance of one (Damerau 1964) and begins with the same letter, or has its first two letters swapped.
    """
    found: dict[str, float] = {}
    for slip in (_swapped_and_doubled, _left_out, _replaced, _extra):
        for other, likelihood in slip(word):
            found.setdefault(other, likelihood)
    found.pop(word, None)
    return found


def _swapped_and_doubled(word: str) -> Iterator[tuple[str, float]]:
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :], COMMON if at else FIRST_LETTERS
    for at in range(1, len(word)):
        if word[at] == word[at - 1]:
            yield word[:at] + word[at + 1 :], COMMON
    for at in range(1, len(word) + 1):
        yield word[:at] + word[at - 1 :], COMMON


def _left_out(word: str) -> Iterator[tuple[str, float]]:
    for at in range(1, len(word) + 1):
        for letter in ascii_lowercase:
            yield word[:at] + letter + word[at:], LEFT_OUT


def _replaced(word: str) -> Iterator[tuple[str, float]]:
    for at in range(1, len(word)):
        for letter, likelihood in _taken_for(word[at]).items():
            if likelihood != SOUNDS_ALIKE or len(word) >= MIN_LETTERS_ALIKE:
                yield word[:at] + letter + word[at + 1 :], likelihood


def _extra(word: str) -> Iterator[tuple[str, float]]:
    """Yield words with a letter less, but for the last: without that it is another form of the word, or a name."""
    for at in range(1, len(word) - 1 if len(word) >= MIN_LETTERS_EXTRA else 1):
        yield word[:at] + word[at + 1 :], EXTRA


@cache
def _taken_for(letter: str) -> dict[str, float]:
    """Return the letters in whose place another is typed: those of the keys around it, and those that sound like it."""
    row = next(place for place, keys in enumerate(_KEYS) if letter in keys)
    at = _KEYS[row].index(letter)
    around = [*_KEYS[row][max(0, at - 1) : at + 2]]
    around += _KEYS[row - 1][at : at + 2] if row else ""
    around += _KEYS[row + 1][max(0, at - 1) : at + 1] if row + 1 < len(_KEYS) else ""
    alike = [other for group in _ALIKE if letter in group for other in group]
    return {**dict.fromkeys(alike, SOUNDS_ALIKE), **dict.fromkeys(around, NEXT_KEY)}


def _words(topic: str) -> list[str]:
    """Return the words of a topic that may be put right: long ones in Latin letters, not quoted."""
    unquoted = _QUOTED.sub(lambda match: '"' * len(match[0]), topic)
    return _WORD.findall(unquoted)


def _in_case_of(typed: str, meant: str) -> str:
    """Return a word in capitals as another was typed."""
    if typed.isupper():
        return meant.upper()
    return meant.capitalize() if typed[0].isupper() else meant


def _is_common(word: str) -> bool:
    """Return True for a word, or its plural, that the sentence encoder knows whole: right, whatever the index has."""
    return not {word, word.removesuffix("s")}.isdisjoint(_common_words())


@cache
def _common_words() -> frozenset[str]:
    """Return the whole words of the vocabulary that comes with the bundled sentence encoder: 20,000, names too."""
    lines = (bundled_model_path() / "vocab.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line.isascii() and line.isalpha())
