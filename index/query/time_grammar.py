"""A grammar of dates in English: "the second week of last November", "a year ago today", "two Fridays ago".

A date is read whole or not at all. Its parts know how they lie within a wider time ("the 15th" within "last
month"), and what counts from a day counts from the whole date behind it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from index.query.calendar_stretches import (
    DAY,
    SEASON_MONTHS,
    UNITS,
    WEEK,
    Grain,
    Stretch,
    around,
    moved,
    neighbour,
    numbered_parts,
    part_of,
    weekdays_in,
)
from index.query.named_times import DAY_PARTS, LAST, Kind, Reading
from index.query.time_amounts import Amount, TimeAmounts
from index.query.time_tokens import (
    TimeToken,
    month_number,
    ordinal,
    unit_name,
    weekday_number,
    year_number,
)

_MAX_PARTS = 400  # of a stretch that are counted: a year has 366 days
_SATURDAY = 5  # as `datetime.weekday` counts
_LONGEST_DAY = timedelta(hours=26)  # where the clock is put back, with room
_MAX_DEPTH = 6  # dates within dates that are read; judged
_PARTS = {"early": "early", "earlier": "early", "mid": "mid", "late": "late", "later": "late"}
_PARTS_OF = {"beginning": "early", "start": "early", "middle": "mid", "end": "late", "close": "late"}
_BACK = frozenset({"before", "preceding"})
_SIDES = frozenset({*_BACK, "after", "following"})
# How far "this time last year" reaches to each side; judged.
_SAME_TIME = {"year": WEEK, "decade": WEEK, "half": WEEK, "quarter": 3 * DAY, "month": 3 * DAY}


class TimeGrammar(TimeAmounts):
    """Reads whole dates in the tokens of one text; see `NamedTimes`."""

    def __init__(self, tokens: Sequence[TimeToken], now: datetime, *, day_first: bool | None) -> None:
        """Read dates relative to `now`; `day_first` is as for `read_date`."""
        super().__init__(tokens, now, day_first=day_first)
        self._read: dict[int, Reading | None] = {}
        self._depth = 0

    def date(self, at: int) -> Reading | None:
        """Return the longest date that begins at a place."""
        if at in self._read:
            return self._read[at]
        if self._depth >= _MAX_DEPTH:
            self._read[at] = None  # else the work would grow with every depth
            return None
        self._depth += 1
        try:
            self._read[at] = self._date(at)
        except (ValueError, OverflowError):  # the ends of the calendar
            self._read[at] = None
        finally:
            self._depth -= 1
        return self._read[at]

    def _date(self, at: int) -> Reading | None:
        rules = (
            self._same_time,
            self._part,
            self._beside,
            self._around_day,
            self._ago,
            self._numbered,
            self._rolling,
            self.named,
        )
        found = next((reading for rule in rules if (reading := rule(at))), None)
        return self._narrowed(found) if found else None

    def _narrowed(self, found: Reading) -> Reading:
        """Return a date with the wider or narrower time behind it: "November last year", "last week on Friday"."""
        at = found.end
        joint = self.word(at) in {",", "of", "in", "on", "from"}
        behind = self.wider_date(at + joint) if self.word(at + joint) else None
        if not behind or found.kind is Kind.ROLLING or behind.kind is Kind.ROLLING:
            return found
        if found.within and _length(behind.stretch) >= _length(found.stretch):
            stretch = found.within(behind.stretch)
            return replace(behind, stretch=stretch, within=None) if stretch else found
        if behind.within and found.kind is Kind.NOW and _length(found.stretch) > _length(behind.stretch):
            stretch = behind.within(found.stretch)
            return Reading(stretch, behind.end, Kind.NOW) if stretch else found
        return found

    def next_of_name(self, reading: Reading) -> Reading:
        """Return what a name like "Friday", "5 May" or "Christmas" next means from now on, itself where it says which."""
        if reading.within is None or reading.stretch.end > self._now:
            return reading
        for unit in ("week", "month", "year"):
            for count in (0, 1):
                stretch = reading.within(neighbour(around(self._now, unit), unit, count))
                if stretch and stretch.end > self._now:
                    return replace(reading, stretch=stretch)
        return reading

    def wider_date(self, at: int) -> Reading | None:
        """Return the date at a place, where also "this month" and "the year" are times."""
        unit = unit_name(self.word(at + 1))
        if (
            self.word(at) in {"this", "the"}
            and unit in UNITS
            and self.word(at + 2) not in {"before", "after"}
        ):
            return Reading(around(self._now, unit), at + 2, Kind.NOW)
        return self.date(at)

    def _same_time(self, at: int) -> Reading | None:
        """Read "this time last year", "this week a year ago", "today last month", "last year on this day"."""
        if self.word(at) in LAST:
            shift = self._shift(at)
            same = self._same(shift.end + (self.word(shift.end) in {"at", "on", "in"})) if shift else None
            end = same[1] if same else at
        else:
            same = self._same(at)
            in_year = same and self.word(same[1]) == "in" and year_number(self.word(same[1] + 1))
            shift = self._shift(same[1] + bool(in_year)) if same else None
            end = shift.end if shift else at
        if not same or not shift:
            return None
        what, unit = same[0], unit_name(same[0])
        there = shift.moved(self._now - DAY * (what == "yesterday"), -1)
        stretch = around(there, unit if unit in UNITS else "day")
        if what == "time":
            reach = _SAME_TIME.get(shift.unit, timedelta(0))
            stretch = replace(stretch, start=stretch.start - reach, end=stretch.end + reach)
        return Reading(stretch, end, Kind.NOW)

    def _same(self, at: int) -> tuple[str, int] | None:
        """Return what "this time", "the same week" or "today" names of the present, and the place behind it."""
        word = self.word(at)
        if word in {"today", "yesterday"}:
            return word, at + 1
        if word != "this" and not (word in {"the", "same"} and "same" in {word, self.word(at + 1)}):
            return None
        at += 1 + (word == "the")
        what = self.word(at)
        return (what, at + 1) if what in {"time", "date"} or unit_name(what) in UNITS else None

    def _shift(self, at: int) -> Amount | None:
        """Return how far back "last year", "a year ago", "the year before last" or "2024" lies."""
        unit = unit_name(self.word(at + 1))
        if self.word(at) in LAST and unit in UNITS:
            return Amount(((1, unit),), vague=False, end=at + 2)
        if self.word(at) == "yesterday":
            return Amount(((1, "day"),), vague=False, end=at + 1)
        if self.word(at) == "the" and unit in UNITS and self.words(at + 2, "before", "last"):
            return Amount(((2, unit),), vague=False, end=at + 4)
        if year := year_number(self.word(at)):
            return Amount(((self._now.year - year, "year"),), vague=False, end=at + 1)
        amount = self.amount(at)
        if amount and not amount.vague and self.word(amount.end) in {"ago", "earlier", "back"}:
            return replace(amount, end=amount.end + 1)
        return None

    def _part(self, at: int) -> Reading | None:
        """Read "early last year", "mid-November", "the end of October", "earlier this week"."""
        the = self.word(at) == "the"
        at += the
        if not the and (part := _PARTS.get(self.word(at))):
            at += 1 + (self.word(at + 1) in {"-", "in"})
        elif (part := _PARTS_OF.get(self.word(at))) and self.word(at + 1) == "of":
            at += 2
        else:
            return None
        whole = self.wider_date(at)
        if not whole or whole.kind is Kind.ROLLING:
            return None
        if self.word(at - 1) == "earlier" and whole.stretch.start <= self._now < whole.stretch.end:
            return whole  # "earlier this month" has no end yet
        kind = Kind.DATE if whole.kind is Kind.BARE else whole.kind  # no name: "mid-2025", "late May"
        return replace(
            whole, stretch=part_of(whole.stretch, part), kind=kind, within=_part_within(whole, part)
        )

    def _beside(self, at: int) -> Reading | None:
        """Read "the day before last Friday", "the week before last", "two days after 5 November"."""
        amount = self.amount(at)
        if amount and self.word(amount.end) in _SIDES:
            sign = -1 if self.word(amount.end) in _BACK else 1
            there = self.date(amount.end + 1)
            if not there or there.kind is Kind.ROLLING or amount.vague:
                return None
            return replace(there, stretch=amount.shifted(there.stretch, sign), within=None)
        at += self.word(at) == "the"
        name, side = self.word(at), self.word(at + 1)
        if side not in _SIDES or not self._is_name(name):
            return None
        beside = self._beside_date(at)
        if beside or not self.words(at + 1, "before", "last"):
            return beside
        before_last = self.named_last(name, 2)
        return Reading(before_last, at + 3, Kind.NOW) if before_last else None

    def _around_day(self, at: int) -> Reading | None:
        """Read "the week of 9 November", "the evening of 3 May", "the eve of the 5th of June"."""
        at += self.word(at) == "the"
        unit = "day" if self.word(at) in DAY_PARTS else self.word(at)
        if unit not in UNITS | {"eve"} or self.word(at + 1) != "of":
            return None
        there = self.date(at + 2)
        if not there or there.kind is Kind.ROLLING or there.stretch.end - there.stretch.start > _LONGEST_DAY:
            return None
        day = there.stretch.start
        if unit == "weekend" and day.weekday() < _SATURDAY:
            day += DAY * (_SATURDAY - day.weekday())
        stretch = around(day - DAY * (unit == "eve"), "day" if unit == "eve" else unit)
        return replace(there, stretch=stretch, within=None)

    def _beside_date(self, at: int) -> Reading | None:
        name, sign = self.word(at), -1 if self.word(at + 1) in _BACK else 1
        there = self.date(at + 2)
        if not there or there.kind is Kind.ROLLING:
            return None
        edge = there.stretch.start if sign < 0 else there.stretch.end - DAY
        weekday, unit = weekday_number(name), unit_name(name)
        if weekday is not None:
            days = (edge.weekday() - weekday) * -sign % 7 or 7
            return replace(there, stretch=around(edge + sign * days * DAY, "day"), within=None)
        if unit not in UNITS:
            return None
        return replace(there, stretch=neighbour(around(edge, unit), unit, sign), within=None)

    def _is_name(self, word: str) -> bool:
        """Return True for a word that names a time: a unit, a weekday, a month, a season."""
        return (
            unit_name(word) in UNITS
            or weekday_number(word) is not None
            or (month_number(word) or month_number(word.removesuffix("s"))) is not None
            or word.removesuffix("s") in SEASON_MONTHS
        )

    def _ago(self, at: int) -> Reading | None:
        """Read "three weeks ago", "two Fridays ago", "a year ago today", "a week ago on Friday"."""
        counted = self.count(at)
        if counted and self.word(counted[2] + 1) == "ago" and not counted[1] and counted[0] >= 1:
            name = self.word(counted[2])
            if self._is_name(name) and unit_name(name) not in UNITS:
                stretch = self.named_last(name, int(counted[0]))
                return Reading(stretch, counted[2] + 2, Kind.NOW) if stretch else None
        amount = self.amount(at)
        if not amount or self.word(amount.end) != "ago":
            return None
        end = amount.end + 1
        there = amount.moved(self._now, -1)
        if self.word(end) == "tomorrow":
            return Reading(around(amount.moved(self._now + DAY, -1), "day"), end + 1, Kind.NOW)
        anchor = self.date(end + (self.word(end) == "on"))
        if anchor and anchor.kind is not Kind.ROLLING and not amount.vague:
            within = anchor.within(around(there, amount.unit)) if anchor.within and _is_year(amount) else None
            return Reading(within or amount.shifted(anchor.stretch, -1), anchor.end, Kind.NOW)
        unit = unit_name(self.word(end + 1))
        if self.word(end) == "this" and unit in UNITS:
            return Reading(around(there, unit), end + 2, Kind.NOW)
        if self.words(end, "to", "the", "day"):
            return Reading(around(there, "day"), end + 3, Kind.NOW)
        if amount.vague:
            return replace(self.since(amount), end=end)
        unit = "month" if amount.unit == "year" and amount.parts[-1][0] % 1 else amount.unit
        return Reading(around(there, unit), end, Kind.NOW)

    def _rolling(self, at: int) -> Reading | None:
        """Read "the past two weeks", "last 3 days", "this past month", "the last two Fridays": until now."""
        start = at
        at += self.word(at) in {"the", "this"}
        if self.word(at) not in LAST:
            return None
        amount = self.amount(at + 1)
        unit = unit_name(self.word(at + 1))
        if not amount and unit in UNITS and unit != "weekend" and (at > start or self.word(at) == "past"):
            amount = Amount(((1, unit),), vague=False, end=at + 2)
        return self.since(amount) if amount else self._rolling_names(at + 1)

    def _rolling_names(self, at: int) -> Reading | None:
        """Read "two Fridays", "three summers" behind "the last": since the first of them."""
        counted = self.count(at)
        name = self.word(counted[2]) if counted else ""
        if not counted or not name.endswith("s") or not self._is_name(name) or counted[0] < 1:
            return None
        first = self.named_last(name, int(counted[0]))
        stretch = replace(first, end=self._now) if first else None
        return Reading(stretch, counted[2] + 1, Kind.ROLLING) if stretch else None

    def _numbered(self, at: int) -> Reading | None:
        """Read "the 15th of last month", "the second week of November", "the last two days of 2025"."""
        at += self.word(at) == "the"
        position = self._position(at)
        if position is None:
            return None
        number, at = position
        amount = self.amount(at)
        name = amount.unit if amount else self.word(at)
        is_named = unit_name(name) in UNITS - {"hour", "minute"} or weekday_number(name) is not None
        end = amount.end if amount else at + is_named

        def within(outer: Stretch) -> Stretch | None:
            return _pick(outer, number, name if is_named else "day", int(amount.parts[0][0]) if amount else 1)

        behind = self.wider_date(end + 1) if self.word(end) in {"of", "in"} else None
        if behind and not is_named and behind.stretch.grain is not Grain.MONTH:
            return None
        if behind and behind.kind is not Kind.ROLLING:
            stretch = within(behind.stretch)
            kind = Kind.DATE if behind.kind is Kind.BARE else behind.kind
            return replace(behind, stretch=stretch, kind=kind, within=None) if stretch else None
        if self.word(end) == "of":
            return None
        return self._numbered_alone(number, name if is_named else "", end, within)

    def _position(self, at: int) -> tuple[int, int] | None:
        """Return a place in an order, from its end for a negative number, and the token behind it."""
        number = ordinal(self.word(at))
        for dashed in ("-", ""):  # "second-to-last" and "second to last"
            words = [word for word in (dashed, "to", dashed, "last") if word]
            if number is not None and self.words(at + 1, *words):
                return -number, at + 1 + len(words)
        if self.words(at, "last", "but", "one"):
            return -2, at + 3
        if self.word(at) == "penultimate":
            return -2, at + 1
        return (number, at + 1) if number is not None else None

    def _numbered_alone(
        self, number: int, name: str, end: int, within: Callable[[Stretch], Stretch | None]
    ) -> Reading | None:
        """Read "the third quarter" and "the 15th", of the year or month in which they were last."""
        outer = {"quarter": "year", "half": "year", "": "month"}.get(name)
        if number < 1 or outer is None:
            return None
        for back in range(3):  # three months in a row have one with a 31st
            stretch = within(neighbour(around(self._now, outer), outer, -back))
            if stretch and stretch.start <= self._now:
                return Reading(stretch, end, Kind.BARE, within)
        return None


def _pick(outer: Stretch, number: int, name: str, count: int) -> Stretch | None:
    """Return `count` units or weekdays of a stretch, from the `number`th on; the last ones for -1, one for -2."""
    weekday, unit = weekday_number(name), unit_name(name)
    if unit == "half" and number in {1, -1, 2}:
        return part_of(outer, "early" if number == 1 else "late")
    inner = weekdays_in(outer, weekday) if weekday is not None else numbered_parts(outer, unit)
    parts = list(islice(inner, _MAX_PARTS))
    if len(parts) < max(2, number + count - 1, -number):
        return None
    if number < -1:
        return parts[number]
    if number < 0:
        last = parts[-1].end
        start = moved(last, unit, -count) if weekday is None else parts[-count].start
        return replace(parts[-1], start=start)
    return replace(parts[number - 1], end=parts[number + count - 2].end)


def _length(stretch: Stretch) -> timedelta:
    return DAY if stretch.repeated else stretch.end - stretch.start


def _part_within(whole: Reading, part: str) -> Callable[[Stretch], Stretch | None] | None:
    """Return how a part lies within a wider time: where the whole does."""
    whole_within = whole.within
    if whole_within is None:
        return None

    def within(outer: Stretch) -> Stretch | None:
        stretch = whole_within(outer)
        return part_of(stretch, part) if stretch else None

    return within


def _is_year(amount: Amount) -> bool:
    return amount.unit in {"year", "decade"}
