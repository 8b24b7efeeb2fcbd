"""A question as a bot takes it: counted, answered, and its answer kept for the buttons of its card."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from bot.context import TABLES
from bot.services.query_service import Limits, QueryRequest, QueryService
from bot.storage import answers
from bot.storage.database import DATABASE_FILE, Database
from bot.storage.use_counts import UseCounts
from index.answering.answers import Answer
from index.archive import Archive
from index.storage.postgres.address import PostgresAddress

_WITHOUT = 1_000_000_000  # questions that one person may ask
_FILL = (
    "INSERT INTO answers (id, at, quotes) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
    " SELECT 'kept' || i, ?, '[]' FROM n"
)


class AsOfThen:
    """An archive whose questions are asked at the moments at which people asked them."""

    def __init__(self, archive: Archive, moments: Mapping[str, datetime]) -> None:
        self._archive = archive
        self._moments = moments

    def ask(self, text: str, **named: Any) -> Answer:
        """Answer a question."""
        return self._archive.ask(text, now=self._moments[text], **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._archive, name)


class AskingBot:
    """What of a bot a question goes through, but for Discord. Where several share a store, it counts there."""

    def __init__(self, archive: AsOfThen, database: Database, *, shared: bool) -> None:
        """To be made on the event loop that it is used on; it closes neither."""
        self.archive = archive
        self._database = database
        counts = UseCounts(database) if shared else None
        limits = Limits(questions=_WITHOUT, server=_WITHOUT, answer=600.0)
        self._service = QueryService(archive, limits, counts=counts)  # type: ignore[arg-type]
        self._answers = answers.AnswerStore(database)

    @classmethod
    async def open(
        cls, archive: AsOfThen, folder: Path, store: PostgresAddress | None, *, shared: bool
    ) -> Self:
        """Open the bot's own tables beside an archive."""
        return cls(archive, await Database.open(folder, TABLES, store), shared=shared)

    async def fill(self) -> None:
        """Let as many answers be kept as there may be: finding those that are too many takes time."""
        await self._database.execute(_FILL, answers.MAX_ANSWERS, int(time.time()))

    async def ask(self, person: int, text: str) -> None:
        """Ask, and keep the answer."""
        answer = await self._service.ask(QueryRequest(person, text))
        await self._answers.save(answer)

    async def close(self) -> None:
        """Close the tables."""
        await self._service.stop(5)
        await self._database.close()


async def ask_for(
    bot: AskingBot, questions: Sequence[str], seconds: float, at_once: int, first: int
) -> tuple[list[float], float]:
    """Ask for so many seconds, always `at_once` of the questions; return each one's seconds, and all of them."""
    begun = time.perf_counter()
    times: list[float] = []

    async def person(number: int) -> None:
        asked = first + number
        while (now := time.perf_counter()) < begun + seconds:
            await bot.ask(asked, questions[asked % len(questions)])
            times.append(time.perf_counter() - now)
            asked += at_once

    await asyncio.gather(*map(person, range(at_once)))
    return times, time.perf_counter() - begun


def remove_bot_tables(folder: Path) -> None:
    """Begin with no answers kept."""
    for path in folder.glob(f"{DATABASE_FILE}*"):
        path.unlink()
