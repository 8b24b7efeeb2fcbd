"""Lengths of time in words."""

from datetime import UTC, datetime

import pytest

from index.query.time_amounts import TimeAmounts
from index.query.time_tokens import tokenize

NOW = datetime(2026, 11, 28, 15, 0, tzinfo=UTC)


def amounts(text):
    return TimeAmounts(tokenize(text), NOW, day_first=None)


@pytest.mark.parametrize(
    ("text", "parts", "vague"),
    [
        ("two weeks", ((2, "week"),), False),
        ("a year and a half", ((1.5, "year"),), False),
        ("half an hour", ((0.5, "hour"),), False),
        ("a few days", ((5, "day"),), True),
        ("a couple of months", ((3, "month"),), True),
        ("a year and two months", ((1, "year"), (2, "month")), False),
    ],
)
def test_a_length_is_read_to_its_end(text, parts, vague):
    amount = amounts(text).amount(0)
    assert (amount.parts, amount.vague, amount.end) == (parts, vague, len(tokenize(text)))
    assert amount.unit == parts[-1][1]


@pytest.mark.parametrize("text", ["two ships", "weeks", "zero days", ""])
def test_what_is_no_length_of_time(text):
    assert amounts(text).amount(0) is None


def test_the_time_since_so_long_ago_ends_now():
    read = amounts("two weeks")
    since = read.since(read.amount(0))
    assert (since.stretch.start, since.stretch.end) == (datetime(2026, 11, 14, 15, 0, tzinfo=UTC), NOW)
