"""A discrete simulation, with SimPy, of what waits where: questions at bots, articles at fetchers, both at the primary.

`python -m tests.bench.growth.queues FIGURES [FILE]` simulates the second case of `needs` from measured figures.
"""

import json
import sys
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import simpy

from tests.bench.growth.needs import SECOND, Costs, Load, Sizes, occupied, sizes

BATCH = 16  # articles that a fetcher adds together
ACTIVITY = 1.5  # how unlike servers are: the deviation of the logarithm of their questions; assumed
QUEUE = 64  # questions that wait or run on a bot; a further one is refused
GIVEN_UP = 10.0  # seconds after which a person is told that it takes too long
CALM, RUSH = "at the mean", "at the peak"
Event = Generator[simpy.Event, Any, None]


@dataclass(frozen=True, slots=True)
class Course:
    """How long it is simulated, in seconds: at the mean, at the peak, and at the mean again."""

    before: float = 60.0
    peak: float = 120.0
    after: float = 60.0

    @property
    def whole(self) -> float:
        """Return how long it takes."""
        return self.before + self.peak + self.after

    def is_peak(self, now: float) -> bool:
        """Return True during the peak."""
        return self.before <= now < self.before + self.peak


@dataclass
class Waits:
    """How long things waited, and when they had come."""

    came: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def add(self, came: float, seconds: float) -> None:
        """Record one."""
        self.came.append(came)
        self.seconds.append(seconds)

    def of(self, course: Course, part: str) -> np.ndarray[Any, Any]:
        """Return those that had come at the mean before the peak, or at the peak."""
        came, waited = np.array(self.came), np.array(self.seconds)
        rush = (came >= course.before) & (came < course.before + course.peak)
        calm = (came < course.before) & (came >= min(60.0, course.before / 10))  # not the first minute: empty
        return waited[rush if part == RUSH else calm]


class Station:
    """Some servers of one queue: cores, or a lock's only turn."""

    def __init__(self, env: simpy.Environment, servers: int) -> None:
        self._env = env
        self._resource = simpy.Resource(env, servers)
        self.waits = Waits()
        self.busy = 0.0  # seconds of servers

    @property
    def there(self) -> int:
        """Return how many wait or are served."""
        return int(self._resource.count) + len(self._resource.queue)

    def serve(self, seconds: float) -> Event:
        """Wait for a server, and be served."""
        came = self._env.now
        with self._resource.request() as turn:
            yield turn
            self.waits.add(came, self._env.now - came)
            self.busy += seconds
            yield self._env.timeout(seconds)


