"""Dates in numbers: 28.11.2025, 11/3/2026, 2026/11/03. Whether the day or the month comes first is the reader's way."""

import re
from datetime import date
from enum import Enum

from index.text.date_grammar import read_numeric_day

_WITHOUT_YEAR = re.compile(r"(\d{1,2})[./](\d{1,2})")
_MAX_DAY = 31


class NoDate(Enum):
    """Why numbers give no date."""

    OTHER = "other"  # they do not look like one
    UNREADABLE = "unreadable"  # they look like one, but there is no such day, or two may be meant


def read_date(word: str, *, day_first: bool | None) -> date | NoDate:
    """Return the date that numbers name.

    `day_first` is the order of the reader's language, None where that is not known: then 11/3/2026 is
    unreadable, as it may be two days. A date with dots has its day first wherever nothing else is known.
    """
    found = read_numeric_day(word)
    if found is None:
        return NoDate.OTHER
    if len(found.days) > 1:
        if day_first is None and not found.with_dots:
            return NoDate.UNREADABLE
        return date(*found.days[found.with_dots if day_first is None else day_first])
    return date(*found.days[0]) if found.days else _no_day(word)


def read_day(word: str, year: int, *, day_first: bool | None) -> date | NoDate:
    """Return the date in a year that "28.11." or "28/11" names; see `read_date`."""
    match = _WITHOUT_YEAR.fullmatch(word)
    if not match or not 0 < int(match[1]) <= _MAX_DAY or not 0 < int(match[2]) <= _MAX_DAY:
        return NoDate.OTHER
    return read_date(f"{match[1]}/{match[2]}/{year}", day_first=day_first)


def _no_day(word: str) -> NoDate:
    """Return whether numbers that no calendar has as a day still look like one: 31.9.2026 does, 99.99.25 does not."""
    numbers = [int(number) for number in re.findall(r"\d+", word)]
    has_year = any(number > 99 for number in numbers)
    return (
        NoDate.UNREADABLE
        if has_year or 0 < min(numbers[:2]) <= max(numbers[:2]) <= _MAX_DAY
        else NoDate.OTHER
    )
