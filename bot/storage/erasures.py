"""Whom the other processes of the bot have to forget, too, in their memory."""

import sqlite3
import time
from collections.abc import Callable

import structlog

from bot.storage.database import Database, TableSchema
from index import VerbatimError

KEPT_SECONDS = 60  # many times as long as processes take to look; judged


def _expired(now: float) -> tuple[str, tuple[int]]:
    return "DELETE FROM erasures WHERE at < ?", (int(now) - KEPT_SECONDS,)


TABLE = TableSchema(
    "erasures",
    ("CREATE TABLE erasures (person INTEGER PRIMARY KEY, at INTEGER NOT NULL)",),
    _expired,
)
log = structlog.get_logger(__name__)


class ErasureStore:
    """The people who had everything of theirs erased within the last minute, by their ids."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    async def put(self, person: int) -> None:
        """Tell the other processes of a person."""
        await self._database.execute(
            "INSERT INTO erasures VALUES (?, ?) ON CONFLICT (person) DO UPDATE SET at = excluded.at",
            person,
            int(self._clock()),
        )

    async def latest(self) -> list[int]:
        """Return the people of the last minute, and delete those before; none while the database is away."""
        try:
            rows = await self._database.fetch_all("SELECT person, at FROM erasures")
            now = self._clock()
            if any(at < now - KEPT_SECONDS for _, at in rows):
                statement, values = _expired(now)
                await self._database.execute(statement, *values)
        except (sqlite3.Error, VerbatimError) as error:
            log.warning("not known whom other processes erased", why=type(error).__name__)
            return []
        return [person for person, _ in rows]
