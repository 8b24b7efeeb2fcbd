"""Measure answers to questions as people type them, over news that was judged by reading.

Each question comes with the sentences that were judged for it. It is asked twice: over these sentences alone, which
measures order and stance, and over the whole corpus, where our own judgements of what the search finds are added, and
a sentence that nobody judged counts as wrong.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.answering.answers import Answer, AnswerOutcome, Quote
from index.answering.candidate_reading import passage_of
from index.archive import Archive
from index.arrays import SentenceIds
from index.evaluation.eval_reading import CalibratedReader
from index.evaluation.judged_places import found_shares
from index.evaluation.news_qa import read_rows
from index.evaluation.own_labels import FOUND_FILE, read_own_labels
from index.evaluation.shown_quotes import SHOWN_FIRST, sentences_shown
from index.query.question import parse_question
from index.ranking.model import bundled_ranking
from index.stance.judgement import Stance
from index.storage.records import StoredArticle

CLAIM_FILE, OPEN_FILE = Path("claims", "dev.jsonl.gz"), Path("open", "dev.jsonl.gz")
OPENING_OF = {Stance.REPORTED: "reported", Stance.DENIED: "denied"}
LABEL_OF = {Stance.REPORTED: "reports", Stance.DENIED: "denies"}
RECALL_PRECISION = 0.8  # at which recall is measured; judged
# Shares that are better when lower, by what is left of them: a floor only goes up.
TURNED = {"opens falsely": "not falsely opened", "falsely silent": "not falsely silent"}
# Open questions of the development set whose answer the pool of judged sentences missed.
DOUBTFUL_SILENCE = frozenset((1, 3, 4, 25, 28, 49, 50, 64, 73, 77, 79, 82, 86, 87, 88, 89))

AskProgress = Callable[[str, int, int], None]  # what is being asked, how much is done, out of how much


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question, when it was asked, what is `expected`, and the label of each judged (address, sentence).

    `expected` is what the card of a claim opens with (reported, denied, disagree, nothing), or of an open question
    "answer" or "silence".
    """

    question_id: str
    text: str
    now: datetime
    expected: str
    labels: Mapping[tuple[str, str], str]

    @property
    def is_claim(self) -> bool:
        """Return True if the question puts a claim, False if it is open."""
        return self.expected not in ("answer", "silence")


@dataclass(frozen=True, slots=True)
class JudgedNews:
    """An archive of the whole corpus that answers with a reader, and that reader."""

    archive: Archive
    reader: CalibratedReader

    def figures(self, folder: Path, progress: AskProgress) -> dict[str, float]:
        """Return the figures of the claims and open questions in the data folder `folder`, each from 0 to 1, by name.

        Raise OSError when a file is missing.
        """
        articles = self.archive.stored_articles()
        figures: dict[str, float] = {}
        shown: list[Answer] = []
        for kind, path, measure in (("claims", CLAIM_FILE, claim_figures), ("open", OPEN_FILE, open_figures)):
            questions = read_judged_questions(folder / path)
            judged = [judged_sentences(articles, question) for question in questions]
            further = judged_further(questions, articles.values())
            for mode, known, among in (
                ("judged", questions, judged),
                ("whole", further, [None] * len(questions)),
            ):
                answers = []
                for done, (question, ids) in enumerate(zip(known, among, strict=True), 1):
                    progress(f"{kind}, {mode}", done, len(questions))
                    answers.append(self.archive.ask(question.text, now=question.now, among=ids))
                shares = _rising(measure(known, answers))
                shares["shown judged"] = 1.0 - unjudged_share(known, answers)
                figures |= {f"{kind} {mode} {name}": value for name, value in shares.items()}
                shown += answers if mode == "whole" else []
            found = found_shares(articles, [one for question in questions for one in question.labels])
            figures |= {f"{kind} {name}": value for name, value in found.items()}
            if kind == "claims":
                figures |= self.claim_recall(questions, judged)
        return figures | {"shown sentences": sentences_shown(shown)}

    def claim_recall(
        self, questions: Sequence[JudgedQuestion], judged: Sequence[SentenceIds]
    ) -> dict[str, float]:
        """Return which share of the judged reports and denials the chances find at RECALL_PRECISION.

        `judged` are the sentences that were judged for each question, all of which are read.
        """
        read = [
            self._read(question, ids) for question, ids in zip(questions, judged, strict=True) if len(ids)
        ]
        figures = {}
        for label in LABEL_OF.values():
            chances = np.concatenate([by_label[label] for _, by_label in read])
            right = np.array([one == label for labels, _ in read for one in labels])
            figures[f"claims {label} recall"] = recall_at_precision(RECALL_PRECISION, chances, right)
        return figures

    def _read(
        self, judged: JudgedQuestion, ids: SentenceIds
    ) -> tuple[list[str], dict[str, NDArray[np.float32]]]:
        """Return the labels of a question's judged sentences, and the chances of each label, (n,)."""
        table = self.archive.article_table()
        question = parse_question(judged.text, now=judged.now, outlets=table.outlets)
        unfiltered = replace(question, since=None, until=None, outlets=())
        found = self.archive.retriever.retrieve(unfiltered, table, ids, k=None)
        positions = found.load_articles(range(len(found.candidates)))
        passages = [passage_of(found, position) for position in positions]
        urls = [found.article_of(position).article.url for position in positions]
        scores = bundled_ranking().trees.score(found.features)
        chances = self.reader.read(question.topic, question.claim, passages, scores).chances()
        labels = [judged.labels[url, one.sentence] for url, one in zip(urls, passages, strict=True)]
        return labels, {"reports": chances.reports, "denies": chances.denies}


