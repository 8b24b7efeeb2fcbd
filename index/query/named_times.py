"""Times that are named directly: days and months of the calendar, weekdays, seasons, quarters, "last week"."""

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum

from index.query.calendar_stretches import (
    DAY,
    SEASON_MONTHS,
    UNITS,
    Grain,
    Stretch,
    around,
    last_weekday,
    latest_months,
    neighbour,
    of_month,
    weekday_by_name,
    weekdays_in,
)
from index.query.feast_days import FEASTS, MAX_FEAST_WORDS, feast_in_year
from index.query.numeric_dates import NoDate, read_date, read_day
from index.query.time_tokens import TimeToken, month_number, ordinal, unit_name, weekday_number, year_number

# Months and days that without a year name attacks, not days of this year: "January 6", "9/11".
ATTACK_DAYS = frozenset({(1, 6), (9, 11), (10, 7)})
LAST = frozenset({"last", "past", "previous"})
NEXT = frozenset({"next", "coming", "upcoming"})
DAY_PARTS = frozenset({"morning", "afternoon", "evening", "night"})
_MAX_DAY, _MAX_MONTH = 31, 12
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})[./](\d{4})")


class Kind(Enum):
    """How a date is named, which decides where it may stand."""

    BARE = "bare"  # a weekday, a month, a season, a year
    DATE = "date"  # a day of the calendar
    NOW = "now"  # counted from the reader's now
    ROLLING = "rolling"  # from some time ago until now


@dataclass(frozen=True, slots=True)
class Reading:
    """A date that was read: its stretch, the token behind it, and how it lies within a wider time, if it does."""

    stretch: Stretch
    end: int
    kind: Kind
    within: Callable[[Stretch], Stretch | None] | None = None


