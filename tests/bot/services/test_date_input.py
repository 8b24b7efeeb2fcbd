"""What people write for since and until."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.date_input import read_range
from index.errors import BadQuestion

NOW = datetime(2024, 11, 13, 15, 30, tzinfo=UTC)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2024-11-10", utc(2024, 11, 10), utc(2024, 11, 11)),
        ("10 Nov 2024", utc(2024, 11, 10), utc(2024, 11, 11)),
        ("yesterday", utc(2024, 11, 12), utc(2024, 11, 13)),
        ("gestern", utc(2024, 11, 12), utc(2024, 11, 13)),
        ("2 weeks ago", utc(2024, 10, 30), utc(2024, 10, 31)),
        ("October 2024", utc(2024, 10, 1), utc(2024, 11, 1)),
        ("last month", utc(2024, 10, 1), utc(2024, 11, 1)),
        ("2023", utc(2023, 1, 1), utc(2024, 1, 1)),
        ("2024-11-10 12:00", utc(2024, 11, 10, 12), utc(2024, 11, 10, 12)),
        ("2024-11-10T12:00+02:00", utc(2024, 11, 10, 10), utc(2024, 11, 10, 10)),
        ("3 hours ago", utc(2024, 11, 13, 12, 30), utc(2024, 11, 13, 12, 30)),
        ("25/12/2023", utc(2023, 12, 25), utc(2023, 12, 26)),
        ("last tuesday", utc(2024, 11, 12), utc(2024, 11, 13)),
        ("11.11.2024", utc(2024, 11, 11), utc(2024, 11, 12)),
        ("3.4.2024", utc(2024, 4, 3), utc(2024, 4, 4)),
        ("last week", utc(2024, 11, 4), utc(2024, 11, 11)),
        ("this week", utc(2024, 11, 11), utc(2024, 11, 18)),
        ("Q3 2024", utc(2024, 7, 1), utc(2024, 10, 1)),
        ("two Fridays ago", utc(2024, 11, 1), utc(2024, 11, 2)),
        ("last summer", utc(2024, 6, 1), utc(2024, 9, 1)),
        ("the 15th of last month", utc(2024, 10, 15), utc(2024, 10, 16)),
        ("second week of October", utc(2024, 10, 8), utc(2024, 10, 15)),
        ("the 5th", utc(2024, 11, 5), utc(2024, 11, 6)),
        ("November", utc(2024, 11, 1), utc(2024, 12, 1)),
        ("noon", utc(2024, 11, 13, 12), utc(2024, 11, 13, 12)),
        ("yesterday at 5pm", utc(2024, 11, 12, 17), utc(2024, 11, 12, 17)),
    ],
)
def test_a_day_month_or_year_counts_whole(text, since, until):
    assert read_range(text, None, now=NOW) == (since, None)
    assert read_range(None, text, now=NOW) == (None, until)


def test_nothing_given_is_no_limit():
    assert read_range(None, None, now=NOW) == (None, None)
    assert read_range("", "  ", now=NOW) == (None, None)


def test_one_day_is_a_stretch():
    assert read_range("2024-11-10", "2024-11-10", now=NOW) == (utc(2024, 11, 10), utc(2024, 11, 11))


@pytest.mark.parametrize(
    "text", ["the election", "2024-02-30", "5", "1731500000", "x" * 100_000, "🎉", "a\x1b[31mb", "9999-13-31"]
)
def test_an_unreadable_date_is_answered_with_an_example(text):
    with pytest.raises(BadQuestion, match="2024-11-10") as caught:
        read_range(None, text, now=NOW)
    assert "until" in str(caught.value)
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(
    "text", ["31 Dec 9999 23:59 EST", "9999-12-31 23:59 -0500", "0001-01-01 00:00 +0500"]
)
def test_a_moment_that_utc_has_no_year_for_is_unreadable(text):
    for ends, which in (((text, None), "since"), ((None, text), "until")):
        with pytest.raises(BadQuestion, match="2024-11-10") as caught:
            read_range(*ends, now=NOW)
        assert which in str(caught.value)


@pytest.mark.parametrize("text", ["11/12/2024", "3-4-2024", "3/4", "11/12/2024 14:00"])
def test_numbers_are_read_in_the_order_of_the_person_and_refused_where_it_is_not_known(text):
    days = [read_range(text, None, now=NOW, day_first=order)[0] for order in (True, False)]
    assert (days[0].day, days[0].month) == (days[1].month, days[1].day)
    with pytest.raises(BadQuestion, match="London"):
        read_range(text, None, now=NOW)


def test_a_time_that_says_which_end_it_is_goes_in_its_own_field_only():
    assert read_range("since Monday", "before 12 Nov", now=NOW) == (utc(2024, 11, 11), utc(2024, 11, 12))
    for since, until in ((None, "since Monday"), ("before 2023", None)):
        with pytest.raises(BadQuestion, match="2024-11-10"):
            read_range(since, until, now=NOW)


def test_ends_the_wrong_way_round_are_refused():
    with pytest.raises(BadQuestion, match="swap"):
        read_range("2024-11-11", "2024-11-09", now=NOW)


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=70))
def test_any_text_is_a_date_or_refused(text):
    try:
        since, _ = read_range(text, None, now=NOW)
    except BadQuestion:
        return
    assert since is None or since.utcoffset() is not None
