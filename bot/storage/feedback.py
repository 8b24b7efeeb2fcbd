"""Votes on answers, with reasons. No name or user id is stored, only a hash that tells voters of one answer apart."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from bot.storage.database import Connection, Database, TableSchema

MAX_VOTES = 10_000  # the oldest are deleted first; judged
MAX_COMMENT_LENGTH = 500  # characters, judged
TABLE = TableSchema(
    "feedback",
    (
        """CREATE TABLE feedback (
            answer TEXT NOT NULL, voter TEXT NOT NULL, at INTEGER NOT NULL, good INTEGER NOT NULL,
            reason TEXT, words TEXT, question TEXT, PRIMARY KEY (answer, voter)
        )""",
    ),
)


class Reason(StrEnum):
    """Why an answer was bad."""

    OFF_TOPIC = "off_topic"
    OUT_OF_CONTEXT = "out_of_context"
    WRONG_SPEAKER = "wrong_speaker"
    WRONG_SIDE = "wrong_side"
    MISSING = "missing"
    OUTDATED = "outdated"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Vote:
    """What one person said of one answer; `question` as the card showed it, with a reason only."""

    answer_id: str
    good: bool
    reason: Reason | None = None
    comment: str | None = None
    question: str | None = None
    at: datetime | None = None


class FeedbackStore:
    """The latest votes; a person has one for each answer, and the last one counts."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    async def save(self, vote: Vote, person: int) -> None:
        """Store a vote in place of an earlier one of the same person."""
        row = (
            vote.answer_id, _voter(vote.answer_id, person), int(self._clock()), vote.good,
            vote.reason, vote.comment, vote.question,
        )  # fmt: skip

        def work(db: Connection) -> None:
            db.execute(
                "DELETE FROM feedback WHERE answer = ? AND voter = ?", row[:2]
            )  # the new one is the newest
            db.execute("INSERT INTO feedback VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            db.execute(
                "DELETE FROM feedback WHERE rowid <= (SELECT rowid FROM feedback ORDER BY rowid DESC LIMIT 1 OFFSET ?)",
                (MAX_VOTES,),
            )

        await self._database.transaction(work)

    async def votes(self) -> list[Vote]:
        """Return all votes, the newest first."""
        rows = await self._database.fetch_all(
            "SELECT answer, good, reason, words, question, at FROM feedback ORDER BY rowid DESC"
        )
        return [
            Vote(answer, bool(good), Reason(reason) if reason else None, words, question, _utc_time(at))
            for answer, good, reason, words, question, at in rows
        ]

    async def delete_person(self, person: int) -> int:
        """Delete all votes of a person; return how many."""

        def work(db: Connection) -> int:
            rows = db.execute("SELECT answer, voter FROM feedback").fetchall()
            own = [(answer, voter) for answer, voter in rows if voter == _voter(answer, person)]
            db.executemany("DELETE FROM feedback WHERE answer = ? AND voter = ?", own)
            return len(own)

        return await self._database.transaction(work)


def _voter(answer: str, person: int) -> str:
    """Return a hash of person and answer, so that votes of a person cannot be joined across answers."""
    return hashlib.sha256(f"{answer}:{person}".encode()).hexdigest()[:16]


def _utc_time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
