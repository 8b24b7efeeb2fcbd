"""Dates in numbers: 28.11.2025, 11/3/2026, 2026/11/03. Whether the day or the month comes first is the reader's way."""

import re
from datetime import date
from enum import Enum

# A 4-digit year first, or last; two digits of a year only last.
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)([./-])(\d{1,2})\2(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d|\d\d)")
_WITHOUT_YEAR = re.compile(r"(\d{1,2})([./])(\d{1,2})")
_MAX_MONTH, _MAX_DAY = 12, 31


class NoDate(Enum):
    """Why numbers give no date."""

    OTHER = "other"  # they do not look like one
    UNREADABLE = "unreadable"  # they look like one, but there is no such day, or two may be meant


def read_date(word: str, *, day_first: bool | None) -> date | NoDate:
    """Return the date that numbers name.

    `day_first` is the order of the reader's language, None where that is not known: then 11/3/2026 is
    unreadable, as it may be two days. A date with dots has its day first wherever nothing else is known.
    """
    if match := _YEAR_FIRST.fullmatch(word):
        return _date(int(match[1]), int(match[3]), int(match[4]))
    if match := _YEAR_LAST.fullmatch(word):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if max(first, second) > _MAX_DAY or not first or not second:
            return NoDate.UNREADABLE if len(match[4]) == 4 else NoDate.OTHER
        year = year if len(match[4]) == 4 else 2000 + year
        with_dots = match[2] == "." and day_first is None
        return _in_order(year, first, second, day_first=with_dots or day_first)
    return NoDate.OTHER


def read_day(word: str, year: int, *, day_first: bool | None) -> date | NoDate:
    """Return the date in a year that "28.11." or "28/11" names; see `read_date`."""
    match = _WITHOUT_YEAR.fullmatch(word)
    if not match or not 0 < int(match[1]) <= _MAX_DAY or not 0 < int(match[3]) <= _MAX_DAY:
        return NoDate.OTHER
    return _in_order(year, int(match[1]), int(match[3]), day_first=day_first)


def _in_order(year: int, first: int, second: int, *, day_first: bool | None) -> date | NoDate:
    if first > _MAX_MONTH or first == second:
        day_first = True
    elif second > _MAX_MONTH:
        day_first = False
    if day_first is None:
        return NoDate.UNREADABLE
    return _date(year, second, first) if day_first else _date(year, first, second)


def _date(year: int, month: int, day: int) -> date | NoDate:
    try:
        return date(year, month, day)
    except ValueError:
        return NoDate.UNREADABLE
