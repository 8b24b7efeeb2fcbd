"""Dates of several parts, read whole or not at all."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query.time_grammar import TimeGrammar
from index.query.time_tokens import tokenize

NOW = datetime(2026, 11, 28, 15, 0, tzinfo=UTC)
WORDS = [
    "a",
    "the",
    "last",
    "this",
    "two",
    "of",
    "in",
    "before",
    "after",
    "ago",
    "week",
    "year",
    "days",
    "Friday",
    "November",
    "2025",
    "5",
    "15th",
    "today",
    "same",
    "end",
    "and",
]


def read(text):
    return TimeGrammar(tokenize(text), NOW, day_first=None).date(0)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("a year ago today", "2025-11-28", "2025-11-29"),
        ("last year on this day", "2025-11-28", "2025-11-29"),
        ("the day before the second Friday of last month", "2026-10-08", "2026-10-09"),
        ("the end of the second week of October", "2026-10-11", "2026-10-15"),
        ("the week of 9 November", "2026-11-09", "2026-11-16"),
        ("two weeks before 5 November", "2026-10-22", "2026-10-23"),
        ("the third to last day of October", "2026-10-29", "2026-10-30"),
    ],
)
def test_a_date_of_parts_is_read_to_its_end(text, start, end):
    found = read(text)
    assert (f"{found.stretch.start:%Y-%m-%d}", f"{found.stretch.end:%Y-%m-%d}") == (start, end)
    assert found.end == len(tokenize(text))


@pytest.mark.parametrize(
    "text",
    ["the fifth Monday of October", "week", "the same", "the week of rage"],
)
def test_what_is_no_date_is_read_in_no_part(text):
    assert read(text) is None


def test_a_date_ends_before_words_that_no_date_goes_on_with():
    assert read("the 31st of last month but one").end == len(tokenize("the 31st of last month"))


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_any_words_give_a_date_of_some_length_or_none(text):
    found = read(text)
    assert found is None or (found.stretch.start < found.stretch.end and 0 < found.end <= len(tokenize(text)))
