"""`since` and `until` as people write them -> the stretch of time they mean."""

import re
from datetime import MAXYEAR, UTC, datetime, timedelta
from typing import Literal

from bot.errors import BadDate

LONGEST = 60  # characters; no date is longer
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}")
_BARE_NUMBER = re.compile(r"\d+")
LANGUAGES = ["en", "de", "fr", "es", "pt", "uk"]  # all two hundred would take five seconds to say no


def read_range(
    since: str | None, until: str | None, *, now: datetime
) -> tuple[datetime | None, datetime | None]:
    """Read both ends of a stretch of time: `since` inclusive, `until` exclusive, both aware UTC.

    A day, month or year counts whole: until "2024-11-10" ends at midnight after it, so that the day is in.
    Raises BadDate when one is unreadable, or when nothing lies between them.
    """
    start = _read(since, "since", now) if since and since.strip() else None
    end = _read(until, "until", now) if until and until.strip() else None
    if start and end and start >= end:
        raise BadDate("dates-swapped", since=_short(since), until=_short(until))
    return start, end


def _read(text: str, which: Literal["since", "until"], now: datetime) -> datetime:
    """Read one end, or raise BadDate with an example of how to write it."""
    # It takes 0.2 s to load, and most questions come without dates.
    from dateparser.date import DateDataParser

    text = text.strip()
    if len(text) > LONGEST or not text.isprintable() or _only_a_number(text):
        raise _unreadable(text, which)
    _refuse_ambiguous(text)
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
    """Make the refusal of a date that cannot be read."""
    return BadDate("since-unreadable" if which == "since" else "until-unreadable", date=_short(text))


def _edge(moment: datetime, period: str | None, which: Literal["since", "until"]) -> datetime:
    """Widen a day to its beginning or to its end; leave a moment with a time of day alone."""
    if period == "time":
        return moment
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight if which == "since" or midnight.year == MAXYEAR else midnight + timedelta(days=1)


def _only_a_number(text: str) -> bool:
    """Say whether it is digits that are neither a year nor a date: dateparser takes them for moments."""
    return _BARE_NUMBER.fullmatch(text) is not None and len(text) not in {4, 8}


def _refuse_ambiguous(text: str) -> None:
    """Raise BadDate for 11/12/2024, which is one day in London and another in New York."""
    match = _NUMBERS.fullmatch(text)
    if match and match[1] != match[2] and max(int(match[1]), int(match[2])) <= 12:
        raise BadDate("date-ambiguous", date=text)


def _short(text: str | None) -> str:
    """Cut what a person wrote to a length fit to be repeated."""
    line = "".join(letter if letter.isprintable() else " " for letter in (text or "").strip()[:LONGEST])
    return line if len((text or "").strip()) <= LONGEST else f"{line}…"
