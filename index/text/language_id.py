"""Which language a text or a question is in, told by py3langid where it can be told."""

import re
from functools import cache
from typing import Any

ENGLISH = "en"
MIN_ARTICLE_LENGTH = 300  # characters of an article; less is too little to tell by
CLASSIFIED_LENGTH = 1_000  # characters: twice as many cost twice the time and tell no more
MIN_PROBABILITY = 0.5  # of a question's language; names and keywords reach 0.41
MIN_QUESTION_WORDS = 4  # words of a question in Latin letters; fewer are names as often as not

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_ENGLISH_WORDS = frozenset(  # and in no language near it
    [
        *("the", "did", "does", "what", "who", "whose", "where", "why", "how", "which", "would", "could"),
        *("should", "have", "are", "about", "said", "says", "their", "been", "when", "were"),
        *("with", "this", "from", "after", "that", "his", "they", "there", "still", "any"),
    ]
)


def article_language(text: str) -> str | None:
    """Return the ISO 639-1 code of an article's language; None when it is too short to tell.

    The text is right about it more often than the template it sits in.
    """
    return (
        str(_identifier().classify(text[:CLASSIFIED_LENGTH])[0]) if len(text) >= MIN_ARTICLE_LENGTH else None
    )


def question_language(text: str) -> str | None:
    """Return the code of a question's language; None when it is too short to tell, as a few names are.

    English questions are told apart without the library, which takes 75 MB.
    """
    words = _WORD.findall(text)
    if any(word.casefold() in _ENGLISH_WORDS for word in words):
        return ENGLISH
    letters = "".join(words)
    foreign_script = bool(letters) and len(_LATIN.findall(letters)) * 2 < len(letters)
    if not foreign_script and len(words) < MIN_QUESTION_WORDS:
        return None
    code, probability = _identifier().classify(text)
    return str(code) if foreign_script or probability >= MIN_PROBABILITY else None


@cache
def _identifier() -> Any:  # noqa: ANN401 - py3langid has no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # here: loading its model takes a second

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
