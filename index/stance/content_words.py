"""Which words of a sentence carry its content."""

from index.stance.cue_lexicon import STOP_WORDS, UNTRUE_ADJECTIVES
from index.text.tokens import Token


def is_content(word: Token) -> bool:
    """Return True if a word carries content: no punctuation, no stop word, no word for true or false."""
    return (
        word.lower[0].isalnum()
        and not {word.lower, word.stem} & STOP_WORDS
        and word.lower not in UNTRUE_ADJECTIVES
    )
