"""Answer questions: rank the candidates of one and quote the best, or abstain and offer headlines."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from index.answering.answers import Answer, AnswerOutcome, Quote, QuoteGroup
from index.answering.candidate_reading import (
    ASKED,
    READ_DEPTH,
    UNASKED,
    LeastChances,
    PassageReader,
    read_candidates,
)
from index.answering.candidates import CandidateRetriever, CandidateSet
from index.answering.future_quotes import may_tell_ahead, tells_ahead
from index.answering.grouping import group_by_stance, without_repeated_context
from index.answering.story_clusters import Story
from index.arrays import SentenceIds
from index.articles import Article, Span
from index.attribution.speaker_attribution import cited_source, speaker_of
from index.query.question import Question, SmallTalk
from index.ranking.answerability import single_confidence
from index.ranking.chances import Chances
from index.ranking.diversify import RankedCandidate, diversify
from index.ranking.features import FEATURE_NAMES
from index.ranking.model import RankingModel, bundled_ranking
from index.retrieval.article_table import ArticleTable
from index.retrieval.keyword_index import SearchFilter
from index.stages import Stage, stage
from index.storage.records import StoredArticle
from index.text.context_dependence import dateline_end, needs_previous_sentence
from index.text.language_id import ENGLISH, question_language

MAX_QUOTES = 12  # in an answer; judged: a card shows three and keeps the rest behind a button
MAX_HEADLINES = 3  # offered when nothing answers; judged
DIVERSIFY_DEPTH = 90  # best-scored candidates that may be shown, or be duplicates of a shown one; judged
MAX_GIVEN_SENTENCES = 150  # sentences of given articles that are ranked, the nearest by vector; judged
# Cosine by the bundled model of a question with the nearest sentence of a given article, below which it has nothing to say.
# Measured: so have 98 of 100 articles of a year, where at most 4 of 1,077 judged reports, denials and full answers stand.
MIN_SIMILARITY = 0.45
# Probability that a candidate alone answers, below which it is not shown. Measured: this costs 1 of 165 right
# answers on news.
MIN_SINGLE_CONFIDENCE = 0.01


class Answerer:
    """Answers questions from the candidates that a retriever finds. Any thread may use it."""

    def __init__(
        self,
        retriever: CandidateRetriever,
        reader: PassageReader | None,
        least: LeastChances = ASKED,
        least_similarity: float | None = None,
        ranking: RankingModel | None = None,
        chances: Chances | None = None,
    ) -> None:
        """Answer from what `retriever` finds, as surely as `least` says; without a `reader` no quote takes a side.

        A given article that has no sentence of `least_similarity` with the question is passed over; None passes over none.
        `ranking` and `chances` are by default the models that come with Verbatim.
        """
        self._retriever = retriever
        self._reader = reader
        self._least = least
        self._least_similarity = least_similarity
        self._ranking = ranking or bundled_ranking()
        self._chances = chances

    def answer(
        self,
        question: Question,
        table: ArticleTable,
        restrict_to: SentenceIds | None = None,
        depth: int = READ_DEPTH,
    ) -> Answer:
        """Return the answer over the articles in `table`, or over the sentences `restrict_to` alone.

        `depth` candidates are read. Filters that were read out of the question and leave nothing that answers are
        dropped, and the answer says so; filters that the person gave are kept. A question about the future is
        refused only where nothing answers it.
        """
        if question.small_talk is SmallTalk.FUTURE:
            answer = self.answer(replace(question, small_talk=None), table, restrict_to, depth)
            return (
                Answer(question, AnswerOutcome.REPLY) if answer.outcome is AnswerOutcome.NOTHING else answer
            )
        if question.small_talk:
            return Answer(question, AnswerOutcome.REPLY)
        answer = self._answer_with_filters(question, table, restrict_to, depth)
        unfiltered = question.without_read_filters()
        if answer.outcome is AnswerOutcome.NOTHING and unfiltered.filters != question.filters:
            wider = self._answer_with_filters(unfiltered, table, restrict_to, depth)
            if wider.outcome is not AnswerOutcome.NOTHING:
                return replace(wider, question=question, filters_dropped=True)
        return answer

    def answer_from(self, question: Question, table: ArticleTable, rows: SentenceIds) -> Answer:
        """Return the answer that the articles in these rows of `table` give by themselves."""
        if not question.is_news:
            return Answer(question, AnswerOutcome.REPLY)
        if self._least_similarity is not None and _is_read(question):
            rows = self._retriever.about(question.topic, table, rows, self._least_similarity)
        ranges = zip(
            (table.first_sentence[rows] + 1).tolist(), table.end_sentence[rows].tolist(), strict=True
        )
        sentences = np.array([number for bounds in ranges for number in range(*bounds)], dtype=np.int64)
        if not len(sentences):
            return Answer(question, AnswerOutcome.NOTHING, searched_articles=len(rows))
        nearest = self._retriever.nearest(question.topic, sentences, MAX_GIVEN_SENTENCES)
        return self._answer_with_filters(question.without_filters(), table, nearest)

    def answer_with_stories(
        self, question: Question, table: ArticleTable, stories: Sequence[Story]
    ) -> Answer:
        """Return the answer to a question that names nothing but a time: the stories of that time."""
        nothing = _nothing(question, table)
        if not stories:
            return nothing
        quotes = QuoteGroup(None, tuple(story.quote for story in stories))
        return replace(nothing, outcome=AnswerOutcome.QUOTES, groups=(quotes,))

    def _answer_with_filters(
        self,
        question: Question,
        table: ArticleTable,
        restrict_to: SentenceIds | None = None,
        depth: int = READ_DEPTH,
    ) -> Answer:
        nothing = _nothing(question, table)
        reader = self._reader if _is_read(question) else None
        if reader:
            reader.load_soon()  # while candidates are looked for
        found = self._retriever.retrieve(question, table, restrict_to)
        if not len(found.candidates):
            return nothing
        model = self._ranking
        scores = model.trees.score(found.features)
        search_logit = model.answerability_logit(found.features, scores)
        ranked = list(
            diversify(scores, found.candidates.vector, found.article_ids, found.quotable, DIVERSIFY_DEPTH)
        )
        found_any = search_logit >= model.threshold
        if reader:
            # A claim may be settled where the search is unsure: whether a side is taken, reading alone can tell.
            reads = found_any or question.claim is not None
            quotes = self._read_quotes(reader, question, found, ranked, search_logit, depth) if reads else []
        else:
            quotes = [self._quote(found, one) for one in self._confident(found, ranked)] if found_any else []
        if question.asks_ahead:
            quotes = [quote for quote in quotes if may_tell_ahead(quote, question)]
        if not quotes:
            return replace(nothing, headlines=_headlines(found, ranked))
        groups, outcome, reported_by, denied_by = group_by_stance(question, quotes)
        groups = without_repeated_context(groups)
        return replace(nothing, outcome=outcome, groups=groups, reported_by=reported_by, denied_by=denied_by)

    def _read_quotes(
        self,
        reader: PassageReader,
        question: Question,
        found: CandidateSet,
        ranked: list[RankedCandidate],
        search_logit: float,
        depth: int,
    ) -> list[Quote]:
        """Return the quotes that reading the first candidates leaves; [] when nothing answers."""
        reading = read_candidates(
            reader, question, found, ranked[:depth], search_logit, self._least, self._chances
        )
        quotes = (
            replace(self._quote(found, one.ranked), judgement=one.judgement, chances=one.chances)
            for one in reading.shown[:MAX_QUOTES]
        )
        if reading.is_answerable:
            return list(quotes)
        # Nobody reports yet what is asked about: that it is planned or expected answers.
        return [
            quote
            for quote in quotes
            if question.asks_ahead and quote.chances["answers"] >= UNASKED.answers and tells_ahead(quote.text)
        ]

    def _confident(self, found: CandidateSet, ranked: list[RankedCandidate]) -> list[RankedCandidate]:
        """Return the first candidates that are confident enough by themselves and whose articles are still stored."""
        confidence = single_confidence(found.features, self._ranking.single_weights)
        confident = [one for one in ranked if confidence[one.position] >= MIN_SINGLE_CONFIDENCE][:MAX_QUOTES]
        stored = set(
            found.load_articles(position for one in confident for position in (one.position, *one.duplicates))
        )
        return [one for one in confident if one.position in stored]

    @stage(Stage.QUOTING)
    def _quote(self, found: CandidateSet, ranked: RankedCandidate) -> Quote:
        position = ranked.position
        stored = found.article_of(position)
        article, index = stored.article, int(found.candidates.sentence_index[position])
        span, passage = stored.spans[index], found.passage_of(position)
        sentences = stored.spans[1:]
        return Quote(
            article,
            span.start + dateline_end(passage.sentence),
            span.end,
            speaker=speaker_of(article.text, sentences, index - 1),
            cited_source=cited_source(passage.sentence),
            context=_context_sentence(stored, index),
            duplicates=_duplicates(
                article, (found.article_of(other).article for other in found.load_articles(ranked.duplicates))
            ),
            score=ranked.score,
            features=dict(zip(FEATURE_NAMES, found.features[position].tolist(), strict=True)),
        )


def _is_read(question: Question) -> bool:
    """Return True if the reader, and the encoder it shares its words with, know the question's language."""
    return question_language(question.text) in (None, ENGLISH)


