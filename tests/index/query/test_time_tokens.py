"""The words of a question, their places, and what they count or name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query.time_tokens import month_number, ordinal, tokenize, unit_name, weekday_number, year_number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("on 28.11.2025?", ["on", "28.11.2025", "?"]),
        ("in 11/2025", ["in", "11/2025"]),
        ("winter 2025-26", ["winter", "2025", "-", "26"]),
        ("since 2025-11", ["since", "2025-11"]),
        ("Q3 of '25", ["q3", "of", "'25"]),
        ("3. November", ["3", ".", "november"]),
        ("the twenty-first", ["the", "twenty-first"]),
    ],
)
def test_a_date_in_numbers_is_one_token(text, words):
    assert [token.word for token in tokenize(text)] == words


@given(st.text(max_size=200))
def test_tokens_stand_where_they_say(text):
    for token in tokenize(text):
        assert text[token.span.start : token.span.end] == token.written


def test_what_words_name():
    assert [weekday_number(word) for word in ("monday", "sundays", "mon", "moon")] == [0, 6, None, None]
    assert [month_number(word) for word in ("jan", "sept", "december", "decem")] == [1, 9, 12, None]
    assert [ordinal(word) for word in ("third", "3rd", "thirty-first", "last", "three")] == [
        3,
        3,
        31,
        -1,
        None,
    ]
    assert [unit_name(word) for word in ("weeks", "yrs", "day", "lents")] == ["week", "year", "day", "lent"]
    assert [year_number(word) for word in ("2024", "'24", "24", "3024")] == [2024, 2024, None, None]
