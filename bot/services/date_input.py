"""Parses `since` and `until` as people write them into a range of time."""

import re
from contextlib import suppress
from datetime import MAXYEAR, UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from bot.errors import BadDate
from index import read_period

if TYPE_CHECKING:
    from dateparser.date import DateData

MAX_DATE_LENGTH = 60  # characters, judged; no date is longer
_NUMBERS = re.compile(r"(?<![\d./-])(\d{1,2})([/-])(\d{1,2})(?:\2\d{2,4})?(?![\d./-])")
# Counted back from now, to the hour where it says so: a question means by "2 weeks ago" the whole week.
_COUNTED = re.compile(r"\bago\b", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"\d+")
LANGUAGES = ["en", "de", "fr", "es", "pt", "uk"]  # measured: to reject a text takes 5 s with all two hundred


def read_range(
    since: str | None, until: str | None, *, now: datetime, day_first: bool | None = None
) -> tuple[datetime | None, datetime | None]:
    """Return both ends of a range of time: `since` inclusive, `until` exclusive, both aware UTC.

    Each takes the times that a question may name, and the days and moments of six languages. A day, month or year is
    included as a whole: until "2024-11-10" ends at the midnight after it. `day_first` is the order of numbers in the
    person's dates, None where it is not known. Raise BadDate when one cannot be parsed or is ambiguous, or when
    nothing lies between them.
    """
    start = _read(since, "since", now, day_first) if since and since.strip() else None
    end = _read(until, "until", now, day_first) if until and until.strip() else None
    if start and end and start >= end:
        raise BadDate("dates-swapped", since=_short(since), until=_short(until))
    return start, end


def _read(text: str, which: Literal["since", "until"], now: datetime, day_first: bool | None) -> datetime:
    """Parse one end. Raise BadDate, with an example of how to write it."""
    text = text.strip()
    if len(text) > MAX_DATE_LENGTH or not text.isprintable() or _only_a_number(text):
        raise _unreadable(text, which)
    if day_first is None:
        _reject_ambiguous(text)
    readers = [_read_named, _read_moment]
    for reader in reversed(readers) if _COUNTED.search(text) else readers:
        with suppress(OverflowError):  # in UTC it lies before the year 1 or after 9999
            if found := reader(text, which, now, day_first):
                return found
    raise _unreadable(text, which)


def _read_named(
    text: str, which: Literal["since", "until"], now: datetime, day_first: bool | None
) -> datetime | None:
    """Return the end that a time as a question names it has: "last Tuesday", "Q3 2024", "since Monday"."""
    period = read_period(text, now.astimezone(UTC), day_first=day_first)
    return getattr(period, which) if period else None


def _read_moment(
    text: str, which: Literal["since", "until"], now: datetime, day_first: bool | None
) -> datetime | None:
    """Return the end that a day or a moment has, in any of LANGUAGES."""
    # It takes 0.2 s to load, and most questions come without dates.
    from dateparser.date import DateDataParser

    def parsed(missing: Literal["first", "last", "current"]) -> "DateData":
        settings = {
            "PREFER_DATES_FROM": "past",
            "PREFER_DAY_OF_MONTH": missing,
            "PREFER_MONTH_OF_YEAR": missing,
            "RELATIVE_BASE": now.astimezone(UTC).replace(tzinfo=None),
            "RETURN_AS_TIMEZONE_AWARE": True,
            "RETURN_TIME_AS_PERIOD": True,
            "TIMEZONE": "UTC",
            "TO_TIMEZONE": "UTC",
        }
        if day_first is not None:
            settings["DATE_ORDER"] = "DMY" if day_first else "MDY"
        return DateDataParser(languages=LANGUAGES, settings=settings).get_date_data(text)

    found = parsed("first" if which == "since" else "last")
    if found.date_obj and found.period == "time":
        found = parsed("current")  # "noon" is today's
    return _edge(found.date_obj.astimezone(UTC), found.period, which) if found.date_obj else None


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
    match = _NUMBERS.search(text)
    if match and match[1] != match[3] and max(int(match[1]), int(match[3])) <= 12:
        raise BadDate("date-ambiguous", date=text)


def _short(text: str | None) -> str:
    """Return one line of what a person wrote, cut to MAX_DATE_LENGTH, to be shown in an error."""
    line = "".join(
        letter if letter.isprintable() else " " for letter in (text or "").strip()[:MAX_DATE_LENGTH]
    )
    return line if len((text or "").strip()) <= MAX_DATE_LENGTH else f"{line}…"
