"""Ranked candidates -> an answer of quotes, or the reason why there is none."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from index.answering.answers import Answer, AnswerOutcome, Quote, QuoteGroup
from index.answering.candidates import CandidateRetriever, CandidateSet
from index.answering.claim_sides import SEARCHED_FOR_OTHER_SIDE, ClaimEvidence
from index.answering.source_names import denying_sources, reporting_sources
from index.arrays import SentenceIds
from index.articles import Article, Span
from index.attribution.speaker_attribution import cited_source, speaker_of
from index.query.question import Question
from index.ranking.answerability import single_confidence
from index.ranking.diversify import RankedCandidate, diversify
from index.ranking.features import FEATURE_NAMES
from index.ranking.model import bundled_ranking
from index.retrieval.article_table import ArticleTable
from index.retrieval.keyword_index import SearchFilter
from index.stance.judgement import Judgement, Stance
from index.stance.weights import MIN_CONFIDENCE
from index.storage.records import StoredArticle
from index.text.context_dependence import dateline_end, needs_previous_sentence

MAX_QUOTES = 12  # in an answer; a card shows three and keeps the rest for who asks
MAX_HEADLINES = 3
NO_CLAIM = Judgement(Stance.BACKGROUND)
RERANK_DEPTH = 90  # candidates that may be shown, or stand behind one that is
GIVEN_SENTENCES = 150  # sentences of given articles that are ranked
MIN_SINGLE_CONFIDENCE = (
    0.01  # how sure one sentence by itself must make us, to be shown; it costs 1 of 165 right answers on news
)


class Answerer:
    """Makes answers of what a finder finds."""

    def __init__(self, finder: CandidateRetriever) -> None:
        self._finder = finder

    def answer(self, question: Question, table: ArticleTable) -> Answer:
        """Return the answer over the articles in `table`.

        Filters that were read out of the question and leave nothing that answers are dropped, and the answer
        says so; filters that the person gave are kept.
        """
        if question.small_talk:
            return Answer(question, AnswerOutcome.REPLY)
        answer = self._answer_with_filters(question, table)
        if answer.outcome is AnswerOutcome.NOTHING and question.filter_phrases:
            wider = self._answer_with_filters(replace(question, since=None, until=None, outlets=()), table)
            if wider.outcome is not AnswerOutcome.NOTHING:
                return replace(wider, question=question, filters_dropped=True)
        return answer

    def answer_from(self, question: Question, table: ArticleTable, rows: SentenceIds) -> Answer:
        """Return the answer that the articles in these rows of `table` give by themselves."""
        if question.small_talk:
            return Answer(question, AnswerOutcome.REPLY)
        spans = zip((table.first_sentence[rows] + 1).tolist(), table.end_sentence[rows].tolist(), strict=True)
        numbers = np.array([number for span in spans for number in range(*span)], dtype=np.int64)
        if not len(numbers):
            return Answer(question, AnswerOutcome.NOTHING, searched_articles=len(rows))
        bare = replace(question, since=None, until=None, outlets=())
        return self._answer_with_filters(
            bare, table, self._finder.nearest(question.topic, numbers, GIVEN_SENTENCES)
        )

    def _answer_with_filters(
        self, question: Question, table: ArticleTable, within: SentenceIds | None = None
    ) -> Answer:
        passing = table.matching(SearchFilter(question.since, question.until, question.outlets))
        nothing = Answer(
            question,
            AnswerOutcome.NOTHING,
            searched_articles=int(passing.sum()),
            newest_published=table.newest(passing),
        )
        found = self._finder.retrieve(question, table, within)
        if not len(found.candidates):
            return nothing
        model = bundled_ranking()
        scores = model.trees.score(found.features)
        ranked = list(diversify(scores, found.candidates.vector, found.article_ids, RERANK_DEPTH))
        if not model.is_answerable(found.features, scores):
            return replace(nothing, headlines=_headlines(found, ranked))
        sure = single_confidence(found.features, model.single_weights)
        shown = _to_quote(
            found, [place for place in ranked if sure[place.position] >= MIN_SINGLE_CONFIDENCE][:MAX_QUOTES]
        )
        sides = ClaimEvidence(question.claim, found) if question.claim else None
        if sides:
            shown += sides.add_missing_side(shown, ranked[:SEARCHED_FOR_OTHER_SIDE])
            shown = sides.keep_on_topic(shown)
        if not shown:
            return replace(nothing, headlines=_headlines(found, ranked))
        quotes = [self._quote(found, sides, place) for place in shown]
        groups, outcome, reported_by, denied_by = group_by_stance(question, quotes)
        return replace(nothing, outcome=outcome, groups=groups, reported_by=reported_by, denied_by=denied_by)

    def _quote(self, found: CandidateSet, sides: ClaimEvidence | None, ranked: RankedCandidate) -> Quote:
        position = ranked.position
        stored = found.article_of(position)
        article, place = stored.article, int(found.candidates.sentence_index[position])
        span, passage = stored.spans[place], found.passage_of(position)
        sentences = stored.spans[1:]
        return Quote(
            article,
            span.start + dateline_end(passage.sentence),
            span.end,
            speaker=speaker_of(article.text, sentences, place - 1),
            cited_source=sides.source(position) if sides else cited_source(passage.sentence),
            judgement=sides.judge(position) if sides else NO_CLAIM,
            context=_context_sentence(stored, place),
            duplicates=_duplicates(
                article, (found.article_of(other).article for other in found.load_articles(ranked.duplicates))
            ),
            score=ranked.score,
            features=dict(zip(FEATURE_NAMES, found.features[position].tolist(), strict=True)),
        )


def _to_quote(found: CandidateSet, places: list[RankedCandidate]) -> list[RankedCandidate]:
    """Read the articles of some candidates; keep those that have not gone meanwhile."""
    here = set(
        found.load_articles(position for place in places for position in (place.position, *place.duplicates))
    )
    return [place for place in places if place.position in here]


def _context_sentence(stored: StoredArticle, place: int) -> Span | None:
    """Return the sentence before when this one leans on it and they share a paragraph or follow each other."""
    text, span = stored.article.text, stored.spans[place]
    if place < 2 or not needs_previous_sentence(text[span.start : span.end]):
        return None
    return stored.spans[place - 1]


def _duplicates(article: Article, others: Iterable[Article]) -> tuple[Article, ...]:
    """Return one article of each other outlet."""
    seen: dict[str, Article] = {}
    for other in others:
        if other.outlet != article.outlet:
            seen.setdefault(other.outlet, other)
    return tuple(seen.values())


def _headlines(found: CandidateSet, ranked: list[RankedCandidate]) -> tuple[Article, ...]:
    firsts: dict[int, int] = {}
    for place in ranked:
        firsts.setdefault(found.article_ids[place.position], place.position)
    nearest = list(firsts.values())[:MAX_HEADLINES]
    return tuple(found.article_of(position).article for position in found.load_articles(nearest))


_ORDER = (Stance.REPORTED, Stance.DENIED, Stance.NO_COMMENT, Stance.BACKGROUND)


_SIDES = frozenset({Stance.REPORTED, Stance.DENIED})


class Grouping(NamedTuple):
    """Groups in the order they are shown, what kind of answer they make, and the names on either side."""

    groups: tuple[QuoteGroup, ...] = ()
    outcome: AnswerOutcome = AnswerOutcome.NOTHING
    reported_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()


def group_by_stance(question: Question, quotes: Sequence[Quote]) -> Grouping:
    """Group ranked quotes, best first; the order inside a group is theirs.

    A question that puts no claim, or quotes of which none surely takes a side or withholds comment, make one
    neutral group. A quote whose stance is a guess is background. Sources disagree only when both sides are sure.
    """
    if not quotes:
        return Grouping()
    stances = [_shown_stance(quote) for quote in quotes]
    if not question.claim or set(stances) == {Stance.BACKGROUND}:
        return Grouping((QuoteGroup(None, tuple(quotes)),), AnswerOutcome.QUOTES)
    by_stance = {
        one: [q for q, stance in zip(quotes, stances, strict=True) if stance is one] for one in _ORDER
    }
    groups = tuple(QuoteGroup(stance, tuple(some)) for stance, some in by_stance.items() if some)
    outcome = AnswerOutcome.DISAGREE if set(stances) >= _SIDES else AnswerOutcome.QUOTES
    return Grouping(
        groups,
        outcome,
        reporting_sources(by_stance[Stance.REPORTED], question.claim),
        denying_sources(by_stance[Stance.DENIED], question.claim),
    )


def _shown_stance(quote: Quote) -> Stance:
    return quote.stance if quote.judgement.confidence >= MIN_CONFIDENCE else Stance.BACKGROUND
