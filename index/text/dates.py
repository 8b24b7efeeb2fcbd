"""Dates that machines and people write, as aware UTC moments."""

import re
from datetime import UTC, datetime, time, timedelta
from email.utils import parsedate_to_datetime

from index.errors import VerbatimError
from index.text.cleaning import clean_line

EARLIEST_DATE = datetime(1600, 1, 1, tzinfo=UTC)  # the first newspapers


# A clock at zero, or seconds taken for milliseconds, says 1970; no date at all is more honest.
UNSET_CLOCK = (datetime(1969, 12, 31, tzinfo=UTC), datetime(1971, 1, 1, tzinfo=UTC))


MAX_FUTURE = timedelta(days=2)  # how far in the future a date may lie: time zones and fast clocks


_DAY = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")


_RFC_5322 = re.compile(
    r"(?:[A-Za-z]{3,9}, *)?\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4} +\d{1,2}:\d\d(?::\d\d)?(?: +(?:[+-]\d{4}|[A-Z]{1,5}))?"
)


def parse_date(text: str | None, now: datetime | None = None) -> datetime | None:
    """Read a machine's date: ISO 8601, `2020/07/02`, or RFC 5322; aware UTC, or None when it says none.

    A bare day is noon UTC (see `Article`), so is midnight without a zone: that is how machines write a day.
    A time without a zone is taken for UTC. Dates that cannot be true (1970, far future) are None.
    """
    text = (text or "").strip()[:100]
    moment = _iso(text) or _mail(text)
    return plausible_date(moment, now) if moment else None


def plausible_date(moment: datetime, now: datetime | None = None) -> datetime | None:
    """Return `moment` in UTC when an article can have been published then, else None."""
    latest = (now or datetime.now(UTC)) + MAX_FUTURE
    try:
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return None
    unset = UNSET_CLOCK[0] <= moment < UNSET_CLOCK[1]
    return moment if EARLIEST_DATE <= moment <= latest and not unset else None


def parse_written_date(text: str | None) -> datetime | None:
    """Read the date a row states: a machine's, or in English words ("November 11, 2024"); None when it is none."""
    return parse_date(text) or (_in_words(text, ["absolute-time"]) if text and text.strip() else None)


def parse_typed_date(text: str) -> datetime:
    """Read a date a person typed ("11 Nov 2024", "2024-11-11"), or raise `VerbatimError`."""
    moment = parse_date(text) or _in_words(text, ["absolute-time", "relative-time"])
    if moment is None:
        raise VerbatimError(f"I cannot read “{clean_line(text, 60)}” as a date. Write it like 2024-11-30.")
    return moment


def _padded(day: re.Match[str]) -> str:
    return f"{day[1]}-{day[2]:0>2}-{day[3]:0>2}"


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(_DAY.sub(_padded, text))
    except ValueError:
        return None
    return _at_noon(moment)


def _at_noon(moment: datetime) -> datetime:
    """Return a bare day's noon; every other moment as it is."""
    bare = moment.tzinfo is None and moment.time() == time()
    return moment.replace(hour=12) if bare else moment


def _mail(text: str) -> datetime | None:
    if not _RFC_5322.fullmatch(text):
        return None  # the standard library would read "November 11, 2024 6:00 PM" as six in the morning
    try:
        return parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None


def _in_words(text: str, parsers: list[str]) -> datetime | None:
    # Loading dateparser takes half a second, and few dates are in words.
    from dateparser import parse

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": parsers, "TIMEZONE": "UTC"}
    found = parse(text[:100], languages=["en"], settings=settings)
    return plausible_date(_at_noon(found)) if found else None
