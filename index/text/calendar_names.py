"""What the words of a date name: its month and its weekday, in English or in a language that CLDR knows."""

from calendar import day_name, month_name
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import NamedTuple

# Languages that are tried where a source does not say its own; judged: those that have most news. A word that is
# two months in two of them ("listopad") then names none.
LANGUAGES = (
    *(
        "de",
        "fr",
        "es",
        "pt",
        "it",
        "nl",
        "sv",
        "da",
        "fi",
        "pl",
        "cs",
        "hu",
        "ro",
        "hr",
        "el",
        "tr",
        "uk",
        "ru",
    ),
    *("id", "ca"),
)
MIN_NAME_LENGTH = 3  # letters of a short form: "Nov", "Thurs"
MAX_FILLER_LENGTH = 3  # letters of "at", "um", "de", "th": a longer word that is no name says something else


class NamedParts(NamedTuple):
    """What the words of a date name: the month, 1 to 12, and the weekday, Monday's 0; None where none does."""

    month: int | None
    weekday: int | None


def read_names(words: Sequence[str], language: str = "", *, needs_month: bool = False) -> NamedParts | None:
    """Return what words in small letters name; None when they say anything else, or no month that is needed.

    `language` is the tag of their language; without one they are read in those that are tried, and are none
    when these disagree.
    """
    english = _read(words, _english_months(), _english_weekdays())
    if english and (english.month or not needs_month):
        return english
    own = language.replace("_", "-").partition("-")[0].lower()
    tried = () if own == "en" else (own,) if own else LANGUAGES
    readings = [_read(words, _months(one), _weekdays(one)) for one in tried]
    found = [one for one in readings if one and (one.month or not needs_month)]
    most = max((_number_named(one) for one in found), default=0)
    best = [one for one in found if _number_named(one) == most]
    return best[0] if len({one.month for one in best}) == 1 else None


def _number_named(parts: NamedParts) -> int:
    return (parts.month is not None) + (parts.weekday is not None)


def _read(words: Sequence[str], months: Mapping[str, int], weekdays: Mapping[str, int]) -> NamedParts | None:
    """Return what words name in one language; None when they name two months or hold a word that is no name."""
    if any(len(word) > MAX_FILLER_LENGTH and word not in months and word not in weekdays for word in words):
        return None
    as_months = [word for word in words if word in months]
    as_weekdays = [word for word in words if word in weekdays and (word not in months or len(as_months) > 1)]
    if len(as_months) > 1 and as_weekdays:  # "mar. 10 nov.": a Tuesday in November
        with suppress(ValueError):
            as_months.remove(as_weekdays[0])
    if len(as_months) > 1:
        return None
    return NamedParts(
        months[as_months[0]] if as_months else None, weekdays[as_weekdays[0]] if as_weekdays else None
    )


@cache
def _english_months() -> dict[str, int]:
    return _prefixes(month_name[1:], 1)


@cache
def _english_weekdays() -> dict[str, int]:
    return _prefixes(day_name, 0)


def _prefixes(names: Iterable[str], first: int) -> dict[str, int]:
    """Return the number of each name by all its beginnings that may stand for it: "sep", "sept", "september"."""
    return {
        name.lower()[:length]: number
        for number, name in enumerate(names, first)
        for length in range(MIN_NAME_LENGTH, len(name) + 1)
    }


@cache
def _months(language: str) -> dict[str, int]:
    """Return the numbers of a language's months by their names, long and short."""
    from babel.dates import get_month_names  # takes as long to load as a hundred dates to read

    return _names(language, get_month_names)


@cache
def _weekdays(language: str) -> dict[str, int]:
    """Return the numbers of a language's weekdays by their names, long and short."""
    from babel.dates import get_day_names

    return _names(language, get_day_names)


def _names(language: str, names_of: Callable[..., Mapping[int, str]]) -> dict[str, int]:
    from babel.core import UnknownLocaleError

    forms = [(width, context) for width in ("wide", "abbreviated") for context in ("format", "stand-alone")]
    try:
        return {
            name.casefold().strip("."): number
            for width, context in forms
            for number, name in names_of(width, context, language).items()
        }
    except (UnknownLocaleError, ValueError):
        return {}
