"""Ranked quotes -> the groups an answer shows, and who reports and who denies, for its first line."""

from collections.abc import Sequence
from typing import NamedTuple

from index.answering.answers import Group, Outcome, Quote, Stance
from index.answering.source_names import deniers, reporters
from index.query.question import Question
from index.stance.classifier import SURE

_ORDER = (Stance.REPORTED, Stance.DENIED, Stance.NO_COMMENT, Stance.BACKGROUND)
_SIDES = frozenset({Stance.REPORTED, Stance.DENIED})


class Grouping(NamedTuple):
    """Groups in the order they are shown, what kind of answer they make, and the names on either side."""

    groups: tuple[Group, ...] = ()
    outcome: Outcome = Outcome.NOTHING
    reported_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()


def group(question: Question, quotes: Sequence[Quote]) -> Grouping:
    """Group ranked quotes, best first; the order inside a group is theirs.

    A question that puts no claim, or quotes of which none surely takes a side or withholds comment, make one
    neutral group. A quote whose stance is a guess is background. Sources disagree only when both sides are sure.
    """
    if not quotes:
        return Grouping()
    stances = [_shown_stance(quote) for quote in quotes]
    if not question.claim or set(stances) == {Stance.BACKGROUND}:
        return Grouping((Group(None, tuple(quotes)),), Outcome.QUOTES)
    by_stance = {
        one: [q for q, stance in zip(quotes, stances, strict=True) if stance is one] for one in _ORDER
    }
    groups = tuple(Group(stance, tuple(some)) for stance, some in by_stance.items() if some)
    outcome = Outcome.DISAGREE if set(stances) >= _SIDES else Outcome.QUOTES
    return Grouping(
        groups,
        outcome,
        reporters(by_stance[Stance.REPORTED], question.topic),
        deniers(by_stance[Stance.DENIED], question.topic),
    )


def _shown_stance(quote: Quote) -> Stance:
    return quote.stance if quote.judgement.confidence >= SURE else Stance.BACKGROUND
