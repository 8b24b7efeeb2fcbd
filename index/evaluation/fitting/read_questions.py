"""Read questions to fit the chances on: judged ones, and those of a quiz, each as the bot would read it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np

from index.answering.candidate_reading import (
    READ_DEPTH,
    PassageReader,
    cue_features,
    cue_judgements,
    passage_of,
)
from index.answering.candidates import CandidateSet
from index.archive import Archive
from index.arrays import SentenceIds
from index.evaluation.fitting.fit_chances import ReadQuestion
from index.evaluation.news_qa import contains_answer
from index.query.question import Question, parse_question
from index.ranking.chances import ReadCandidates
from index.ranking.diversify import RankedCandidate, diversify
from index.ranking.model import bundled_ranking
from index.reader.training.judged_questions import events_of
from index.reader.training.public_sets import Row
from index.reader.training.quiz_questions import QuizQuestion

RANKED = 90  # candidates put in order, of which the first READ_DEPTH are read: duplicates need room; judged
TOLD_EVERY = 200  # questions between two lines of the log

Log = Callable[[str], None]


def read_questions(
    archive: Archive, reader: PassageReader, rows: Sequence[Row], log: Log
) -> list[ReadQuestion]:
    """Return judged questions as they are read in `archive`; those for which the search finds nothing are left out."""
    questions = []
    for done, (row, event) in enumerate(zip(rows, events_of(rows), strict=True), 1):
        question = _read_question(archive, reader, row, event)
        if question is not None:
            questions.append(question)
        if done % TOLD_EVERY == 0:
            log(f"reading {done}/{len(rows)}")
    return questions


def read_quiz(
    archive: Archive, reader: PassageReader, quiz: Sequence[QuizQuestion], log: Log
) -> list[ReadQuestion]:
    """Return the questions of a quiz as they are read in `archive`, over all of it and over the news of other years.

    Over all, those of which a page with the answer is there and a sentence with it among what is read: something answers.
    Over other years, those of which no such sentence is: nothing does.
    """
    questions = []
    stored = archive.stored_articles().keys()
    for done, one in enumerate(quiz, 1):
        over_all = _read_quiz_question(archive, reader, one, None)
        if over_all is not None and over_all.answerable and one.pages & stored:
            questions.append(over_all)
        elsewhere = _read_quiz_question(archive, reader, one, _of_other_years(archive, one.now))
        if elsewhere is not None and not elsewhere.answerable:
            questions.append(elsewhere)
        if done % TOLD_EVERY == 0:
            log(f"reading the quiz {done}/{len(quiz)}")
    return questions


def _of_other_years(archive: Archive, now: datetime) -> SentenceIds:
    """Return the sentences of the articles that are not known to be of the year of `now`."""
    table = archive.article_table()
    year = [datetime(now.year + more, 1, 1, tzinfo=UTC).timestamp() for more in (0, 1)]
    is_of_year = (table.published >= year[0]) & (table.published < year[1])
    return np.flatnonzero(table.sentence_mask(~is_of_year))


def _read_question(archive: Archive, reader: PassageReader, row: Row, event: str) -> ReadQuestion | None:
    """Search the whole index, read what is found first, and label it; None when nothing is found."""
    asked_at = datetime.fromisoformat(row["now"]).replace(tzinfo=UTC)
    question = parse_question(row["question"], now=asked_at, outlets=archive.article_table().outlets)
    searched = _search_and_read(archive, reader, question)
    if searched is None:
        return None
    is_claim = "expected" in row
    is_answerable = row["expected"] != "nothing" if is_claim else bool(row["answerable"])
    labels = _labels(searched.found, searched.ranked, row)
    words = question.word_count
    return ReadQuestion(event, is_claim, is_answerable, searched.read, searched.search_logit, words, labels)


def _read_quiz_question(
    archive: Archive, reader: PassageReader, one: QuizQuestion, within: SentenceIds | None
) -> ReadQuestion | None:
    """Read a question of the quiz `within` these sentences; something answers where one that is read holds the answer.

    None when nothing is found, or the question puts a claim.
    """
    question = parse_question(one.text, now=one.now, outlets=archive.article_table().outlets)
    searched = None if question.claim else _search_and_read(archive, reader, question, within)
    if searched is None:
        return None
    sentences = [searched.found.passage_of(ranked.position).sentence for ranked in searched.ranked]
    answers = any(contains_answer(sentence, one.answer) for sentence in sentences)
    unjudged = ("",) * len(sentences)
    words = question.word_count
    return ReadQuestion(
        f"quiz {one.question_id}", False, answers, searched.read, searched.search_logit, words, unjudged
    )


@dataclass(frozen=True, slots=True)
class _SearchedAndRead:
    """What the search found first, in order, as it was read, and how sure the search was as log odds."""

    found: CandidateSet
    ranked: Sequence[RankedCandidate]
    read: ReadCandidates
    search_logit: float


def _search_and_read(
    archive: Archive, reader: PassageReader, question: Question, within: SentenceIds | None = None
) -> _SearchedAndRead | None:
    """Search the whole index, or `within` these sentences, and read what is found first; None when nothing is found."""
    unfiltered = replace(question, since=None, until=None, outlets=())
    found = archive.retriever.retrieve(unfiltered, archive.article_table(), within)
    if not len(found.candidates):
        return None
    model = bundled_ranking()
    scores = model.trees.score(found.features)
    ranked = list(diversify(scores, found.candidates.vector, found.article_ids, found.quotable, RANKED))[
        :READ_DEPTH
    ]
    passages = [passage_of(found, one.position) for one in ranked]
    readings = reader.read(question.topic, passages)
    cues = cue_judgements(question.claim, passages) if question.claim else []
    read = ReadCandidates(
        readings.answer,
        readings.stance,
        np.array([one.score for one in ranked], np.float32),
        cue_features(cues, len(ranked)),
    )
    return _SearchedAndRead(found, ranked, read, model.answerability_logit(found.features, scores))


def _labels(found: CandidateSet, ranked: Sequence[RankedCandidate], row: Row) -> tuple[str, ...]:
    """Return the label of each candidate, or that of a near-identical one; "" where nobody judged either."""
    judged = {(one["url"], one["sentence"]): str(one["label"]) for one in row["candidates"]}

    def label(position: int) -> str:
        return judged.get((found.article_of(position).article.url, found.passage_of(position).sentence), "")

    return tuple(next(filter(None, map(label, (one.position, *one.duplicates))), "") for one in ranked)
