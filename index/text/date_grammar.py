"""Take a date as machines and outlets write it apart into its parts, without deciding what it leaves open.

The forms: ISO 8601 and W3CDTF, RFC 822 and 5322, asctime, Unix times, days of numbers alone, and days whose month
is a word of any language that CLDR knows. A text with anything else in it is none of them.
"""

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from index.text.calendar_names import NamedParts, read_names
from index.text.time_zones import is_zone_name

MAX_DATE_LENGTH = 100  # characters that are read; judged: no date is longer
MAX_WORDS = 6  # judged: "miércoles 11 de noviembre de 2026 a las" has them
# 1794437550, 1794437550.25, @1794437550, 1794437550000 (seconds, milli- and microseconds since 1970)
_UNIX_TIME = re.compile(r"@?(\d{9,10})(?:\.\d{1,9}|\d{3}|\d{6})?")
# 20261111, 20261111T2252, 20261111225230
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(?=\D|$)")
# 2026年11月11日, 2026년 11월 11일
_EAST_ASIAN_DAY = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
# 22时52分, 오후 9시 4분
_EAST_ASIAN_TIME = re.compile(
    r"(?:(?P<half>上午|下午|午前|午後|오전|오후)\s*(?=\d{1,2}:)|(?P<half2>上午|下午|午前|午後|오전|오후)?\s*(?=\d{1,2}\s*[時时点시]))"
    r"(?P<hour>\d{1,2})\s*[時时点시:]\s*(?P<minute>\d{1,2})[分분]?(?P<second>:\d\d)?"
)
_AFTERNOON = frozenset({"下午", "午後", "오후"})
# (India Standard Time), [Europe/Paris]
_COMMENT = re.compile(r"\(([^()]{0,40})\)|\[([^\[\]]{0,40})\]")
# 22:52:30.25, T22:52, 22h52, 10:04:03 PM, 6 p.m.
_TIME = re.compile(
    r"(?<![\d:.])(?:(?<=\d)T)?(?P<hour>\d{1,2})(?:[:h](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?)?)?"
    r"(?![\d:])(?:\s*(?P<half>[ap])\.?\s?m\b\.?)?",
    re.IGNORECASE,
)
# +0530, +5:30, -05, GMT+1, UTC-03:00
_OFFSET = re.compile(r"\s*(?:GMT|UTC|UT|Z)?\s*([+-])(\d{1,2})(?::?(\d\d))?(?![\d:-])", re.IGNORECASE)
# EST, Europe/Berlin
_ZONE = re.compile(r"[\s,]*([A-Za-z][A-Za-z_]*(?:/[A-Za-z_/+-]+)?)(?![\w/])")
# 2026-11-11, 2026/1/2
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
# 11.11.2026, 11/12/2026
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
# 11.11.26
_SHORT_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d\d)")
# 11, 2026, 11th, Nov, février
_TOKEN = re.compile(r"\d+|[^\W\d_]+")


Day = tuple[int, int, int]  # (year, month, day)
Days = tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class DateParts:
    """The parts of a written date; what it leaves open is left open.

    `days` are those that it may mean: two where 11/12 may be either, the one with the month first before the other. `clock` is None for a bare
    day; `next_day` says that its hour is 24. `offset` is the one that is written, `zone` a zone's name, known or
    not; both are None where neither is there. `weekday` is Monday's 0. `day_first`
    is True for a date like 13/1, False for one like 1/13.
    """

    days: Days
    clock: time | None = None
    next_day: bool = False
    offset: timedelta | None = None
    zone: str | None = None
    weekday: int | None = None
    day_first: bool | None = None


