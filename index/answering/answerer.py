"""Ranked candidates -> an answer of quotes, or the reason why there is none."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from index.answering.answers import Answer, Group, Outcome, Quote
from index.answering.candidates import Finder, Found
from index.answering.claim_sides import SEARCHED, Sides
from index.answering.source_names import deniers, reporters
from index.articles import Article, Span
from index.attribution.speaker_attribution import speaker_of
from index.query.question import Question
from index.ranking.answerability import alone
from index.ranking.diversify import Ranked, arrange
from index.ranking.features import NAMES
from index.ranking.model import bundled_model
from index.retrieval.article_table import Table
from index.retrieval.hybrid_search import Numbers
from index.retrieval.keyword_index import Filter
from index.stance.classifier import SURE
from index.stance.judgement import Stance
from index.storage.store import Stored
from index.text.context_dependence import leans, strip_dateline

QUOTES = 12  # in an answer; a card shows three and keeps the rest for who asks
HEADLINES = 3
ARRANGED = 90  # candidates that may be shown, or stand behind one that is
NEAREST = 150  # sentences of given articles that are ranked
ALONE = (
    0.01  # how sure one sentence by itself must make us, to be shown; it costs 1 of 165 right answers on news
)


class Answerer:
    """Makes answers of what a finder finds."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    def answer(self, question: Question, table: Table) -> Answer:
        """Return the answer over the articles in `table`.

        Filters that were read out of the question and leave nothing that answers are dropped, and the answer
        says so; filters that the person gave are kept.
        """
        if question.small_talk:
            return Answer(question, Outcome.REPLY)
        answer = self._answer(question, table)
        if answer.outcome is Outcome.NOTHING and question.read_from_text:
            wider = self._answer(replace(question, since=None, until=None, outlets=()), table)
            if wider.outcome is not Outcome.NOTHING:
                return replace(wider, question=question, unfiltered=True)
        return answer

    def answer_from(self, question: Question, table: Table, rows: Numbers) -> Answer:
        """Return the answer that the articles in these rows of `table` give by themselves."""
        if question.small_talk:
            return Answer(question, Outcome.REPLY)
        spans = zip((table.first[rows] + 1).tolist(), table.last[rows].tolist(), strict=True)
        numbers = np.array([number for span in spans for number in range(*span)], dtype=np.int64)
        if not len(numbers):
            return Answer(question, Outcome.NOTHING, articles=len(rows))
        bare = replace(question, since=None, until=None, outlets=())
        return self._answer(bare, table, self._finder.nearest(question.topic, numbers, NEAREST))

    def _answer(self, question: Question, table: Table, within: Numbers | None = None) -> Answer:
        passing = table.passing(Filter(question.since, question.until, question.outlets))
        nothing = Answer(question, Outcome.NOTHING, articles=int(passing.sum()), newest=table.newest(passing))
        found = self._finder.find(question, table, within)
        if not len(found.candidates):
            return nothing
        model = bundled_model()
        scores = model.trees.score(found.matrix)
        ranked = list(arrange(scores, found.candidates.vector, found.firsts, ARRANGED))
        if not model.answers(found.matrix, scores):
            return replace(nothing, headlines=_headlines(found, ranked))
        sure = alone(found.matrix, model.alone)
        shown = _present(found, [place for place in ranked if sure[place.position] >= ALONE][:QUOTES])
        sides = Sides(question, found)
        if question.claim:
            shown += sides.other(shown, ranked[:SEARCHED])
            shown = sides.on_the_claim(shown)
        if not shown:
            return replace(nothing, headlines=_headlines(found, ranked))
        quotes = [self._quote(found, sides, place) for place in shown]
        groups, outcome, reported_by, denied_by = group(question, quotes)
        return replace(nothing, outcome=outcome, groups=groups, reported_by=reported_by, denied_by=denied_by)

    def _quote(self, found: Found, sides: Sides, ranked: Ranked) -> Quote:
        position = ranked.position
        stored = found.stored(position)
        article, place = stored.article, int(found.candidates.place[position])
        span, passage = stored.spans[place], found.passage(position)
        sentences = stored.spans[1:]
        return Quote(
            article,
            span.start + strip_dateline(passage.sentence),
            span.end,
            speaker=speaker_of(article.text, sentences, place - 1),
            cites=sides.source(position),
            judgement=sides.judgement(position),
            lead=_lead(stored, place),
            also=_elsewhere(article, (found.stored(other).article for other in found.here(ranked.also))),
            score=ranked.score,
            features=dict(zip(NAMES, found.matrix[position].tolist(), strict=True)),
        )


def _present(found: Found, places: list[Ranked]) -> list[Ranked]:
    """Read the articles of some candidates; keep those that have not gone meanwhile."""
    here = set(found.here(position for place in places for position in (place.position, *place.also)))
    return [place for place in places if place.position in here]


def _lead(stored: Stored, place: int) -> Span | None:
    """Return the sentence before when this one leans on it and they share a paragraph or follow each other."""
    text, span = stored.article.text, stored.spans[place]
    if place < 2 or not leans(text[span.start : span.end]):
        return None
    return stored.spans[place - 1]


def _elsewhere(article: Article, others: Iterable[Article]) -> tuple[Article, ...]:
    """Return one article of each other outlet."""
    seen: dict[str, Article] = {}
    for other in others:
        if other.outlet != article.outlet:
            seen.setdefault(other.outlet, other)
    return tuple(seen.values())


def _headlines(found: Found, ranked: list[Ranked]) -> tuple[Article, ...]:
    firsts: dict[int, int] = {}
    for place in ranked:
        firsts.setdefault(found.firsts[place.position], place.position)
    nearest = list(firsts.values())[:HEADLINES]
    return tuple(found.stored(position).article for position in found.here(nearest))


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
