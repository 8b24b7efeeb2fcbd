"""Questions in plainer words: "whats" with its apostrophe, and a negated question as the plain one.

"Didn't X call?" asks about the same event as "Did X call?".
"""

import re
from collections.abc import Callable

from index.attribution.lexicon import SAYING_VERBS

# "didnt", "whats": apostrophes that people leave out when they type.
_NEGATED = r"(?:ai|are|ca|could|did|do|does|had|has|have|is|should|was|were|wo|would)n"
_ASKING = r"(?:how|what|when|where|who|why)"
_WITHOUT_APOSTROPHE = re.compile(rf"\b(?:({_NEGATED})(t)|({_ASKING})(s))\b", re.IGNORECASE)
# "Is it false that ", "It's not true that ", "Is it a lie that ": what stands behind is what is asked about.
_FALSE_THAT = re.compile(
    r"^\W*(?:(?:so|but|and|wait)[, ]+)?(?:is(?:n['’]?t)? it|it['’]?s|it is|isn['’]?t it)\s+"
    r"(?:(?:really|actually|just)\s+)?(?:not\s+true|untrue|false|true|a\s+lie|a\s+hoax|fake\s+news|fake|a\s+myth)\s+that\s+",
    re.IGNORECASE,
)
# "Didn't", "hasn't", "won't": without its negation.
_CONTRACTION = re.compile(
    r"\b(did|does|do|is|are|was|were|has|have|had|would|could|should|must|might)n['’]?t\b", re.IGNORECASE
)
_IRREGULAR = re.compile(r"\b(?:wo(n)['’]?t|ca(n)(?:['’]?t|not))\b", re.IGNORECASE)
# "decided not to run" says what was decided.
_ADVERB = re.compile(r"\s+(?:never|not)\b(?!\s+(?:only|just|guilty|liable|to)\b)", re.IGNORECASE)
_NEGATED_WITHIN = 8  # words from the start, behind which a "not" belongs to something else; judged
# Words at least before a "that" that leads to a clause: "Did that man not call?" has none; judged.
_SUBJECT = 2


def with_apostrophes(text: str) -> str:
    """Return a text in which contractions that need an apostrophe have one: "what's", "didn't"."""
    return _WITHOUT_APOSTROPHE.sub(lambda match: f"{match[1] or match[3]}'{match[2] or match[4]}", text)


def affirmative(claim: str) -> str:
    """Return the claim in a question without what negates it as a whole; itself when nothing does.

    Headings tell of the event that is asked about, so that "X never called" is searched and read as "X called". What
    somebody says or rules is left as it is: "Did X say she would not run?".
    """
    plain = _FALSE_THAT.sub("", claim, count=1) or claim
    opening = " ".join(plain.split()[:_NEGATED_WITHIN])
    shorter = opening
    for negation, positive in _NEGATIONS:
        found = negation.search(shorter)
        if found and not _tells_what_was_said(shorter[: found.start()].split()):
            shorter = shorter[: found.start()] + positive(found) + shorter[found.end() :]
    return shorter + plain[len(opening) :] if shorter != opening and plain.startswith(opening) else plain


def _tells_what_was_said(before: list[str]) -> bool:
    """Return True if words before a negation lead to a clause of its own: "Did X say", "Did the court rule that"."""
    return not SAYING_VERBS.isdisjoint(before) or "that" in before[_SUBJECT:]


def _without_not(match: re.Match[str]) -> str:
    word = "will" if match[1] else "can"
    return word.capitalize() if match[0][0].isupper() else word


_NEGATIONS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_CONTRACTION, lambda match: match[1]),
    (_IRREGULAR, _without_not),
    (_ADVERB, lambda _: ""),
)