@dataclass(frozen=True, slots=True)
class NumericDay:
    """A day in numbers alone, `start` to `end` of a text.

    `month_first` and `day_first` are what it means in either order, None where a calendar has no such day; they are
    the same where the year stands first. `with_dots` is True for 11.12.2026, which has its day first nearly everywhere.
    """

    month_first: Day | None
    day_first: Day | None
    with_dots: bool
    start: int
    end: int

    @property
    def days(self) -> Days:
        """Return the days that it may mean, each once, the one with the month first before the other."""
        return tuple(dict.fromkeys(day for day in (self.month_first, self.day_first) if day))

    @property
    def shows_order(self) -> bool | None:
        """Return True for a day like 13/1, False for one like 1/13, None for one that fits both orders."""
        return (
            self.month_first is None if len(self.days) == 1 and self.month_first != self.day_first else None
        )


def find_numeric_day(text: str) -> NumericDay | None:
    """Return the first day of numbers alone in a text, whose year has four digits; None without one."""
    if found := _YEAR_FIRST.search(text):
        day = _real_day(int(found[1]), int(found[3]), int(found[4]))
        return NumericDay(day, day, found[2] == ".", *found.span())
    found = _YEAR_LAST.search(text)
    return _in_either_order(found, int(found[4])) if found else None


def read_numeric_day(word: str) -> NumericDay | None:
    """Return the day that a whole word of numbers is: 2026/11/03, 20261103, 3.11.26; None for another word."""
    if compact := _COMPACT.fullmatch(word):
        day = _real_day(int(compact[1]), int(compact[2]), int(compact[3])) if not compact[4] else None
        return NumericDay(day, day, False, 0, len(word)) if day else None
    if short := _SHORT_YEAR_LAST.fullmatch(word):
        return _in_either_order(short, _century(short[4]))
    found = find_numeric_day(word)
    return found if found and (found.start, found.end) == (0, len(word)) else None


def _in_either_order(found: re.Match[str], year: int) -> NumericDay:
    first, second = int(found[1]), int(found[3])
    orders = _real_day(year, first, second), _real_day(year, second, first)
    return NumericDay(*orders, found[2] == ".", *found.span())


def parse_parts(text: str, language: str = "") -> DateParts | None:
    """Return the parts of a date; None when the text is none, or says anything besides one.

    `language` is the tag of the language whose names of months are tried first.
    """
    text = _normalise(text)
    return _parse_unix_time(text) or _parse_written(text, language)


def _normalise(text: str) -> str:
    text = unicodedata.normalize("NFKC", text[:MAX_DATE_LENGTH]).translate(str.maketrans("−–—‐", "----"))
    text = " ".join(text.replace("\u200e", "").replace("\u200f", "").split())
    text = _EAST_ASIAN_DAY.sub(r" \1-\2-\3 ", text)
    if compact := _COMPACT.match(text):
        year, month, day, hour, minute, second = compact.groups()
        clock = f" {hour}:{minute}:{second or '00'}" if hour else " "
        text = f"{year}-{month}-{day}{clock}{text[compact.end() :]}"
    return _EAST_ASIAN_TIME.sub(_western_time, text).strip()


def _western_time(match: re.Match[str]) -> str:
    word = match["half"] or match["half2"]
    half = (" PM" if word in _AFTERNOON else " AM") if word else ""
    return f" {match['hour']}:{match['minute']:0>2}{match['second'] or ''}{half} "


def _parse_unix_time(text: str) -> DateParts | None:
    found = _UNIX_TIME.fullmatch(text)
    if not found:
        return None
    moment = datetime.fromtimestamp(int(found[1]), UTC)
    return DateParts(((moment.year, moment.month, moment.day),), moment.time(), offset=timedelta())


def _parse_written(text: str, language: str) -> DateParts | None:
    comments = [part for pair in _COMMENT.findall(text) for part in pair if part]
    rest, parts = _take_time(_COMMENT.sub(" ", text))
    if parts.clock and parts.offset is None and parts.zone is None and comments:
        parts = replace(parts, zone=comments[0].strip())
    days, day_first, rest = _take_numeric_day(rest)
    weekday, days = _read_words(rest, days, language)
    return replace(parts, days=days, weekday=weekday, day_first=day_first) if days else None


