import gzip
import json

import pytest

from index.evaluation.own_labels import question_hash, read_own_labels, sentence_hash, write_own_labels
from index.reader.training.judged_questions import judged_groups
from tests.index.conftest import BRIDGE, WHEAT


@pytest.fixture
def stored(archive):
    archive.add([BRIDGE, WHEAT])
    return archive.stored_articles()


def sentences_of(stored, article):
    return [
        {"url": article.url, "title": article.title, "before": before, "sentence": sentence}
        for before, sentence in zip(
            ["", *stored[article.url].sentences()[1:]], stored[article.url].sentences()[1:], strict=False
        )
    ]


def rows(stored):
    bridge, wheat = sentences_of(stored, BRIDGE), sentences_of(stored, WHEAT)
    claim = {
        "question": "Did the bridge close?", "now": "2025-01-01", "expected": "reported",
        "candidates": [bridge[0] | {"label": "reports"}, bridge[1] | {"label": "other"},
                       wheat[0] | {"label": "denies"}, wheat[1] | {"label": "no_comment"}],
    }  # fmt: skip
    asked = {
        "question": "What rose?", "now": "2025-01-01", "answerable": True,
        "candidates": [wheat[0] | {"label": 2}, wheat[1] | {"label": 1}, bridge[2] | {"label": 0}],
    }  # fmt: skip
    return [claim, asked]


def without_id(row):
    return {name: value for name, value in row.items() if name != "id"}


def test_what_is_written_is_read_again(stored, tmp_path):
    written = rows(stored)
    write_own_labels(written, tmp_path / "own.gz", {})
    read = list(read_own_labels(stored.values(), [], tmp_path / "own.gz"))
    assert [without_id(row) for row in read] == written
    assert [row["id"] for row in read] == [question_hash(row["question"]) for row in written]
    assert len(judged_groups(read)) == 2


def test_no_sentence_of_the_news_is_kept_and_no_foreign_question(stored, tmp_path):
    written = rows(stored)
    foreign = {question_hash("What rose?"): True}
    write_own_labels(written, tmp_path / "own.gz", foreign)
    text = gzip.decompress((tmp_path / "own.gz").read_bytes()).decode()
    assert "Did the bridge close?" in text
    assert "What rose?" not in text
    assert not any(
        one["sentence"] in text or one["url"] in text for row in written for one in row["candidates"]
    )
    assert json.loads(text.splitlines()[0])["labels"] == "rodn"


def test_foreign_questions_are_found_by_their_hash(stored, tmp_path):
    written = rows(stored)
    write_own_labels(written, tmp_path / "own.gz", {question_hash(row["question"]): 1 for row in written})
    read = read_own_labels(stored.values(), ["What rose? ", "Something else?"], tmp_path / "own.gz")
    assert [row["question"].strip() for row in read] == ["What rose?"]


def test_sentences_that_are_not_there_are_left_out_with_their_labels(stored, tmp_path):
    write_own_labels(rows(stored), tmp_path / "own.gz", {})
    claim, asked = read_own_labels([stored[WHEAT.url]], [], tmp_path / "own.gz")
    assert [one["label"] for one in claim["candidates"]] == ["denies", "no_comment"]
    assert [one["label"] for one in asked["candidates"]] == [2, 1]
    assert list(read_own_labels([], [], tmp_path / "own.gz")) == []


def test_the_same_rows_make_the_same_file(stored, tmp_path):
    target, earlier = tmp_path / "own.gz", []
    for _ in range(2):
        write_own_labels(rows(stored), target, {})
        earlier.append(target.read_bytes())
    assert earlier[0] == earlier[1]


def test_hashes_tell_pages_and_sentences_apart():
    assert sentence_hash("a", "It rained.") != sentence_hash("b", "It rained.")
    assert question_hash(" Who? ") == question_hash("Who?") != question_hash("Where?")
