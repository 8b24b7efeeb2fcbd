"""Identify the language of an article or a question with py3langid, where it can be told."""

import re
from functools import cache
from typing import Any

from index.text.word_lists import load_words

ENGLISH = "en"
MIN_ARTICLE_LENGTH = 300  # characters; judged: less is too little to tell by
CLASSIFIED_LENGTH = 1_000  # characters; measured: twice as many cost twice the time and tell no more
MIN_PROBABILITY = 0.5  # of a question's language; measured: lists of names and keywords reach 0.41
MIN_QUESTION_WORDS = 4  # of a question in Latin letters; judged: fewer are names as often as not

_LETTER_RUN = re.compile(r"[^\W\d_]+")
_LATIN_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_ENGLISH_WORDS = load_words("text/english_words")


def article_language(text: str) -> str | None:
    """Return the ISO 639-1 code of an article's language; None when it is too short to tell.

    It is told from the text, which is right more often than what the page's template declares.
    """
    return (
        str(_identifier().classify(text[:CLASSIFIED_LENGTH])[0]) if len(text) >= MIN_ARTICLE_LENGTH else None
    )


def question_language(text: str) -> str | None:
    """Return the ISO 639-1 code of a question's language; None when it is too short to tell, as a few names are.

    English questions are recognised by common words, without the library, which takes 75 MB of memory.
    """
    words = _LETTER_RUN.findall(text)
    if any(word.casefold() in _ENGLISH_WORDS for word in words):
        return ENGLISH
    letters = "".join(words)
    foreign_script = bool(letters) and len(_LATIN_LETTER.findall(letters)) * 2 < len(letters)
    if not foreign_script and len(words) < MIN_QUESTION_WORDS:
        return None
    code, probability = _identifier().classify(text)
    return str(code) if foreign_script or probability >= MIN_PROBABILITY else None


@cache
def _identifier() -> Any:  # noqa: ANN401 - py3langid has no types
    """Return the classifier, loaded once (Lui and Baldwin 2012, "langid.py")."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # here: loading its model takes a second

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