class NamedTimes:
    """Reads names of times in the tokens of one text.

    Methods take the place of a token, and return None where no such time begins.
    """

    def __init__(self, tokens: Sequence[TimeToken], now: datetime, *, day_first: bool | None) -> None:
        self._tokens = tokens
        self._now = now
        self._day_first = day_first

    def word(self, at: int) -> str:
        """Return the word at a place, "" beyond the ends."""
        return self._tokens[at].word if 0 <= at < len(self._tokens) else ""

    def words(self, at: int, *words: str) -> bool:
        """Return True if these words stand at a place."""
        return all(self.word(at + number) == word for number, word in enumerate(words))

    def named(self, at: int) -> Reading | None:
        """Return the time that is named at a place."""
        rules = (
            self._feast,
            self._today,
            self._last,
            self._next,
            self._numbers,
            self._weekday,
            self._day_of_month,
            self._month,
            self._rest,
        )
        found = next((reading for rule in rules if (reading := rule(at))), None)
        if found and found.stretch.grain is Grain.DAY and self.word(found.end) in DAY_PARTS:
            return replace(found, end=found.end + 1)
        return found

    def named_last(self, name: str, count: int) -> Stretch | None:
        """Return the last time of that name, or the one before it (`count` 2) ...: "last Friday", "last week"."""
        unit, now = unit_name(name), self._now
        if (weekday := weekday_number(name)) is not None:
            return neighbour(last_weekday(weekday, now), "week", 1 - count)
        if month := month_number(name) or month_number(name.removesuffix("s")):
            return neighbour(
                latest_months(month, 1, around(now, "month").start, over=True), "year", 1 - count
            )
        if month := SEASON_MONTHS.get(name.removesuffix("s")):
            return neighbour(latest_months(month, 3, now, over=True), "year", 1 - count)
        if unit == "weekend":
            back = timedelta(days=(now.weekday() - 5) % 7 or 7)
            return neighbour(around(now - back, "weekend"), "week", 1 - count)
        return neighbour(around(now, unit), unit, -count) if unit in UNITS else None

    def _today(self, at: int) -> Reading | None:
        """Read "today", "yesterday", "tomorrow", "last night", "this morning", "the weekend"."""
        word, behind = self.word(at), self.word(at + 1)
        if word in {"today", "tonight", "yesterday", "tomorrow"}:
            there = self._now + DAY * ((word == "tomorrow") - (word == "yesterday"))
            return Reading(around(there, "day"), at + 1, Kind.NOW)
        if word == "last" and behind == "night":
            return Reading(around(self._now - DAY, "day"), at + 2, Kind.NOW)
        if word == "this" and behind in DAY_PARTS:
            return Reading(around(self._now, "day"), at + 2, Kind.NOW)
        if word == "the" and behind == "weekend":
            last = self.named_last("weekend", 1)
            if last and self._now.weekday() == 5:  # Saturday: either may be meant
                last = replace(last, end=around(self._now, "weekend").end)
            return Reading(last, at + 2, Kind.NOW) if last else None
        return None

    def _last(self, at: int) -> Reading | None:
        """Read "last Friday", "last summer", "previous week", "this November"."""
        name = self.word(at + 1)
        if self.word(at) in LAST and unit_name(name) not in {"hour", "minute", "day", "night"}:
            stretch = self.named_last(name, 1) if not name.endswith("s") else None
            return Reading(stretch, at + 2, Kind.NOW) if stretch else None
        if self.word(at) != "this":
            return None
        this = self._this(name)
        return Reading(this, at + 2, Kind.NOW) if this else None

    def _this(self, name: str) -> Stretch | None:
        if (weekday := weekday_number(name)) is not None:
            return next(weekdays_in(around(self._now, "week"), weekday))
        if month := SEASON_MONTHS.get(name):
            return latest_months(month, 3, self._now)
        month = month_number(name)
        return of_month(self._now.year, month, 1, self._now) if month else None

    def _next(self, at: int) -> Reading | None:
        """Read "next Friday", "next month", "the coming year", "next May"."""
        at += self.word(at) == "the"
        name = self.word(at + 1)
        unit, end = unit_name(name), at + 2
        if self.word(at) not in NEXT or name.endswith("s"):
            return None
        if (
            weekday := weekday_number(name)
        ) is not None:  # that of this week or the next: either may be meant
            first = next(weekdays_in(Stretch(self._now + DAY, self._now + 8 * DAY, Grain.DAY), weekday))
            return Reading(replace(first, end=first.end + 7 * DAY), end, Kind.NOW)
        if month := month_number(name) or SEASON_MONTHS.get(name):
            last = latest_months(month, 3 if name in SEASON_MONTHS else 1, self._now)
            return Reading(neighbour(last, "year", 1), end, Kind.NOW)
        if unit not in UNITS - {"hour", "minute", "day", "night"}:
            return None
        start = "week" if unit == "weekend" else unit
        following = neighbour(around(self._now, start), start, 1)
        return Reading(replace(following, start=self._now) if unit == "weekend" else following, end, Kind.NOW)

    def feast_at(self, at: int) -> tuple[str, int] | None:
        """Return the feast that is named at a place, and the place behind it: "New Year's Eve"."""
        words: list[str] = []
        found = None
        while len(words) < MAX_FEAST_WORDS and self.word(at):
            word = self.word(at).replace("'", "")
            at += 1
            if word not in {"", "."}:  # "St. Patrick", "All Saints' Day"
                words.append("st" if word == "saint" else word)
                found = (" ".join(words), at) if " ".join(words) in FEASTS else found
        return found

    def _feast(self, at: int) -> Reading | None:
        """Read "Christmas", "Good Friday, 2025", "last Easter", "this Thanksgiving", "next Halloween"."""
        which = self.word(at) if self.word(at) in LAST | NEXT | {"this"} else ""
        found = self.feast_at(at + bool(which))
        if not found:
            return None
        name, end = found

        def in_year(year: int) -> Stretch:
            first, days = feast_in_year(name, year)
            stretch = self._on(first)
            return replace(stretch, end=neighbour(stretch, "day", days).start)

        def within(outer: Stretch) -> Stretch | None:
            years = map(in_year, (outer.start.year, outer.end.year))
            return next((one for one in years if outer.start <= one.start < outer.end), None)

        behind = end + (self.word(end) in {",", "of", "in"})
        if not which and (year := year_number(self.word(behind))):
            return Reading(in_year(year), behind + 1, Kind.DATE)
        near = [in_year(self._now.year + offset) for offset in (-1, 0, 1)]
        if which in NEXT:
            return Reading(next(one for one in near if one.start > self._now), end, Kind.NOW)
        if which == "this":
            return Reading(near[1], end, Kind.NOW)
        begun = [one for one in near if (one.end if which else one.start) <= self._now]
        return Reading(begun[-1], end, Kind.NOW if which else Kind.BARE, None if which else within)

    def _numbers(self, at: int) -> Reading | None:
        """Read "28.11.2025", "the 28/11/25", "20251128", "2026-W47", "2026-11", "11/2025"."""
        word = self.word(at)
        if word[4:6] == "-w" and word[:4].isdigit():
            return self._week(int(word[:4]), int(word[6:]), at + 1, Kind.DATE)
        if len(word) == 7 and word[4] == "-" and word[:2] in {"19", "20"} and word[5:].isdigit():
            return Reading(of_month(int(word[:4]), int(word[5:]), 1, self._now), at + 1, Kind.DATE)
        if match := _MONTH_AND_YEAR.fullmatch(word):
            return Reading(of_month(int(match[2]), int(match[1]), 1, self._now), at + 1, Kind.DATE)
        start = at + (word == "the")
        found = read_date(self.word(start), day_first=self._day_first)
        if isinstance(found, NoDate):
            return self._numbers_without_year(at)
        return Reading(self._on(found), start + 1, Kind.DATE)

    def _numbers_without_year(self, at: int) -> Reading | None:
        found = read_day(self.word(at), self._now.year, day_first=self._day_first)
        if isinstance(found, NoDate) or {(found.month, found.day), (found.day, found.month)} & ATTACK_DAYS:
            return None
        return self._in_some_year(found.day, found.month, at + 1)

    def _on(self, day: date) -> Stretch:
        return around(self._now.replace(year=day.year, month=day.month, day=day.day), "day")

    def _week(self, year: int, week: int, end: int, kind: Kind) -> Reading:
        monday = self._on(date.fromisocalendar(year, week, 1))
        return Reading(around(monday.start, "week"), end, kind)

    def _weekday(self, at: int) -> Reading | None:
        weekday = weekday_number(self.word(at)) if not self.word(at).endswith("s") else None
        if weekday is None:
            return None

        def within(outer: Stretch) -> Stretch | None:
            days = list(weekdays_in(outer, weekday))
            return days[0] if len(days) == 1 else None

        return Reading(weekday_by_name(weekday, self._now), at + 1, Kind.BARE, within)

    def day_number(self, at: int) -> int | None:
        """Return the day of a month that "5", "5th" or "fifth" names."""
        word = self.word(at)
        day = int(word) if word.isascii() and word.isdigit() and len(word) <= 2 else ordinal(word)
        return day if day and 0 < day <= _MAX_DAY else None

    def month_at(self, at: int) -> tuple[int, int] | None:
        """Return the month named at a place, and the place behind it and its full stop ("Nov. 5")."""
        month = month_number(self.word(at))
        if not month:
            return None
        stop = self.word(at + 1) == "." and len(self.word(at)) <= 4 and bool(self.word(at + 2))
        return month, at + 1 + stop

    def _day_of_month(self, at: int) -> Reading | None:
        """Read "5 November", "the 5th of November, 2024", "Nov. 5", "5-Nov-2026"."""
        start = at + (self.word(at) == "the")
        if day := self.day_number(start):
            month = self.month_at(start + 1 + (self.word(start + 1) in {"of", "-", "."}))
        elif month := self.month_at(at):
            day, month = self.day_number(month[1]), (month[0], month[1] + 1)
        if not day or not month:
            return None
        end = month[1] + (self.word(month[1]) in {",", "of", "-"})
        if year := year_number(self.word(end)):
            return Reading(self._on(date(year, month[0], day)), end + 1, Kind.DATE)
        if (month[0], day) in ATTACK_DAYS and self.word(end) not in LAST:
            return None
        return self._in_some_year(day, month[0], month[1])

    def _in_some_year(self, day: int, month: int, end: int) -> Reading | None:
        """Return a day without a year: the last one up to today, or that within a wider time."""

        def within(outer: Stretch) -> Stretch | None:
            for year in filter(has_day, {outer.start.year, outer.end.year}):
                stretch = self._on(date(year, month, day))
                if outer.start <= stretch.start < outer.end:
                    return stretch
            return None

        def has_day(year: int) -> bool:
            return day <= monthrange(year, month)[1]

        for year in filter(has_day, range(self._now.year, max(self._now.year - 8, 0), -1)):  # 29 February
            stretch = self._on(date(year, month, day))
            if stretch.start <= self._now:
                return Reading(stretch, end, Kind.DATE, within)
        return None

    def _month(self, at: int) -> Reading | None:
        """Read "November", "Feb. 2024", "November of 2024"."""
        found = self.month_at(at)
        if not found:
            return None
        return self._months(found[0], 1, at + 1, found[1], Kind.BARE)

    def _months(self, month: int, months: int, end: int, behind: int, kind: Kind) -> Reading:
        """Return so many months of the year that follows, or else the last time they began."""

        def within(outer: Stretch) -> Stretch | None:
            stretch = of_month(outer.start.year, month, months, self._now)
            return stretch if outer.start <= stretch.start < outer.end else None

        behind += self.word(behind) in {",", "of", "in", "/", "-"}
        if year := year_number(self.word(behind)):
            return Reading(of_month(year, month, months, self._now), behind + 1, Kind.DATE)
        return Reading(latest_months(month, months, self._now), end, kind, within)

    def _rest(self, at: int) -> Reading | None:
        """Read "the summer of 2025", "Q3 2026", "week 47 of 2026", "2024"."""
        word = self.word(at)
        if year := year_number(word) if word[:1] != "'" else None:
            whole = Reading(around(self._now.replace(year=year, month=1, day=1), "year"), at + 1, Kind.BARE)
            return self._part_of_year(whole, at + 1) or whole
        if word[:1] in {"q", "h"} and word[1:].isdigit():
            months = 3 if word[0] == "q" else 6
            first = 1 + months * (int(word[1:]) - 1)
            return self._months(first, months, at + 1, at + 1, Kind.DATE) if first <= _MAX_MONTH else None
        if word == "week" and self.word(at + 1).isdigit():
            behind = at + 2 + (self.word(at + 2) in {"of", "in", ","})
            named = year_number(self.word(behind))
            end = behind + 1 if named else at + 2
            return self._week(named or self._now.year, int(self.word(at + 1)), end, Kind.DATE)
        at += word == "the"
        if month := SEASON_MONTHS.get(self.word(at)):
            found = self._months(month, 3, at + 1, at + 1, Kind.BARE)
            if found.kind is Kind.DATE and self._ends_in_next_year(found):
                return replace(found, end=found.end + 2)
            return found if found.kind is Kind.DATE or self._is_season(at, found) else None
        return None

    def _part_of_year(self, year: Reading, at: int) -> Reading | None:
        """Read "2026 Q2": a quarter or half behind its year."""
        part = self._rest(at) if re.fullmatch("[qh][1-4]", self.word(at)) else None
        stretch = part.within(year.stretch) if part and part.within else None
        return Reading(stretch, at + 1, Kind.DATE) if stretch else None

    def _ends_in_next_year(self, season: Reading) -> bool:
        """Return True for the winter of "2025/26", of which the first year was read."""
        first, last = season.stretch.start.year, season.stretch.end.year
        behind = self.word(season.end + 1)
        return (
            last > first
            and self.word(season.end) in {"/", "-", "–"}
            and behind in {str(last), str(last)[-2:]}
        )

    def _is_season(self, at: int, found: Reading) -> bool:
        """Return True unless the word has another sense here: "after the fall", "springs"."""
        return self.word(at) != "fall" or self.word(found.end) in {"last", "of"}
