"""Group the quotes of an answer by what they do to the claim, and name the sources on either side."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from index.answering.answers import AnswerOutcome, Quote, QuoteGroup
from index.answering.source_names import denying_sources, reporting_sources
from index.query.question import Question
from index.stance.judgement import Stance
from index.stance.weights import MIN_CONFIDENCE

_SHOWN_ORDER = (Stance.REPORTED, Stance.DENIED, Stance.NO_COMMENT, Stance.BACKGROUND)
_BOTH_SIDES = frozenset({Stance.REPORTED, Stance.DENIED})


class Grouping(NamedTuple):
    """Groups in the order they are shown, what kind of answer they make, and the names on either side."""

    groups: tuple[QuoteGroup, ...] = ()
    outcome: AnswerOutcome = AnswerOutcome.NOTHING
    reported_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()


def group_by_stance(question: Question, quotes: Sequence[Quote]) -> Grouping:
    """Group ranked quotes, best first; the order inside a group is theirs.

    Return one neutral group when the question puts no claim or all quotes are background. A stance of less
    than MIN_CONFIDENCE counts as background. The outcome is DISAGREE when both reports and denials remain.
    """
    if not quotes:
        return Grouping()
    stances = [_shown_stance(quote) for quote in quotes]
    if not question.claim or set(stances) == {Stance.BACKGROUND}:
        return Grouping((QuoteGroup(None, tuple(quotes)),), AnswerOutcome.QUOTES)
    by_stance = {
        one: [q for q, stance in zip(quotes, stances, strict=True) if stance is one] for one in _SHOWN_ORDER
    }
    groups = tuple(QuoteGroup(stance, tuple(some)) for stance, some in by_stance.items() if some)
    outcome = AnswerOutcome.DISAGREE if set(stances) >= _BOTH_SIDES else AnswerOutcome.QUOTES
    return Grouping(
        groups,
        outcome,
        reporting_sources(by_stance[Stance.REPORTED], question.claim),
        denying_sources(by_stance[Stance.DENIED], question.claim),
    )


def without_repeated_context(groups: Sequence[QuoteGroup]) -> tuple[QuoteGroup, ...]:
    """Return the groups without the context of quotes where a quote further up has that sentence already."""
    shown: list[str] = []
    kept = []
    for group in groups:
        quotes = []
        for quote in group.quotes:
            context = quote.context_text or ""
            is_shown = any(text in context or context in text for text in shown)
            quotes.append(replace(quote, context=None) if context and is_shown else quote)
            shown.append(quote.text)
        kept.append(replace(group, quotes=tuple(quotes)))
    return tuple(kept)


def _shown_stance(quote: Quote) -> Stance:
    """Return the stance of a quote, BACKGROUND when the classifier is not confident of it."""
    return quote.stance if quote.judgement.confidence >= MIN_CONFIDENCE else Stance.BACKGROUND