def read_judged_questions(path: Path) -> list[JudgedQuestion]:
    """Return the questions of a file of judged claims or open questions."""
    questions = []
    for row in read_rows(path):
        expected = row.get("expected") or ("answer" if row["answerable"] else "silence")
        labels = {(one["url"], one["sentence"]): str(one["label"]) for one in row["candidates"]}
        now = datetime.fromisoformat(row["now"]).replace(tzinfo=UTC)
        questions.append(JudgedQuestion(str(row["id"]), row["question"], now, expected, labels))
    return questions


def judged_further(
    questions: Sequence[JudgedQuestion], articles: Collection[StoredArticle], source: Path = FOUND_FILE
) -> list[JudgedQuestion]:
    """Return the questions with our own judgements of other sentences in `articles` beside the labels they have."""
    rows = read_own_labels(articles, [question.text for question in questions], source)
    own = {
        row["question"]: {(one["url"], one["sentence"]): str(one["label"]) for one in row["candidates"]}
        for row in rows
    }
    return [
        replace(question, labels={**own.get(question.text.strip(), {}), **question.labels})
        for question in questions
    ]


def judged_sentences(articles: Mapping[str, StoredArticle], question: JudgedQuestion) -> SentenceIds:
    """Return the numbers of the sentences judged for a question, (n,), as far as they stand in `articles`."""
    numbers = []
    for url in {url for url, _ in question.labels} & articles.keys():
        stored = articles[url]
        for place, span in enumerate(stored.spans):
            if place and (url, stored.article.text[slice(*span)]) in question.labels:
                numbers.append(stored.first_sentence + place)
    return np.array(sorted(numbers), dtype=np.int64)


def opening(answer: Answer) -> str:
    """Return what the card of a claim opens with: reported, denied, disagree, nothing, or neutral."""
    if answer.outcome is AnswerOutcome.NOTHING:
        return "nothing"
    if answer.outcome is AnswerOutcome.DISAGREE:
        return "disagree"  # of a change the first group says what is newest
    return OPENING_OF.get(answer.groups[0].stance or Stance.BACKGROUND, "neutral")


def label_of(question: JudgedQuestion, quote: Quote) -> str:
    """Return the label of a quote's sentence; "" when nobody judged it."""
    wanted = quote.article.url, quote.text
    if wanted in question.labels:
        return question.labels[wanted]
    inside = (
        label for (url, text), label in question.labels.items() if url == wanted[0] and quote.text in text
    )
    return next(inside, "")


def claim_figures(questions: Sequence[JudgedQuestion], answers: Sequence[Answer]) -> dict[str, float]:
    """Return the shares of cards that open falsely and rightly, and of quotes that do what their heading says."""
    openings = [
        (question.expected, opening(answer)) for question, answer in zip(questions, answers, strict=True)
    ]
    false = sum(
        shown in ("reported", "denied", "disagree") and shown != expected for expected, shown in openings
    )
    right = sum(shown == expected for expected, shown in openings)
    figures = {"opens falsely": false / len(openings), "opens rightly": right / len(openings)}
    for stance, label in LABEL_OF.items():
        shown = [
            label_of(question, quote) == label
            for question, answer in zip(questions, answers, strict=True)
            for group in answer.groups
            if group.stance is stance
            for quote in group.quotes
        ]
        figures[f"under {stance.value}"] = sum(shown) / max(1, len(shown))
        figures[f"quotes under {stance.value}"] = len(shown)
    return figures


def open_figures(questions: Sequence[JudgedQuestion], answers: Sequence[Answer]) -> dict[str, float]:
    """Return how often the first quote, or one of three, answers fully, and how often there is rightly silence."""
    full = [
        (question, answer)
        for question, answer in zip(questions, answers, strict=True)
        if "2" in question.labels.values()
    ]
    first = [
        [label_of(question, quote) for quote in answer.quotes[:SHOWN_FIRST]] for question, answer in full
    ]
    silent = [
        answer.outcome is AnswerOutcome.NOTHING
        for question, answer in zip(questions, answers, strict=True)
        if question.expected == "silence" and int(question.question_id.split("-")[-1]) not in DOUBTFUL_SILENCE
    ]
    return {
        "first answers": sum(labels[:1] == ["2"] for labels in first) / max(1, len(full)),
        "one of three answers": sum("2" in labels for labels in first) / max(1, len(full)),
        "silent": sum(silent) / max(1, len(silent)),
        "falsely silent": sum(not answer.quotes for _, answer in full) / max(1, len(full)),
    }


def recall_at_precision(precision: float, chances: NDArray[np.float32], right: NDArray[np.bool_]) -> float:
    """Return the best recall with at least `precision`, over every chance as the threshold; 0 when none has it.

    `chances` and whether each is `right` are (n,).
    """
    order = np.argsort(-chances, kind="stable")
    found, ranked = np.cumsum(right[order]), chances[order]
    last_of_tie = np.append(ranked[1:] != ranked[:-1], True)
    good = last_of_tie & (found / np.arange(1, len(found) + 1) >= precision)
    return float(found[good].max(initial=0) / max(1, right.sum()))


def _rising(figures: Mapping[str, float]) -> dict[str, float]:
    """Return the shares among some figures, those of TURNED as what is left of them; counts are left out."""
    shares = {name: value for name, value in figures.items() if not name.startswith("quotes under")}
    return {
        TURNED.get(name, name): 1.0 - value if name in TURNED else value for name, value in shares.items()
    }


def unjudged_share(questions: Iterable[JudgedQuestion], answers: Iterable[Answer]) -> float:
    """Return the share of the first quotes shown that nobody judged."""
    shown = [
        label_of(question, quote) == ""
        for question, answer in zip(questions, answers, strict=True)
        for quote in answer.quotes[:SHOWN_FIRST]
    ]
    return sum(shown) / max(1, len(shown))
