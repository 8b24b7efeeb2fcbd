"""Find time expressions in a question ("last week", "since Monday") and resolve them to periods.

A pattern finds the phrases, `dateparser` reads the dates in them; it is only loaded when a word of time
occurs. Weeks begin on Monday (ISO 8601), days at midnight where the reader is.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any

from index.articles import Span
from index.text.word_lists import alternation, load_words

# Months and days that without a year name attacks, not days of this year: "January 6", "9/11".
_ATTACK_DAYS = frozenset({(1, 6), (9, 11), (10, 7)})
_MAX_PHRASES = 4  # of a question that are resolved; judged: each costs some milliseconds
# What vague counts mean at most, as a filter must not leave out too much; judged.
_VAGUE_COUNTS = {"few": 5, "several": 7, "couple": 3}
_WEEKEND = timedelta(days=2)


class Grain(StrEnum):
    """How wide a named time is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time that a phrase names: `since` inclusive, `until` exclusive, both aware UTC.

    `span` is the phrase in the text it was found in. `since` is None for "before ...", `until` for "since
    ...". `deictic` is True if the phrase counts from the reader's now ("last week"), which no name does.
    """

    span: Span
    since: datetime | None
    until: datetime | None
    grain: Grain
    deictic: bool

    @property
    def open_ended(self) -> bool:
        """Return True if only one side is bounded ("since Monday", "before 2023")."""
        return self.since is None or self.until is None


_TIME_WORD = alternation(load_words("query/time_words"))
_WEEKDAY = alternation(load_words("shared/weekdays"))
_MONTH_NAME = alternation(load_words("shared/months") | load_words("shared/month_abbreviations"))
_TIME_CUE = re.compile(  # "ago", "Tuesday", "Sept", "2024"
    rf"\b(?:(?:19|20)\d\d|{_TIME_WORD}|{_WEEKDAY}"
    rf"|{_MONTH_NAME})\b",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_COUNT_WORD = alternation(load_words("query/counts"))
_COUNT = rf"(?:\d{{1,3}}|{_COUNT_WORD})"
_UNIT = r"(?:hour|day|week|month|year)s?"
# "2024-11-05", "the 5th of November, 2024", "Nov. 5"
_DATED = rf"{_YEAR}-\d\d-\d\d|(?:the )?{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?|{_MONTH} {_DAY}(?:,? {_YEAR})?"
_MONTHLY = rf"{_MONTH}(?: of)?,? {_YEAR}"  # "November 2024"
# Counted from now: "the day before yesterday", "last Friday", "three weeks ago".
_DEICTIC = (
    r"(?:the )?day before yesterday|yesterday(?: (?:morning|afternoon|evening))?|today|tonight|last night"
    rf"|this (?:morning|afternoon|evening)|last (?:{_WEEKDAY}|{_MONTH}|weekend|week|month|year)|the weekend"
    rf"|{_COUNT} {_UNIT} ago"
)
# From some time ago until now: "the past two weeks", "last 3 days", "a few days ago".
_ROLLING = (
    rf"(?:the|this) (?:last|past)(?: {_COUNT})? {_UNIT}|(?:last|past|previous) {_COUNT} {_UNIT}|past {_UNIT}"
    rf"|(?:a )?(?:few|several|couple(?: of)?) {_UNIT} ago"
)
_DATE = rf"(?:{_DATED}|{_MONTHLY}|(?:last )?{_WEEKDAY}|{_MONTH}|{_YEAR})"
# "between 3 and 5 May 2024", "since Monday", "in early 2023", "during the past week", "last night"
_PHRASE = re.compile(
    rf"\b(?:(?:between|from) (?P<first>{_DATE}|{_DAY}|yesterday) (?:and|to|until|till|through) (?P<second>{_DATE}|today)"
    rf"|(?:(?P<how>since|before|prior to|after|until|till|(?:on|in)(?! last)|during|over|within|from) )?"
    rf"(?P<part>(?:early|mid|late)[ -])?"
    rf"(?:(?P<rolling>{_ROLLING})|(?P<now>{_DEICTIC})|(?P<date>{_DATED}|{_MONTHLY})|(?P<bare>{_WEEKDAY}|{_MONTH}|{_YEAR}))"
    rf"(?: (?:morning|afternoon|evening|night))?)(?![\w’'/%$-]|\.\d)",
    re.IGNORECASE,
)
_WORD_AFTER = alternation(load_words("query/words_after_time"))
# What may follow a phrase that stands for itself. After anything else ("the 2024 election", "the January 6
# attack", "last week's storm", "Sunday Times") the time is part of a name or of a fact.
_FREE = re.compile(rf"\s*(?:$|[.,;:!?)\]]|{_WORD_AFTER}\b)", re.IGNORECASE)
# "the", "first time": a time behind it belongs to a noun or a record
_AFTER_NAME = re.compile(
    r"(?:\bthe|\b(?:first|last|only|best|worst|highest|lowest|biggest|largest) time)\s*$", re.IGNORECASE
)


def periods(text: str, now: datetime) -> list[Period]:
    """Return the periods named in `text`, in order, resolved against `now` (aware, in the reader's zone).

    Periods that lie wholly in the future are left out, and so are times that are part of a name.
    """
    if not _TIME_CUE.search(text):
        return []
    phrases = islice((match for match in _PHRASE.finditer(text) if _stands_alone(match, text)), _MAX_PHRASES)
    found = (_resolve(match, now) for match in phrases)
    return [period for period in found if period and (period.since is None or period.since <= now)]


def _stands_alone(match: re.Match[str], text: str) -> bool:
    """Return True if a phrase says when, False if it is part of a name or of a fact ("the 2024 election")."""
    before = text[max(0, match.start() - 40) : match.start()]
    if not _FREE.match(text, match.end()) or _AFTER_NAME.search(before):
        return False
    if match["how"] or match["first"] or match["rolling"]:
        return not re.fullmatch(r"before may", match[0], re.IGNORECASE)  # Theresa
    if match[0][:1].isupper() and re.search(r"\w\s+$" if match["now"] else r"\b[A-Z]\w*\s+$", before):
        return False  # "USA Today", "Black Friday"
    ends = not text[match.end() :].strip(" .,;:!?)")
    return bool(
        match["now"] or (ends and (match["date"] or re.fullmatch(_WEEKDAY, match["bare"], re.IGNORECASE)))
    )


def _resolve(match: re.Match[str], now: datetime) -> Period | None:
    """Return the period that a phrase names; None for none, an empty one, or one beyond the calendar."""
    try:
        bounds = _bounds(match, now)
    except (ValueError, OverflowError):  # the ends of the calendar
        return None
    if bounds is None or (bounds[0] and bounds[1] and bounds[0] >= bounds[1]):
        return None
    since, until, grain = bounds
    return Period(
        Span(match.start(), match.end()), since, until, grain, bool(match["now"] or match["rolling"])
    )


def _bounds(match: re.Match[str], now: datetime) -> tuple[datetime | None, datetime | None, Grain] | None:
    """Return the bounds of a phrase, in UTC, and its grain; None when it names no date."""
    if match["rolling"]:
        return _rolling(match["rolling"].lower(), now)
    if match["first"]:
        first, second = _complete_range(match["first"], match["second"])
        start, end = _calendar_unit(first, now), _calendar_unit(second, now)
        if not start or not end:
            return None
        wraps_around = start[0] >= end[1] and first[-3:].lower() == "day"
        return start[0] - timedelta(days=7 * wraps_around), end[1], end[2]
    unit = _calendar_unit(match["now"] or match["date"] or match["bare"], now)
    if unit is None:
        return None
    since, until, grain = unit
    match (match["how"] or "").lower():
        case "since":
            return since, None, grain
        case "after":
            return until, None, grain
        case "before" | "prior to":
            return None, since, grain
        case "until" | "till":
            return None, until, grain
    return since, until, grain


def _complete_range(first: str, second: str) -> tuple[str, str]:
    """Return two dates, the first with what only the second says: "3", "5 May 2024" -> "3 May 2024"."""
    if re.fullmatch(_DAY, first, re.IGNORECASE):
        return re.sub(rf"\b{_DAY}(?!\d)", first, second, count=1, flags=re.IGNORECASE), second
    year = re.search(rf"\b{_YEAR}$", second)
    if year and not re.search(rf"\b{_YEAR}\b", first) and re.search(_MONTH, first, re.IGNORECASE):
        return f"{first} {year[0]}", second
    return first, second


def _rolling(words: str, now: datetime) -> tuple[datetime, None, Grain]:
    """Return the bounds of "the past two weeks" or "a few days ago": from so long ago until now."""
    *rest, unit = re.sub(
        r"\b(?:the|this|last|past|previous|of|ago)\b|\ba (?=few|several|couple)", "", words
    ).split()
    count = rest[0] if rest else "1"
    date, grain = _parse_date(f"{_VAGUE_COUNTS.get(count, count)} {unit} ago", now) or (now, Grain.DAY)
    return date.astimezone(UTC), None, grain


def _calendar_unit(words: str, now: datetime) -> tuple[datetime, datetime, Grain] | None:
    """Return the start and end, in UTC, of the day, week, month or year that words name; None for no date."""
    words = words.lower().removeprefix("the ")
    if words in {"weekend", "last weekend"}:
        saturday = _midnight(now) - timedelta(days=(now.weekday() - 5) % 7 or 7)
        return saturday.astimezone(UTC), (saturday + _WEEKEND).astimezone(UTC), Grain.DAY
    parsed = _parse_date(words, now)
    if parsed is None:
        return None
    start, grain = _midnight(parsed[0]), parsed[1]
    if grain is Grain.WEEK:
        start -= timedelta(days=start.weekday())
    elif grain is Grain.MONTH:
        start = start.replace(day=1)
    elif grain is Grain.YEAR:
        start = start.replace(month=1, day=1)
    return start.astimezone(UTC), _end_of(start, grain).astimezone(UTC), grain


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _end_of(start: datetime, grain: Grain) -> datetime:
    """Return the first moment after the day, week, month or year that begins at `start`."""
    match grain:
        case Grain.DAY:
            return start + timedelta(days=1)
        case Grain.WEEK:
            return start + timedelta(days=7)
        case Grain.MONTH:
            return (start + timedelta(days=32)).replace(day=1)
        case Grain.YEAR:
            return start.replace(year=start.year + 1)


def _parse_date(words: str, now: datetime) -> tuple[datetime, Grain] | None:
    """Return one date, past rather than future, in the reader's zone, and its grain; None for no such date."""
    last = re.fullmatch(rf"last ({_MONTH})", words)
    data = _parser(now).get_date_data(_normalize(last[1] if last else words))
    date = data.date_obj
    if date is None or ((date.month, date.day) in _ATTACK_DAYS and _is_day_without_year(words)):
        return None
    if last and (date.year, date.month) == (now.year, now.month):
        date = date.replace(day=1, year=date.year - 1)
    grain = Grain(data.period) if data.period in set(Grain) else Grain.DAY
    return date.replace(tzinfo=now.tzinfo), grain


def _is_day_without_year(words: str) -> bool:
    return bool(re.search(_MONTH, words) and re.search(r"\d", words) and not re.search(_YEAR, words))


def _normalize(words: str) -> str:
    """Return a phrase in words that dateparser knows."""
    words = re.sub(r"^last (?=\w+day\b)|\bof\b|(?<=yesterday) \w+$", "", words)
    return re.sub(r"^day before yesterday$", "2 days ago", words)


def _parser(now: datetime) -> Any:  # noqa: ANN401 - the library has no type information
    from dateparser.date import DateDataParser  # 0.2 s to load: only for questions that name a time

    settings = {"RELATIVE_BASE": now.replace(tzinfo=None), "PREFER_DATES_FROM": "past"}
    return DateDataParser(languages=["en"], settings=settings)
