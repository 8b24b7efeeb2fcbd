"""Every fixed text a person sees, in their language: one Project Fluent catalogue (`xx.ftl`) for each.

Plain text, for Discord and for the terminal alike. Names, outlets and questions go in as they are: whoever
shows a text makes it safe for its medium.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from functools import cache
from importlib.resources import files

from babel import Locale, UnknownLocaleError
from babel.dates import format_interval, format_skeleton
from babel.lists import format_list
from fluent.runtime import FluentBundle, FluentResource

LANGUAGES = ("en", "de", "fr", "es", "pt", "uk")
_REGIONS = {"en": "en_GB", "pt": "pt_BR"}  # whose way of writing dates and lists is taken
_DATE_SKELETON = "yMMMd"
# "1 – 7 Nov" as newer versions of the Unicode locale data write it: two bare numbers need no spaces.
_BARE_DAY = re.compile(r"^(\d{1,2}\.?)\N{THIN SPACE}–\N{THIN SPACE}")
_MAX_VALUE_LENGTH = 2400  # characters of one value: below fluent.runtime's limit of 2,500
_MAX_NAMES = 3  # in one line, judged; the rest are counted

Value = str | int | datetime | Sequence[str]


def writes_day_first(locale: str | None) -> bool | None:
    """Return whether people of a locale ("en-GB") write 3.11. or 3/11 for the third of November.

    None where they write the year first, or where the locale is not known: then such numbers may mean either.
    """
    try:
        pattern = str(Locale.parse(locale or "", sep="-").date_formats["short"].pattern).casefold()
    except (UnknownLocaleError, ValueError):
        return None
    return None if pattern.startswith("y") else pattern.index("d") < pattern.index("m")


class Texts:
    """The fixed texts in one language, and its way of writing dates, numbers and lists."""

    def __init__(self, language: str) -> None:
        """Take one of LANGUAGES."""
        self.language = language
        self._region = _REGIONS.get(language, language)

    def __call__(self, key: str, /, **values: Value) -> str:
        """Return a text with its values in place: days in UTC, lists of at most three names.

        Raise KeyError for a text, or a value of it, that is not there.
        """
        bundle = _bundle(self.language)
        pattern = bundle.get_message(key).value
        if pattern is None:
            raise KeyError(key)
        text, faults = bundle.format_pattern(
            pattern, {name: self._value(value) for name, value in values.items()}
        )
        if faults:
            raise KeyError(f"{key}: {faults[0]}")
        return str(text)

    def has(self, key: str) -> bool:
        """Return True if there is such a text."""
        return _bundle(self.language).has_message(key)

    def names(self, all_of_them: Sequence[str]) -> str:
        """List names once each, at most three: `A`, `A and B`, `A, B, C and 2 more`."""
        unique = list(dict.fromkeys(all_of_them))
        shown, rest = unique[:_MAX_NAMES], len(unique) - _MAX_NAMES
        if rest > 0:
            shown.append(self("more-names", number=rest))
        return format_list(shown, "standard", self._region)

    def day(self, moment: datetime) -> str:
        """Return a day in UTC: `11 Nov 2024`."""
        return format_skeleton(_DATE_SKELETON, moment.astimezone(UTC), locale=self._region)

    def moment(self, moment: datetime) -> str:
        """Return a day, with the time of day in UTC unless it is midnight."""
        moment = moment.astimezone(UTC)
        return self.day(moment) if moment.time() == time(0) else f"{self.day(moment)} {moment:%H:%M} UTC"

    def days(self, first: datetime, last: datetime) -> str:
        """Return a range of days in UTC, both included: `1–7 Nov 2024`."""
        first, last = first.astimezone(UTC), last.astimezone(UTC)
        written = format_interval(first, last, _DATE_SKELETON, locale=self._region)
        return _BARE_DAY.sub(r"\1–", written).replace("\N{THIN SPACE}", " ")

    def language_name(self, code: str) -> str:
        """Name a language by its ISO 639-1 code; the code itself where the name is not known."""
        return str(Locale.parse(self._region).languages.get(code, code))

    def _value(self, value: Value) -> str | int:
        if isinstance(value, int):
            return value
        text = value if isinstance(value, str) else self._written(value)
        return text if len(text) <= _MAX_VALUE_LENGTH else f"{text[:_MAX_VALUE_LENGTH]}…"

    def _written(self, value: datetime | Sequence[str]) -> str:
        return self.day(value) if isinstance(value, datetime) else self.names(value)


ENGLISH = Texts("en")


def texts_for(locale: str | None) -> Texts:
    """Return the texts for one of Discord's locales (`de`, `es-419`, `pt-BR`); English where we have none."""
    language = (locale or "").partition("-")[0]
    return Texts(language) if language in LANGUAGES else ENGLISH


def catalogue_source(language: str) -> str:
    """Return a language's catalogue as it is written."""
    return (files(__name__) / f"{language}.ftl").read_text(encoding="utf-8")


@cache
def _bundle(language: str) -> FluentBundle:
    """Read a catalogue, once."""
    bundle = FluentBundle([_REGIONS.get(language, language).replace("_", "-")], use_isolating=False)
    bundle.add_resource(FluentResource(catalogue_source(language)))
    return bundle
