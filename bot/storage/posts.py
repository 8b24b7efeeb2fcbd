"""Posts of follows: which quotes were posted in which messages, and how far corrections have looked."""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from bot.storage.database import Connection, Database, Row, TableSchema
from index import Quote, quote_words

# Seconds after which a post that was begun is not made again. Judged: for "the past few minutes" Discord recognizes the
# nonce of a message that is sent twice.
UNFINISHED_SECONDS = 150
POST_RETENTION_SECONDS = 180 * 86_400  # judged: half a year


def expired_posts(now: float) -> tuple[str, tuple[int]]:
    """Return the statement that deletes posts which are kept no longer at a Unix time, and its values."""
    return "DELETE FROM posts WHERE at < ?", (int(now) - POST_RETENTION_SECONDS,)


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
    expired_posts,
)
CURSORS = TableSchema(
    "marks", ("CREATE TABLE marks (name TEXT PRIMARY KEY, mark INTEGER NOT NULL) WITHOUT ROWID",)
)


@dataclass(frozen=True, slots=True)
class Post:
    """A quote that was posted for a follow: where it stood in its article, and the message it stands in."""

    follow: int
    url: str
    start: int
    words: str
    channel: int | None = None
    message: int | None = None

    @classmethod
    def of(cls, follow: int, quote: Quote) -> "Post":
        """Return what is remembered of a quote for the follow with this number; 0 for one that is not stored yet."""
        return cls(follow, quote.article.url, quote.start, quote.text)

    @property
    def key(self) -> str:
        """Return a key that is equal for the same words, whatever their case and punctuation."""
        return " ".join(word.form for word in quote_words(self.words))[:500] or self.words[:500]


class PostStore:
    """All posts, and the cursors of tasks that look at them."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    async def posted(self, number: int) -> tuple[set[str], set[str]]:
        """Return the keys and article URLs of what a follow has posted, or knew when it began."""
        rows = await self._database.fetch_all("SELECT words_key, url FROM posts WHERE follow = ?", number)
        return {row[0] for row in rows}, {row[1] for row in rows}

    async def from_articles(self, urls: Collection[str]) -> list[Post]:
        """Return the posts, sent in a message, that quote the articles at these URLs."""
        found: list[Row] = []
        for url in urls:
            found += await self._database.fetch_all(
                "SELECT follow, url, start, words, channel, message FROM posts WHERE url = ? AND message IS NOT NULL",
                url,
            )
        return [Post(*row) for row in found]

    async def replace(self, old: Post, new: Post | None) -> None:
        """Replace a post by its corrected words; None if these are gone from the article."""

        def work(db: Connection) -> None:
            db.execute("DELETE FROM posts WHERE follow = ? AND words_key = ?", (old.follow, old.key))
            if new:
                insert_posts(db, old.follow, [new], int(self._clock()))

        await self._database.transaction(work)

    async def cursor(self, name: str) -> int | None:
        """Return the last of the archive's arrivals that a task has looked at; None if it never has."""
        row = await self._database.fetch_one("SELECT mark FROM marks WHERE name = ?", name)
        return int(row[0]) if row else None

    async def set_cursor(self, name: str, mark: int) -> None:
        """Store how far a task has looked."""
        await self._database.execute(
            "INSERT INTO marks VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET mark = excluded.mark",
            name,
            mark,
        )


def insert_posts(db: Connection, follow: int, posts: Sequence[Post], at: int) -> None:
    """Insert posts of a follow; one with the same words stays as it is."""
    for post in posts:
        row = (follow, post.key, post.url, post.start, post.words, at, post.channel, post.message)
        db.execute("INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", row)
