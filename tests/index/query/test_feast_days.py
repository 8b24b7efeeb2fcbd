"""Feasts, in the years of the calendar."""

from datetime import date, timedelta

import pytest

from index.query.feast_days import FEASTS, feast_in_year


@pytest.mark.parametrize(
    ("name", "year", "first"),
    [
        ("easter sunday", 2024, date(2024, 3, 31)),
        ("orthodox easter", 2024, date(2024, 5, 3)),
        ("shrove tuesday", 2025, date(2025, 3, 4)),
        ("whit monday", 2025, date(2025, 6, 9)),
        ("ascension day", 2025, date(2025, 5, 29)),
        ("thanksgiving", 2024, date(2024, 11, 28)),
        ("labor day", 2025, date(2025, 9, 1)),
        ("memorial day", 2025, date(2025, 5, 26)),
        ("memorial day", 2027, date(2027, 5, 31)),
        ("new years eve", 2024, date(2024, 12, 31)),
    ],
)
def test_a_feast_is_on_its_day(name, year, first):
    assert feast_in_year(name, year).first == first


@pytest.mark.parametrize("name", sorted(FEASTS))
def test_every_feast_is_in_every_year_and_short(name):
    for year in range(1990, 2040):
        first, days = feast_in_year(name, year)
        assert first.year == year
        assert 0 < days <= 7
        assert (first + timedelta(days=days)).year - year in {0, 1}
