"""Stretches of the calendar around a moment, their parts and neighbours."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query.calendar_stretches import (
    UNITS,
    Stretch,
    around,
    last_weekday,
    latest_months,
    moved,
    neighbour,
    numbered_parts,
    part_of,
    weekday_by_name,
    weekdays_in,
)

SATURDAY = datetime(2026, 11, 28, 15, 0, tzinfo=UTC)
MOMENTS = st.integers(1900, 2100).flatmap(
    lambda year: st.integers(0, 365 * 24).map(
        lambda hours: datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    )
)


def days(stretch: Stretch):
    return f"{stretch.start:%Y-%m-%d}", f"{stretch.end:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("unit", "start", "end"),
    [
        ("day", "2026-11-28", "2026-11-29"),
        ("week", "2026-11-23", "2026-11-30"),
        ("weekend", "2026-11-28", "2026-11-30"),
        ("month", "2026-11-01", "2026-12-01"),
        ("quarter", "2026-10-01", "2027-01-01"),
        ("season", "2026-09-01", "2026-12-01"),
        ("half", "2026-07-01", "2027-01-01"),
        ("year", "2026-01-01", "2027-01-01"),
        ("decade", "2020-01-01", "2030-01-01"),
    ],
)
def test_the_unit_around_a_moment(unit, start, end):
    assert days(around(SATURDAY, unit)) == (start, end)


def test_a_day_that_a_month_lacks_is_its_last():
    assert moved(datetime(2026, 10, 31, tzinfo=UTC), "month", 1).day == 30
    assert moved(datetime(2024, 2, 29, tzinfo=UTC), "year", 1) == datetime(2025, 2, 28, tzinfo=UTC)


def test_a_weekday_that_is_today_may_be_either():
    assert days(last_weekday(5, SATURDAY)) == ("2026-11-21", "2026-11-22")
    either = weekday_by_name(5, SATURDAY)
    assert (days(either), either.repeated) == (("2026-11-21", "2026-11-29"), True)
    assert either.latest_start - either.earliest_end == timedelta(days=6)


def test_the_last_summer_that_is_over_and_the_last_that_began():
    assert days(latest_months(9, 3, SATURDAY)) == ("2026-09-01", "2026-12-01")
    assert days(latest_months(9, 3, SATURDAY, over=True)) == ("2025-09-01", "2025-12-01")


def test_the_parts_of_a_month():
    month = around(SATURDAY, "month")
    weeks = [days(week) for week in numbered_parts(month, "week")]
    assert (weeks[1], weeks[-1]) == (("2026-11-08", "2026-11-15"), ("2026-11-29", "2026-12-01"))
    assert [day.start.day for day in weekdays_in(month, 0)] == [2, 9, 16, 23, 30]
    assert [days(part_of(month, part))[0][-2:] for part in ("early", "mid", "late")] == ["01", "08", "16"]


@given(MOMENTS, st.sampled_from(sorted(UNITS)))
def test_a_moment_lies_in_what_is_around_it(moment, unit):
    stretch = around(moment, unit)
    assert stretch.start < stretch.end
    if unit != "weekend":
        assert stretch.start <= moment < stretch.end
    if unit not in {"hour", "minute"}:
        assert neighbour(stretch, unit, 1).start > stretch.start
