"""A denial of a report has another side: the report. Where only the denial is sure, the likeliest report stands beside it.

Somebody who denies what was reported is not the only one who speaks; to show the denial alone would be one-sided.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.answering.candidates import ReadCandidate
from index.stance.judgement import Judgement, Stance

# What somebody says who answers a report.
_DENIAL_OF_REPORT = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ial)|false|untrue|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut\w+|fake|hoax|lie)\b",
    re.IGNORECASE,
)
# What tells that something has not happened so far, or had not before.
_NOT_SO_FAR = re.compile(
    r"\bnot\s+yet\b|\byet\s+to\b|(?:\bnot|n['’]t)\b[^.,;:]{0,40}\byet\b|\bstill\s+\w+(?:n['’]t|\s+not)\b"
    r"|(?:\bha(?:s|ve|d)|['’](?:s|ve|d))\s+never\b",
    re.IGNORECASE,
)
MIN_REPORT_CHANCE = 0.25  # of a report beside its denial; judged
MIN_REPORT_ODDS = 1.2  # how much likelier than a denial it must be itself; judged
MAX_REPORTS = 2  # shown beside a denial; judged


def answers_report(sentence: str) -> bool:
    """Return True if a denying sentence answers what somebody else reported."""
    return bool(_DENIAL_OF_REPORT.search(sentence))


def tells_nothing_new(sentence: str) -> bool:
    """Return True if a denying sentence only says that something has not happened yet, or never had: no news by itself."""
    return bool(_NOT_SO_FAR.search(sentence))


def with_denied_reports(judged: Sequence[ReadCandidate], sentences: Sequence[str]) -> list[ReadCandidate]:
    """Return the candidates with the likeliest reports as such, where a denial of a report stands alone.

    `sentences` are those of the candidates, in their order.
    """
    stances = {one.judgement.stance for one in judged}
    is_answered = any(
        one.judgement.stance is Stance.DENIED and answers_report(sentence)
        for one, sentence in zip(judged, sentences, strict=True)
    )
    if Stance.REPORTED in stances or not is_answered:
        return list(judged)
    likely = [
        place
        for place, one in enumerate(judged)
        if one.judgement.stance is Stance.BACKGROUND
        and one.chances["reports"] >= max(MIN_REPORT_CHANCE, MIN_REPORT_ODDS * one.chances["denies"])
    ]
    reports = sorted(likely, key=lambda place: -judged[place].chances["reports"])[:MAX_REPORTS]
    return [_as_report(one) if place in reports else one for place, one in enumerate(judged)]


def _as_report(one: ReadCandidate) -> ReadCandidate:
    return replace(one, judgement=Judgement(Stance.REPORTED, one.judgement.cue, one.chances["reports"]))
