"""Group the quotes of an answer by what they do to the claim, and name the sources on either side."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from index.answering.answers import AnswerOutcome, Quote, QuoteGroup
from index.answering.denied_reports import answers_report
from index.answering.source_names import denying_sources, reporting_sources
from index.query.question import Question
from index.stance.judgement import Stance

_SHOWN_ORDER = (Stance.REPORTED, Stance.DENIED, Stance.NO_COMMENT, Stance.BACKGROUND)
MIN_CHANGE = timedelta(days=1)  # between the sides, from which on one came after the other; judged


class Grouping(NamedTuple):
    """Groups in the order they are shown, what kind of answer they make, and the names on either side."""

    groups: tuple[QuoteGroup, ...] = ()
    outcome: AnswerOutcome = AnswerOutcome.NOTHING
    reported_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()


def group_by_stance(question: Question, quotes: Sequence[Quote]) -> Grouping:
    """Group ranked quotes, best first; the order inside a group is theirs.

    Return one neutral group when the question puts no claim or all quotes are background. Where both reports and
    denials remain, the outcome is CHANGED, with the newer side first, if one side came after the other; else DISAGREE.
    """
    if not quotes:
        return Grouping()
    by_stance = {one: [quote for quote in quotes if quote.stance is one] for one in _SHOWN_ORDER}
    if not question.claim or len(by_stance[Stance.BACKGROUND]) == len(quotes):
        return Grouping((QuoteGroup(None, tuple(quotes)),), AnswerOutcome.QUOTES)
    reports, denials = by_stance[Stance.REPORTED], by_stance[Stance.DENIED]
    groups = [QuoteGroup(stance, tuple(some)) for stance, some in by_stance.items() if some]
    outcome = AnswerOutcome.QUOTES
    if reports and denials:
        newer = newer_side(reports, denials)
        outcome = AnswerOutcome.CHANGED if newer else AnswerOutcome.DISAGREE
        groups.sort(key=lambda group: group.stance is not newer if newer else False)
    return Grouping(
        tuple(groups),
        outcome,
        reporting_sources(reports, question.claim),
        denying_sources(denials, question.claim),
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


def newer_side(reports: Sequence[Quote], denials: Sequence[Quote]) -> Stance | None:
    """Return the side whose quotes are all newer than the other's; None where both stand at the same time.

    Somebody who denies what was reported answers it, however much later: that is a dispute.
    """
    reported, denied = _days(reports), _days(denials)
    if not reported or not denied:
        return None
    if min(reported) - max(denied) >= MIN_CHANGE:
        return Stance.REPORTED
    answers = any(answers_report(quote.text) for quote in denials)
    return Stance.DENIED if min(denied) - max(reported) >= MIN_CHANGE and not answers else None


def _days(quotes: Sequence[Quote]) -> list[datetime]:
    return [quote.article.published for quote in quotes if quote.article.published]
