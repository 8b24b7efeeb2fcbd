"""Feasts and holidays that name a time: "at Christmas", "since Good Friday", "on Thanksgiving"."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

_MONDAY, _THURSDAY = 0, 3
MAX_FEAST_WORDS = 4  # "Martin Luther King Day"


class FeastDays(NamedTuple):
    """The first day of a feast in one year, and how many days it has."""

    first: date
    days: int


# Month and day, and how many days "at Christmas" means; judged.
_FIXED: Mapping[str, tuple[int, int, int]] = {
    "all hallows eve": (10, 31, 1),
    "all saints day": (11, 1, 1),
    "all souls day": (11, 2, 1),
    "april fools day": (4, 1, 1),
    "armistice day": (11, 11, 1),
    "bastille day": (7, 14, 1),
    "bonfire night": (11, 5, 1),
    "boxing day": (12, 26, 1),
    "christmas": (12, 24, 3),
    "christmas day": (12, 25, 1),
    "christmas eve": (12, 24, 1),
    "cinco de mayo": (5, 5, 1),
    "guy fawkes night": (11, 5, 1),
    "halloween": (10, 31, 1),
    "juneteenth": (6, 19, 1),
    "may day": (5, 1, 1),
    "new year": (1, 1, 1),
    "new years": (1, 1, 1),
    "new years day": (1, 1, 1),
    "new years eve": (12, 31, 1),
    "orthodox christmas": (1, 7, 1),
    "remembrance day": (11, 11, 1),
    "st georges day": (4, 23, 1),
    "st patricks day": (3, 17, 1),
    "st stephens day": (12, 26, 1),
    "st valentines day": (2, 14, 1),
    "twelfth night": (1, 5, 1),
    "valentines day": (2, 14, 1),
    "veterans day": (11, 11, 1),
    "xmas": (12, 24, 3),
}
# Days from Easter Sunday, and how many days there are.
_FROM_EASTER: Mapping[str, tuple[int, int]] = {
    "ascension day": (39, 1),
    "ash wednesday": (-46, 1),
    "easter": (-2, 4),
    "easter day": (0, 1),
    "easter monday": (1, 1),
    "easter sunday": (0, 1),
    "easter weekend": (-2, 4),
    "good friday": (-2, 1),
    "holy saturday": (-1, 1),
    "holy thursday": (-3, 1),
    "holy week": (-7, 7),
    "maundy thursday": (-3, 1),
    "orthodox easter": (-2, 4),
    "palm sunday": (-7, 1),
    "pentecost": (49, 2),
    "pentecost monday": (50, 1),
    "pentecost sunday": (49, 1),
    "shrove tuesday": (-47, 1),
    "whit monday": (50, 1),
    "whit sunday": (49, 1),
    "whitsun": (49, 2),
}
# Holidays of the United States: month, weekday, which of the month (-1: the last), and how many days.
_WEEKDAYS: Mapping[str, tuple[int, int, int, int]] = {
    "columbus day": (10, _MONDAY, 2, 1),
    "labor day": (9, _MONDAY, 1, 1),
    "martin luther king day": (1, _MONDAY, 3, 1),
    "memorial day": (5, _MONDAY, -1, 1),
    "mlk day": (1, _MONDAY, 3, 1),
    "presidents day": (2, _MONDAY, 3, 1),
    "thanksgiving": (11, _THURSDAY, 4, 1),
    "thanksgiving day": (11, _THURSDAY, 4, 1),
    "thanksgiving weekend": (11, _THURSDAY, 4, 4),
}
FEASTS = frozenset({*_FIXED, *_FROM_EASTER, *_WEEKDAYS})


def feast_in_year(name: str, year: int) -> FeastDays:
    """Return when one of FEASTS is in a year. Raise ValueError for a year without it (Easter is known from 1583 on)."""
    if name in _FIXED:
        month, day, days = _FIXED[name]
        return FeastDays(date(year, month, day), days)
    if name in _FROM_EASTER:
        offset, days = _FROM_EASTER[name]
        sunday = easter(year, EASTER_ORTHODOX if name == "orthodox easter" else EASTER_WESTERN)
        return FeastDays(sunday + timedelta(days=offset), days)
    month, weekday, which, days = _WEEKDAYS[name]
    first = date(year, month + (which < 0), 1)
    ahead = (weekday - first.weekday()) % 7 + 7 * (which if which < 0 else which - 1)
    return FeastDays(first + timedelta(days=ahead), days)
