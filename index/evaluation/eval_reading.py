"""Measure what the reader adds to the ranking: the order of the candidates it read, and when it refuses."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.answering.candidate_reading import (
    READ_DEPTH,
    best_first,
    cue_features,
    cue_judgements,
    judge_candidates,
    passage_of,
)
from index.answering.candidates import CandidateRetriever, CandidateSet
from index.encoding.query_adapter import QueryAdapter
from index.evaluation.news_qa import EvalQuestion, contains_answer, fold_of, parsed_question, refusal_rate
from index.query.question import Question
from index.ranking.chances import CandidateChances, ChanceModel, Chances, ReadCandidates, bundled_chances
from index.ranking.diversify import RankedCandidate, diversify, spread_over_articles
from index.ranking.tree_ensemble import TreeEnsemble
from index.reader.cross_encoder import UNSCALED, CrossEncoderReader
from index.reader.load import bundled_reader, cross_encoder_reader
from index.reader.passage import Passage
from index.reader.reader import Reader
from index.retrieval.article_table import ArticleTable
from index.stance.claim import Claim
from index.stance.judgement import Judgement

READ_CUTOFFS = (1, 3, 5)  # judged: one quote, a card, a page

ReadProgress = Callable[[int, int], None]  # how many questions are asked, of how many


@dataclass(frozen=True, slots=True)
class ReadPassages:
    """Passages that were read, the cues of their words ([] without a claim), and the model that takes them."""

    candidates: ReadCandidates
    cues: Sequence[Judgement]
    model: ChanceModel

    def chances(self) -> CandidateChances:
        """Return the calibrated chances of the passages, in their order."""
        return self.model.candidate_chances(self.candidates)


@dataclass(frozen=True, slots=True)
class CalibratedReader:
    """A reader, and the models that make chances of what it reads."""

    reader: Reader
    chances: Chances

    def read(
        self,
        topic: str,
        claim: Claim | None,
        passages: Sequence[Passage],
        scores: NDArray[np.float32] | None = None,
    ) -> ReadPassages:
        """Return n passages, at least one, as they are read for a question or the claim it puts.

        `scores`, (n,), are those of the trees, by default 0.
        """
        cues = cue_judgements(claim, passages) if claim else []
        readings = self.reader.read(topic, passages)
        known = np.zeros(len(passages), np.float32) if scores is None else scores
        features = cue_features(cues, len(passages))
        model = self.chances.claims if claim else self.chances.open_questions
        return ReadPassages(ReadCandidates(readings.answer, readings.stance, known, features), cues, model)


def calibrated_reader(name: str | None) -> CalibratedReader:
    """Return the reader that comes with Verbatim, or with the model `name` in the place of its answering head, unscaled.

    It has read a sentence: what is missing shows before the long work.
    """
    reader = cross_encoder_reader(name, UNSCALED) if name else bundled_reader()
    read = CalibratedReader(reader, bundled_chances())
    read.read("Who resigned?", None, [Passage("The minister resigned.")])
    return read


@dataclass(frozen=True, slots=True)
class SearchModels:
    """What was fitted of the search: for every fold the adapter and trees of the others.

    `logits` are how sure the search is that each question can be answered, as out-of-fold log odds by question id.
    """

    adapters: Sequence[QueryAdapter]
    forest: Sequence[TreeEnsemble]
    logits: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ReadCase:
    """A question's candidates in the order in which they are shown, best first, and the log odds that any answers."""

    found: CandidateSet
    order: tuple[int, ...]
    logit: float

    def first_hit(self, answer: str) -> float:
        """Return the place, from 1, of the first candidate that holds an answer string; infinity if none does."""
        for place, position in enumerate(self.found.load_articles(self.order[: max(READ_CUTOFFS)]), 1):
            if contains_answer(self.found.passage_of(position).sentence, answer):
                return place
        return math.inf


