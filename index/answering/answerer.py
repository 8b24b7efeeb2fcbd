"""Ranked candidates -> an answer of quotes, or the reason why there is none."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from index.answering.answers import Answer, AnswerOutcome, Quote
from index.answering.candidates import CandidateRetriever, CandidateSet
from index.answering.claim_sides import SEARCHED_FOR_OTHER_SIDE, ClaimEvidence
from index.answering.grouping import group_by_stance
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
        matching = table.matching(SearchFilter(question.since, question.until, question.outlets))
        nothing = Answer(
            question,
            AnswerOutcome.NOTHING,
            searched_articles=int(matching.sum()),
            newest_published=table.newest(matching),
        )
        found = self._finder.retrieve(question, table, within)
        if not len(found.candidates):
            return nothing
        model = bundled_ranking()
        scores = model.trees.score(found.features)
        abstains = not model.is_answerable(found.features, scores)
        ranked = list(diversify(scores, found.candidates.vector, found.article_ids, RERANK_DEPTH))
        if abstains:
            return replace(nothing, headlines=_headlines(found, ranked))
        evidence = ClaimEvidence(question.claim, found) if question.claim else None
        shown = _judge(evidence, _confident(found, ranked), ranked)
        if not shown:
            return replace(nothing, headlines=_headlines(found, ranked))
        quotes = [self._quote(found, evidence, candidate) for candidate in shown]
        groups, outcome, reported_by, denied_by = group_by_stance(question, quotes)
        return replace(nothing, outcome=outcome, groups=groups, reported_by=reported_by, denied_by=denied_by)

    def _quote(self, found: CandidateSet, evidence: ClaimEvidence | None, ranked: RankedCandidate) -> Quote:
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
            cited_source=evidence.source(position) if evidence else cited_source(passage.sentence),
            judgement=evidence.judge(position) if evidence else NO_CLAIM,
            context=_context_sentence(stored, place),
            duplicates=_duplicates(
                article, (found.article_of(other).article for other in found.load_articles(ranked.duplicates))
            ),
            score=ranked.score,
            features=dict(zip(FEATURE_NAMES, found.features[position].tolist(), strict=True)),
        )


def _confident(found: CandidateSet, ranked: list[RankedCandidate]) -> list[RankedCandidate]:
    """Return the first candidates that may be shown by themselves and whose articles are still stored."""
    confidence = single_confidence(found.features, bundled_ranking().single_weights)
    sure = [one for one in ranked if confidence[one.position] >= MIN_SINGLE_CONFIDENCE][:MAX_QUOTES]
    stored = set(
        found.load_articles(position for one in sure for position in (one.position, *one.duplicates))
    )
    return [one for one in sure if one.position in stored]


def _judge(
    evidence: ClaimEvidence | None, shown: list[RankedCandidate], ranked: list[RankedCandidate]
) -> list[RankedCandidate]:
    """Return what is to be quoted: of a question with a claim both sides, and nothing that is off the topic."""
    if evidence is None:
        return shown
    return evidence.keep_on_topic(shown + evidence.add_missing_side(shown, ranked[:SEARCHED_FOR_OTHER_SIDE]))


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
