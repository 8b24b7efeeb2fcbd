"""Questions that are followed, what was posted for them, and daily briefs: where they are kept."""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from bot.errors import Refused
from bot.storage.database import Database, Row, TableSchema
from index import quote_words

MAX_FOLLOWS_PER_PERSON = 10  # questions one person may follow
MAX_FAILURES = 3  # posts that Discord does not take, one after the other, until a follow rests
FOLLOWS = TableSchema(
    "follows",
    (
        """CREATE TABLE follows (
            id INTEGER PRIMARY KEY, person INTEGER NOT NULL, server INTEGER, channel INTEGER,
            question TEXT NOT NULL, language TEXT NOT NULL, mark INTEGER NOT NULL,
            last INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0
        )""",
    ),
)
POSTS = TableSchema(
    "posts",
    (
        """CREATE TABLE posts (
            follow INTEGER NOT NULL, words_key TEXT NOT NULL, url TEXT NOT NULL, start INTEGER NOT NULL,
            words TEXT NOT NULL, at INTEGER NOT NULL, channel INTEGER, message INTEGER,
            PRIMARY KEY (follow, words_key)
        ) WITHOUT ROWID""",
        "CREATE INDEX posts_url ON posts (url)",
    ),
)
CURSORS = TableSchema(
    "marks", ("CREATE TABLE marks (name TEXT PRIMARY KEY, mark INTEGER NOT NULL) WITHOUT ROWID",)
)
POST_RETENTION_SECONDS = 180 * 86_400  # seconds that a post is remembered
_COLUMNS = "id, person, server, channel, question, language, mark, last, failed"


