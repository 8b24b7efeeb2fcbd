"""The map from messages of people to the replies of the bot: three ids each, for a month."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from sqlite3 import Connection
from typing import NamedTuple

from discord.utils import time_snowflake

from bot.storage.database import Database, TableSchema

MAX_REPLIES, RETENTION_DAYS = 50_000, 30
TABLE = TableSchema(
    "replies",
    (
        "CREATE TABLE replies (question INTEGER PRIMARY KEY, channel INTEGER NOT NULL, answer INTEGER NOT NULL)",
    ),
)


class Reply(NamedTuple):
    """A message of the bot: the ids of its channel and of itself."""

    channel_id: int
    message_id: int


class ReplyMap:
    """The latest replies, by the id of the message they answer."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._database = database
        self._clock = clock

    async def put(self, message_id: int, reply: Reply) -> None:
        """Store a reply; delete those beyond RETENTION_DAYS (a snowflake holds its time) and MAX_REPLIES."""
        oldest = time_snowflake(self._clock() - timedelta(days=RETENTION_DAYS))

        def work(db: Connection) -> None:
            db.execute("INSERT OR REPLACE INTO replies VALUES (?, ?, ?)", (message_id, *reply))
            db.execute("DELETE FROM replies WHERE question < ?", (oldest,))
            db.execute(
                "DELETE FROM replies WHERE question IN"
                " (SELECT question FROM replies ORDER BY question DESC LIMIT -1 OFFSET ?)",
                (MAX_REPLIES,),
            )

        await self._database.transaction(work)

    async def get(self, message_id: int) -> Reply | None:
        """Return the reply to a message."""
        row = await self._database.fetch_one(
            "SELECT channel, answer FROM replies WHERE question = ?", message_id
        )
        return Reply(*row) if row else None

    async def pop_all(self, message_ids: Collection[int]) -> list[Reply]:
        """Return the replies to messages and delete them from the map."""

        def work(db: Connection) -> list[Reply]:
            found = []
            for message_id in message_ids:
                statement = "DELETE FROM replies WHERE question = ? RETURNING channel, answer"
                found += db.execute(statement, (message_id,)).fetchall()
            return [Reply(*row) for row in found]

        return await self._database.transaction(work)
