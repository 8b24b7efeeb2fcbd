"""Words of a text with their stems, and lists of phrases to look for in them."""

import re
from functools import lru_cache
from typing import NamedTuple

import tantivy

MAX_TEXT_LENGTH = 2000  # characters of a text that are read; a sentence of print is far shorter

# "didn't" gives "did" and "n't", so that every way to say "not" is one word.
_WORDS = re.compile(r"[^\W_]+?(?=n['’]t\b)|n['’]t\b|[^\W_]+(?:[.'’][^\W_]+)*|[^\w\s]")
_WHOLE = {"n't": "not", "ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
_AMERICA = frozenset({"US", "USA", "U.S.A"})  # a country, not a pronoun
_UNITED = {"states": "u.s", "kingdom": "u.k"}
_SUFFIX = re.compile(r"(?:'s|s')$")
# Verbs that mean something else with the little word behind them; any form, by its stem.
_PHRASAL = {
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
_PARTICLES = frozenset(particle for _, particle in _PHRASAL)


class Token(NamedTuple):
    """One word or mark of a text: where it stands, its plain lower case, and its stem."""

    start: int
    end: int
    lower: str
    stem: str


@lru_cache(maxsize=1)
def _stemmer() -> "tantivy.TextAnalyzer":
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
    return builder.filter(tantivy.Filter.stemmer("english")).build()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the English Snowball stem of one lower-case word."""
    if word == "quite":  # the stemmer takes it for "quit"
        return word
    if not word.isascii():  # the stemmer takes no lone surrogates, and English words need no more
        return _SUFFIX.sub("", word)
    stems: list[str] = _stemmer().analyze(_SUFFIX.sub("", word))
    return stems[0] if stems else word


def tokenize(text: str) -> list[Token]:
    """Return the words and marks among the first `MAX_TEXT_LENGTH` characters of `text`, in order."""
    words: list[Token] = []
    before = ""
    for match in _WORDS.finditer(text[:MAX_TEXT_LENGTH]):
        low, root = _plain(match[0])
        if low == "cannot":
            middle = match.start() + 3
            words.append(Token(match.start(), middle, "can", "can"))
            words.append(Token(middle, match.end(), "not", "not"))
            before = "not"
            continue
        if before == "united" and low in _UNITED:
            low = _UNITED[low]
            root = stem(low)
        if root in _PARTICLES and words and (phrasal := _PHRASAL.get((words[-1].stem, root))):
            words[-1] = words[-1]._replace(stem=phrasal)
        words.append(Token(match.start(), match.end(), low, root))
        before = low
    return words


@lru_cache(maxsize=50_000)
def _plain(word: str) -> tuple[str, str]:
    """Return the plain lower case of a word and its stem."""
    if word in _AMERICA:
        return "u.s", stem("u.s")
    low = word.lower().replace("’", "'")
    low = _WHOLE.get(low, low)
    return low, stem(low)
