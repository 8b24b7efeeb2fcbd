"""The map from messages of people to the replies of the bot: two ids each, for a month.

The channel is not stored, for that of direct messages belongs to one person; Discord names it with every event.
"""

from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta

from discord.utils import time_snowflake

from bot.storage.database import Connection, Database, TableSchema

MAX_REPLIES, RETENTION_DAYS = 50_000, 30


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
    """The ids of the latest replies, by the id of the message they answer, in the same channel."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._database = database
        self._clock = clock

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

        await self._database.transaction(work)

    async def get(self, message_id: int) -> int | None:
        """Return the reply to a message."""
        row = await self._database.fetch_one("SELECT answer FROM replies WHERE question = ?", message_id)
        return int(row[0]) if row else None

    async def pop_all(self, message_ids: Collection[int]) -> list[int]:
        """Return the replies to messages and delete them from the map."""

        def work(db: Connection) -> list[int]:
            found: list[int] = []
            for message_id in message_ids:
                statement = "DELETE FROM replies WHERE question = ? RETURNING answer"
                found += [answer for (answer,) in db.execute(statement, (message_id,)).fetchall()]
            return found

        return await self._database.transaction(work)
