import gzip
import json
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.evaluation.news_qa import FOLDS, auroc, contains_answer, fold_of, read_questions, refusal_rate

SCORES = st.lists(st.floats(-10, 10), min_size=1, max_size=20, unique=True)


@pytest.mark.parametrize(
    ("sentence", "answer", "holds"),
    [
        ("It cost “four million” pounds.", "Four Million", True),
        ("Beyoncé sang.", "beyonce", True),
        ("He sold the farmhouse.", "farm", False),
        ("It opened in 2019.", "2019", True),
    ],
)
def test_an_answer_is_found_as_whole_words_whatever_its_case_and_accents(sentence, answer, holds):
    assert contains_answer(sentence, answer) is holds


def test_a_question_is_asked_at_noon_of_its_day(tmp_path):
    path = tmp_path / "questions.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "1", "question": "Who?", "date": "2024-11-11", "answer": None}) + "\n")
    [question] = read_questions(path)
    assert question.now == datetime(2024, 11, 11, 12, tzinfo=UTC)
    assert question.answer is None


@given(SCORES, SCORES)
@example([0.5, 0.5], [0.5])
def test_auroc_is_the_share_of_pairs_in_the_right_order_where_equal_ones_count_half(positive, negative):
    pairs = [(one > other) + (one == other) / 2 for one in positive for other in negative]
    assert auroc(np.array(positive), np.array(negative)) == pytest.approx(np.mean(pairs))


def test_refusals_are_counted_where_few_answerable_questions_are_refused():
    answerable = np.arange(100.0)
    assert refusal_rate(answerable, np.array([-1.0, 2.0, 50.0, 99.0]), 0.05) == 0.5
    assert refusal_rate(answerable, np.array([-1.0, 2.0]), 0.05) == 1.0


def test_every_fold_has_its_questions():
    counts = np.bincount([fold_of(str(number)) for number in range(500)], minlength=FOLDS)
    assert counts.min() > 60