@dataclass(frozen=True, slots=True)
class Follow:
    """A question that is followed: by whom, where posts go (channel None: to the person, in private), in which language.

    `cursor` is how far in the archive's arrivals it has looked, `last_posted` when it last posted (seconds since 1970),
    `failures` how often in a row Discord did not take a post.
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

    @property
    def is_paused(self) -> bool:
        """Return True if it is not looked after any more, since nothing could be posted."""
        return self.failures >= MAX_FAILURES


@dataclass(frozen=True, slots=True)
class Post:
    """A quote that was posted for a follow: where it stood in its article, and the message it stands in."""

    follow: int
    url: str
    start: int
    words: str
    channel: int | None = None
    message: int | None = None

    @property
    def key(self) -> str:
        """Return what is the same for the same words however they are set."""
        return " ".join(word.form for word in quote_words(self.words))[:500] or self.words[:500]


class FollowStore:
    """Everything that is followed, and what was posted."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    async def add(self, follow: Follow, known: Sequence[Post], most: int) -> Follow:
        """Begin to follow; `posted` are quotes that are no news. `most` a server may have.

        Raise Refused when the person, or the server, follows as many as may be.
        """

        def work(db: Connection) -> Follow:
            _check_limit(db, "person", follow.person, MAX_FOLLOWS_PER_PERSON, "too-many-follows")
            if follow.channel is not None:
                _check_limit(db, "server", follow.server, most, "server-follows")
            columns = (
                follow.person,
                follow.server,
                follow.channel,
                follow.question,
                follow.language,
                follow.cursor,
            )
            made = db.execute(
                "INSERT INTO follows (person, server, channel, question, language, mark) VALUES (?, ?, ?, ?, ?, ?)"
                f" RETURNING {_COLUMNS}",
                columns,
            ).fetchone()
            insert_posts(db, made[0], known, int(self._clock()))
            return Follow(*made)

        return await self._database.transaction(work)

    async def all(self) -> list[Follow]:
        """Return every follow, the one that posted longest ago first."""
        return _follows(await self._database.fetch_all(f"SELECT {_COLUMNS} FROM follows ORDER BY last, id"))

    async def get(self, number: int) -> Follow | None:
        """Return a follow by its number."""
        row = await self._database.fetch_one(f"SELECT {_COLUMNS} FROM follows WHERE id = ?", number)
        return Follow(*row) if row else None

    async def visible_to(self, person: int, server: int | None = None) -> list[Follow]:
        """Return what a person follows, and with a `server` what is posted there for anybody."""
        rows = await self._database.fetch_all(
            f"SELECT {_COLUMNS} FROM follows WHERE person = ? OR (server = ? AND channel IS NOT NULL) ORDER BY id",
            person,
            server,
        )
        return _follows(rows)

    async def change_question(self, number: int, question: str, mark: int) -> None:
        """Change the question; it is looked after again from here on."""
        await self._database.execute(
            "UPDATE follows SET question = ?, mark = ?, failed = 0 WHERE id = ?", question, mark, number
        )

    async def delete(self, number: int) -> None:
        """Follow no more, and forget what was posted."""

        def work(db: Connection) -> None:
            db.execute("DELETE FROM posts WHERE follow = ?", (number,))
            db.execute("DELETE FROM follows WHERE id = ?", (number,))

        await self._database.transaction(work)

    async def delete_person(self, person: int) -> None:
        """End everything a person follows."""
        for follow in await self.visible_to(person):
            await self.delete(follow.id)

    async def delete_server(self, server: int) -> None:
        """End everything that was posted on a server."""
        for row in await self._database.fetch_all(
            "SELECT id FROM follows WHERE server = ? AND channel IS NOT NULL", server
        ):
            await self.delete(row[0])

    async def advance(self, follow: Follow, mark: int, posts: Sequence[Post]) -> bool:
        """Take down how far a follow has looked, and what is about to be posted for it.

        False, and nothing is taken down, if it was ended, changed, or looked after by somebody else meanwhile.
        """

        def work(db: Connection) -> bool:
            now = int(self._clock())
            looked = "UPDATE follows SET mark = ? WHERE id = ? AND mark = ? AND question = ?"
            if not db.execute(looked, (mark, follow.id, follow.cursor, follow.question)).rowcount:
                return False
            if posts:
                db.execute("UPDATE follows SET last = ? WHERE id = ?", (now, follow.id))
            insert_posts(db, follow.id, posts, now)
            db.execute("DELETE FROM posts WHERE at < ?", (now - POST_RETENTION_SECONDS,))
            return True

        return await self._database.transaction(work)

    async def record_sent(self, follow: Follow, posts: Sequence[Post], channel: int, message: int) -> None:
        """Take down the message that quotes were posted in."""

        def work(db: Connection) -> None:
            db.execute("UPDATE follows SET failed = 0 WHERE id = ?", (follow.id,))
            for post in posts:
                db.execute(
                    "UPDATE posts SET channel = ?, message = ? WHERE follow = ? AND words_key = ?",
                    (channel, message, follow.id, post.key),
                )

        await self._database.transaction(work)

    async def undo_advance(self, follow: Follow, posts: Sequence[Post], *, refused: bool) -> None:
        """Undo `advance`, so that it is tried again; `refused` counts that Discord did not take it."""

        def work(db: Connection) -> None:
            db.execute(
                "UPDATE follows SET mark = ?, last = ?, failed = failed + ? WHERE id = ?",
                (follow.cursor, follow.last_posted, refused, follow.id),
            )
            for post in posts:
                db.execute("DELETE FROM posts WHERE follow = ? AND words_key = ?", (follow.id, post.key))

        await self._database.transaction(work)

    async def posted(self, number: int) -> tuple[set[str], set[str]]:
        """Return the keys of the words that a follow has posted, or that were no news, and their articles' addresses."""
        rows = await self._database.fetch_all("SELECT words_key, url FROM posts WHERE follow = ?", number)
        return {row[0] for row in rows}, {row[1] for row in rows}

    async def posts_from(self, urls: Collection[str]) -> list[Post]:
        """Return what was posted, in a message, from the articles at these addresses."""
        found: list[Row] = []
        for url in urls:
            found += await self._database.fetch_all(
                "SELECT follow, url, start, words, channel, message FROM posts WHERE url = ? AND message IS NOT NULL",
                url,
            )
        return [Post(*row) for row in found]

    async def replace_post(self, old: Post, new: Post | None) -> None:
        """Put corrected words in the place of those that were posted; None when they are gone."""

        def work(db: Connection) -> None:
            db.execute("DELETE FROM posts WHERE follow = ? AND words_key = ?", (old.follow, old.key))
            if new:
                insert_posts(db, old.follow, [new], int(self._clock()))

        await self._database.transaction(work)

    async def cursor(self, name: str) -> int | None:
        """Return how far something has looked in the archive's arrivals; None if it never has."""
        row = await self._database.fetch_one("SELECT mark FROM marks WHERE name = ?", name)
        return int(row[0]) if row else None

    async def set_cursor(self, name: str, mark: int) -> None:
        """Take down how far something has looked."""
        await self._database.execute("INSERT OR REPLACE INTO marks VALUES (?, ?)", name, mark)


def _check_limit(db: Connection, column: str, key: int | None, most: int, refusal: str) -> None:
    where = f"{column} = ?" if column == "person" else f"{column} = ? AND channel IS NOT NULL"
    (number,) = db.execute(f"SELECT count(*) FROM follows WHERE {where}", (key,)).fetchone()
    if number >= most:
        raise Refused(refusal, most=most)


def insert_posts(db: Connection, follow: int, posts: Sequence[Post], at: int) -> None:
    """Insert posts of a follow; one with the same words stays as it is."""
    for post in posts:
        row = (follow, post.key, post.url, post.start, post.words, at, post.channel, post.message)
        db.execute("INSERT OR IGNORE INTO posts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def _follows(rows: Sequence[Row]) -> list[Follow]:
    return [Follow(*row) for row in rows]
