"""Sentences that people judged: the order within a given list (TrecQA), the place of an answer (NewsQA)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.archive import DATABASE, Archive
from index.articles import Article, Span
from index.encoder import Encoder
from index.evaluation.news import read_rows
from index.intake import HEADLINE, Waiting, commit, prepare
from index.question import Question
from index.ranking import Trees
from index.store import Store, Stored
from index.wants import wants

NOW = datetime(2009, 1, 1, tzinfo=UTC)  # no article of these data has a date
CUTS = (1, 3)
AT_ONCE = 100  # articles


def score_trecqa(folder: Path, encoder: Encoder, trees: Trees) -> dict[str, float]:
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
    with _shelf(pages, encoder) as shelf:
        for qid, places in _by_question(rows).items():
            numbers = np.array([shelf.numbers(f"t{place}")[0] for place in places])
            scores = shelf.scores(rows[places[0]]["question"], numbers, trees)
            for place, score in zip(places, scores, strict=True):
                qrels.append(Qrel(qid, f"t{place}", int(rows[place]["label"])))
                run.append(ScoredDoc(qid, f"t{place}", float(score)))
    measured = ir_measures.calc_aggregate([AP, RR], qrels, run)
    return {"trecqa map": float(measured[AP]), "trecqa mrr": float(measured[RR])}


def score_newsqa(folder: Path, encoder: Encoder, trees: Trees) -> dict[str, float]:
    """Return how often the answer span of NewsQA starts in the first, or first three, sentences of its story."""
    stories = list(read_rows(folder / "newsqa.jsonl.gz"))
    pages = [prepare(_page(f"n{place}", story["text"])) for place, story in enumerate(stories)]
    hits: list[list[bool]] = []
    with _shelf(pages, encoder) as shelf:
        for place, story in enumerate(stories):
            numbers, spans = shelf.numbers(f"n{place}"), shelf.spans(f"n{place}")
            for asked in story["questions"]:
                scores = shelf.scores(asked["question"], numbers, trees)
                order = np.argsort(-scores, kind="stable")[: max(CUTS)]
                holds = [_starts(spans[position], asked["answers"]) for position in order.tolist()]
                hits.append([any(holds[:cut]) for cut in CUTS])
    return {f"newsqa span@{cut}": float(np.mean([line[at] for line in hits])) for at, cut in enumerate(CUTS)}


@dataclass(slots=True)
class _Shelf:
    """A throw-away archive in which the sentences to choose from are given by article."""

    archive: Archive
    stored: dict[str, Stored]

    def numbers(self, name: str) -> NDArray[np.int64]:
        """Return the numbers of an article's sentences, without the headline."""
        stored = self.stored[_address(name)]
        return np.arange(stored.first + 1, stored.first + len(stored.spans))

    def spans(self, name: str) -> tuple[Span, ...]:
        """Return their spans."""
        return self.stored[_address(name)].spans[1:]

    def scores(self, text: str, numbers: NDArray[np.int64], trees: Trees) -> NDArray[np.float32]:
        """Return the ranking's score of each of `numbers`, in their order."""
        question = Question(text, text, NOW, wants(text))
        found = self.archive.finder.find(question, self.archive.table(), numbers)
        scores = np.full(len(numbers), -np.inf, dtype=np.float32)
        scores[np.searchsorted(numbers, found.candidates.number)] = trees.score(found.matrix)
        return scores


@contextmanager
def _shelf(pages: Sequence[Waiting], encoder: Encoder) -> Iterator[_Shelf]:
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / DATABASE)
        for start in range(0, len(pages), AT_ONCE):
            commit(store, encoder, pages[start : start + AT_ONCE])
        store.close()
        with Archive(Path(folder), encoder) as archive:
            yield _Shelf(archive, archive.entries())


def _line(name: str, sentence: str) -> Waiting:
    """Return an article of one sentence, which is taken whatever it looks like."""
    return Waiting(_page(name, sentence), (HEADLINE, Span(0, len(sentence))), ("", sentence))


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
