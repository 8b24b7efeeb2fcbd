"""Tokenize English text into words and marks, each with its stem."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TypeVar

import tantivy

MAX_TEXT_LENGTH = 2000  # characters of a text that are read; judged: a sentence of print is far shorter
_CACHED_WORDS = 50_000  # words that a cache of words holds; judged
_MAX_CACHED_LENGTH = 32  # characters of a word that is cached; judged: hardly any word of print is longer
# Thai, Burmese, Khmer, Chinese, Japanese: no blank parts words there, and a "word" may be a whole sentence.
UNSPACED_SCRIPT = re.compile(
    r"[\u0e00-\u0edf\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
)

# A word or a mark: "U.S", "said", ",". "didn't" gives "did" and "n't", so that every way to say "not" is one word.
_WORD_OR_MARK = re.compile(r"[^\W_]+?(?=n['’]t\b)|n['’]t\b|[^\W_]+(?:[.'’][^\W_]+)*|[^\w\s]")
_FULL_FORMS = {"n't": "not", "ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
_US_SPELLINGS = frozenset({"US", "USA", "U.S.A"})  # a country, not a pronoun
_AFTER_UNITED = {"states": "u.s", "kingdom": "u.k"}
_POSSESSIVE = re.compile(r"(?:'s|s')$")
# Verbs that mean something else with the particle behind them, by their stems, and the stem they get.
_PHRASAL_VERBS = {
    ("pass", "away"): "die",
    ("step", "down"): "resign",
    ("step", "asid"): "resign",
    ("bow", "out"): "resign",
    ("drop", "out"): "quit",
    ("pull", "out"): "withdraw",
    ("call", "off"): "cancel",
    ("lay", "off"): "layoff",
    ("laid", "off"): "layoff",
    ("turn", "down"): "reject",
    ("take", "over"): "takeov",
    ("took", "over"): "takeov",
    ("taken", "over"): "takeov",
}
_PARTICLES = frozenset(particle for _, particle in _PHRASAL_VERBS)


class Token(NamedTuple):
    """One word or mark: `text[start:end]`, its lower case with contractions written out, and its stem."""

    start: int
    end: int
    lower: str
    stem: str


Result = TypeVar("Result")


def is_single_word(word: str) -> bool:
    """Return True if what was taken for a word is one, and not a sentence in a script that puts no blanks."""
    return len(word) <= _MAX_CACHED_LENGTH and (word.isascii() or not UNSPACED_SCRIPT.search(word))


class WordCache(dict[str, Result]):
    """What a function returns for single words. It outlives questions, so it keeps nothing that may be a sentence.

    Looking up a dict is quicker than calling a function: a sentence asks for some thirty words.
    """

    def __init__(self, function: Callable[[str], Result]) -> None:
        self._function = function

    def __missing__(self, word: str) -> Result:
        result = self._function(word)
        if is_single_word(word):
            if len(self) >= _CACHED_WORDS:
                self.clear()
            self[word] = result
        return result


def cache_words(function: Callable[[str], Result]) -> Callable[[str], Result]:
    """Cache a function of one word; see WordCache."""
    return WordCache(function).__getitem__


@lru_cache(maxsize=1)
def _stemmer() -> "tantivy.TextAnalyzer":
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
    return builder.filter(tantivy.Filter.stemmer("english")).build()


@cache_words
def stem(word: str) -> str:
    """Return the stem of one lower-case word: tantivy's English Snowball stemmer (Porter2), possessive 's dropped."""
    if word == "quite":  # the stemmer takes it for "quit"
        return word
    if not word.isascii():  # the stemmer takes no lone surrogates, and English words need no more
        return _POSSESSIVE.sub("", word)
    stems: list[str] = _stemmer().analyze(_POSSESSIVE.sub("", word))
    return stems[0] if stems else word


def tokenize(text: str) -> list[Token]:
    """Return the words and marks among the first `MAX_TEXT_LENGTH` characters of `text`, in order.

    "cannot" is two tokens, "United States" has the lower case of "U.S", and a phrasal verb ("step down") the stem
    of a verb that means the same ("resign"), its particle a token of its own.
    """
    words: list[Token] = []
    before = ""
    for match in _WORD_OR_MARK.finditer(text[:MAX_TEXT_LENGTH]):
        low, root = _normalize(match[0])
        if low == "cannot":
            middle = match.start() + 3
            words.append(Token(match.start(), middle, "can", "can"))
            words.append(Token(middle, match.end(), "not", "not"))
            before = "not"
            continue
        if before == "united" and low in _AFTER_UNITED:
            low = _AFTER_UNITED[low]
            root = stem(low)
        if root in _PARTICLES and words and (phrasal := _PHRASAL_VERBS.get((words[-1].stem, root))):
            words[-1] = words[-1]._replace(stem=phrasal)
        words.append(Token(match.start(), match.end(), low, root))
        before = low
    return words


@cache_words
def _normalize(word: str) -> tuple[str, str]:
    """Return a word in lower case, with straight apostrophes and contractions written out, and its stem."""
    if word in _US_SPELLINGS:
        return "u.s", stem("u.s")
    low = word.lower().replace("’", "'")
    low = _FULL_FORMS.get(low, low)
    return low, stem(low)
