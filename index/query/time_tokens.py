"""The words of a question as a reader of times needs them: with their places, and what they count or name."""

import re
from calendar import day_name, month_name
from collections.abc import Mapping
from typing import NamedTuple

from index.articles import Span

_NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
# Names in the calendar's order, which is their value.
_WEEKDAYS = tuple(name.lower() for name in day_name)
_MONTHS = tuple(name.lower() for name in month_name[1:])
_SHORT_MONTH = 3  # letters that tell one month from another; "Sept" has four
COUNTS: Mapping[str, float] = {
    "a": 1, "an": 1, "half a": 0.5, "half an": 0.5, "dozen": 12,
    **{word: number for number, word in enumerate(_NUMBERS) if number},
}  # fmt: skip
# What vague counts mean at most, as a filter must not leave out too much; judged.
VAGUE_COUNTS: Mapping[str, float] = {"few": 5, "several": 7, "couple": 3, "some": 5, "couple of": 3}
ORDINALS: Mapping[str, int] = {
    **{word: number for number, word in enumerate(_ORDINALS) if number},
    **{f"twenty-{word}": 20 + number for number, word in enumerate(_ORDINALS[:10]) if number},
    "thirtieth": 30,
    "thirty-first": 31,
}
_UNIT_FORMS = {
    "hr": "hour",
    "min": "minute",
    "wk": "week",
    "mo": "month",
    "yr": "year",
    "centurie": "century",
}
_TOKEN = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\.?(?![\w/-])"  # "28.11.2025"
    r"|\d{1,2}\. \d{1,2}\. (?:19|20)\d\d(?![\w/-])"  # "28. 11. 2025"
    r"|(?:0?[1-9]|1[0-2])[./](?:19|20)\d\d(?![\w./-])"  # "11/2025"
    r"|\d{4}-w\d{1,2}\b|\d{4}-(?:0[1-9]|1[0-2])(?![\w-])|\d{1,2}[./]\d{1,2}\.?(?![\w/%])"  # "2026-W47", "2026-11", "3/11"
    r"|\d{1,2}(?:st|nd|rd|th)\b|[qh][1-4]\b|['’]\d\d\b|\d+(?:\.\d+)?"
    r"|[^\W\d_]+(?:-first|-second|-third|-fourth|-fifth|-sixth|-seventh|-eighth|-ninth)?(?:['’][^\W\d_]+)?|\S",
    re.IGNORECASE,
)


class TimeToken(NamedTuple):
    """A word, number or mark: in lower case, as written, and where."""

    word: str
    written: str
    span: Span


def tokenize(text: str) -> list[TimeToken]:
    """Return the tokens of a text; a date in numbers is one of them."""
    return [
        TimeToken(
            match[0].lower().replace("’", "'").replace(" ", "").removesuffix("."),
            match[0],
            Span(match.start(), match.end()),
        )
        if len(match[0]) > 1
        else TimeToken(match[0].lower(), match[0], Span(match.start(), match.end()))
        for match in _TOKEN.finditer(text)
    ]


def weekday_number(word: str) -> int | None:
    """Return 0 for "Monday" to 6 for "Sunday", also in the plural; None for another word."""
    word = word.removesuffix("s")
    return _WEEKDAYS.index(word) if word in _WEEKDAYS else None


def month_number(word: str) -> int | None:
    """Return 1 for "January" or "Jan" to 12; None for another word."""
    for number, name in enumerate(_MONTHS, 1):
        if word == name or (word == "sept" and name == "september"):
            return number
        if len(word) == _SHORT_MONTH and name.startswith(word):
            return number
    return None


def ordinal(word: str) -> int | None:
    """Return the number of "third", "3rd" or "twenty-first"; -1 for "last"; None for another word."""
    if word in {"last", "final"}:
        return -1
    if match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", word):
        return int(match[1])
    return ORDINALS.get(word)


def unit_name(word: str) -> str:
    """Return the singular of a unit of time: "weeks" and "wks" are "week"."""
    bare = word.removesuffix("s")
    return _UNIT_FORMS.get(bare, bare)


def year_number(word: str) -> int | None:
    """Return the year of "2024" or "'24"; None for another word."""
    if re.fullmatch(r"(?:19|20)\d\d", word):
        return int(word)
    return 2000 + int(word[1:]) if re.fullmatch(r"'\d\d", word) else None
