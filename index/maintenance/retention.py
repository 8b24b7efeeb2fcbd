"""How much is kept: by age, by number, by room on disk, and other bounds for single outlets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from index.errors import VerbatimError

if TYPE_CHECKING:  # reading the setting needs no database
    from index.storage.store import Store

DAYS_PER_UNIT = {"d": 1, "w": 7, "m": 30, "y": 365}
BYTES_PER_UNIT = {"MB": 10**6, "GB": 10**9, "TB": 10**12}
_AGE = re.compile(r"(\d{1,5})\s?([dwmy])", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,12}")
_ROOM = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s?([MGT]B)", re.IGNORECASE)
_TIME = "coalesce(published, added)"  # an article without a date counts from when it came in


@dataclass(frozen=True, slots=True)
class RetentionPolicy:
    """What is kept; None is no bound. `outlets` have an age or a number of their own, instead of the general age."""

    max_age: timedelta | None = None
    max_articles: int | None = None
    max_bytes: int | None = None  # bytes on disk
    outlets: Mapping[str, "RetentionPolicy"] = field(default_factory=dict)

    def is_too_old(self, outlet: str, published: datetime | None, now: datetime | None = None) -> bool:
        """Say whether an article is older than anything kept of its outlet."""
        age = self.outlets.get(outlet, self).max_age
        return bool(age and published and published < (now or datetime.now(UTC)) - age)


KEEP_EVERYTHING = RetentionPolicy()


def parse_age(text: str) -> timedelta:
    """Read a length of time, `90d`, `12w`, `6m` or `1y`; raises VerbatimError."""
    match = _AGE.fullmatch(text.strip())
    if not match or not int(match[1]):
        raise VerbatimError(
            f"I cannot read “{text.strip()[:40]}” as an age. Write it like 90d, 12w, 6m or 1y."
        )
    return timedelta(days=int(match[1]) * DAYS_PER_UNIT[match[2].lower()])


def parse_retention(text: str) -> RetentionPolicy:
    """Read bounds parted by commas: `90d, 100000, 5GB, Sample Wire: 30d`; raises VerbatimError.

    An age, a number of articles, room on disk; an outlet's name and a colon before the age or number make it
    that outlet's own.
    """
    keep, outlets = KEEP_EVERYTHING, dict[str, RetentionPolicy]()
    for part in filter(None, map(str.strip, text.split(","))):
        name, colon, bound = part.rpartition(":")
        name = name.strip()
        if not colon:
            keep = _bounded(keep, bound)
        elif not name or _ROOM.fullmatch(bound.strip()):
            raise VerbatimError(
                f"I cannot read “{part[:60]}”. Write an outlet's bound like Sample Wire: 30d."
            )
        else:
            outlets[name] = _bounded(outlets.get(name, KEEP_EVERYTHING), bound)
    return replace(keep, outlets=outlets)


def urls_over_limit(store: "Store", policy: RetentionPolicy, now: datetime) -> list[str]:
    """Return the addresses of the articles that the bounds on age and number leave out."""
    named = tuple(policy.outlets)
    found = _outlived(store, policy.max_age, now, f"outlet NOT IN ({_marks(named)})", named)
    for outlet, bounds in policy.outlets.items():
        found += _outlived(store, bounds.max_age, now, "outlet = ?", (outlet,))
        found += _beyond(store, bounds.max_articles, "outlet = ?", (outlet,))
    found += _beyond(store, policy.max_articles, "TRUE", ())
    return list(dict.fromkeys(found))


def oldest_urls(store: "Store", number: int) -> list[str]:
    """Return the addresses of the `number` oldest articles."""
    return _urls(store, f"SELECT url FROM articles ORDER BY {_TIME}, first LIMIT ?", number)


def urls_matching(store: "Store", outlet: str | None, before: datetime | None) -> list[str]:
    """Return the addresses of an outlet's articles, or of those from before a moment, or of both at once."""
    return _urls(
        store,
        f"SELECT url FROM articles WHERE (? IS NULL OR outlet = ? COLLATE NOCASE) AND (? IS NULL OR {_TIME} < ?)",
        *(outlet, outlet),
        *(before and before.timestamp(), before and before.timestamp()),
    )


def _bounded(keep: RetentionPolicy, bound: str) -> RetentionPolicy:
    bound = bound.strip()
    if _NUMBER.fullmatch(bound) and int(bound):
        return replace(keep, max_articles=int(bound))
    room = _ROOM.fullmatch(bound)
    if room and float(room[1]):
        return replace(keep, max_bytes=int(float(room[1]) * BYTES_PER_UNIT[room[2].upper()]))
    if _AGE.fullmatch(bound):
        return replace(keep, max_age=parse_age(bound))
    raise VerbatimError(
        f"I cannot read “{bound[:40]}”. Write an age (90d), a number of articles (100000) or room (5GB)."
    )


def _outlived(
    store: "Store", age: timedelta | None, now: datetime, where: str, values: tuple[str, ...]
) -> list[str]:
    if age is None:
        return []
    before = (now - age).timestamp()
    return _urls(store, f"SELECT url FROM articles WHERE {_TIME} < ? AND {where}", before, *values)


def _beyond(store: "Store", number: int | None, where: str, values: tuple[str, ...]) -> list[str]:
    if number is None:
        return []
    newest_first = (
        f"SELECT url FROM articles WHERE {where} ORDER BY {_TIME} DESC, first DESC LIMIT -1 OFFSET ?"
    )
    return _urls(store, newest_first, *values, number)


def _urls(store: "Store", statement: str, *values: object) -> list[str]:
    return [row[0] for row in store.query(statement, *values)]


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))
