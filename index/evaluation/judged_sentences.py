"""Sentences that people judged: the order within a given list (TrecQA), the place of an answer (NewsQA)."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.answering.candidates import CandidateRetriever
from index.archive import DATABASE_FILE, Archive
from index.articles import Article, Span
from index.encoding.encoder import Encoder
from index.encoding.query_adapter import QueryAdapter
from index.evaluation.news_qa import RankingCase, fold_of, read_rows, reduce_to_case
from index.ingest.batches import (
    HEADLINE_SPAN,
    EncodedBatch,
    PreparedArticle,
    commit_batch,
    encode_batch,
    prepare,
)
from index.query.answer_type import classify_answer_type
from index.query.question import Question
from index.ranking.model import RankingModel
from index.storage.records import StoredArticle
from index.storage.store import Store

ASKED_AT = datetime(2009, 1, 1, tzinfo=UTC)  # no article of these data has a date
SPAN_CUTOFFS = (1, 3)
COMMIT_SIZE = 100  # articles

StoryProgress = Callable[[int, int], None]  # how many questions are asked, of how many


@dataclass(frozen=True, slots=True)
class JudgedArchive:
    """A throw-away archive in which the sentences to choose from are given by article."""

    retriever: CandidateRetriever
    archive: Archive
    articles: dict[str, StoredArticle]

    def sentence_ids(self, name: str) -> NDArray[np.int64]:
        """Return the numbers of an article's sentences, without the headline."""
        stored = self.articles[_address(name)]
        return np.arange(stored.first_sentence + 1, stored.first_sentence + len(stored.spans))

    def ranking_case(
        self, number: str, fold: int, text: str, numbers: NDArray[np.int64], holds: Sequence[bool]
    ) -> RankingCase:
        """Return a question's case over `sentence_ids`, of which `holds` says which answer."""
        question = Question(text, text, ASKED_AT, classify_answer_type(text))
        found = self.retriever.retrieve(question, self.archive.article_table(), numbers, k=None)
        right = np.array(holds)[np.searchsorted(numbers, found.candidates.sentence_id)]
        return reduce_to_case(number, fold, found, right)


@dataclass(frozen=True, slots=True)
class NewsQaStories:
    """NewsQA on a shelf: questions on stories, each with the spans that answer it."""

    judged: JudgedArchive
    stories: list[dict[str, Any]]

    def ranking_cases(self, aims: Sequence[QueryAdapter], tell: StoryProgress) -> list[RankingCase]:
        """Return a case for every question; a story's questions are all of one fold, which has its own aim."""
        cases = []
        for place, story in enumerate(self.stories):
            tell(place, len(self.stories))
            fold = fold_of(str(place))
            finder = self.judged.retriever.using_adapter(aims[fold])
            shelf = JudgedArchive(finder, self.judged.archive, self.judged.articles)
            numbers, spans = shelf.sentence_ids(f"n{place}"), shelf.articles[_address(f"n{place}")].spans[1:]
            for count, asked in enumerate(story["questions"]):
                holds = [_starts(span, asked["answers"]) for span in spans]
                cases.append(shelf.ranking_case(f"n{place}/{count}", fold, asked["question"], numbers, holds))
        return cases


@contextmanager
def newsqa_stories(folder: Path, encoder: Encoder) -> Iterator[NewsQaStories]:
    """Put the stories of NewsQA on a shelf."""
    stories = list(read_rows(folder / "newsqa.jsonl.gz"))
    with _shelf(
        [prepare(_page(f"n{place}", story["text"])) for place, story in enumerate(stories)], encoder
    ) as shelf:
        yield NewsQaStories(shelf, stories)


def span_hits(cases: Sequence[RankingCase], scores: dict[str, NDArray[np.float32]]) -> dict[str, float]:
    """Return how often an answer's span starts in the first, or first three, sentences of its story."""
    orders = [case.relevant[np.argsort(-scores[case.question_id], kind="stable")] for case in cases]
    return {
        f"newsqa span@{cut}": float(np.mean([order[:cut].any() for order in orders])) for cut in SPAN_CUTOFFS
    }


def score_trecqa(folder: Path, encoder: Encoder, model: RankingModel) -> dict[str, float]:
    """Return MAP and MRR over the questions of TrecQA that have both right and wrong sentences."""
    import ir_measures
    from ir_measures import AP, RR, Qrel, ScoredDoc

    rows = list(read_rows(folder / "trecqa.jsonl.gz"))
    labels: dict[str, set[int]] = {}
    for row in rows:
        labels.setdefault(str(row["qid"]), set()).add(row["label"])
    rows = [row for row in rows if labels[str(row["qid"])] == {0, 1}]
    pages = [_line(f"t{place}", row["sentence"]) for place, row in enumerate(rows)]
    qrels, run = [], []
    with _shelf(pages, encoder, model.adapter) as shelf:
        for qid, places in _by_question(rows).items():
            numbers = np.array([shelf.sentence_ids(f"t{place}")[0] for place in places])
            question = Question(
                text := rows[places[0]]["question"], text, ASKED_AT, classify_answer_type(text)
            )
            found = shelf.retriever.retrieve(question, shelf.archive.article_table(), numbers, k=None)
            scores = dict(
                zip(found.candidates.sentence_id.tolist(), model.trees.score(found.features), strict=True)
            )
            for place, number in zip(places, numbers.tolist(), strict=True):
                qrels.append(Qrel(qid, f"t{place}", int(rows[place]["label"])))
                run.append(ScoredDoc(qid, f"t{place}", float(scores[number])))
    measured = ir_measures.calc_aggregate([AP, RR], qrels, run)
    return {"trecqa map": float(measured[AP]), "trecqa mrr": float(measured[RR])}


@contextmanager
def _shelf(
    pages: Sequence[PreparedArticle], encoder: Encoder, aim: QueryAdapter | None = None
) -> Iterator[JudgedArchive]:
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / DATABASE_FILE)
        for start in range(0, len(pages), COMMIT_SIZE):
            commit_batch(
                store, encode_batch(encoder, EncodedBatch.of(store, pages[start : start + COMMIT_SIZE]))
            )
        store.close()
        with Archive(Path(folder), encoder) as archive:
            finder = archive.retriever.using_adapter(aim) if aim else archive.retriever
            yield JudgedArchive(finder, archive, archive.stored_articles())


def _line(name: str, sentence: str) -> PreparedArticle:
    """Return an article of one sentence, which is taken whatever it looks like."""
    return PreparedArticle(_page(name, sentence), (HEADLINE_SPAN, Span(0, len(sentence))), ("", sentence))


def _address(name: str) -> str:
    return f"https://data.example.com/{name}"


def _page(name: str, text: str) -> Article:
    return Article(_address(name), "Data", "", text)


def _by_question(rows: list[dict[str, Any]]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(str(row["qid"]), []).append(place)
    return places


def _starts(span: Span, answers: list[dict[str, Any]]) -> bool:
    return any(span.start <= answer["answer_start"] < span.end for answer in answers)
