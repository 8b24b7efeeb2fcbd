"""Questions of a news quiz, which teach when to be silent: people write them longer than what they type."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.reader.training.public_sets import Row, read_rows
from index.urls import canonical_url

QUIZ_FILE = "realtimeqa-sentences.jsonl.gz"


@dataclass(frozen=True, slots=True)
class QuizQuestion:
    """A question, when it was asked, the answer string, and the addresses of the pages where it stands."""

    question_id: str
    text: str
    now: datetime
    answer: str
    pages: frozenset[str]


def quiz_questions(folder: Path) -> Iterator[QuizQuestion]:
    """Yield the questions of the quiz in a folder of training data, in the order of the file."""
    pages: dict[str, set[str]] = {}
    rows: dict[str, Row] = {}
    for row in read_rows(folder / QUIZ_FILE):
        rows.setdefault(row["qid"], row)
        found = pages.setdefault(row["qid"], set())
        if row["label"]:
            found.add(canonical_url(row["url"]))
    for question_id, row in rows.items():
        now = datetime.fromisoformat(row["date"]).replace(hour=12, tzinfo=UTC)
        yield QuizQuestion(question_id, row["question"], now, row["answer"], frozenset(pages[question_id]))