def _nothing(question: Question, table: ArticleTable) -> Answer:
    """Return the answer that nothing was found, with what was searched."""
    matching = table.matching(question.filters)
    of_outlets = matching if matching.any() else table.matching(SearchFilter(outlets=question.outlets))
    return Answer(
        question,
        AnswerOutcome.NOTHING,
        searched_articles=int(matching.sum()),
        newest_published=table.newest(matching),
        indexed_articles=len(matching),
        newest_of_outlets=table.newest(of_outlets),
    )


def _context_sentence(stored: StoredArticle, index: int) -> Span | None:
    """Return the sentence before the one at `index` when that one needs it to be understood, else None."""
    text, span = stored.article.text, stored.spans[index]
    if index < 2 or not needs_previous_sentence(text[span.start : span.end]):
        return None
    return stored.spans[index - 1]


def _duplicates(article: Article, others: Iterable[Article]) -> tuple[Article, ...]:
    """Return one article of each other outlet."""
    by_outlet: dict[str, Article] = {}
    for other in others:
        if other.outlet != article.outlet:
            by_outlet.setdefault(other.outlet, other)
    return tuple(by_outlet.values())


def _headlines(found: CandidateSet, ranked: list[RankedCandidate]) -> tuple[Article, ...]:
    """Return the articles of the best candidates, each once, that are still stored."""
    best_of_article: dict[int, int] = {}
    for candidate in ranked:
        best_of_article.setdefault(found.article_ids[candidate.position], candidate.position)
    positions = found.load_articles(list(best_of_article.values())[:MAX_HEADLINES])
    return tuple(found.article_of(position).article for position in positions)
