from pathlib import Path

import pytest

from index.evaluation.eval_extraction import ExtractionScores, score_extraction, score_texts

FLOOR = 0.96  # F1, over the pages of ../shared/data/extraction


def test_the_same_text_scores_full_marks() -> None:
    text = "The bridge opens again before the winter."
    assert score_texts([(text, text)]) == ExtractionScores(1.0, 1.0, 1)


def test_half_of_the_text_is_all_right_and_half_missing() -> None:
    scores = score_texts([("a b c d e f g h", "a b c d e")])
    assert (scores.precision, scores.recall) == (1.0, 2 / 5)
    assert scores.f1 == pytest.approx(4 / 7)


def test_repeated_words_count_as_often_as_they_should() -> None:
    assert score_texts([("a a a a", "a a a a a a")]).precision == 1 / 3


def test_nothing_found_costs_recall_and_no_precision() -> None:
    assert score_texts([("a b c d", ""), ("a b c d", "a b c d")]) == ExtractionScores(1.0, 0.5, 2)
    assert ExtractionScores(0.0, 0.0, 0).f1 == 0.0


def test_real_pages_reach_the_floor(shared_data: Path) -> None:
    scores = score_extraction(shared_data / "extraction")
    assert scores.pages == 90
    assert scores.f1 >= FLOOR
