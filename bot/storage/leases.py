"""Leases: what only one process at a time has or does, on one machine or several.

A lease of a process that was killed passes on once others have seen it unrenewed for long enough, each by its own
clock: what the clocks of machines show does not matter, and may jump.
"""

import time
from collections.abc import Callable

from bot.storage.database import Connection, Database, Result, TableSchema

TABLE = TableSchema(
    "leases",
    (
        "CREATE TABLE leases (name TEXT PRIMARY KEY, holder TEXT NOT NULL, beat INTEGER NOT NULL) WITHOUT ROWID",
    ),
)
LeaseRow = tuple[str, int]  # who has it, and how often it was renewed


class LeaseStore:
    """The leases, as one process has seen them. `clock` returns seconds that only go on."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._seen: dict[str, tuple[LeaseRow, float]] = {}

    async def watch(self, prefix: str) -> dict[str, LeaseRow]:
        """Return all leases whose names begin so: from now on it counts whether they are renewed."""

        def work(db: Connection) -> dict[str, LeaseRow]:
            rows = db.execute("SELECT name, holder, beat FROM leases").fetchall()
            return {name: (holder, beat) for name, holder, beat in rows if name.startswith(prefix)}

        found = await self._done(work)
        for name, row in found.items():
            self._has_changed(name, row)
        return found

    async def take(self, name: str, holder: str, seconds: float) -> bool:
        """Take a lease or renew it; return False while somebody else has it who renewed it within `seconds`."""

        def work(db: Connection) -> LeaseRow | None:
            row = db.execute("SELECT holder, beat FROM leases WHERE name = ?", (name,)).fetchone()
            if row is None:
                db.execute("INSERT INTO leases VALUES (?, ?, 0)", (name, holder))
                return holder, 0
            known: LeaseRow = (row[0], row[1])
            if known[0] != holder and (
                self._has_changed(name, known) or self._clock() - self._seen[name][1] < seconds
            ):
                return None
            db.execute("UPDATE leases SET holder = ?, beat = beat + 1 WHERE name = ?", (holder, name))
            return holder, known[1] + 1

        taken = await self._done(work)
        if taken:
            self._seen[name] = taken, self._clock()
        return taken is not None

    async def _done(self, work: Callable[[Connection], Result]) -> Result:
        """Return what `work` returns, in a transaction: so it reads what is current.

        While that cannot be had nobody can renew anything, and no time counts against them.
        """
        try:
            return await self._database.transaction(work, patient=False)
        except BaseException:
            self._seen.clear()
            raise

    async def release(self, name: str, holder: str) -> None:
        """Give a lease back, if it is still this holder's."""
        await self._database.execute("DELETE FROM leases WHERE name = ? AND holder = ?", name, holder)

    def _has_changed(self, name: str, row: LeaseRow) -> bool:
        """Remember how a lease stands, and since when; return True if it did not stand so before."""
        if name in self._seen and self._seen[name][0] == row:
            return False
        self._seen[name] = row, self._clock()
        return True
