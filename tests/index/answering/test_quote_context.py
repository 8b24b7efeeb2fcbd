from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answering.quote_context import find_in_context
from index.articles import Article, Span
from index.storage.records import StoredArticle

LINES = ["The bridge opens.", "It was late.", "The mayor spoke.", "It was late.", "Ferries run."]
TEXT = "\n".join(LINES)


def stored(text: str = TEXT) -> StoredArticle:
    """An article of which each line is a sentence, behind a headline that has no place in the text."""
    spans, start = [Span(0, 0)], 0
    for line in text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    article = Article("https://news.example/1", "Sample Wire", "Title", text)
    return StoredArticle(article, 7, tuple(spans), datetime(2024, 11, 11, tzinfo=UTC), None)


@pytest.mark.parametrize(
    ("around", "before", "after"),
    [(0, [], []), (1, LINES[1:2], LINES[3:4]), (2, LINES[:2], LINES[3:]), (9, LINES[:2], LINES[3:])],
)
def test_words_stand_among_the_sentences_around_them(
    around: int, before: list[str], after: list[str]
) -> None:
    found = find_in_context(stored(), "mayor spoke", TEXT.index("mayor"), around)
    assert found is not None
    assert TEXT[slice(*found.span)] == "mayor spoke"
    assert [TEXT[slice(*span)] for span in found.before] == before
    assert [TEXT[slice(*span)] for span in found.after] == after


def test_words_across_sentences_have_neither_around_them() -> None:
    found = find_in_context(stored(), "late.\nThe mayor", 0, 9)
    assert found is not None
    assert [TEXT[slice(*span)] for span in (*found.before, *found.after)] == [LINES[0], *LINES[3:]]


@given(st.text("ab", max_size=30), st.text("ab", max_size=3), st.integers(-5, 40))
def test_of_several_places_the_nearest_is_taken(text: str, words: str, start: int) -> None:
    places = [place for place in range(len(text)) if words and text.startswith(words, place)]
    found = find_in_context(stored(text), words, start, 1)
    if not places:
        assert found is None
    else:
        assert found is not None
        assert found.span.end - found.span.start == len(words)
        assert abs(found.span.start - start) == min(abs(place - start) for place in places)
