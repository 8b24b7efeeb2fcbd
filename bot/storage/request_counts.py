"""What Discord counts of all processes together: requests a second, and refused requests in ten minutes."""

import time
from collections.abc import Callable
from typing import NamedTuple

from bot.storage.database import Connection, Database, TableSchema
from bot.storage.use_counts import SharedCounts

MAX_AHEAD_MS = 60_000  # a turn further in the future than this is a clock's that was put back; judged
REFUSED_MINUTES = 10  # over which Discord counts refused requests
TURNS = TableSchema(
    "turns", ("CREATE TABLE turns (name TEXT PRIMARY KEY, free INTEGER NOT NULL) WITHOUT ROWID",)
)
REFUSED = TableSchema(
    "refused",
    ("CREATE TABLE refused (minute INTEGER PRIMARY KEY, number INTEGER NOT NULL)",),
    lambda now: ("DELETE FROM refused WHERE minute < ?", (int(now / 60) - REFUSED_MINUTES,)),
)
_TAKE = """
    INSERT INTO turns VALUES ('requests', ?) ON CONFLICT (name) DO UPDATE SET
        free = CASE WHEN turns.free BETWEEN ? AND ? THEN turns.free ELSE ? END + ?
    RETURNING free
"""
_REFUSED_SINCE = "SELECT coalesce(sum(number), 0) FROM refused WHERE minute > ? AND minute <= ?"


class Turn(NamedTuple):
    """The seconds until a request has its turn, and how many were refused in the last ten minutes."""

    wait: float
    refused: int


class RequestCounts(SharedCounts):
    """Turns of requests, and how many were refused. The clocks of machines should agree."""

    def __init__(
        self, database: Database, clock: Callable[[], float] = time.time, share: float = 1.0
    ) -> None:
        """`share` is the part of the turns that are ours while the database cannot be written."""
        super().__init__(database, clock)
        self._share = share
        self._own_free = 0.0  # when the next of these turns is

    async def take_turn(self, spacing: float) -> Turn:
        """Take the next turn of a request. Turns of all processes are `spacing` seconds apart.

        While the database cannot be written we keep to our share of them, and how many were refused is not known.
        """
        now, step = int(self._clock() * 1000), round(spacing * 1000)
        values = (now + step, now, now + MAX_AHEAD_MS, now, step)

        def work(db: Connection) -> Turn:
            free = db.execute(_TAKE, values).fetchone()[0]
            return Turn(max(0, free - step - now) / 1000, _refused(db, now // 60_000))

        return await self._tried(work) or Turn(self._take_own_turn(spacing / self._share), 0)

    def _take_own_turn(self, spacing: float) -> float:
        now = self._clock()
        turn = self._own_free if now <= self._own_free <= now + MAX_AHEAD_MS / 1000 else now
        self._own_free = turn + spacing
        return turn - now

    async def count_refused(self) -> int:
        """Count a refused request; return how many there were in the last ten minutes."""
        minute = int(self._clock() / 60)

        def work(db: Connection) -> int:
            db.execute(
                "INSERT INTO refused VALUES (?, 1) ON CONFLICT (minute) DO UPDATE SET number = refused.number + 1",
                (minute,),
            )
            return _refused(db, minute)

        return await self._tried(work) or 0


def _refused(db: Connection, minute: int) -> int:
    """Return how many requests were refused in the ten minutes up to this one."""
    return int(db.execute(_REFUSED_SINCE, (minute - REFUSED_MINUTES, minute)).fetchone()[0])
