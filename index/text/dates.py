"""Parse dates that machines and people write into aware UTC datetimes."""

import re
from datetime import UTC, datetime, time, timedelta
from email.utils import parsedate_to_datetime

from index.errors import VerbatimError
from index.text.cleaning import clean_line

EARLIEST_DATE = datetime(1600, 1, 1, tzinfo=UTC)  # judged: the first newspapers are of that time
# From, before: a clock at zero, or seconds taken for milliseconds, says 1970; no date at all is more honest.
UNSET_CLOCK = (datetime(1969, 12, 31, tzinfo=UTC), datetime(1971, 1, 1, tzinfo=UTC))
MAX_FUTURE = timedelta(days=2)  # judged: time zones and fast clocks make a date lie that far ahead
_MAX_DATE_LENGTH = 100  # characters that are read; judged: no date is longer

# A day with one-digit months and days allowed, at the start: "2020/7/2", "2020-07-02T10:00".
_DAY = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
# "Thu, 02 Jul 2020 10:00:00 GMT", "2 July 20 10:00 +0200".
_RFC_5322 = re.compile(
    r"(?:[A-Za-z]{3,9}, *)?\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4} +\d{1,2}:\d\d(?::\d\d)?(?: +(?:[+-]\d{4}|[A-Z]{1,5}))?"
)


def parse_date(text: str | None, now: datetime | None = None) -> datetime | None:
    """Return a machine's date (ISO 8601, `2020/07/02` or RFC 5322) in UTC, None when it is none.

    A bare day is noon UTC (see `Article`), so is midnight without a zone: that is how machines write a day.
    A time without a zone is taken for UTC. Dates that `plausible_date` rejects are None; `now` is for that.
    """
    text = (text or "").strip()[:_MAX_DATE_LENGTH]
    moment = _parse_iso(text) or _parse_rfc_5322(text)
    return plausible_date(moment, now) if moment else None


def plausible_date(moment: datetime, now: datetime | None = None) -> datetime | None:
    """Return `moment` in UTC if an article can have been published then, else None.

    Not before 1600, not around 1970 (an unset clock), not more than two days after `now` (the present if None).
    """
    latest = (now or datetime.now(UTC)) + MAX_FUTURE
    try:
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return None
    unset = UNSET_CLOCK[0] <= moment < UNSET_CLOCK[1]
    return moment if EARLIEST_DATE <= moment <= latest and not unset else None


def parse_written_date(text: str | None) -> datetime | None:
    """Return a machine's date, or one in English words ("November 11, 2024"); None when it is none."""
    return parse_date(text) or (_parse_words(text, ["absolute-time"]) if text and text.strip() else None)


def parse_typed_date(text: str) -> datetime:
    """Return the date a person typed ("11 Nov 2024", "2024-11-11", "3 days ago").

    Raise VerbatimError when it cannot be read.
    """
    moment = parse_date(text) or _parse_words(text, ["absolute-time", "relative-time"])
    if moment is None:
        raise VerbatimError(f"I cannot read “{clean_line(text, 60)}” as a date. Write it like 2024-11-30.")
    return moment


def _padded_day(day: re.Match[str]) -> str:
    """Return a match of `_DAY` as ISO 8601 writes it."""
    return f"{day[1]}-{day[2]:0>2}-{day[3]:0>2}"


def _parse_iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(_DAY.sub(_padded_day, text))
    except ValueError:
        return None
    return _at_noon(moment)


def _at_noon(moment: datetime) -> datetime:
    """Return a bare day's noon; every other moment as it is."""
    bare = moment.tzinfo is None and moment.time() == time()
    return moment.replace(hour=12) if bare else moment


def _parse_rfc_5322(text: str) -> datetime | None:
    if not _RFC_5322.fullmatch(text):
        return None  # the standard library would read "November 11, 2024 6:00 PM" as six in the morning
    try:
        return parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None


def _parse_words(text: str, parsers: list[str]) -> datetime | None:
    # Loading dateparser takes half a second, and few dates are in words.
    from dateparser import parse

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": parsers, "TIMEZONE": "UTC"}
    found = parse(text[:_MAX_DATE_LENGTH], languages=["en"], settings=settings)
    return plausible_date(_at_noon(found)) if found else None
