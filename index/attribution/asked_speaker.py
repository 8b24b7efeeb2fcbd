"""Whose words a question asks for: "What did Macron say about the strike?" is best answered by what Macron says."""

import re

from index.attribution.lexicon import REACTION_VERBS, SAYING_GERUNDS, SAYING_VERBS
from index.attribution.speaker import Speaker

_SPEAKING = (
    SAYING_VERBS
    | REACTION_VERBS
    | SAYING_GERUNDS
    | {"say", "tell", "think", "write", "call", "respond", "react"}
)
_ASKED = re.compile(
    r"\b(?:what|how)(?:\s+(?:did|does|do|has|have|is|was)|['’]?[sd])\s+(?P<who>[^\s,?]+(?:\s+[^\s,?]+){0,4}?)\s+"
    rf"(?:{'|'.join(sorted(_SPEAKING))})\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
# Words that are nobody's name, and those behind which a verb would be a noun: "do to the report".
_NOBODY = frozenset({
    "he", "she", "they", "it", "we", "you", "i", "people", "everyone", "anyone", "someone", "who", "the", "a", "an", "this",
    "that", "his", "her", "its", "their", "our", "my", "your", "of", "to", "in", "on", "by", "for", "and", "or", "not",
})  # fmt: skip


def asked_speaker(question: str) -> str:
    """Return the last word of the name whose words a question asks for, in lower case, "" where it asks for nobody's."""
    match = _ASKED.search(question)
    words = _WORD.findall(re.sub(r"['’]s$", "", match["who"].lower())) if match else []
    return words[-1] if words and words[-1] not in _NOBODY else ""


def is_named(asked: str, speaker: Speaker) -> bool:
    """Return True if `asked`, a word in lower case, is one of a speaker's name or description."""
    return asked in _WORD.findall(f"{speaker.name} {speaker.description or ''}".lower())
