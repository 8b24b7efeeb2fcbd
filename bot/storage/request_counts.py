"""What Discord counts of all processes together: requests a second, and refused requests in ten minutes."""

from bot.storage.database import Connection, TableSchema
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


class RequestCounts(SharedCounts):
    """Turns of requests, and how many were refused. The clocks of machines should agree."""

    async def take_turn(self, spacing: float) -> float:
        """Take the next turn of a request; return the seconds until then. Turns are `spacing` seconds apart.

        While the database cannot be written every request has its turn at once.
        """
        now, step = int(self._clock() * 1000), round(spacing * 1000)
        values = (now + step, now, now + MAX_AHEAD_MS, now, step)
        row = await self._tried(lambda db: db.execute(_TAKE, values).fetchone())
        return max(0, row[0] - step - now) / 1000 if row else 0.0

    async def count_refused(self) -> int:
        """Count a refused request; return how many there were in the last ten minutes."""
        minute = int(self._clock() / 60)

        def work(db: Connection) -> int:
            db.execute(
                "INSERT INTO refused VALUES (?, 1) ON CONFLICT (minute) DO UPDATE SET number = refused.number + 1",
                (minute,),
            )
            since = "SELECT sum(number) FROM refused WHERE minute > ? AND minute <= ?"
            return int(db.execute(since, (minute - REFUSED_MINUTES, minute)).fetchone()[0])

        return await self._tried(work) or 0
