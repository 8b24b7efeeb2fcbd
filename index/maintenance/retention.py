"""The retention policy: how much is kept by age, number and bytes, and of single outlets."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from index.circles import HOUSE_ID
from index.errors import VerbatimError
from index.storage.engine import NO_LIMIT

if TYPE_CHECKING:  # reading the setting needs no database
    from index.storage.store import Store

DAYS_PER_UNIT = {"d": 1, "w": 7, "m": 30, "y": 365}  # a month and a year as people mean them in a setting
BYTES_PER_UNIT = {"MB": 10**6, "GB": 10**9, "TB": 10**12}
OTHERS_SHARE = 0.25  # of the room, that servers' feeds have where the house would take it all; judged
_AGE = re.compile(r"(\d{1,5})\s?([dwmy])", re.IGNORECASE)
_COUNT = re.compile(r"\d{1,12}")
_BYTES = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s?([MGT]B)", re.IGNORECASE)
_ARTICLE_TIME = "coalesce(published, added)"  # an article without a date counts from when it came in


@dataclass(frozen=True, slots=True)
class RetentionPolicy:
    """What is kept; None is no limit. `outlets`, by name, have an age or a number of their own.

    An outlet's own policy takes the place of `max_age`; `max_articles` and `max_bytes` hold for all together.
    """

    max_age: timedelta | None = None
    max_articles: int | None = None
    max_bytes: int | None = None  # bytes on disk
    outlets: Mapping[str, "RetentionPolicy"] = field(default_factory=dict)

    def is_too_old(self, outlet: str, published: datetime | None, now: datetime | None = None) -> bool:
        """Return True if an article is older than what is kept of its outlet; False without a date."""
        age = self.outlets.get(outlet, self).max_age
        return bool(age and published and published < (now or datetime.now(UTC)) - age)


KEEP_EVERYTHING = RetentionPolicy()


def parse_age(text: str) -> timedelta:
    """Return the time that a setting says: `90d`, `12w`, `6m` or `1y`. Raise VerbatimError, in words."""
    match = _AGE.fullmatch(text.strip())
    if not match or not int(match[1]):
        raise VerbatimError(
            f"I cannot read “{text.strip()[:40]}” as an age. Write it like 90d, 12w, 6m or 1y."
        )
    age = timedelta(days=int(match[1]) * DAYS_PER_UNIT[match[2].lower()])
    if age > datetime.now(UTC) - datetime.min.replace(tzinfo=UTC):
        raise VerbatimError(f"No date is as long ago as “{text.strip()}”. Write it like 90d, 12w, 6m or 1y.")
    return age


def parse_retention(text: str) -> RetentionPolicy:
    """Return the policy that a setting says, limits parted by commas: `90d, 100000, 5GB, Sample Wire: 30d`.

    They are an age, a number of articles, bytes on disk; an outlet's name and a colon before an age or number
    make it that outlet's own. Raise VerbatimError, in words.
    """
    policy, outlets = KEEP_EVERYTHING, dict[str, RetentionPolicy]()
    for part in filter(None, map(str.strip, text.split(","))):
        name, colon, limit = part.rpartition(":")
        name = name.strip()
        if not colon:
            policy = _with_limit(policy, limit)
        elif not name or _BYTES.fullmatch(limit.strip()):
            raise VerbatimError(
                f"I cannot read “{part[:60]}”. Write an outlet's bound like Sample Wire: 30d."
            )
        else:
            outlets[name] = _with_limit(outlets.get(name, KEEP_EVERYTHING), limit)
    return replace(policy, outlets=outlets)


def urls_over_limit(store: "Store", policy: RetentionPolicy, now: datetime) -> list[str]:
    """Return the addresses of the articles that are older, or more, than `policy` keeps; each once.

    Of more articles than are kept the oldest are returned. Bytes are not looked at.
    """
    unnamed = "outlet NOT IN (SELECT value FROM json_each(?))"
    found = _older_than(store, policy.max_age, now, unnamed, (list(policy.outlets),))
    for outlet, own in policy.outlets.items():
        found += _older_than(store, own.max_age, now, "outlet = ?", (outlet,))
        found += _beyond_newest(store, own.max_articles, "outlet = ?", (outlet,))
    if policy.max_articles is not None:
        number = int(store.query("SELECT count(*) FROM articles")[0][0])
        found += oldest_urls(store, number - policy.max_articles)
    return list(dict.fromkeys(found))


def oldest_urls(store: "Store", number: int) -> list[str]:
    """Return the addresses of the `number` articles that have to go where there is room for no more: the oldest.

    Each circle loses its own oldest, those beyond an equal share of the room first, and the house none but to leave
    OTHERS_SHARE to the others: so nobody's flood pushes out what others have.
    """
    if number <= 0:
        return []
    rows = store.query(
        f"SELECT url, coalesce((SELECT min(circle) FROM sources JOIN feed_circles USING (feed)"
        f" WHERE sources.first = articles.first), 0) FROM articles ORDER BY {_ARTICLE_TIME}, first"
    )
    kept = _fair_shares(Counter(circle for _, circle in rows), len(rows) - number)
    left = Counter(circle for _, circle in rows)
    found = []
    for url, circle in rows:
        if left[circle] > kept[circle]:
            left[circle] -= 1
            found.append(url)
    return found


def _fair_shares(articles: Mapping[int, int], room: int) -> dict[int, int]:
    """Return how many articles each circle keeps of those it has, so that all fit into the room."""
    others = {circle: number for circle, number in articles.items() if circle != HOUSE_ID}
    house = articles.get(HOUSE_ID, 0)
    for_others = min(sum(others.values()), max(room - house, int(room * OTHERS_SHARE)))
    shares = {HOUSE_ID: min(house, room - for_others)}
    for place, circle in enumerate(sorted(others, key=lambda circle: others[circle])):
        shares[circle] = min(others[circle], for_others // (len(others) - place))
        for_others -= shares[circle]
    return shares


def urls_matching(store: "Store", outlet: str | None, before: datetime | None) -> list[str]:
    """Return the addresses of the articles of an outlet, in whatever case, that are from before a time.

    None for either means any.
    """
    conditions, values = ["1 = 1"], list[object]()
    if outlet is not None:
        conditions.append("lower(outlet) = lower(?)")
        values.append(outlet)
    if before is not None:
        conditions.append(f"{_ARTICLE_TIME} < ?")
        values.append(before.timestamp())
    return _urls(store, f"SELECT url FROM articles WHERE {' AND '.join(conditions)} ORDER BY first", *values)


def _with_limit(policy: RetentionPolicy, limit: str) -> RetentionPolicy:
    """Return the policy with one more limit, as a setting says it. Raise VerbatimError, in words."""
    limit = limit.strip()
    if _COUNT.fullmatch(limit) and int(limit):
        return replace(policy, max_articles=int(limit))
    size = _BYTES.fullmatch(limit)
    if size and float(size[1]):
        return replace(policy, max_bytes=int(float(size[1]) * BYTES_PER_UNIT[size[2].upper()]))
    if _AGE.fullmatch(limit):
        return replace(policy, max_age=parse_age(limit))
    raise VerbatimError(
        f"I cannot read “{limit[:40]}”. Write an age (90d), a number of articles (100000) or room (5GB)."
    )


def _older_than(
    store: "Store", age: timedelta | None, now: datetime, where: str, values: tuple[object, ...]
) -> list[str]:
    if age is None:
        return []
    before = (now - age).timestamp()
    return _urls(store, f"SELECT url FROM articles WHERE {_ARTICLE_TIME} < ? AND {where}", before, *values)


def _beyond_newest(store: "Store", number: int | None, where: str, values: tuple[object, ...]) -> list[str]:
    if number is None:
        return []
    newest_first = (
        f"SELECT url FROM articles WHERE {where} ORDER BY {_ARTICLE_TIME} DESC, first DESC LIMIT ? OFFSET ?"
    )
    return _urls(store, newest_first, *values, NO_LIMIT, number)


def _urls(store: "Store", statement: str, *values: object) -> list[str]:
    return [row[0] for row in store.query(statement, *values)]