class World:
    """Bots, fetchers and a primary, as many of each as `there`, at work on a load."""

    def __init__(
        self, load: Load, costs: Costs, there: Sizes, course: Course, factor: float, seed: int = 1
    ) -> None:
        """`factor` is how many times the mean comes at the peak."""
        self.env = simpy.Environment()
        self._load, self._costs, self._there = load, costs, there
        self._course, self._factor = course, factor
        self._dice = np.random.default_rng(seed)
        self.bots = [Station(self.env, there.bot_cores) for _ in range(there.bots)]
        self.cores = Station(self.env, there.primary)
        self.tables, self.news = Station(self.env, 1), Station(self.env, 1)
        self._unread = [simpy.Store(self.env) for _ in range(there.fetchers)]
        self.fetchers = Waits()  # of articles, until they are begun
        self.answers, self.fresh = Waits(), Waits()  # of questions; of articles on bots, from their commits
        self._behind: list[list[float]] = [
            [] for _ in self.bots
        ]  # when what each does not know was committed
        self._following = [False for _ in self.bots]
        self._wanted = [0.0 for _ in self.bots]  # since when somebody asks who would be answered from that
        self.refused = self.asked = self.arrived = self.committed = 0

    def run(self) -> None:
        """Let it all happen."""
        start = self.env.process
        if self._load.questions_a_second:
            start(self._questions())
        if self._load.articles_a_second:
            start(self._articles())
        if self._load.polls_a_second * self._costs.poll_server:
            start(self._polls())
        for unread in self._unread:
            start(self._fetcher(unread))
        self.env.run(self._course.whole)

    def _until_next(self, rate: float, *, steady: bool = False) -> float:
        """Return the seconds until the next of what comes at random, at a rate in the mean."""
        rush = self._factor if self._course.is_peak(self.env.now) and not steady else 1.0
        return float(self._dice.exponential(1 / (rate * rush)))

    def _takes(self, mean: float, spread: float) -> float:
        """Return a time at random, gamma distributed; with a spread of 1 it is exponential."""
        return float(self._dice.gamma(spread**-2, mean * spread**2)) if spread and mean else mean

    def _questions(self) -> Event:
        activity = self._dice.lognormal(0, ACTIVITY, self._load.servers)
        shares = np.array([part.sum() for part in np.array_split(activity, len(self.bots))])
        shares /= shares.sum()
        while True:
            yield self.env.timeout(self._until_next(self._load.questions_a_second))
            self.env.process(self._question(int(self._dice.choice(len(self.bots), p=shares))))

    def _question(self, bot: int) -> Event:
        """Be counted, bring the bot up to date, have articles read, be answered, and have the answer kept."""
        self.asked += 1
        came, costs, station = self.env.now, self._costs, self.bots[bot]
        if station.there >= QUEUE:
            self.refused += 1
            return
        yield from self._turn(self.tables, costs.question_turn / 2)
        if self._behind[bot]:
            self._wanted[bot] = self._wanted[bot] or self.env.now
            if not self._following[bot]:
                yield from self._follow(bot)
        yield from self._turn(self.cores, costs.question_server)
        yield from station.serve(self._takes(costs.question + costs.larger, costs.question_spread))
        yield from self._turn(self.tables, costs.question_turn / 2)
        self.answers.add(came, self.env.now - came)

    def _turn(self, station: Station, seconds: float) -> Event:
        """Be served, where that takes time at all."""
        if seconds:
            yield from station.serve(seconds)

    def _follow(self, bot: int) -> Event:
        """Bring a bot's indexes up to what is committed by now; others are answered from what there is meanwhile."""
        self._following[bot] = True
        new, self._behind[bot] = self._behind[bot], []
        wanted, self._wanted[bot] = self._wanted[bot], 0.0
        costs, many = self._costs, len(new)
        yield from self.cores.serve(costs.follow_server + many * costs.follow_article_server)
        yield from self.bots[bot].serve(costs.follow + many * costs.follow_article)
        self._following[bot] = False
        for at in new:
            self.fresh.add(at, self.env.now - max(at, wanted))

    def _articles(self) -> Event:
        while True:
            yield self.env.timeout(self._until_next(self._load.articles_a_second))
            self.arrived += 1
            self._unread[self._dice.integers(len(self._unread))].put(self.env.now)

    def _fetcher(self, unread: simpy.Store) -> Event:
        """Take what has come in batches: parse and encode it, store it when it is this one's turn, tell all bots."""
        costs = self._costs
        while True:
            batch = [(yield unread.get())]
            while unread.items and len(batch) < BATCH:
                batch.append((yield unread.get()))
            for came in batch:
                self.fetchers.add(came, self.env.now - came)
            many = len(batch)
            yield self.env.timeout(
                many * self._takes(costs.article + costs.page_parsed, costs.question_spread)
            )
            yield from self._turn(self.cores, many * (costs.article_server + costs.page_server))
            yield from self._turn(self.news, many * costs.article_turn)
            self.committed += many
            for behind in self._behind:
                behind.extend([self.env.now] * many)

    def _polls(self) -> Event:
        while True:
            yield self.env.timeout(self._until_next(self._load.polls_a_second, steady=True))
            self.env.process(self.cores.serve(self._costs.poll_server))

    def waits(self) -> dict[str, Waits]:
        """Return what waited, by where."""
        bots = Waits()
        for station in self.bots:
            bots.came += station.waits.came
            bots.seconds += station.waits.seconds
        return {
            "bots": bots,
            "fetchers": self.fetchers,
            "primary, processors": self.cores.waits,
            "primary, turns of the bots' tables": self.tables.waits,
            "primary, turns of the news": self.news.waits,
            "a whole question": self.answers,
            "from the first question after a commit to its articles in answers": self.fresh,
        }


def simulated(
    load: Load, costs: Costs, there: Sizes, course: Course, factor: float, seed: int = 1
) -> dict[str, Any]:
    """Return p50 and p99 of all waits in seconds, at the mean and at the peak, and how many were refused."""
    world = World(load, costs, there, course, factor, seed)
    world.run()
    found: dict[str, Any] = {}
    for where, waits in world.waits().items():
        parts = {part: waits.of(course, part) for part in (CALM, RUSH)}
        found[where] = {
            part: [float(np.percentile(one, share)) for share in (50, 99)] if len(one) else [0.0, 0.0]
            for part, one in parts.items()
        }
    return {"waits": found, "asked": world.asked, "refused": world.refused, "committed": world.committed}


def broken(found: dict[str, Any], bound: float = GIVEN_UP) -> list[str]:
    """Return where at the peak one in a hundred waits longer than a person does, the longest wait first."""
    late = {where: parts[RUSH][1] for where, parts in found["waits"].items()}
    return sorted((one for one, wait in late.items() if wait > bound), key=lambda one: -late[one])


def second_case(costs: Costs, course: Course, factors: Sequence[float]) -> dict[str, Any]:
    """Simulate the second case with what it was derived to need, at several peaks."""
    there = sizes(SECOND, costs)
    runs = {}
    for factor in factors:
        found = simulated(SECOND, costs, there, course, factor)
        runs[f"{factor:g}"] = found | {
            "occupied": occupied(SECOND, costs, there, factor),
            "broken": broken(found),
        }
    return {"sizes": [there.bots, there.fetchers, there.primary], "runs": runs}


def main(figures: str, target: str = "") -> None:
    """Simulate from the figures of a run, and write what came of it."""
    rows = {row["name"]: row for row in json.loads(Path(figures).read_text("utf-8"))["rows"]}
    found = second_case(Costs.measured(rows, SECOND.sentences), Course(), (10.0, 15.0, 20.0))
    text = json.dumps(found, indent=2) + "\n"
    if target:
        Path(target).write_text(text, "utf-8")
    print(text)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
