"""Puts queries to the archive in threads: rate limits, a bounded queue, time-outs, an orderly shutdown."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import structlog

from bot.cache import TTLCache
from bot.errors import Busy, CrowdedServer, Refused, Stopping, TooManyClicks, TooOften, TooSlow, UnknownOutlet
from bot.metrics import Metrics, Surface
from bot.rate_limit import RateLimiter
from bot.storage.use_counts import Use, UseCounts
from index import HOUSE, Answer, Archive, BrokenIndex, BusyIndex, VerbatimError, record_stages

MAX_OUTLET_LISTS = 100  # circles whose outlets are cached, judged
Result = TypeVar("Result")
OutletPolicy = Callable[[int | None], Sequence[str]]
RECENT_SHARE = 0.1  # of the latest query in the average of how long one takes; judged
MOMENT = 1.0  # seconds in the queue that nobody is told of; judged
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A question as it was asked: `since` inclusive, `until` exclusive, both aware UTC.

    `person` is a user's id, `server` the id of the server it was asked on, None in private. `previous` is the
    question before, which a follow-up may refer to. `day_first` is the order of numbers in the person's dates,
    None where it is not known. `surface` is where it was asked, for the metrics. `circle` is the key of whose news it
    is answered from (`bot.circles`): the house's, where nobody says otherwise. `is_counted` is True where
    `count_question` has counted it.
    """

    person: int
    text: str
    server: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    outlet: str | None = None
    previous: str | None = None
    day_first: bool | None = None
    surface: Surface = Surface.COMMAND
    circle: str = HOUSE
    is_counted: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is done at once, and how long it may take, in seconds; all judged."""

    workers: int = 2
    queue: int = 64  # queries waiting or running
    answer: float = 10.0  # seconds for one query, waiting included
    questions: int = 6  # that one person may ask ...
    per: float = 30.0  # ... within so many seconds
    server: int = 60  # questions on one server ...
    server_per: float = 60.0  # ... within so many seconds
    clicks: int = 20  # buttons that one person may press within `per` seconds
    outlets: float = 60.0  # seconds for which the list of outlets is cached


@dataclass(frozen=True, slots=True)
class _Work:
    """What runs or waits in a pool: its kind, for whom, and since when."""

    kind: str
    since: float
    person: int | None = None


def all_outlets(server: int | None) -> Sequence[str]:
    """Allow every outlet on every server: the outlet policy without settings."""
    return ()


class QueryService:
    """Puts queries to the archive, a few at a time, without ever blocking the event loop.

    It is made and used on one event loop. Questions are never logged, only their length.
    """

    def __init__(
        self,
        archive: Archive,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
        outlet_policy: OutletPolicy = all_outlets,
        metrics: Metrics | None = None,
        counts: UseCounts | None = None,
    ) -> None:
        """`outlet_policy` returns the outlets that may be searched on a server; none means all.

        `counts` are what people use, over all processes of the bot.
        """
        self._archive = archive
        self.metrics = metrics or Metrics()
        self._outlet_policy = outlet_policy
        self._limits = limits or Limits()
        self._clock = clock
        self._pool = ThreadPoolExecutor(self._limits.workers, "question")
        self._outlets_pool = ThreadPoolExecutor(
            1, "outlets"
        )  # so that autocomplete does not wait for queries
        self._background_pool = ThreadPoolExecutor(1, "background")
        self._futures: dict[Future[Any], _Work] = {}  # what runs or waits in the pools
        self._usual = 0.0  # seconds that a query takes in its thread, lately on average
        self._people = RateLimiter(self._limits.questions, self._limits.per, clock)
        self._servers = RateLimiter(self._limits.server, self._limits.server_per, clock)
        self._clicks = RateLimiter(self._limits.clicks, self._limits.per, clock)
        self._counts = counts
        self._outlets: TTLCache[tuple[str, int], tuple[str, ...]] = TTLCache(
            MAX_OUTLET_LISTS, self._limits.outlets, clock
        )
        self._in_flight = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._abandoned: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.stopping = False

    async def ask(self, request: QueryRequest) -> Answer:
        """Answer a question.

        Raise BadQuestion, TooOften, CrowdedServer, UnknownOutlet, Busy, TooSlow or Stopping.
        """
        begun = self._clock()
        try:
            answer = await self._counted(request.surface, self._ask(request))
        except VerbatimError as error:
            log.info("refused", why=type(error).__name__, length=len(request.text))
            raise
        log.info(
            "answered",
            outcome=answer.outcome.value,
            length=len(request.text),
            seconds=round(self._clock() - begun, 3),
        )
        return answer

    async def _ask(self, request: QueryRequest) -> Answer:
        if not request.is_counted:
            await self.count_question(request.person, request.server)
        outlets = await self.resolve_outlets(request.outlet, request.server, request.circle)
        return await self._submit(
            lambda: self._archive.ask(
                request.text,
                since=request.since,
                until=request.until,
                outlets=outlets,
                previous=request.previous,
                day_first=request.day_first,
                waiting=max(0, len(self._futures) - 1),  # as this one begins, in a thread of the pool
                circle=request.circle,
            ),
            request.person,
        )

    async def run_query(
        self, person: int, server: int | None, work: Callable[[Archive], Result], surface: Surface
    ) -> Result:
        """Run `work` on the archive in a thread, counted as a question of this person on this server.

        Raise TooOften, CrowdedServer, Busy, TooSlow or Stopping, and what `work` raises.
        """

        async def run() -> Result:
            await self.count_question(person, server)
            return await self._submit(lambda: work(self._archive), person)

        return await self._counted(surface, run())

    async def _counted(self, surface: Surface, work: Awaitable[Result]) -> Result:
        """Wait for `work`, and count in the metrics what came of it."""
        begun = self._clock()
        try:
            result = await work
        except Exception as error:
            self.metrics.count_refusal(surface, error)
            if isinstance(error, (BrokenIndex, BusyIndex)):  # what people are told does not say what to do
                log.error("the index cannot be used", why=str(error))  # noqa: TRY400 - the words say it all
            raise
        outcome = result.outcome if isinstance(result, Answer) else None
        self.metrics.count_answer(surface, outcome, self._clock() - begun)
        return result

    async def count_question(self, person: int, server: int | None) -> None:
        """Count a question, or what is answered like one. Raise TooOften, CrowdedServer or Stopping."""
        if self.stopping:
            raise Stopping
        self._people.acquire(person)
        if server is not None:
            try:
                self._servers.acquire(server)
            except TooOften as often:
                raise CrowdedServer(often.seconds) from None
        if self._counts is None:
            return
        limits, uses = self._limits, [Use("question", person, self._limits.questions, self._limits.per)]
        if server is not None:
            uses.append(Use("server", server, limits.server, limits.server_per))
        waits = await self._counts.count(*uses)
        if waits[0]:
            raise TooOften(waits[0])
        if waits[-1]:
            raise CrowdedServer(waits[-1])

    async def run_background(self, work: Callable[[Archive], Result]) -> Result:
        """Run `work` on the archive for nobody in particular, in a thread of its own, without limits.

        Raise Stopping, and what `work` raises.
        """
        if self.stopping:
            raise Stopping
        future = self._background_pool.submit(lambda: work(self._archive))
        self._track(future, "background query")
        return await asyncio.wrap_future(future)

    async def run_click(self, person: int, work: Callable[[Archive], Result]) -> Result:
        """Run `work` on the archive in a thread, counted as a click of this person.

        Raise TooOften, Busy, TooSlow or Stopping, and what `work` raises.
        """

        async def run() -> Result:
            if self.stopping:
                raise Stopping
            await self.count_click(person)
            return await self._submit(lambda: work(self._archive), person)

        return await self._counted(Surface.BUTTON, run())

    async def count_click(self, person: int) -> None:
        """Count a click on a button. Raise TooManyClicks."""
        try:
            self._clicks.acquire(person)
        except TooOften as often:
            raise TooManyClicks(often.seconds) from None
        if self._counts:
            click = Use("click", person, self._limits.clicks, self._limits.per)
            if wait := max(await self._counts.count(click)):
                raise TooManyClicks(wait)

    async def available_outlets(self, server: int | None, circle: str = HOUSE) -> list[str]:
        """Return the names of the indexed outlets that may be searched on a server, of those that a circle sees."""
        allowed = self._outlet_policy(server)
        return [name for name in await self.outlets(circle) if not allowed or name in allowed]

    async def outlets(self, circle: str = HOUSE) -> tuple[str, ...]:
        """Return the names of all indexed outlets that a circle sees, the one with most articles first.

        They are read anew when an article was added, and once a minute, for articles also leave.
        """
        run = asyncio.get_running_loop().run_in_executor
        cursor = await run(self._outlets_pool, self._archive.cursor)
        names = self._outlets.get((circle, cursor))
        if names is None:
            names = await run(self._outlets_pool, self._archive.outlets, circle)
            self._outlets.put((circle, cursor), names)
        return names

    @contextmanager
    def in_flight(self) -> Iterator[None]:
        """Count an answer as in flight during the block: `stop` waits for it."""
        self._in_flight += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._in_flight -= 1
            if not self._in_flight:
                self._idle.set()

    async def stop(self, grace: float, notice_grace: float = 2.0) -> None:
        """Accept no more queries, and wait up to `grace` seconds for answers in flight.

        The queries still running then raise Stopping; people are told so within `notice_grace` seconds more.
        """
        self.stopping = True
        if not await self._wait_until_idle(grace):
            self._abandoned.set_result(None)
            await self._wait_until_idle(notice_grace)
        for pool in (self._pool, self._outlets_pool, self._background_pool):
            pool.shutdown(wait=False, cancel_futures=True)

    def queue_length(self) -> int:
        """Return how many queries wait or run, abandoned ones included; at Limits.queue a further one is refused."""
        return len(self._futures)

    def is_waiting(self, person: int) -> bool:
        """Return True if a query of this person has waited for a thread for longer than a moment."""
        now = self._clock()
        return any(
            work.person == person
            and now - work.since >= MOMENT
            and not future.running()
            and not future.done()
            for future, work in self._futures.copy().items()
        )

    @property
    def queue_limit(self) -> int:
        """Return the length of the queue at which queries are refused."""
        return self._limits.queue

    def _expected_wait(self) -> float:
        """Return the seconds that one more query would probably wait for a thread."""
        ahead = len(self._futures) + 1 - self._limits.workers
        return max(0, ahead) * self._usual / self._limits.workers

    def running_work(self) -> list[str]:
        """Return which kinds of queries still run in a thread, whether or not anybody waits for them."""
        return sorted({work.kind for future, work in self._futures.copy().items() if not future.done()})

    async def _wait_until_idle(self, seconds: float) -> bool:
        """Wait until no answer is in flight; return False if that takes longer."""
        try:
            async with asyncio.timeout(seconds):
                while self._in_flight:  # the next may begin as one ends: the message about its error
                    await self._idle.wait()
        except TimeoutError:
            return False
        return True

    async def resolve_outlets(
        self, outlet: str | None, server: int | None, circle: str = HOUSE
    ) -> tuple[str, ...]:
        """Return the outlets to search: the chosen one, else those allowed on the server; none means all.

        Raise UnknownOutlet for a chosen one that is not indexed in the circle, or not allowed on the server.
        """
        if outlet:
            return (await self._indexed_name(outlet, server, circle),)
        return tuple(self._outlet_policy(server))

    async def _indexed_name(self, outlet: str, server: int | None, circle: str) -> str:
        """Return an outlet's name as it is indexed, ignoring case. Raise UnknownOutlet."""
        names = await self.available_outlets(server, circle)
        wanted = outlet.strip().casefold()
        for name in names:
            if name.casefold() == wanted:
                return name
        raise UnknownOutlet(outlet.strip(), names)

    async def _submit(self, work: Callable[[], Result], person: int) -> Result:
        """Run blocking work for a person in a thread; abandoned work that still runs keeps its place in the queue.

        What would wait longer than it may take is refused at once, rather than after that time.
        """
        if len(self._futures) >= self._limits.queue or self._expected_wait() > self._limits.answer:
            raise Busy
        future = self._pool.submit(self._timed(work))
        self._track(future, "query", person)
        answer = asyncio.wrap_future(future)
        awaited: set[asyncio.Future[Any]] = {answer, self._abandoned}
        try:
            done, _ = await asyncio.wait(
                awaited, timeout=self._limits.answer, return_when=asyncio.FIRST_COMPLETED
            )
            if answer in done:
                return answer.result()
        finally:
            answer.cancel()
        refusal: Refused = Stopping() if self._abandoned.done() else TooSlow()
        raise refusal

    def _timed(self, work: Callable[[], Result]) -> Callable[[], Result]:
        """Return `work`, which records how long it waited from now on, and the time of its stages."""
        asked = self._clock()

        def run() -> Result:
            begun = self._clock()
            with record_stages() as stages:
                try:
                    return work()
                finally:
                    took = self._clock() - begun
                    self._usual += RECENT_SHARE * (took - self._usual)
                    self.metrics.time_stages(begun - asked, took, stages)

        return run

    def _track(self, future: Future[Any], kind: str, person: int | None = None) -> None:
        """Keep a future until it is done and no longer: its result is an answer, which holds the question."""
        self._futures[future] = _Work(kind, self._clock(), person)
        future.add_done_callback(lambda done: self._futures.pop(done, None))  # in a thread of the pool
