"""Read dates that machines and people write into aware UTC datetimes, and say how sure they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum

from index.errors import VerbatimError
from index.text.cleaning import clean_line
from index.text.date_grammar import MAX_DATE_LENGTH, DateParts, parse_parts
from index.text.time_zones import NO_HINTS, DateHints, is_zone_name, language_territory, zone_offset

EARLIEST_DATE = datetime(1600, 1, 1, tzinfo=UTC)  # judged: the first newspapers are of that time
EARLIEST_FEED_DATE = datetime(1990, 1, 1, tzinfo=UTC)  # judged: no outlet had a page of its own before
# From, before: a clock at zero, or seconds taken for milliseconds, says 1970; no date at all is more honest.
UNSET_CLOCK = (datetime(1969, 12, 31, tzinfo=UTC), datetime(1971, 1, 1, tzinfo=UTC))
MAX_FUTURE = timedelta(days=2)  # judged: time zones and fast clocks make a date lie that far ahead
LATEST_YEAR = 9000  # far from the last that can be computed with
NOON = time(12)
MAX_EVIDENCE = 50  # dates of one source that say how it writes the others; judged
MAX_FOUND_WORDS = 30  # words of a line that is searched for a date; judged: a byline has fewer
MAX_FOUND_DATE_WORDS = 9  # "Wednesday , 11 November 2026 at 10:04 p.m. ET" has them


class DateDoubt(StrEnum):
    """Why a date is a guess (the first three), or is not taken."""

    NO_ZONE = "no zone"  # a time without a zone, taken for UTC
    INFERRED_ZONE = "inferred zone"  # of a name's meanings the one that other dates of the source agree with
    INFERRED_ORDER = "inferred order"  # of 11/12 the order that other dates of the source have
    OPEN_ZONE = "open zone"  # a zone's name with several meanings, and nothing says which
    UNKNOWN_ZONE = "unknown zone"
    OPEN_ORDER = "open order"  # 11/12, and nothing says which is the month
    IMPLAUSIBLE = "implausible"  # before there were such articles, or in the future
    NOT_UNDERSTOOD = "not understood"


@dataclass(frozen=True, slots=True)
class DateReading:
    """What was read of a written date.

    `moment` is in UTC; None where the date is not taken. `doubt` says why it is not, or why it is a guess; None
    where it is sure. `local` is the moment in the offset that is written, None where none is. `day_first` is True
    for a date like 13/1, False for one like 1/13, else None.
    """

    moment: datetime | None = None
    doubt: DateDoubt | None = None
    local: datetime | None = None
    day_first: bool | None = None


def read_date(
    text: str,
    hints: DateHints = NO_HINTS,
    *,
    now: datetime | None = None,
    earliest: datetime = EARLIEST_DATE,
) -> DateReading:
    """Read a date as machines and outlets write it: the one parser of feeds and pages.

    A bare day is noon UTC (see `Article`), so is midnight without a zone: that is how machines write a day. A
    bare year or month is no date. `hints` decide what the date leaves open; `now` and `earliest` bound what is
    plausible (see `plausible_date`).
    """
    parts = parse_parts(text, hints.language)
    if parts is None:
        return DateReading(doubt=DateDoubt.NOT_UNDERSTOOD)
    day, doubt = _choose_day(parts, hints)
    if day is None:
        return DateReading(doubt=doubt)
    day_first = parts.day_first
    if not EARLIEST_DATE.year <= day[0] <= LATEST_YEAR:
        return DateReading(doubt=DateDoubt.IMPLAUSIBLE, day_first=day_first)
    naive = datetime.combine(date(*day), parts.clock or NOON)
    naive += timedelta(days=parts.next_day)
    moment, zone_doubt = _in_zone(naive, parts, hints)
    if moment is None:
        return DateReading(doubt=zone_doubt, day_first=day_first)
    plausible = plausible_date(moment, now, earliest)
    doubt = (doubt or zone_doubt) if plausible else DateDoubt.IMPLAUSIBLE
    sure = parts.clock is not None and zone_doubt is None
    return DateReading(plausible, doubt, moment if sure else None, day_first)


def collect_hints(texts: Iterable[str], language: str = "") -> DateHints:
    """Return what the dates of one source say of how it writes them; `language` is the tag that it states."""
    readings = [read_date(text, DateHints(language)) for text in texts if text]
    moments = tuple(reading.local for reading in readings if reading.local)[:MAX_EVIDENCE]
    orders = {reading.day_first for reading in readings} - {None}
    return DateHints(language, moments, orders.pop() if len(orders) == 1 else None)


def find_date(text: str, hints: DateHints = NO_HINTS) -> datetime | None:
    """Return the first date in a line of words ("By Jo Berg | 11 Nov 2026, 9 p.m."); None without one.

    Of a date the most words count that are one.
    """
    words = text.split()[:MAX_FOUND_WORDS]
    for start in range(len(words)):
        for end in range(min(len(words), start + MAX_FOUND_DATE_WORDS), start, -1):
            window = " ".join(words[start:end])
            if not any(character.isdecimal() for character in window):
                break
            if moment := read_date(window.strip(".,;|()"), hints).moment:
                return moment
    return None


def parse_date(text: str | None, now: datetime | None = None, hints: DateHints = NO_HINTS) -> datetime | None:
    """Return the date of `read_date` in UTC, None when it is none."""
    return read_date(text, hints, now=now).moment if text else None


def is_bare_day(moment: datetime) -> bool:
    """Return True for a moment that stands for a day of which the hour is not known."""
    return moment.timetz().replace(tzinfo=None) == NOON


def may_be_same_day(day: datetime, moment: datetime) -> bool:
    """Return True if a moment lies, anywhere on Earth, within the day whose noon in UTC is `day`."""
    return timedelta(hours=-26) <= moment - day <= timedelta(hours=24)


def plausible_date(
    moment: datetime, now: datetime | None = None, earliest: datetime = EARLIEST_DATE
) -> datetime | None:
    """Return `moment` in UTC if an article can have been published then, else None.

    Not before `earliest`, not around 1970 (an unset clock), not more than two days after `now` (the present if None).
    """
    latest = (now or datetime.now(UTC)) + MAX_FUTURE
    try:
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return None
    unset = UNSET_CLOCK[0] <= moment < UNSET_CLOCK[1]
    return moment if earliest <= moment <= latest and not unset else None


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


def _choose_day(parts: DateParts, hints: DateHints) -> tuple[tuple[int, int, int] | None, DateDoubt | None]:
    """Return the day that is meant, and the doubt: by its weekday, the language, or other dates' order."""
    if len(parts.days) == 1:
        return parts.days[0], None
    if parts.weekday is not None:
        fitting = [day for day in parts.days if date(*day).weekday() == parts.weekday]
        if len(fitting) == 1:
            return fitting[0], None
    if hints.day_first is not None:
        return parts.days[hints.day_first], DateDoubt.INFERRED_ORDER
    order = _language_order(hints.language)
    return (None, DateDoubt.OPEN_ORDER) if order is None else (parts.days[order], None)


