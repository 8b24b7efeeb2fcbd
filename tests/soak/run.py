"""One soak: the bot, a newspaper that publishes, a crowd that asks, and what came of it."""

import asyncio
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.archive import Archive
from index.feeds.subscriptions import Subscriptions
from index.ingest.inputs import read_inputs
from index.storage.places import NEWS_FILE
from tests.conftest import REPOSITORY
from tests.discord_server import DiscordServer, aimed_at
from tests.soak.bot_process import BotProcess, Sample, running_bot
from tests.soak.crowd import Crowd, percentile
from tests.web.newspaper import Newspaper
from tests.web.press import KINDS

SAMPLE_NEWS = REPOSITORY / "index" / "sample" / "articles.jsonl"
WARM_UP = 0.2  # of the time, in which caches fill
# From the end of the warm-up on a bot may grow by so much; judged. The newspaper's articles are a part of it.
MOST_GROWTH, MOST_HANDLES = 0.10, 8


@dataclass(frozen=True)
class Load:
    """How much is asked: `rate` questions a second, then `at_once` at the same moment; `paper` seconds between articles."""

    questions: int = 10_000
    rate: float = 10_000 / 3600
    people: int = 500
    at_once: int = 200
    paper: float = 20.0
    patience: float = 3.0  # of Discord, for an acknowledgement; the real one is three seconds
    lost_after: float = 60.0  # seconds until a question without an answer counts as lost


@dataclass(frozen=True)
class SoakReport:
    """What came of a soak; `bad` says what must not be."""

    outcomes: Counter[str]
    outcomes_at_once: Counter[str]
    seconds: dict[str, list[float]]
    samples: tuple[Sample, ...]
    articles: tuple[int, int]  # published, indexed
    exit_code: int | None
    faults: int
    violations: int

    @property
    def bad(self) -> list[str]:
        """Return in words what a bot in order never does."""
        allowed = {"answered", "busy", "too slow"}
        every = self.outcomes + self.outcomes_at_once
        found = [f"{number} questions: {name}" for name, number in every.items() if name not in allowed]
        if self.exit_code != 0:
            found.append(f"it ended with {self.exit_code}")
        for name, number in (
            ("faults logged", self.faults),
            ("breaches of Discord's rules", self.violations),
        ):
            found += [f"{number} {name}"] if number else []
        return found

    @property
    def grown(self) -> list[str]:
        """Return in words what grew after the warm-up, and should not have."""
        warm, end = self.samples[int(len(self.samples) * WARM_UP)], self.samples[-1]
        found = []
        if end.megabytes > warm.megabytes * (1 + MOST_GROWTH):
            found.append(f"memory grew from {warm.megabytes:.0f} to {end.megabytes:.0f} MB")
        if end.handles > warm.handles + MOST_HANDLES:
            found.append(f"open files grew from {warm.handles} to {end.handles}")
        return found

    def lines(self) -> Iterator[str]:
        """Yield the report."""
        yield f"questions at a fixed rate: {told(self.outcomes)}"
        yield f"questions at the same moment: {told(self.outcomes_at_once)}"
        for surface, seconds in sorted(self.seconds.items()):
            p50, p95 = percentile(seconds, 0.5), percentile(seconds, 0.95)
            yield f"  {surface}: {len(seconds)}, p50 {p50:.2f} s, p95 {p95:.2f} s"
        for share in (0.0, WARM_UP, 0.5, 0.75, 1.0):
            one = self.samples[min(len(self.samples) - 1, int(len(self.samples) * share))]
            yield f"  after {one.at:.0f} s: {one.megabytes:.0f} MB, {one.handles} files, {one.threads} threads"
        yield f"articles: {self.articles[0]} published meanwhile, {self.articles[1]} of them indexed"
        yield f"exit code {self.exit_code}, {self.faults} faults logged, {self.violations} breaches of Discord's rules"


def told(outcomes: Counter[str]) -> str:
    return ", ".join(f"{number} {name}" for name, number in outcomes.most_common()) or "none"


def prepare(data: Path, models: Path, paper: Newspaper) -> None:
    """Put the sample and the newspaper's feeds into an empty data folder."""
    (data / "models").symlink_to(models)
    with Archive.open(data, models=models) as archive:
        for _ in archive.add(read_inputs([str(SAMPLE_NEWS)])):
            pass
    with Subscriptions(data / NEWS_FILE) as subscriptions:
        for kind in KINDS:
            subscriptions.add(paper.press.feed(kind), time.time())


async def soak(data: Path, models: Path, load: Load) -> SoakReport:
    """Run one soak in an empty data folder."""
    with Newspaper() as paper:
        await asyncio.to_thread(prepare, data, models, paper)
        async with DiscordServer(patience=load.patience) as server:
            with aimed_at(server.url):
                settings = {"VERBATIM_OPEN_HOSTS": f"{paper.host}:{paper.port}"}
                async with running_bot(server, data, **settings) as bot:
                    crowd = Crowd(server, load.people, load.lost_after)
                    await crowd.gather()
                    published, at_rate = await _ask(bot, crowd, paper, load)
                return _report(server, bot, crowd, at_rate, (published, _indexed(data, paper)))


async def _ask(bot: BotProcess, crowd: Crowd, paper: Newspaper, load: Load) -> tuple[int, int]:
    """Let the crowd ask; return how many articles were published, and how many questions were asked at the rate."""
    watching = asyncio.create_task(bot.watch(max(0.5, load.questions / load.rate / 200)))
    publishing = asyncio.create_task(_publish(paper, load.paper))
    await crowd.ask(load.questions, load.rate)
    at_rate = len(crowd.asked)
    publishing.cancel()
    watching.cancel()
    await crowd.ask_at_once(load.at_once)
    return len(paper.press.articles), at_rate


async def _publish(paper: Newspaper, pause: float) -> None:
    """Publish an article every so many seconds, until cancelled."""
    number = 0
    while True:
        number += 1
        words = f"The bridge of Norwick was closed for the {number}th time, the water board said on Monday."
        paper.press.publish(f"bridge-{number}", words, title=f"Bridge closed again, {number}")
        await asyncio.sleep(pause)


def _indexed(data: Path, paper: Newspaper) -> int:
    """Return how many of the newspaper's articles are in the index."""
    with closing(sqlite3.connect(data / NEWS_FILE)) as db:
        statement = "SELECT count(*) FROM articles WHERE url LIKE ?"
        return int(db.execute(statement, (f"{paper.origin}/press/%",)).fetchone()[0])


def _report(
    server: DiscordServer, bot: BotProcess, crowd: Crowd, at_rate: int, articles: tuple[int, int]
) -> SoakReport:
    outcomes = [crowd.outcome(asked) for asked in crowd.asked]
    seconds: dict[str, list[float]] = {}
    for asked, outcome in list(zip(crowd.asked, outcomes, strict=True))[:at_rate]:
        if outcome == "answered" and asked.seconds is not None:
            seconds.setdefault(asked.surface, []).append(asked.seconds)
            seconds.setdefault("all", []).append(asked.seconds)
    logged = bot.log.read_text("utf-8", errors="replace")
    return SoakReport(
        outcomes=Counter(outcomes[:at_rate]),
        outcomes_at_once=Counter(outcomes[at_rate:]),
        seconds=seconds,
        samples=tuple(bot.samples),
        articles=articles,
        exit_code=bot.process.returncode,
        faults=sum("] fault " in line for line in logged.splitlines()),
        violations=len(server.violations),
    )
