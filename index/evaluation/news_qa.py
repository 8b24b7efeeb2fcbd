"""Measure ranking and answerability on a news corpus with questions that people asked of it."""

import gzip
import json
import re
import unicodedata
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.answering.candidates import CandidateRetriever, CandidateSet
from index.encoding.query_adapter import QueryAdapter
from index.query.question import Question, parse_question
from index.ranking.diversify import diversify
from index.retrieval.article_table import ArticleTable

HIT_CUTOFFS = (1, 3, 5, 10)  # judged: one quote, a card, a page, all
FOLDS = 5  # of the cross-validation; judged: the usual number


@dataclass(frozen=True, slots=True)
class EvalQuestion:
    """One question of the data, when it is asked, and the answer string (None: nothing in the corpus answers)."""

    question_id: str
    text: str
    now: datetime
    answer: str | None


@dataclass(frozen=True, slots=True)
class RankingCase:
    """One question with its candidates, reduced to what fitting and measuring need.

    `fold` is the part of the questions it is measured in, by what was fitted on the others. `query` is the
    question's vector; `relevant` marks the candidates that hold the answer, `quotable` those that may be shown; `vectors`
    and `articles` serve the arrangement.
    """

    question_id: str
    fold: int
    query: NDArray[np.float32]
    matrix: NDArray[np.float32]
    relevant: NDArray[np.bool_]
    vectors: NDArray[np.float16]
    articles: tuple[int, ...]
    quotable: NDArray[np.bool_]

    def relevance_in_order(self, scores: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Return which candidates hold the answer, (k,) bool, in the order in which quotes would be shown."""
        vectors = self.vectors.astype(np.float32)
        order = [ranked.position for ranked in diversify(scores, vectors, self.articles, self.quotable)]
        return self.relevant[order]


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a gzip'd file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read_questions(path: Path) -> list[EvalQuestion]:
    """Return the questions of a file; each is asked at noon UTC of the day that the data gives."""
    return [
        EvalQuestion(
            row["id"],
            row["question"],
            datetime.fromisoformat(row["date"]).replace(hour=12, tzinfo=UTC),
            row["answer"],
        )
        for row in read_rows(path)
    ]


def contains_answer(sentence: str, answer: str) -> bool:
    """Return True if an answer string occurs in a sentence as whole words, whatever its case, quotes and accents."""
    return f" {_folded_words(answer)} " in f" {_folded_words(sentence)} "


def ranking_cases(
    retriever: CandidateRetriever,
    table: ArticleTable,
    queries: Sequence[EvalQuestion],
    adapters: Sequence[QueryAdapter],
    share: float | None = None,
) -> Iterator[RankingCase]:
    """Yield each question's case over the articles in `table`, with the adapter of its fold.

    With `share` (0 to 1) only over a sample of so many of the articles, another for every question.
    """
    retrievers = [retriever.using_adapter(adapter) for adapter in adapters]
    for query in queries:
        fold = fold_of(query.question_id)
        within = None if share is None else _sample_of(table, query, share)
        found = retrievers[fold].retrieve(parsed_question(query, table), table, within)
        answer = query.answer
        positions = found.load_articles(range(len(found.candidates)))
        relevant = [
            answer is not None and contains_answer(found.passage_of(position).sentence, answer)
            for position in positions
        ]
        yield reduce_to_case(query.question_id, fold, found, np.array(relevant, dtype=np.bool_))


def _sample_of(table: ArticleTable, query: EvalQuestion, share: float) -> NDArray[np.int64]:
    """Return the ids of the sentences of a sample of the articles, the same in every run."""
    chosen = (
        np.random.default_rng(zlib.crc32(query.question_id.encode())).random(len(table.first_sentence))
        < share
    )
    return np.flatnonzero(table.sentence_mask(chosen))


def reduce_to_case(
    question_id: str, fold: int, found: CandidateSet, relevant: NDArray[np.bool_]
) -> RankingCase:
    """Return what fitting and measuring need of a question's candidates; what is not quotable is not `relevant`, (n,)."""
    vectors = found.candidates.vector.astype(np.float16)
    shown = relevant & found.quotable
    return RankingCase(
        question_id, fold, found.query, found.features, shown, vectors, found.article_ids, found.quotable
    )


def fold_of(question_id: str) -> int:
    """Return the fold of a question: by its id alone, so that it is the same in every run."""
    return zlib.crc32(question_id.encode()) % FOLDS


def parsed_question(query: EvalQuestion, table: ArticleTable) -> Question:
    """Return a question parsed as the bot would, but never taken for small talk."""
    question = parse_question(query.text, now=query.now, outlets=table.outlets)
    return replace(question, small_talk=None)


def hit_rates(cases: Sequence[RankingCase], scores: Mapping[str, NDArray[np.float32]]) -> dict[str, float]:
    """Return the share of questions whose answer is in one of the first k quotes, for each k of HIT_CUTOFFS.

    Also called success@k. `scores` are by question id.
    """
    shown = [case.relevance_in_order(scores[case.question_id]) for case in cases]
    return {f"hit@{k}": float(np.mean([order[:k].any() for order in shown])) for k in HIT_CUTOFFS}


def auroc(positive: NDArray[np.float64], negative: NDArray[np.float64]) -> float:
    """Return the area under the ROC curve: the chance that an answerable question scores above an unanswerable one.

    Equal scores count half (Mann-Whitney U; Hanley and McNeil 1982); `positive` and `negative` are scores, (n,).
    """
    ranked = np.sort(negative)
    below = np.searchsorted(ranked, positive, "left") + np.searchsorted(ranked, positive, "right")
    return float(below.mean() / 2 / len(negative))


def refusal_rate(
    positive: NDArray[np.float64], negative: NDArray[np.float64], false_refusals: float = 0.05
) -> float:
    """Return the share of unanswerable questions refused when `false_refusals` of the answerable ones are."""
    threshold = np.quantile(positive, false_refusals)
    return float((negative < threshold).mean())


def _folded_words(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in folded if not unicodedata.combining(c))))
