"""Measure what a person who asks the questions of a quiz is shown, the search fitted out of fold: an answer, or silence."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from index.answering.answerer import Answerer
from index.answering.candidate_reading import READ_DEPTH, cue_features, cue_judgements, passage_of
from index.answering.candidates import CandidateRetriever
from index.evaluation.news_qa import EvalQuestion, contains_answer, fold_of, parsed_question
from index.ranking.chances import CandidateChances, ChanceModel, Chances, ReadCandidates, bundled_chances
from index.ranking.diversify import diversify
from index.ranking.model import RankingModel
from index.ranking.tree_ensemble import TreeEnsemble
from index.reader.cross_encoder import UNSCALED, CrossEncoderReader
from index.reader.load import bundled_reader, cross_encoder_reader
from index.reader.passage import Passage
from index.reader.reader import Reader
from index.retrieval.article_table import ArticleTable
from index.stance.claim import Claim
from index.stance.judgement import Judgement

READ_CUTOFFS = (1, 3, 5)  # judged: one quote, a card, a page
IN_VIEW = 300  # characters that a person reads of an answer before anything else; judged

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
class JudgedReadings:
    """What two models gave for n passages, `ours` and `theirs`, (n,), and which hold the answer, `relevant`, (n,)."""

    ours: NDArray[np.float32]
    theirs: NDArray[np.float32]
    relevant: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ReadingEvaluation:
    """Asks the questions of the news corpus again, each answered by the ranking that was fitted on the other folds."""

    reader: CalibratedReader
    rankings: Sequence[RankingModel]
    retriever: CandidateRetriever
    table: ArticleTable

    def figures(
        self,
        answerable: Sequence[EvalQuestion],
        unanswerable: Sequence[EvalQuestion],
        progress: ReadProgress,
    ) -> dict[str, float]:
        """Return how often a person who asks the questions meets an answer, or rightly silence; each from 0 to 1."""
        answerers = [self.answerer(ranking) for ranking in self.rankings]
        places, in_view, answered, silent = [], [], [], []
        for done, query in enumerate([*answerable, *unanswerable], 1):
            progress(done, len(answerable) + len(unanswerable))
            question = parsed_question(query, self.table)
            quotes = answerers[fold_of(query.question_id)].answer(question, self.table).quotes
            shown = [quote.text for quote in quotes]
            if query.answer is None:
                silent.append(not shown)
                continue
            answered.append(bool(shown))
            places.append(_first_place(shown, query.answer))
            in_view.append(contains_answer("\n".join(shown)[:IN_VIEW], query.answer))
        hits = {f"quiz hit@{k}": float(np.mean([place <= k for place in places])) for k in READ_CUTOFFS}
        return hits | {
            f"quiz answered in {IN_VIEW} characters": float(np.mean(in_view)),
            "quiz not falsely silent": float(np.mean(answered)),
            "quiz silent": float(np.mean(silent)),
        }

    def answerer(self, ranking: RankingModel) -> Answerer:
        """Return what answers as the bot does, with a ranking of its own."""
        retriever = self.retriever.using_adapter(ranking.adapter)
        return Answerer(retriever, self.reader.reader, ranking=ranking, chances=self.reader.chances)

    def judged_readings(self, answerable: Sequence[EvalQuestion], progress: ReadProgress) -> JudgedReadings:
        """Return what our head and another model, in whose place it is, give for what is found first. `reader` holds both."""
        reader = self.reader.reader
        if not isinstance(reader, CrossEncoderReader):
            raise TypeError("our own reader needs no scale")
        retrievers = [self.retriever.using_adapter(ranking.adapter) for ranking in self.rankings]
        ours, theirs, relevant = [], [], []
        for done, query in enumerate(answerable, 1):
            progress(done, len(answerable))
            fold = fold_of(query.question_id)
            topic, passages = self._first_passages(query, retrievers[fold], self.rankings[fold].trees)
            own, other = reader.read_both(topic, passages)
            ours.append(own.answer)
            theirs.append(other)
            relevant += [contains_answer(one.sentence, query.answer or "") for one in passages]
        return JudgedReadings(np.concatenate(ours), np.concatenate(theirs), np.array(relevant))

    def _first_passages(
        self, query: EvalQuestion, retriever: CandidateRetriever, trees: TreeEnsemble
    ) -> tuple[str, list[Passage]]:
        """Return what is asked, and the passages that are read for it; [] where nothing is found."""
        question = parsed_question(query, self.table)
        found = retriever.retrieve(question, self.table)
        if not len(found.candidates):
            return question.topic, []
        scores = trees.score(found.features)
        ranked = diversify(scores, found.candidates.vector, found.article_ids, found.quotable)
        stored = found.load_articles(one.position for one in islice(ranked, READ_DEPTH))  # at once
        return question.topic, [passage_of(found, position) for position in stored]


def _first_place(sentences: Sequence[str], answer: str) -> float:
    """Return the place, from 1, of the first sentence that holds an answer string; infinity if none does."""
    places = (place for place, one in enumerate(sentences, 1) if contains_answer(one, answer))
    return next(places, math.inf)
