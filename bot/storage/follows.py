"""Followed questions, and how far each has looked in the archive's arrivals."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.errors import Refused
from bot.storage.database import Connection, Database, Row, TableSchema
from bot.storage.posts import UNFINISHED_SECONDS, Post, PostStore, expired_posts, insert_posts

MAX_FOLLOWS_PER_PERSON = 10  # followed questions, judged
MAX_FAILURES = 3  # in a row, judged: then the follow is paused
FOLLOWS = TableSchema(
    "follows",
    (
        """CREATE TABLE follows (
            id INTEGER PRIMARY KEY, person INTEGER NOT NULL, server INTEGER, channel INTEGER,
            question TEXT NOT NULL, language TEXT NOT NULL, mark INTEGER NOT NULL,
            last INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0
        )""",
        "ALTER TABLE follows ADD COLUMN day_first INTEGER",
        "ALTER TABLE follows ADD COLUMN mark_before INTEGER",  # while a post is on its way: as they were before it
        "ALTER TABLE follows ADD COLUMN last_before INTEGER",
    ),
)
_COLUMNS = "id, person, server, channel, question, language, mark, last, failed, day_first"


@dataclass(frozen=True, slots=True)
class Follow:
    """A followed question: by whom, in which channel (None: private messages to the person), in which language.

    `cursor` is the last of the archive's arrivals it has looked at, `last_posted` the Unix time of its last post (0:
    never), `failures` how many posts in a row Discord did not accept. `day_first` is the order of numbers in the
    person's dates, None where it is not known.
    """

    id: int
    person: int
    server: int | None
    channel: int | None
    question: str
    language: str
    cursor: int
    last_posted: int = 0
    failures: int = 0
    day_first: bool | None = None

    @property
    def is_paused(self) -> bool:
        """Return True if it is skipped because nothing could be posted MAX_FAILURES times."""
        return self.failures >= MAX_FAILURES


class FollowStore:
    """All follows; `posts` holds the posts of each."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock
        self.posts = PostStore(database, clock)

    async def add(self, follow: Follow, known: Sequence[Post], limit: int) -> Follow:
        """Store a follow and give it its id; `known` are quotes that are not news to it, `limit` is of the server.

        Raise Refused when the person or the server has reached the limit.
        """

        def work(db: Connection) -> Follow:
            _check_limit(db, "person", follow.person, MAX_FOLLOWS_PER_PERSON, "too-many-follows")
            if follow.channel is not None:
                _check_limit(db, "server", follow.server, limit, "server-follows")
            columns = (
                follow.person,
                follow.server,
                follow.channel,
                follow.question,
                follow.language,
                follow.cursor,
                follow.day_first,
            )
            made = db.execute(
                "INSERT INTO follows (person, server, channel, question, language, mark, day_first)"
                f" VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING {_COLUMNS}",
                columns,
            ).fetchone()
            insert_posts(db, made[0], known, int(self._clock()))
            return _follow(made)

        return await self._database.transaction(work)

    async def all(self) -> list[Follow]:
        """Return every follow, the one that posted longest ago first."""
        return _follows(await self._database.fetch_all(f"SELECT {_COLUMNS} FROM follows ORDER BY last, id"))

    async def get(self, number: int) -> Follow | None:
        """Return a follow by its number."""
        row = await self._database.fetch_one(f"SELECT {_COLUMNS} FROM follows WHERE id = ?", number)
        return _follow(row) if row else None

    async def visible_to(self, person: int, server: int | None = None) -> list[Follow]:
        """Return what a person follows, and with a `server` what is posted there for anybody."""
        rows = await self._database.fetch_all(
            f"SELECT {_COLUMNS} FROM follows WHERE person = ? OR (server = ? AND channel IS NOT NULL) ORDER BY id",
            person,
            server,
        )
        return _follows(rows)

    async def change_question(
        self, number: int, question: str, mark: int, day_first: bool | None = None
    ) -> None:
        """Change the question and the order of its dates, set the cursor and resume a paused follow."""
        await self._database.execute(
            "UPDATE follows SET question = ?, mark = ?, day_first = ?, failed = 0 WHERE id = ?",
            question,
            mark,
            day_first,
            number,
        )

    async def delete(self, number: int) -> None:
        """Delete a follow and its posts."""

        def work(db: Connection) -> None:
            db.execute("DELETE FROM posts WHERE follow = ?", (number,))
            db.execute("DELETE FROM follows WHERE id = ?", (number,))

        await self._database.transaction(work)

    async def delete_person(self, person: int) -> None:
        """Delete all follows of a person."""
        for follow in await self.visible_to(person):
            await self.delete(follow.id)

    async def delete_server(self, server: int) -> None:
        """Delete all follows that post on a server."""
        for row in await self._database.fetch_all(
            "SELECT id FROM follows WHERE server = ? AND channel IS NOT NULL", server
        ):
            await self.delete(row[0])

    async def advance(self, follow: Follow, mark: int, posts: Sequence[Post]) -> bool:
        """Move a follow's cursor, and store what is about to be posted for it.

        Return False and change nothing if it was deleted, changed or advanced by somebody else meanwhile.
        """

        def work(db: Connection) -> bool:
            now = int(self._clock())
            looked = "UPDATE follows SET mark = ? WHERE id = ? AND mark = ? AND question = ?"
            if not db.execute(looked, (mark, follow.id, follow.cursor, follow.question)).rowcount:
                return False
            if posts:
                db.execute(
                    "UPDATE follows SET last = ?, mark_before = ?, last_before = ? WHERE id = ?",
                    (now, follow.cursor, follow.last_posted, follow.id),
                )
            insert_posts(db, follow.id, posts, now)
            db.execute(*expired_posts(now))
            return True

        return await self._database.transaction(work)

    async def record_sent(self, follow: Follow, posts: Sequence[Post], channel: int, message: int) -> None:
        """Store the message in which quotes were posted, and reset the failures."""

        def work(db: Connection) -> None:
            db.execute("UPDATE follows SET failed = 0, mark_before = NULL WHERE id = ?", (follow.id,))
            for post in posts:
                db.execute(
                    "UPDATE posts SET channel = ?, message = ? WHERE follow = ? AND words_key = ?",
                    (channel, message, follow.id, post.key),
                )

        await self._database.transaction(work)

    async def undo_advance(self, follow: Follow, posts: Sequence[Post], *, refused: bool) -> None:
        """Undo `advance`, so that it is tried again; `refused` counts a failure."""

        def work(db: Connection) -> None:
            db.execute(
                "UPDATE follows SET mark = ?, last = ?, failed = failed + ?, mark_before = NULL WHERE id = ?",
                (follow.cursor, follow.last_posted, refused, follow.id),
            )
            for post in posts:
                db.execute("DELETE FROM posts WHERE follow = ? AND words_key = ?", (follow.id, post.key))

        await self._database.transaction(work)

    async def undo_unfinished(self) -> int:
        """Undo each `advance` whose process ended before its post was recorded; return how many.

        One that was begun more than UNFINISHED_SECONDS ago is taken for done: Discord no longer recognizes a second
        attempt as the same post.
        """

        def work(db: Connection) -> int:
            begun = int(self._clock()) - UNFINISHED_SECONDS
            unfinished = "mark_before IS NOT NULL AND last >= ?"
            db.execute(
                "DELETE FROM posts WHERE message IS NULL AND EXISTS (SELECT 1 FROM follows WHERE id = posts.follow"
                f" AND last = posts.at AND {unfinished})",
                (begun,),
            )
            undone = db.execute(
                f"UPDATE follows SET mark = mark_before, last = last_before, mark_before = NULL WHERE {unfinished}",
                (begun,),
            ).rowcount
            db.execute("UPDATE follows SET mark_before = NULL WHERE mark_before IS NOT NULL")
            return undone

        return await self._database.transaction(work)


def _check_limit(db: Connection, column: str, key: int | None, limit: int, error_kind: str) -> None:
    where = f"{column} = ?" if column == "person" else f"{column} = ? AND channel IS NOT NULL"
    (number,) = db.execute(f"SELECT count(*) FROM follows WHERE {where}", (key,)).fetchone()
    if number >= limit:
        raise Refused(error_kind, most=limit)


def _follows(rows: Sequence[Row]) -> list[Follow]:
    return [_follow(row) for row in rows]


def _follow(row: Row) -> Follow:
    *columns, day_first = row
    return replace(Follow(*columns), day_first=None if day_first is None else bool(day_first))
