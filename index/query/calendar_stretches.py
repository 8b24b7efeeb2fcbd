"""Stretches of the calendar: the day, week, month, season or year around a moment, their parts, their neighbours.

All moments are aware and in the reader's zone; arithmetic is on the wall clock. Weeks begin on Monday (ISO
8601), days at midnight, seasons are the meteorological ones of the northern hemisphere.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
# How many months a unit has; of those that are counted in days, how many days.
_MONTHS = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_DAYS = {"day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}
_SECONDS = {"minute": 60, "hour": 3600}
UNITS = frozenset({*_MONTHS, *_DAYS, *_SECONDS})
SEASON_MONTHS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


class Grain(StrEnum):
    """How wide a named time is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time: `start` inclusive, `end` exclusive.

    `repeated` is True where it reaches from one day to the same day of the next week, since either may be
    meant: "on Saturday", asked on a Saturday.
    """

    start: datetime
    end: datetime
    grain: Grain
    repeated: bool = False

    @property
    def latest_start(self) -> datetime:
        """Return where it begins; of two days that may be meant, the later one."""
        return self.end - DAY if self.repeated else self.start

    @property
    def earliest_end(self) -> datetime:
        """Return where it ends; of two days that may be meant, the earlier one."""
        return self.start + DAY if self.repeated else self.end


def midnight(moment: datetime) -> datetime:
    """Return the midnight with which a moment's day begins."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def moved(moment: datetime, unit: str, count: float) -> datetime:
    """Return the moment so many units later; before for a negative count. A day that a month lacks is its last.

    Raise ValueError or OverflowError beyond the calendar.
    """
    if unit in _MONTHS:
        months = moment.year * 12 + moment.month - 1 + round(_MONTHS[unit] * count)
        year, month = divmod(months, 12)
        last = monthrange(year, month + 1)[1]
        return moment.replace(year=year, month=month + 1, day=min(moment.day, last))
    if unit in _SECONDS:
        return moment + timedelta(seconds=_SECONDS[unit] * count)
    return moment + timedelta(days=_DAYS[unit] * count)


def around(moment: datetime, unit: str) -> Stretch:
    """Return the calendar's day, week, month ... that a moment lies in; of an hour its day."""
    day = midnight(moment)
    if unit in {"week", "fortnight"}:
        monday = day - timedelta(days=day.weekday())
        return Stretch(monday, monday + WEEK, Grain.WEEK)
    if unit == "weekend":
        saturday = day - timedelta(days=(day.weekday() - 5) % 7)
        return Stretch(saturday, saturday + 2 * DAY, Grain.DAY)
    if unit == "season":
        first = moved(day.replace(day=1), "month", -(day.month % 3))
        return Stretch(first, moved(first, "season", 1), Grain.MONTH)
    if unit in {"month", "quarter", "half"}:
        first = day.replace(month=day.month - (day.month - 1) % _MONTHS[unit], day=1)
        return Stretch(first, moved(first, unit, 1), Grain.MONTH)
    if unit in {"year", "decade", "century"}:
        years = _MONTHS[unit] // 12
        first = day.replace(year=max(1, day.year - day.year % years), month=1, day=1)
        return Stretch(first, moved(first, unit, 1), Grain.YEAR)
    return Stretch(day, day + DAY, Grain.DAY)


def neighbour(stretch: Stretch, unit: str, count: int) -> Stretch:
    """Return the stretch so many units later, or before it, of the same length in the calendar."""
    start = moved(stretch.start, unit, count)
    return replace(stretch, start=start, end=moved(stretch.end, unit, count))


def last_weekday(weekday: int, now: datetime) -> Stretch:
    """Return the last such day (Monday is 0) before today."""
    back = (now.weekday() - weekday) % 7 or 7
    return around(midnight(now) - timedelta(days=back), "day")


def weekday_by_name(weekday: int, now: datetime) -> Stretch:
    """Return the last such day; where it is today, from the one a week ago to today, for either may be meant."""
    last = last_weekday(weekday, now)
    if now.weekday() != weekday:
        return last
    return replace(last, end=last.start + WEEK + DAY, repeated=True)


def of_month(year: int, month: int, months: int, zone: datetime) -> Stretch:
    """Return so many months from the first of one on, in the zone of the moment `zone`."""
    first = midnight(zone).replace(year=year, month=month, day=1)
    return Stretch(first, moved(first, "month", months), Grain.MONTH)


def latest_months(month: int, months: int, now: datetime, *, over: bool = False) -> Stretch:
    """Return the last time that so many months began with this one, or, if `over`, the last that is over."""
    stretch = of_month(now.year, month, months, now)
    while (stretch.end if over else stretch.start) > now:
        stretch = neighbour(stretch, "year", -1)
    return stretch


def numbered_parts(outer: Stretch, unit: str) -> Iterator[Stretch]:
    """Yield the units of a stretch in order.

    Weeks are counted from its first day, seven days each: the second week of a month is its 8th to 14th. The
    last one ends with the stretch.
    """
    start = outer.start
    while start < outer.end:
        end = min(moved(start, unit, 1), outer.end)
        yield Stretch(start, end, around(start, unit).grain)
        start = end


def weekdays_in(outer: Stretch, weekday: int) -> Iterator[Stretch]:
    """Yield the days of a stretch that are such a weekday (Monday is 0)."""
    start = outer.start + timedelta(days=(weekday - outer.start.weekday()) % 7)
    while start < outer.end:
        yield around(start, "day")
        start += WEEK


def part_of(stretch: Stretch, part: str) -> Stretch:
    """Return the early, middle or late half of a stretch in whole days; that of a day is the day.

    A half and no third, since a filter must not leave out too much.
    """
    days = (stretch.end - stretch.start).days
    if days <= 1 or stretch.repeated:
        return stretch
    quarter, half = timedelta(days=days // 4), timedelta(days=(days + 1) // 2)
    start = (
        stretch.start
        + {"early": timedelta(0), "mid": quarter, "late": stretch.end - stretch.start - half}[part]
    )
    return replace(stretch, start=start, end=min(start + half, stretch.end))
