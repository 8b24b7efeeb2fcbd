"""Daily briefs: subscriptions to a brief at an hour of a time zone."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.errors import Refused
from bot.storage.database import Connection, Database, TableSchema
from bot.storage.posts import UNFINISHED_SECONDS

TABLE = TableSchema(
    "dailies",
    (
        """CREATE TABLE dailies (
            id INTEGER PRIMARY KEY, person INTEGER NOT NULL, server INTEGER, channel INTEGER,
            hour INTEGER NOT NULL, zone TEXT NOT NULL, language TEXT NOT NULL, next INTEGER NOT NULL
        )""",
        "ALTER TABLE dailies ADD COLUMN sending INTEGER",  # while one is on its way: when it was due
        "ALTER TABLE dailies ADD COLUMN begun INTEGER",  # and since when
    ),
)
_COLUMNS = "id, person, server, channel, hour, zone, language, next"


@dataclass(frozen=True, slots=True)
class DailyBrief:
    """A brief a day: for whom, where (channel None: in private), at which hour of which zone, when next."""

    id: int
    person: int
    server: int | None
    channel: int | None
    hour: int
    zone: str
    language: str
    next_due: int = 0


class DailyBriefStore:
    """All daily briefs: one for each channel, one for each person in private."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, daily: DailyBrief, now: datetime) -> DailyBrief:
        """Store a channel's or person's daily brief in place of an earlier one. Raise Refused for an unknown zone."""
        due_at = await asyncio.to_thread(
            next_occurrence, daily.hour, daily.zone, now
        )  # zones are read from files
        due = int(due_at.timestamp())
        row = (daily.person, daily.server, daily.channel, daily.hour, daily.zone, daily.language, due)

        def work(db: Connection) -> int:
            if daily.channel is None:
                db.execute("DELETE FROM dailies WHERE person = ? AND channel IS NULL", (daily.person,))
            else:
                db.execute("DELETE FROM dailies WHERE channel = ?", (daily.channel,))
            columns = "person, server, channel, hour, zone, language, next"
            inserted = db.execute(
                f"INSERT INTO dailies ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id", row
            )
            return int(inserted.fetchone()[0])

        return replace(daily, id=await self._database.transaction(work), next_due=due)

    async def visible_to(self, person: int, server: int | None = None) -> list[DailyBrief]:
        """Return a person's daily briefs, and with a `server` those that come there for anybody."""
        return await self._rows("person = ? OR (server = ? AND channel IS NOT NULL)", person, server)

    async def take_due(self, now: datetime) -> AsyncIterator[DailyBrief]:
        """Yield the briefs that are due, each scheduled for its next day just before, and done just after."""
        for daily in await self._rows("next <= ?", int(now.timestamp())):
            if await self._set_on(daily, now):
                yield daily
                await self._database.execute("UPDATE dailies SET sending = NULL WHERE id = ?", daily.id)

    async def _set_on(self, daily: DailyBrief, now: datetime) -> bool:
        """Schedule a brief for its next day; return False if that was done meanwhile."""
        following = int(next_occurrence(daily.hour, daily.zone, now).timestamp())
        statement = "UPDATE dailies SET next = ?, sending = ?, begun = ? WHERE id = ? AND next = ?"
        values = (following, daily.next_due, int(time.time()), daily.id, daily.next_due)
        return bool(await self._database.execute(statement, *values))

    async def set_due(self, daily: DailyBrief) -> None:
        """Undo `take_due`: make a brief due as it was."""
        statement = "UPDATE dailies SET next = ?, sending = NULL WHERE id = ?"
        await self._database.execute(statement, daily.next_due, daily.id)

    async def undo_unfinished(self) -> int:
        """Make due again what a process took that ended before it was sent; return how many.

        One that was begun more than UNFINISHED_SECONDS ago is taken for sent, as posts of follows are.
        """
        undone = await self._database.execute(
            "UPDATE dailies SET next = sending, sending = NULL WHERE sending IS NOT NULL AND begun >= ?",
            int(time.time()) - UNFINISHED_SECONDS,
        )
        await self._database.execute("UPDATE dailies SET sending = NULL WHERE sending IS NOT NULL")
        return undone

    async def delete(self, number: int) -> None:
        """Delete one."""
        await self._database.execute("DELETE FROM dailies WHERE id = ?", number)

    async def delete_person(self, person: int) -> None:
        """Delete all of a person's."""
        await self._database.execute("DELETE FROM dailies WHERE person = ?", person)

    async def delete_server(self, server: int) -> None:
        """Delete all that are posted on a server."""
        await self._database.execute("DELETE FROM dailies WHERE server = ? AND channel IS NOT NULL", server)

    async def _rows(self, where: str, *values: object) -> list[DailyBrief]:
        rows = await self._database.fetch_all(
            f"SELECT {_COLUMNS} FROM dailies WHERE {where} ORDER BY id", *values
        )
        return [DailyBrief(*row) for row in rows]


@cache
def known_zones() -> frozenset[str]:
    """Return the names of all time zones; reads many files the first time."""
    return frozenset(available_timezones())


def next_occurrence(hour: int, zone: str, after: datetime) -> datetime:
    """Return the next time after `after` (aware) that clocks in `zone` show the hour, in UTC.

    Where a clock is put forward over the hour it is the moment that the hour would have been. Raise Refused for
    an unknown zone.
    """
    if zone not in known_zones():
        raise Refused("zone-unknown", zone=zone)
    time_zone = ZoneInfo(zone)
    local = after.astimezone(time_zone).replace(hour=hour, minute=0, second=0, microsecond=0, fold=0)
    days = (local + timedelta(days=number) for number in range(3))
    return next(due_at for day in days if (due_at := day.astimezone(UTC)) > after)


def matching_zones(typed: str, limit: int) -> Sequence[str]:
    """Return up to `limit` zones that hold what is typed: `ber` finds Europe/Berlin."""
    wanted = typed.strip().replace(" ", "_").casefold()
    named = (zone for zone in known_zones() if "/" in zone or zone == "UTC")
    found = [
        zone
        for zone in named
        if wanted in zone.casefold() and not zone.startswith(("Etc/", "SystemV/", "US/"))
    ]
    return sorted(found, key=lambda zone: (not zone.rpartition("/")[2].casefold().startswith(wanted), zone))[
        :limit
    ]
