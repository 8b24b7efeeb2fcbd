"""Lengths of time in words: "two weeks", "a year and a half", "a few days", and the time since so long ago."""

from dataclasses import dataclass, replace
from datetime import datetime

from index.query.calendar_stretches import UNITS, Stretch, around, moved
from index.query.named_times import Kind, NamedTimes, Reading
from index.query.time_tokens import COUNTS, VAGUE_COUNTS, unit_name


@dataclass(frozen=True, slots=True)
class Amount:
    """A length of time: so many units, from `TimeAmounts.amount`; `unit` is the smallest, `end` the token behind."""

    parts: tuple[tuple[float, str], ...]
    vague: bool
    end: int

    @property
    def unit(self) -> str:
        """Return the smallest unit."""
        return self.parts[-1][1]

    def moved(self, moment: datetime, sign: int) -> datetime:
        """Return the moment so much later, or before it for a `sign` of -1."""
        for count, unit in self.parts:
            moment = moved(moment, unit, sign * count)
        return moment

    def shifted(self, stretch: Stretch, sign: int) -> Stretch:
        """Return the stretch so much later, or before it for a `sign` of -1."""
        return replace(stretch, start=self.moved(stretch.start, sign), end=self.moved(stretch.end, sign))


class TimeAmounts(NamedTimes):
    """Reads lengths of time in the tokens of one text; see `NamedTimes`."""

    def amount(self, at: int) -> Amount | None:
        """Read a length of time: "two weeks", "a year and a half", "a few days"."""
        parts: list[tuple[float, str]] = []
        vague, end = False, at
        while counted := self.count(at):
            count, is_vague, at = counted
            unit = unit_name(self.word(at))
            if unit not in UNITS:
                break
            at += 1
            if self.words(at, "and", "a", "half"):
                count, at = count + 0.5, at + 3
            parts.append((count, unit))
            vague, end = vague or is_vague, at
            at += self.word(at) in {"and", ","}
        return Amount(tuple(parts), vague, end) if parts else None

    def count(self, at: int) -> tuple[float, bool, int] | None:
        """Return a number, whether it is vague, and the place behind it: "a few", "two and a half", "12"."""
        word = self.word(at)
        if word == "a" and self.word(at + 1) in VAGUE_COUNTS:
            at, word = at + 1, self.word(at + 1)
        if word in VAGUE_COUNTS:
            return VAGUE_COUNTS[word], True, at + 1 + (self.word(at + 1) == "of")
        if word == "half" and self.word(at + 1) in {"a", "an"}:
            return 0.5, False, at + 2
        number = COUNTS.get(word) or (
            float(word) if word.isascii() and word.isdigit() and len(word) <= 3 else None
        )
        if not number:
            return None
        half = self.words(at + 1, "and", "a", "half") and unit_name(self.word(at + 4)) in UNITS
        return number + 0.5 * half, False, at + 1 + 3 * half

    def since(self, amount: Amount) -> Reading:
        """Return the time from so long ago until now."""
        start = amount.moved(self._now, -1)
        stretch = Stretch(start, self._now, around(start, amount.unit).grain)
        return Reading(stretch, amount.end, Kind.ROLLING)

    def after(self, amount: Amount) -> Reading:
        """Return the calendar's unit in which so long from now lies: "in two weeks"."""
        unit = amount.unit if amount.unit in UNITS - {"hour", "minute"} else "day"
        return Reading(around(amount.moved(self._now, 1), unit), amount.end, Kind.NOW)
