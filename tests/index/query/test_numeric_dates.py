"""Dates in numbers, in the order of their reader."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query.numeric_dates import NoDate, read_date, read_day


@pytest.mark.parametrize(
    ("word", "day_first", "read"),
    [
        ("2026/11/03", None, date(2026, 11, 3)),
        ("11/3/2026", False, date(2026, 11, 3)),
        ("11/3/2026", True, date(2026, 3, 11)),
        ("11/3/2026", None, NoDate.UNREADABLE),
        ("5/5/2026", None, date(2026, 5, 5)),
        ("28/11/25", None, date(2025, 11, 28)),
        ("31.9.2026", None, NoDate.UNREADABLE),
        ("2.0.1", None, NoDate.OTHER),
        ("24/7", None, NoDate.OTHER),
        ("11.11.2024", True, date(2024, 11, 11)),
        ("11.11.2024", False, date(2024, 11, 11)),
        ("11.11.24", None, date(2024, 11, 11)),
        ("20261103", None, date(2026, 11, 3)),
        ("20261303", None, NoDate.OTHER),
        ("99.99.25", None, NoDate.OTHER),
    ],
)
def test_numbers_are_a_day_or_not_sure(word, day_first, read):
    assert read_date(word, day_first=day_first) == read


def test_a_day_without_a_year_is_one_of_the_year_given():
    assert read_day("3.11", 2026, day_first=True) == date(2026, 11, 3)
    assert read_day("13/11", 2026, day_first=None) == date(2026, 11, 13)
    assert read_day("3/11", 2026, day_first=None) is NoDate.UNREADABLE
    assert read_day("24/0", 2026, day_first=True) is NoDate.OTHER


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from("./-"))
def test_every_day_is_read_back(day, mark):
    written = [f"{day.day}", f"{day.month}", f"{day.year}"]
    assert read_date(mark.join(written), day_first=True) == day
    assert read_date(mark.join([written[1], written[0], written[2]]), day_first=False) == day
    assert read_date(mark.join(reversed(written)), day_first=None) == day
