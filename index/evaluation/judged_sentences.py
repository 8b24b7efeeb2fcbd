"""Measure the ranking on sentences that people judged.

TrecQA (Wang, Smith and Mitamura 2007) has questions with lists of sentences to order; NewsQA (Trischler et al. 2017)
has stories in which the span of an answer is to be found.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.answering.candidate_reading import open_worth, passage_of
from index.answering.candidates import CandidateRetriever, CandidateSet
from index.archive import Archive
from index.articles import Article, Span
from index.encoding.encoder import Encoder
from index.encoding.query_adapter import QueryAdapter
from index.evaluation.eval_reading import CalibratedReader
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
from index.storage.places import NEWS_FILE
from index.storage.records import StoredArticle
from index.storage.store import Store

ASKED_AT = datetime(2009, 1, 1, tzinfo=UTC)  # no article of these data has a date
SPAN_CUTOFFS = (1, 3)  # judged: a card shows about that many quotes
COMMIT_SIZE = 100  # articles that are encoded and committed together; judged

StoryProgress = Callable[[int, int], None]  # how many questions are asked, of how many


@dataclass(frozen=True, slots=True)
class JudgedArchive:
    """A temporary archive whose articles hold the sentences to choose from; `articles` are by URL."""

    retriever: CandidateRetriever
    archive: Archive
    articles: dict[str, StoredArticle]

    def sentence_ids(self, name: str) -> NDArray[np.int64]:
        """Return the ids of an article's sentences, without the headline, (n,) int64."""
        stored = self.articles[_url(name)]
        return np.arange(stored.first_sentence + 1, stored.first_sentence + len(stored.spans))

    def ranking_case(
        self, question_id: str, fold: int, text: str, ids: NDArray[np.int64], holds: Sequence[bool]
    ) -> RankingCase:
        """Return a question's case over `ids`, of which `holds` says which answer."""
        question = Question(text, text, ASKED_AT, classify_answer_type(text))
        found = self.retriever.retrieve(question, self.archive.article_table(), ids, k=None)
        relevant = np.array(holds)[np.searchsorted(ids, found.candidates.sentence_id)]
        return reduce_to_case(question_id, fold, found, relevant)


@dataclass(frozen=True, slots=True)
class NewsQaStories:
    """NewsQA in a temporary archive: stories with their questions, and the spans that answer each."""

    judged: JudgedArchive
    stories: list[dict[str, Any]]

    def ranking_cases(self, adapters: Sequence[QueryAdapter], progress: StoryProgress) -> list[RankingCase]:
        """Return a case for every question; a story's questions are all of one fold, which has its own adapter."""
        cases = []
        for position, story in enumerate(self.stories):
            progress(position, len(self.stories))
            fold = fold_of(str(position))
            retriever = self.judged.retriever.using_adapter(adapters[fold])
            judged = JudgedArchive(retriever, self.judged.archive, self.judged.articles)
            ids, spans = judged.sentence_ids(f"n{position}"), judged.articles[_url(f"n{position}")].spans[1:]
            for count, asked in enumerate(story["questions"]):
                holds = [_starts(span, asked["answers"]) for span in spans]
                cases.append(judged.ranking_case(f"n{position}/{count}", fold, asked["question"], ids, holds))
        return cases


@contextmanager
def newsqa_stories(folder: Path, encoder: Encoder) -> Iterator[NewsQaStories]:
    """Open a temporary archive with the stories of `newsqa.jsonl.gz` in `folder`."""
    stories = list(read_rows(folder / "newsqa.jsonl.gz"))
    with _temporary_archive(
        [prepare(_page(f"n{position}", story["text"])) for position, story in enumerate(stories)], encoder
    ) as judged:
        yield NewsQaStories(judged, stories)


def span_hits(cases: Sequence[RankingCase], scores: dict[str, NDArray[np.float32]]) -> dict[str, float]:
    """Return the hit rates of spans: how often an answer starts in one of the k best sentences of its story."""
    orders = [case.relevant[np.argsort(-scores[case.question_id], kind="stable")] for case in cases]
    return {
        f"newsqa span@{cut}": float(np.mean([order[:cut].any() for order in orders])) for cut in SPAN_CUTOFFS
    }


