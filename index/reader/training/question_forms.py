"""Statements as questions, and questions in other clothes: people ask in more ways than a data set does."""

import random

# fmt: off
AUXILIARIES = frozenset({
    "is", "are", "was", "were", "has", "have", "had", "will", "can",
    "could", "would", "should", "may", "might", "must", "does", "did", "do",
})
# fmt: on
MAX_SUBJECT = 8  # words before the auxiliary of a statement that is turned round; judged
LOWER_SHARE, BARE_SHARE = 0.25, 0.15  # of questions in small letters, or without a mark; judged


def as_question(statement: str) -> str:
    """Return a statement as a question: turned round where it has an auxiliary, else "Is it true that ...?"."""
    words = statement.strip().rstrip(".!?").split()
    for at, word in enumerate(words[1 : MAX_SUBJECT + 1], 1):
        if word in AUXILIARIES and words[at - 1].lower() not in ("that", "who", "which", "and"):
            rest = [_lower_first(words[0]), *words[1:at], *words[at + 1 :]]
            return f"{word.capitalize()} {' '.join(rest)}?"
    return f"Is it true that {' '.join([_lower_first(words[0]), *words[1:]])}?" if words else statement


def vary(question: str, rng: random.Random) -> str:
    """Return the question as somebody in a hurry may type it, or as it is."""
    chance = rng.random()
    if chance < LOWER_SHARE:
        return question.lower().rstrip("?. ")
    return question.rstrip("?. ") if chance < LOWER_SHARE + BARE_SHARE else question


def _lower_first(word: str) -> str:
    return word.lower() if word.lower() in ("the", "a", "an", "there", "it", "he", "she", "they") else word
