"""The offset from UTC that a time zone's name means at a local time: `EST`, `CEST`, `Europe/Berlin`.

What a name may mean is kept in `index/words/text/time_zones.txt`; how far a place is from UTC on a day says the
IANA time zone database. A name with several meanings is decided by the language of what it stands in (CLDR says
where a language is spoken), by other dates of the same source, or by what nearly everybody means with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from index.text.word_lists import load_words

HALF_YEAR = timedelta(days=182)  # from a day of summer time to one of standard time
STANDARD_AT_ALL_TIMES = {
    "MEZ": "CET",
    "MESZ": "CEST",
    "MET": "CET",
    "MEST": "CEST",
}  # German names, older ones
MAX_ZONE_NAME = 40  # characters: the longest of the database has 32


class ZoneMeaning(NamedTuple):
    """What a time zone's name means: the offset, and True where other dates of the same source decided."""

    offset: timedelta
    inferred: bool


@dataclass(frozen=True, slots=True)
class DateHints:
    """What is known of the source of a date, for what a date leaves open.

    `language` is as written in it: "en-IN". `moments` are aware datetimes that other dates of it say without
    doubt, in their own offsets. `day_first` is True where others say 13/1, False where they say 1/13.
    """

    language: str = ""
    moments: tuple[datetime, ...] = ()
    day_first: bool | None = None


NO_HINTS = DateHints()


def is_zone_name(name: str) -> bool:
    """Return True for a name whose meanings are kept, and for one of the IANA database: "Europe/Berlin"."""
    return name.upper() in _meanings() or ("/" in name and _zone(name) is not None)


def zone_offset(name: str, local: datetime, hints: DateHints = NO_HINTS) -> ZoneMeaning | None:
    """Return what a time zone's name means at a local time; None where that cannot be told.

    `local` is naive, of no extreme year. A name that holds all year, as "ET" does, follows summer time; "EST" does not.
    """
    if "/" in name:
        zone = _zone(name)
        offset = local.replace(tzinfo=zone).utcoffset() if zone else None
        return None if offset is None else ZoneMeaning(offset, inferred=False)
    places = _meanings().get(name.upper(), ())
    offsets = {place.lstrip("*"): _offset(name, place.lstrip("*"), local) for place in places}
    spoken = [place for place in offsets if _is_spoken(hints.language, place)]
    agreeing = _agreeing(list(offsets), hints.moments)
    usual = [place[1:] for place in places if place.startswith("*")]
    choices = ((spoken, False), (agreeing, True), (usual, False), (list(offsets), False))
    for chosen, inferred in choices:
        meant = {offsets[place] for place in chosen}
        if len(meant) == 1:
            offset = meant.pop()
            return ZoneMeaning(offset, inferred and offset not in {offsets[place] for place in usual})
    return None


def language_territory(language: str) -> str:
    """Return the ISO 3166 code of the country a language tag names ("en-IN": "IN"), or where most speak it."""
    from babel.core import get_global  # takes as long to load as a hundred dates to read

    parts = language.replace("_", "-").split("-")
    named = (part.upper() for part in parts[1:] if len(part) == 2 and part.isalpha())
    likely = str(get_global("likely_subtags").get(parts[0].lower(), ""))
    return next(named, likely.rpartition("_")[2])


def _is_spoken(language: str, place: str) -> bool:
    if not language:
        return False
    from babel.core import get_global

    return bool(get_global("zone_territories").get(place) == language_territory(language))


def _agreeing(places: Sequence[str], moments: Sequence[datetime]) -> list[str]:
    """Return the places whose clocks say the same as most other dates of a source; none where none does.

    Dates in UTC are no evidence: programs write them everywhere.
    """
    local = [moment for moment in moments if moment.utcoffset()]
    votes = {
        place: sum(moment.astimezone(ZoneInfo(place)).utcoffset() == moment.utcoffset() for moment in local)
        for place in places
    }
    most = max(votes.values(), default=0)
    return [place for place, number in votes.items() if number == most and 2 * number > len(local)]


def _offset(name: str, place: str, local: datetime) -> timedelta:
    """Return the offset that a name means at a place: its own if the place uses it, else that of the day."""
    zone = ZoneInfo(place)
    wanted = STANDARD_AT_ALL_TIMES.get(name.upper(), name.upper())
    days = (local, local + HALF_YEAR, local - HALF_YEAR)
    there = [day.replace(tzinfo=zone) for day in days]
    named = (day for day in there if (day.tzname() or "").upper() == wanted)
    return next(named, there[0]).utcoffset() or timedelta()


@cache
def _meanings() -> dict[str, tuple[str, ...]]:
    """Return the places that each name in capitals may mean, as the file has them."""
    rows = (entry.split() for entry in load_words("text/time_zones"))
    return {name.upper(): tuple(places) for name, *places in rows}


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if len(name) <= MAX_ZONE_NAME else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
