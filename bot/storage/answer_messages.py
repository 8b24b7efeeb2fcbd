"""The map from messages of people to the replies of the bot: two ids each, for a month.

The channel is not stored, for that of direct messages belongs to one person; Discord names it with every event.
"""

from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta

import structlog
from discord.utils import time_snowflake

from bot.cache import TTLCache
from bot.storage.database import Connection, Database, TableSchema
from index import BusyIndex

MAX_REPLIES, RETENTION_DAYS = 50_000, 30
MAX_REMEMBERED, REMEMBERED_SECONDS = 1_000, 3600.0  # replies that could not be stored; judged
log = structlog.get_logger(__name__)


def _expired(now: float) -> tuple[str, tuple[int]]:
    """Return what deletes old replies: a snowflake holds its time."""
    oldest = datetime.fromtimestamp(now, UTC) - timedelta(days=RETENTION_DAYS)
    return "DELETE FROM replies WHERE question < ?", (time_snowflake(oldest),)


TABLE = TableSchema(
    "replies",
    (
        "CREATE TABLE replies (question INTEGER PRIMARY KEY, channel INTEGER NOT NULL, answer INTEGER NOT NULL)",
        "ALTER TABLE replies DROP COLUMN channel",
    ),
    _expired,
)


class ReplyMap:
    """The ids of the latest replies, by the id of the message they answer, in the same channel.

    Those of a time when the database's server is out of reach are remembered in memory for a while.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._database = database
        self._clock = clock
        self._remembered: TTLCache[int, int] = TTLCache(MAX_REMEMBERED, REMEMBERED_SECONDS)

    async def put(self, message_id: int, reply: int) -> None:
        """Store a reply; delete those beyond RETENTION_DAYS and MAX_REPLIES."""

        def work(db: Connection) -> None:
            db.execute(
                "INSERT INTO replies VALUES (?, ?) ON CONFLICT (question) DO UPDATE SET answer = excluded.answer",
                (message_id, reply),
            )
            db.execute(*_expired(self._clock().timestamp()))
            db.execute(
                "DELETE FROM replies WHERE question <="
                " (SELECT question FROM replies ORDER BY question DESC LIMIT 1 OFFSET ?)",
                (MAX_REPLIES,),
            )

        try:
            await self._database.transaction(work, patient=False)
        except BusyIndex:
            self._remembered.put(message_id, reply)

    async def get(self, message_id: int) -> int | None:
        """Return the reply to a message; None where it is not known."""
        if reply := self._remembered.get(message_id):
            return reply
        try:
            row = await self._database.fetch_one("SELECT answer FROM replies WHERE question = ?", message_id)
        except BusyIndex:
            return None
        return int(row[0]) if row else None

    async def pop_all(self, message_ids: Collection[int]) -> list[int]:
        """Return the replies to messages, as far as they are known, and delete them from the map."""
        remembered = [reply for message_id in message_ids if (reply := self._remembered.get(message_id))]
        for message_id in message_ids:
            self._remembered.discard(message_id)

        def work(db: Connection) -> list[int]:
            found: list[int] = []
            for message_id in message_ids:
                statement = "DELETE FROM replies WHERE question = ? RETURNING answer"
                found += [answer for (answer,) in db.execute(statement, (message_id,)).fetchall()]
            return found

        try:
            return remembered + await self._database.transaction(work)
        except BusyIndex:
            log.warning("answers stay whose questions were deleted", known=len(remembered))
            return remembered
