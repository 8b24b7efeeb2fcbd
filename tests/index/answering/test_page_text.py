"""The text of an article as a browser searches it."""

from index.answering.page_text import find, fold, occurs_once, strip, word_spans, words_by_line
from index.articles import Span


def words(text: str) -> list[str]:
    return [text[slice(*word)] for word in word_spans(text, Span(0, len(text)))]


def test_words_are_without_the_marks_around_them() -> None:
    assert words("“No,” she (Ann) said: 1,000 – or U.S. co-ops.") == (
        ["No", "she", "Ann", "said", "1,000", "or", "U.S", "co-ops"]
    )
    assert words("今日は雨です。") == ["今日は", "雨です"]
    assert words("… – “”") == []


def test_words_stand_in_lines_and_cells() -> None:
    text = "| 11 | William Byron |\nAll went home"
    grouped = words_by_line(text, word_spans(text, Span(0, len(text))))
    assert [[text[slice(*word)] for word in line] for line in grouped] == (
        [["11"], ["William", "Byron"], ["All", "went", "home"]]
    )


def test_case_accents_and_white_space_do_not_count() -> None:
    assert fold("Łódź \n CAFÉ\tﬁ") == "łodz cafe fi"


def test_a_term_is_found_as_whole_words() -> None:
    page = fold("The ferryman saw the ferry. Another ferry left.")
    assert find(page, "ferry") == page.index("ferry.")
    assert find(page, "ferr") == -1
    assert find(page, "") == -1
    assert not occurs_once(page, "ferry")
    assert occurs_once(page, "ferryman")
    assert find("大統領は金曜日", "金曜") == 4


def test_a_stretch_is_stripped_of_white_space() -> None:
    assert strip("  a b \n", Span(0, 7)) == Span(2, 5)
    assert strip("  ", Span(0, 2)) == Span(2, 2)