def score_trecqa(
    folder: Path, encoder: Encoder, model: RankingModel, reader: CalibratedReader | None = None
) -> dict[str, float]:
    """Return mean average precision and mean reciprocal rank over TrecQA (Manning et al. 2008, ch. 8; Voorhees 1999).

    Only questions with both right and wrong sentences count, as is usual with these data. With a `reader` it is the
    order in which sentences are shown, and that of the trees alone is "trees trecqa ...".
    """
    import ir_measures
    from ir_measures import AP, RR, Qrel, ScoredDoc

    rows = list(read_rows(folder / "trecqa.jsonl.gz"))
    labels: dict[str, set[int]] = {}
    for row in rows:
        labels.setdefault(str(row["qid"]), set()).add(row["label"])
    rows = [row for row in rows if labels[str(row["qid"])] == {0, 1}]
    pages = [_line(f"t{position}", row["sentence"]) for position, row in enumerate(rows)]
    qrels, run, tree_run = [], [], []
    with _temporary_archive(pages, encoder, model.adapter) as judged:
        for qid, positions in _by_question(rows).items():
            ids = np.array([judged.sentence_ids(f"t{position}")[0] for position in positions])
            question = Question(
                text := rows[positions[0]]["question"], text, ASKED_AT, classify_answer_type(text)
            )
            found = judged.retriever.retrieve(question, judged.archive.article_table(), ids, k=None)
            scores = model.trees.score(found.features)
            worth = _worth(reader, question, found, scores) if reader else scores
            numbers = found.candidates.sentence_id.tolist()
            row_of = {number: row for row, number in enumerate(numbers)}
            for position, number in zip(positions, ids.tolist(), strict=True):
                qrels.append(Qrel(qid, f"t{position}", int(rows[position]["label"])))
                run.append(ScoredDoc(qid, f"t{position}", float(worth[row_of[number]])))
                tree_run.append(ScoredDoc(qid, f"t{position}", float(scores[row_of[number]])))
    figures: dict[str, float] = {}
    for prefix, ordered in (("", run), ("trees ", tree_run)) if reader else (("", run),):
        measured = ir_measures.calc_aggregate([AP, RR], qrels, ordered)
        figures |= {f"{prefix}trecqa map": float(measured[AP]), f"{prefix}trecqa mrr": float(measured[RR])}
    return figures


def _worth(
    reader: CalibratedReader, question: Question, found: CandidateSet, scores: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return by what the candidates of a question are put in order, (n,); `scores` are the trees'."""
    positions = found.load_articles(range(len(found.candidates)))
    passages = [passage_of(found, position) for position in positions]
    return open_worth(reader.read(question.topic, None, passages, scores).candidates, question.word_count)


@contextmanager
def _temporary_archive(
    pages: Sequence[PreparedArticle], encoder: Encoder, adapter: QueryAdapter | None = None
) -> Iterator[JudgedArchive]:
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / NEWS_FILE)
        for start in range(0, len(pages), COMMIT_SIZE):
            batch = EncodedBatch.of(store, pages[start : start + COMMIT_SIZE])
            commit_batch(store, encode_batch(encoder, batch), encoder.fingerprint, requested=True)
        store.close()
        with Archive(Path(folder), encoder, progress=lambda _: None) as archive:
            retriever = archive.retriever.using_adapter(adapter) if adapter else archive.retriever
            yield JudgedArchive(retriever, archive, archive.stored_articles())


def _line(name: str, sentence: str) -> PreparedArticle:
    """Return an article of one sentence, which is taken whatever it looks like."""
    return PreparedArticle(_page(name, sentence), (HEADLINE_SPAN, Span(0, len(sentence))), ("", sentence))


def _url(name: str) -> str:
    return f"https://data.example.com/{name}"


def _page(name: str, text: str) -> Article:
    return Article(_url(name), "Data", "", text)


def _by_question(rows: list[dict[str, Any]]) -> dict[str, list[int]]:
    positions: dict[str, list[int]] = {}
    for position, row in enumerate(rows):
        positions.setdefault(str(row["qid"]), []).append(position)
    return positions


def _starts(span: Span, answers: list[dict[str, Any]]) -> bool:
    return any(span.start <= answer["answer_start"] < span.end for answer in answers)