@dataclass(frozen=True, slots=True)
class JudgedReadings:
    """What two models gave for n passages, `ours` and `theirs`, (n,), and which hold the answer, `relevant`, (n,)."""

    ours: NDArray[np.float32]
    theirs: NDArray[np.float32]
    relevant: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ReadingEvaluation:
    """Asks the questions of the news corpus again, out of fold, and reads what is found first."""

    reader: CalibratedReader
    models: SearchModels
    retriever: CandidateRetriever
    table: ArticleTable

    def figures(
        self,
        answerable: Sequence[EvalQuestion],
        unanswerable: Sequence[EvalQuestion],
        progress: ReadProgress,
    ) -> dict[str, float]:
        """Return the hit rates with the reader, and the share of unanswerable questions that it lets refuse."""
        retrievers = [self.retriever.using_adapter(adapter) for adapter in self.models.adapters]
        places, positive, negative = [], [], []
        for done, query in enumerate([*answerable, *unanswerable], 1):
            progress(done, len(answerable) + len(unanswerable))
            case = self.read(query, retrievers[fold_of(query.question_id)])
            if query.answer is None:
                negative.append(case.logit)
            else:
                places.append(case.first_hit(query.answer))
                positive.append(case.logit)
        hits = {f"read hit@{k}": float(np.mean([place <= k for place in places])) for k in READ_CUTOFFS}
        return hits | {"read refused": refusal_rate(np.array(positive), np.array(negative))}

    def read(self, query: EvalQuestion, retriever: CandidateRetriever) -> ReadCase:
        """Return a question's case, what `retriever` finds first being read and the rest left behind it."""
        question, found, ranked = self._ranked(query, retriever)
        if not ranked:
            return ReadCase(found, (), -math.inf)
        first, rest = ranked[:READ_DEPTH], ranked[READ_DEPTH:]
        passages = [passage_of(found, one.position) for one in first]
        scored = np.array([one.score for one in first], np.float32)
        read = self.reader.read(question.topic, question.claim, passages, scored)
        logit = read.model.answerable_logit(read.candidates, self.models.logits[query.question_id])
        order = _in_order_shown(found, first, read)
        return ReadCase(found, (*order, *(one.position for one in rest)), logit)

    def judged_readings(self, answerable: Sequence[EvalQuestion], progress: ReadProgress) -> JudgedReadings:
        """Return what our head and another model, in whose place it is, give for what is found first. `reader` holds both."""
        reader = self.reader.reader
        if not isinstance(reader, CrossEncoderReader):
            raise TypeError("our own reader needs no scale")
        retrievers = [self.retriever.using_adapter(adapter) for adapter in self.models.adapters]
        ours, theirs, relevant = [], [], []
        for done, query in enumerate(answerable, 1):
            progress(done, len(answerable))
            question, found, ranked = self._ranked(query, retrievers[fold_of(query.question_id)])
            passages = [passage_of(found, one.position) for one in ranked[:READ_DEPTH]]
            own, other = reader.read_both(question.topic, passages)
            ours.append(own.answer)
            theirs.append(other)
            relevant += [contains_answer(one.sentence, query.answer or "") for one in passages]
        return JudgedReadings(np.concatenate(ours), np.concatenate(theirs), np.array(relevant))

    def _ranked(
        self, query: EvalQuestion, retriever: CandidateRetriever
    ) -> tuple[Question, CandidateSet, list[RankedCandidate]]:
        """Return a question, what is found for it, and the candidates by the trees of the other folds."""
        question = parsed_question(query, self.table)
        found = retriever.retrieve(question, self.table)
        if not len(found.candidates):
            return question, found, []
        scores = self.models.forest[fold_of(query.question_id)].score(found.features)
        ranked = list(diversify(scores, found.candidates.vector, found.article_ids, found.quotable))
        found.load_articles(one.position for one in ranked[:READ_DEPTH])  # at once
        return question, found, ranked


def _in_order_shown(found: CandidateSet, ranked: Sequence[RankedCandidate], read: ReadPassages) -> list[int]:
    """Return the positions of candidates that were read, best first, spread over articles."""
    judged = judge_candidates(ranked, read.chances(), read.cues)
    order = best_first(judged, read.candidates, is_claim=bool(read.cues))
    return [one.position for one in spread_over_articles([one.ranked for one in order], found.article_ids)]
