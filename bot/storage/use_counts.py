"""How often people have used the bot lately, counted over all of its processes."""

import sqlite3
import time
from collections.abc import Callable
from typing import NamedTuple

import structlog

from bot.storage.database import Connection, Database, Result, TableSchema
from index import VerbatimError

KEPT_SECONDS = 60  # as long as the longest period that is counted over
log = structlog.get_logger(__name__)


def _expired(now: float) -> tuple[str, tuple[int]]:
    return "DELETE FROM uses WHERE begun < ?", (int((now - KEPT_SECONDS) * 1000),)


TABLE = TableSchema(
    "uses",
    (  # times in milliseconds
        """CREATE TABLE uses (
            kind TEXT NOT NULL, id INTEGER NOT NULL, begun INTEGER NOT NULL, used INTEGER NOT NULL,
            PRIMARY KEY (kind, id)
        ) WITHOUT ROWID""",
    ),
    _expired,
)
_COUNT = """
    INSERT INTO uses VALUES (?, ?, ?, 1) ON CONFLICT (kind, id) DO UPDATE SET
        used = CASE WHEN uses.begun BETWEEN ? AND excluded.begun THEN uses.used + 1 ELSE 1 END,
        begun = CASE WHEN uses.begun BETWEEN ? AND excluded.begun THEN uses.begun ELSE excluded.begun END
    RETURNING begun, used
"""


class Use(NamedTuple):
    """A use by a person or on a server, of which `limit` are allowed within `per` seconds."""

    kind: str
    number: int
    limit: int
    per: float


class SharedCounts:
    """What all processes of the bot count together in its database. `clock` returns Unix seconds."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    async def _tried(self, work: Callable[[Connection], Result]) -> Result | None:
        """Return what `work` on the database returns, None where it cannot be used in time."""
        try:
            return await self._database.hurried_transaction(work)
        except (sqlite3.Error, VerbatimError) as error:
            log.warning("each process counts for itself", why=type(error).__name__)
            return None


class UseCounts(SharedCounts):
    """Uses by kind and id, each within a period from the first one on."""

    async def count(self, *uses: Use) -> list[float]:
        """Count uses of one moment; return for each the seconds until it is allowed again, 0 while it is.

        The first that is not allowed is the last that is counted. While the database cannot be written nothing is
        counted, and all is allowed.
        """
        now = self._clock()

        def work(db: Connection) -> list[float]:
            waits = []
            for use in uses:
                waits.append(_count(db, use, now))
                if waits[-1]:
                    break
            return waits

        counted = await self._tried(work)
        return [0.0] * len(uses) if counted is None else counted


def _count(db: Connection, use: Use, now: float) -> float:
    """Count a use; return the seconds until it is allowed."""
    oldest = int((now - use.per) * 1000)
    values = (use.kind, use.number, int(now * 1000), oldest, oldest)
    begun, used = db.execute(_COUNT, values).fetchone()
    if used == 1:
        db.execute(*_expired(now))
    return float(max(0.001, begun / 1000 + use.per - now)) if used > use.limit else 0.0
