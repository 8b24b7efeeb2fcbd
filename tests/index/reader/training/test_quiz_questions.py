import gzip
import json
from datetime import UTC, datetime

from index.reader.training.quiz_questions import QUIZ_FILE, quiz_questions


def test_the_sentences_of_a_question_become_one_with_the_pages_that_answer(tmp_path):
    row = {"qid": "a", "date": "2022-06-16", "question": "Who won?", "answer": "Ada Fenn"}
    rows = [
        {**row, "url": "https://news.example.com/race?utm_source=x", "label": 1},
        {**row, "url": "https://news.example.com/weather", "label": 0},
        {**row, "qid": "b", "question": "Where?", "url": "https://news.example.com/race", "label": 0},
    ]
    with gzip.open(tmp_path / QUIZ_FILE, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(one) + "\n" for one in rows)
    first, second = quiz_questions(tmp_path)
    assert (first.question_id, first.text, first.answer) == ("a", "Who won?", "Ada Fenn")
    assert first.now == datetime(2022, 6, 16, 12, tzinfo=UTC)
    assert first.pages == {"https://news.example.com/race"}
    assert (second.text, second.pages) == ("Where?", frozenset())