def _language_order(language: str) -> bool | None:
    """Return True where a language writes the day before the month, None where that is not known.

    English alone says nothing: its countries differ.
    """
    if not language or language.lower() == "en":
        return None
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(f"{language[:2].lower()}_{language_territory(language)}")
    except (UnknownLocaleError, ValueError):
        return None
    pattern = locale.date_formats["short"].pattern
    return bool(pattern.index("d") < pattern.index("M"))


def _in_zone(naive: datetime, parts: DateParts, hints: DateHints) -> tuple[datetime | None, DateDoubt | None]:
    """Return the moment of a local time, and the doubt about its zone."""
    if parts.clock is None:
        return naive.replace(tzinfo=UTC), None
    if parts.offset is not None:
        return naive.replace(tzinfo=timezone(parts.offset)), None
    if parts.zone is None:
        bare_day = naive.time() == time()
        moment = datetime.combine(naive, NOON if bare_day else naive.time(), UTC)
        return moment, None if bare_day else DateDoubt.NO_ZONE
    meaning = zone_offset(parts.zone, naive, hints)
    if meaning is None:
        return None, DateDoubt.OPEN_ZONE if is_zone_name(parts.zone) else DateDoubt.UNKNOWN_ZONE
    moment = naive.replace(tzinfo=timezone(meaning.offset))
    return moment, DateDoubt.INFERRED_ZONE if meaning.inferred else None


def _at_noon(moment: datetime) -> datetime:
    """Return a bare day's noon; every other moment as it is."""
    bare = moment.tzinfo is None and moment.time() == time()
    return moment.replace(hour=12) if bare else moment


def _parse_words(text: str, parsers: list[str]) -> datetime | None:
    # Loading dateparser takes half a second, and few dates are in words.
    from dateparser import parse

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": parsers, "TIMEZONE": "UTC"}
    found = parse(text[:MAX_DATE_LENGTH], languages=["en"], settings=settings)
    return plausible_date(_at_noon(found)) if found else None
