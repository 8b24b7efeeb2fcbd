"""What following costs: the time for each article that comes in, and what people who ask notice of it."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.context import TABLES
from bot.services.new_quotes import NewQuoteFinder
from bot.services.query_service import QueryService
from bot.storage.database import Database
from bot.storage.follows import Follow
from bot.storage.posts import PostStore
from index import HOUSE, Archive, ArrivedArticle
from tests.bench.clock import Row, median

FOLLOWS, ARTICLES, HOURLY, ASKED = 1000, 6, 60, 40
SLOWER = 1.5  # a question while follows are worked on, against alone; judged


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor and wall seconds."""

    processor: float
    wall: float


class _Followers:
    """So many follows, whose work is done on articles as the bot does it."""

    def __init__(self, archive: Archive, questions: Sequence[str], folder: Path) -> None:
        self._archive = archive
        self._folder = folder
        self._follows = [
            Follow(number, number, None, None, questions[number % len(questions)], "en", 0)
            for number in range(FOLLOWS)
        ]

    def look_at(self, rounds: Sequence[Sequence[ArrivedArticle]], stop: Callable[[], bool]) -> list[Spent]:
        """Let every follow look at the articles of each round, until `stop` says so; return what each round took."""
        return asyncio.run(self._look_at(rounds, stop))

    async def _look_at(
        self, rounds: Sequence[Sequence[ArrivedArticle]], stop: Callable[[], bool]
    ) -> list[Spent]:
        database = await Database.open(self._folder, TABLES)
        service = QueryService(self._archive)
        spent = []
        try:
            for arrived in rounds:
                now = max(one.time for one in arrived) + timedelta(hours=1)
                finder = NewQuoteFinder(service, PostStore(database), lambda now=now: now)  # type: ignore[misc]
                processor, wall = time.process_time(), time.perf_counter()
                for follow in self._follows:
                    if stop():
                        return spent
                    await finder.find(follow, arrived, HOUSE, ())
                spent.append(Spent(time.process_time() - processor, time.perf_counter() - wall))
        finally:
            await service.stop(0)
            await database.close()
        return spent


def cost(archive: Archive, questions: Sequence[str], asked: Sequence[str], year: int) -> Iterator[Row]:
    """Let 1,000 follows look at single articles of a year, and at an hour's at once; then ask meanwhile."""
    first = datetime(year, 1, 1, tzinfo=UTC)
    news = archive.latest(first, first + timedelta(days=365), limit=1_000_000)
    singles = [[one] for one in news[:: max(1, len(news) // ARTICLES)][:ARTICLES]]
    with TemporaryDirectory() as folder:
        followers = _Followers(archive, questions, Path(folder))
        followers.look_at(singles[:1], _never)  # their questions are known from then on
        spent = followers.look_at(singles, _never)
        for unit, times in (
            ("processor", [one.processor for one in spent]),
            ("wall", [one.wall for one in spent]),
        ):
            mean = sum(times) / len(times)
            yield Row(f"{FOLLOWS:,} follows, an article, {unit}", mean, "s")
            yield Row(f"{FOLLOWS:,} follows, {HOURLY} articles, each by itself, {unit}", mean * HOURLY, "s")
        [hour] = followers.look_at([news[:HOURLY]], _never)
        yield Row(f"{FOLLOWS:,} follows, {HOURLY} articles at once, processor", hour.processor, "s")
        yield Row(f"{FOLLOWS:,} follows, {HOURLY} articles at once, wall", hour.wall, "s")
        yield from _beside(archive, asked, followers, [news[:HOURLY]] * 1000)


def _beside(
    archive: Archive,
    asked: Sequence[str],
    followers: _Followers,
    rounds: Sequence[Sequence[ArrivedArticle]],
) -> Iterator[Row]:
    """Ask in turns alone and while follows are worked on."""
    texts = [asked[number % len(asked)] for number in range(ASKED)]
    for text in texts[:3]:
        archive.ask(text, circle=HOUSE)
    alone, beside = [], []
    for part in range(0, ASKED, ASKED // 4):
        alone += _times(archive, texts[part : part + ASKED // 4])
        done = threading.Event()
        work = threading.Thread(target=followers.look_at, args=(rounds, done.is_set))
        work.start()
        beside += _times(archive, texts[part : part + ASKED // 4])
        done.set()
        work.join()
    yield Row("a question, alone, median", median(alone), "ms")
    yield Row("a question while follows are worked on, median", median(beside), "ms", median(alone), SLOWER)


def _times(archive: Archive, texts: Sequence[str]) -> list[float]:
    times = []
    for text in texts:
        begun = time.perf_counter()
        archive.ask(text, circle=HOUSE)
        times.append(time.perf_counter() - begun)
        time.sleep(0.02)  # between people
    return times


def _never() -> bool:
    return False
