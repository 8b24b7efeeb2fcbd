"""Ranked candidates -> an answer of quotes, or the reason why there is none."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from index.articles import Article, Span
from index.catalog import Table
from index.claims import compare
from index.features import NAMES
from index.finding import Finder, Found, Passage
from index.grouping import group
from index.leaning import leans, strip_dateline
from index.question import Question
from index.quotes import Answer, Judgement, Outcome, Quote, Stance
from index.ranking import Ranked, arrange, bundled_model
from index.roles import about, near
from index.search import Numbers
from index.silence import alone, confidence, signals
from index.speakers import cited_source, speaker_of
from index.stance import RELATED, SURE, judge
from index.store import Stored
from index.words import Filter

QUOTES = 12  # in an answer; a card shows three and keeps the rest for who asks
HEADLINES = 3
SEARCHED = 60  # ranked sentences among which a claim's other side is looked for
NEAREST = 150  # sentences of given articles that are ranked
EQUAL = 0.25  # a difference in score that means nothing
TOLD = 0.2  # how much of a claim a sentence must tell of; 97 of 100 sentences on something else tell of less
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
        ranked = list(arrange(scores, found.candidates.vector, found.firsts))
        if confidence(signals(found.matrix), model.silence) < model.threshold:
            return replace(nothing, headlines=_headlines(found, ranked))
        sure = alone(found.matrix, model.silence)
        shown = _present(found, [place for place in ranked if sure[place.position] >= ALONE][:QUOTES])
        if question.claim:
            shown += _other_side(question, found, shown, _present(found, ranked[:SEARCHED]))
            shown = _on_the_claim(question, found, shown)
        if not shown:
            return replace(nothing, headlines=_headlines(found, ranked))
        quotes = [self._quote(question, found, place) for place in shown]
        groups, outcome, reported_by, denied_by = group(question, quotes)
        return replace(nothing, outcome=outcome, groups=groups, reported_by=reported_by, denied_by=denied_by)

    def _quote(self, question: Question, found: Found, ranked: Ranked) -> Quote:
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
            cites=cited_source(passage.sentence),
            judgement=_judged(question, passage),
            lead=_lead(stored, place),
            also=_elsewhere(article, (found.stored(other).article for other in found.here(ranked.also))),
            score=ranked.score,
            features=dict(zip(NAMES, found.matrix[position].tolist(), strict=True)),
        )


def _present(found: Found, places: list[Ranked]) -> list[Ranked]:
    """Read the articles of some candidates; keep those that have not gone meanwhile."""
    here = set(found.here(position for place in places for position in (place.position, *place.also)))
    return [place for place in places if place.position in here]


def _other_side(question: Question, found: Found, shown: list[Ranked], ranked: list[Ranked]) -> list[Ranked]:
    """Return the best of what is not shown that surely reports, or denies, a claim which nothing shown does."""
    sides = {Stance.REPORTED, Stance.DENIED}
    for place in shown:
        sides.discard(_sure_stance(question, found, place))
    places = {place.position for place in shown}
    added: list[Ranked] = []
    for place in ranked[:SEARCHED]:
        stance = _sure_stance(question, found, place) if sides and place.position not in places else None
        if stance in sides:
            added.append(place)
            sides.discard(stance)
    return added


def _on_the_claim(question: Question, found: Found, shown: list[Ranked]) -> list[Ranked]:
    """Keep what tells of a claim, what surely does first; nothing when nothing surely does.

    Among equals a sentence that names its source comes first: it is worth more to who wants to know who says so.
    """
    told = {place: _told(question, found.passage(place.position)) for place in shown}
    if max(told.values(), default=0.0) < RELATED:
        return []

    def order(place: Ranked) -> tuple[bool, float, bool]:
        unsourced = cited_source(found.passage(place.position).sentence) is None
        return told[place] < RELATED, -round(place.score / EQUAL), unsourced

    return sorted((place for place in shown if told[place] >= TOLD), key=order)


def _told(question: Question, passage: Passage) -> float:
    """Return how much, 0 to 1, a sentence tells of a claim or of a report of it, more than sharing its words."""
    match = compare(question.topic, passage.sentence, passage.headline, passage.before)
    return max(about(match), near(match))


def _sure_stance(question: Question, found: Found, ranked: Ranked) -> Stance:
    judgement = _judged(question, found.passage(ranked.position))
    return judgement.stance if judgement.confidence >= SURE else Stance.BACKGROUND


def _judged(question: Question, passage: Passage) -> Judgement:
    return judge(question.topic, passage.sentence, passage.headline, passage.before)


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
