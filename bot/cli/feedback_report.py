"""`verbatim feedback`: the votes on answers, for the bot's owner and for evaluation."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

from rich.console import Console

from bot.cli.answer_view import format_day, sanitize
from bot.cli.open_archive import stdout_console
from bot.config import Settings
from bot.storage import feedback
from bot.storage.answers import TABLE as KEPT_ANSWERS
from bot.storage.answers import AnswerStore, StoredQuote
from bot.storage.database import Database
from bot.storage.feedback import FeedbackStore, Vote
from bot.texts import ENGLISH


def run_feedback(settings: Settings, *, as_json: bool = False) -> int:
    """Print all votes, the newest first: as words, or one JSON object a line."""
    votes = asyncio.run(_load_votes(settings))
    if as_json:
        for vote, quotes in votes:
            print(json.dumps(_vote_to_dict(vote, quotes), ensure_ascii=False))  # noqa: T201 - rich would wrap it
    else:
        print_feedback([vote for vote, _ in votes], stdout_console())
    return 0


def print_feedback(votes: Sequence[Vote], console: Console) -> None:
    """Print the counts of votes, and for each vote down the question and the reason."""
    if not votes:
        console.print("Nobody has said anything of an answer yet.")
        return
    good = sum(vote.good for vote in votes)
    console.print(f"{good:,} up, {len(votes) - good:,} down")
    for vote in votes:
        if not vote.good:
            console.print()
            for line in (
                vote.question or "",
                f"{format_day(vote.at)} · {_reason_text(vote)}",
                vote.comment or "",
            ):
                if line:
                    console.print(sanitize(line), markup=False)


async def _load_votes(settings: Settings) -> list[tuple[Vote, tuple[StoredQuote, ...]]]:
    """Read every vote with the quotes of its answer, as long as those are kept."""
    database = await Database.open(settings.data, (KEPT_ANSWERS, feedback.TABLE), settings.postgres)
    try:
        answers = AnswerStore(database)
        return [
            (vote, await answers.load(vote.answer_id) or ()) for vote in await FeedbackStore(database).votes()
        ]
    finally:
        await database.close()


def _reason_text(vote: Vote) -> str:
    return ENGLISH(f"why-{vote.reason}") if vote.reason else ""


def _vote_to_dict(vote: Vote, quotes: Sequence[StoredQuote]) -> dict[str, Any]:
    return {
        "at": vote.at.isoformat() if vote.at else None,
        "good": vote.good,
        "reason": vote.reason,
        "words": vote.comment,
        "question": vote.question,
        "quotes": [{"url": one.url, "start": one.start, "end": one.end} for one in quotes],
    }