def _take_time(text: str) -> tuple[str, DateParts]:
    """Return the text without the time in it and the zone behind that, and both as parts."""
    none = DateParts(())
    found = next((one for one in _TIME.finditer(text) if one["minute"] or one["half"]), None)
    if found is None:
        return text, none
    clock = _clock(found)
    if clock is None:
        return text, none
    end, offset, zone = found.end(), None, None
    if written := _OFFSET.match(text, end):
        offset, end = _offset(written), written.end()
        repeated = _ZONE.match(text, end)  # "+0530 IST"
        end = repeated.end() if repeated and is_zone_name(repeated[1]) else end
    elif (named := _ZONE.match(text, end)) and (is_zone_name(named[1]) or _looks_like_zone(named[1])):
        zone, end = named[1], named.end()
    rest = f"{text[: found.start()]} {text[end:]}"
    return rest, replace(none, clock=clock, next_day=found["hour"] == "24", offset=offset, zone=zone)


def _clock(found: re.Match[str]) -> time | None:
    """Return a time of `_TIME`; None when no clock shows it."""
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    half = (found["half"] or "").lower()
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour >= 12:
        hour = 0 if hour == 12 else 99
    if hour == 24 and not minute and not second:
        hour = 0
    microsecond = int((found["part"] or "0")[:6].ljust(6, "0"))
    try:
        return time(hour, minute, min(second, 59) if second == 60 else second, microsecond)
    except ValueError:
        return None


def _offset(written: re.Match[str]) -> timedelta | None:
    """Return an offset of `_OFFSET`; None when no place has it."""
    size = timedelta(hours=int(written[2]), minutes=int(written[3] or 0))
    return (size if written[1] == "+" else -size) if size <= timedelta(hours=14) else None


def _looks_like_zone(word: str) -> bool:
    named = read_names((word.casefold(),), "en")
    return word.isupper() and not (named and (named.month or named.weekday is not None))


def _take_numeric_day(text: str) -> tuple[Days, bool | None, str]:
    """Return the days that numbers alone may mean, their `day_first`, and the text left.

    Of two days the one with the month first stands first.
    """
    found = find_numeric_day(text)
    if found is None:
        return (), None, text
    rest = f"{text[: found.start]} {text[found.end :]}"
    if found.with_dots:
        return (found.day_first,) if found.day_first else (), None, rest
    return found.days, found.shows_order, rest


def _read_words(text: str, days: Days, language: str) -> tuple[int | None, Days]:
    """Return the weekday and the days of a text without its time; no days when there is more in it.

    `days` are those that were found already: then only a weekday may be left.
    """
    tokens = _TOKEN.findall(text)
    numbers = [token for token in tokens if token.isdecimal()]
    words = [token.casefold() for token in tokens if not token.isdecimal()]
    if len(numbers) != (0 if days else 2) or len(words) > MAX_WORDS:
        return None, ()
    named = read_names(words, language, needs_month=not days) if words else NamedParts(None, None)
    if named is None or (named.month is None) != bool(days):
        return None, ()
    others = len(words) - (named.month is not None) - (named.weekday is not None)
    if numbers and len(numbers[0]) == 4 and others:  # "1909 GMT (0309 HKT) November 18" has no year
        return None, ()
    return named.weekday, days or _day_of(numbers, named.month or 0)


def _day_of(numbers: list[str], month: int) -> Days:
    """Return the day of two numbers and a month: the year has four digits, or two and stands last."""
    first, second = numbers
    day, year = (second, first) if len(first) == 4 else (first, second)
    if len(day) > 2 or len(year) not in {2, 4}:
        return ()
    found = _real_day(int(year) if len(year) == 4 else _century(year), month, int(day))
    return (found,) if found else ()


def _century(year: str) -> int:
    return int(year) + (2000 if int(year) < 50 else 1900)  # RFC 5322, section 4.3


def _real_day(year: int, month: int, day: int) -> Day | None:
    """Return the day if a calendar has it."""
    with suppress(ValueError):
        date(year, month, day)
        return year, month, day
    return None
