"""Parses `since` and `until` as people write them into a range of time."""

import re
from datetime import MAXYEAR, UTC, datetime, timedelta
from typing import Literal

from bot.errors import BadDate

MAX_DATE_LENGTH = 60  # characters, judged; no date is longer
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}")
_BARE_NUMBER = re.compile(r"\d+")
LANGUAGES = ["en", "de", "fr", "es", "pt", "uk"]  # measured: to reject a text takes 5 s with all two hundred


def read_range(
    since: str | None, until: str | None, *, now: datetime
) -> tuple[datetime | None, datetime | None]:
    """Return both ends of a range of time: `since` inclusive, `until` exclusive, both aware UTC.

    A day, month or year is included as a whole: until "2024-11-10" ends at the midnight after it.
    Raise BadDate when one cannot be parsed or is ambiguous, or when nothing lies between them.
    """
    start = _read(since, "since", now) if since and since.strip() else None
    end = _read(until, "until", now) if until and until.strip() else None
    if start and end and start >= end:
        raise BadDate("dates-swapped", since=_short(since), until=_short(until))
    return start, end


def _read(text: str, which: Literal["since", "until"], now: datetime) -> datetime:
    """Parse one end. Raise BadDate, with an example of how to write it."""
    # It takes 0.2 s to load, and most questions come without dates.
    from dateparser.date import DateDataParser

    text = text.strip()
    if len(text) > MAX_DATE_LENGTH or not text.isprintable() or _only_a_number(text):
        raise _unreadable(text, which)
    _reject_ambiguous(text)
    parser = DateDataParser(
        languages=LANGUAGES,
        settings={
            "PREFER_DATES_FROM": "past",
            "PREFER_DAY_OF_MONTH": "first" if which == "since" else "last",
            "PREFER_MONTH_OF_YEAR": "first" if which == "since" else "last",
            "RELATIVE_BASE": now.astimezone(UTC).replace(tzinfo=None),
            "RETURN_AS_TIMEZONE_AWARE": True,
            "RETURN_TIME_AS_PERIOD": True,
            "TIMEZONE": "UTC",
            "TO_TIMEZONE": "UTC",
        },
    )
    found = parser.get_date_data(text)
    if found.date_obj is None:
        raise _unreadable(text, which)
    return _edge(found.date_obj.astimezone(UTC), found.period, which)


def _unreadable(text: str, which: Literal["since", "until"]) -> BadDate:
    """Return the error for a date that cannot be parsed."""
    return BadDate("since-unreadable" if which == "since" else "until-unreadable", date=_short(text))


def _edge(moment: datetime, period: str | None, which: Literal["since", "until"]) -> datetime:
    """Return the beginning of the day, for `until` its end; a moment with a time of day stays as it is."""
    if period == "time":
        return moment
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight if which == "since" or midnight.year == MAXYEAR else midnight + timedelta(days=1)


def _only_a_number(text: str) -> bool:
    """Return True for digits that are neither a year nor a date: dateparser takes them for moments."""
    return _BARE_NUMBER.fullmatch(text) is not None and len(text) not in {4, 8}


def _reject_ambiguous(text: str) -> None:
    """Raise BadDate for 11/12/2024, which is one day in London and another in New York."""
    match = _NUMBERS.fullmatch(text)
    if match and match[1] != match[2] and max(int(match[1]), int(match[2])) <= 12:
        raise BadDate("date-ambiguous", date=text)


def _short(text: str | None) -> str:
    """Return one line of what a person wrote, cut to MAX_DATE_LENGTH, to be shown in an error."""
    line = "".join(
        letter if letter.isprintable() else " " for letter in (text or "").strip()[:MAX_DATE_LENGTH]
    )
    return line if len((text or "").strip()) <= MAX_DATE_LENGTH else f"{line}…"
