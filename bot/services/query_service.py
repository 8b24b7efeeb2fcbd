"""One bounded queue in front of the archive, which blocks: limits, time-outs, an orderly end."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import structlog

from bot.cache import TTLCache
from bot.errors import Busy, CrowdedServer, Refused, Stopping, TooOften, TooSlow, UnknownOutlet
from bot.rate_limit import RateLimiter
from index import Answer, Archive, VerbatimError

Result = TypeVar("Result")
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A question as it came in: `since` inclusive, `until` exclusive, aware UTC.

    `person` is a user's id, `server` that of the server it was asked on, if on one.
    """

    person: int
    text: str
    server: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    outlet: str | None = None
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is done at once, and how long anything may take, in seconds."""

    workers: int = 2
    queue: int = 64  # questions waiting or being answered
    answer: float = 10.0
    questions: int = 6  # that one person may ask ...
    per: float = 30.0  # ... within so many seconds
    server: int = 60  # questions on one server ...
    server_per: float = 60.0  # ... within so many seconds
    clicks: int = 20  # buttons that one person may press within `per` seconds
    outlets: float = 60.0  # for so long the list of outlets is not read again


class QueryService:
    """Puts questions to the archive, a few at a time, without ever blocking the event loop.

    It is made and used on one event loop. Questions are never logged, only their length. `outlet_policy` names the
    outlets that may be searched on a server, none meaning all.
    """

    def __init__(
        self, news: Archive, limits: Limits | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._news = news
        self._limits = limits or Limits()
        self._clock = clock
        self._pool = ThreadPoolExecutor(self._limits.workers, "question")
        self._side = ThreadPoolExecutor(1, "outlets")  # autocomplete does not wait behind questions
        self._behind = ThreadPoolExecutor(1, "following")
        self._work: set[Future[Any]] = set()
        self._people = RateLimiter(self._limits.questions, self._limits.per, clock)
        self._servers = RateLimiter(self._limits.server, self._limits.server_per, clock)
        self._clicks = RateLimiter(self._limits.clicks, self._limits.per, clock)
        self._outlets: TTLCache[str, tuple[str, ...]] = TTLCache(1, self._limits.outlets, clock)
        self._turns = 0
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._given_up: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.outlet_policy: Callable[[int | None], Sequence[str]] = lambda server: ()
        self.stopping = False

    async def ask(self, asked: QueryRequest) -> Answer:
        """Answer a question.

        Raises BadQuestion (from the archive), TooOften, CrowdedServer, UnknownOutlet, Busy, TooSlow or Stopping.
        """
        begun = self._clock()
        try:
            answer = await self._ask(asked)
        except VerbatimError as error:
            log.info("refused", why=type(error).__name__, length=len(asked.text))
            raise
        log.info(
            "answered",
            outcome=answer.outcome.value,
            length=len(asked.text),
            seconds=round(self._clock() - begun, 3),
        )
        return answer

    async def _ask(self, asked: QueryRequest) -> Answer:
        self._check_limits(asked.person, asked.server)
        outlets = await self.resolve_outlets(asked.outlet, asked.server)
        return await self._submit(
            lambda: self._news.ask(
                asked.text, since=asked.since, until=asked.until, outlets=outlets, previous=asked.previous
            )
        )

    async def run_query(self, person: int, server: int | None, work: Callable[[Archive], Result]) -> Result:
        """Find something in the archive, in a thread; it counts as a question.

        Raises TooOften, CrowdedServer, Busy, TooSlow or Stopping, and what `work` raises.
        """
        self._check_limits(person, server)
        return await self._submit(lambda: work(self._news))

    def _check_limits(self, person: int, server: int | None) -> None:
        """Count a question, or refuse it."""
        if self.stopping:
            raise Stopping
        self._people.acquire(person)
        if server is not None:
            try:
                self._servers.acquire(server)
            except TooOften as often:
                raise CrowdedServer(often.seconds) from None

    async def run_background(self, work: Callable[[Archive], Result]) -> Result:
        """Do something in the archive that nobody waits for, in a thread of its own; raises Stopping."""
        if self.stopping:
            raise Stopping
        future = self._behind.submit(lambda: work(self._news))
        self._work.add(future)
        return await asyncio.wrap_future(future)

    async def run_click(self, person: int, work: Callable[[Archive], Result]) -> Result:
        """Look something up in the archive, in a thread, for a person who pressed a button.

        Raises TooOften, Busy, TooSlow or Stopping, and what `work` raises.
        """
        if self.stopping:
            raise Stopping
        self.count_click(person)
        return await self._submit(lambda: work(self._news))

    def count_click(self, person: int) -> None:
        """Count a press of a button; raises TooOften."""
        self._clicks.acquire(person)

    async def available_outlets(self, server: int | None) -> list[str]:
        """Name the outlets that may be searched on a server."""
        allowed = self.outlet_policy(server)
        return [name for name in await self.outlets() if not allowed or name in allowed]

    async def outlets(self) -> tuple[str, ...]:
        """Name the outlets, the one with most articles first; may be a minute old."""
        names = self._outlets.get("")
        if names is None:
            names = await asyncio.get_running_loop().run_in_executor(self._side, self._news.outlets)
            self._outlets.put("", names)
        return names

    @contextmanager
    def in_flight(self) -> Iterator[None]:
        """Count somebody being answered, until the answer is sent: `stop` waits for them."""
        self._turns += 1
        self._quiet.clear()
        try:
            yield
        finally:
            self._turns -= 1
            if not self._turns:
                self._quiet.set()

    async def stop(self, patience: float, last: float = 2.0) -> None:
        """Take no more questions, and wait `patience` seconds for those being answered.

        Whoever is still waiting then is told to ask again; that may take `last` seconds more.
        """
        self.stopping = True
        if not await self._settled(patience):
            self._given_up.set_result(None)
            await self._settled(last)
        for pool in (self._pool, self._side, self._behind):
            pool.shutdown(wait=False, cancel_futures=True)

    @property
    def has_running_work(self) -> bool:
        """Say whether the archive is still at work on a question, wanted or not."""
        return any(not future.done() for future in self._work)

    async def _settled(self, seconds: float) -> bool:
        """Wait until nobody is being answered; False if it takes longer."""
        try:
            async with asyncio.timeout(seconds):
                while self._turns:  # one may begin in the instant another ends: to tell of its error
                    await self._quiet.wait()
        except TimeoutError:
            return False
        return True

    async def resolve_outlets(self, outlet: str | None, server: int | None) -> tuple[str, ...]:
        """Give the outlets to search: the one that was chosen, else those allowed on the server; none means all.

        However it was typed, its name is given as indexed; raises UnknownOutlet.
        """
        return (await self._known(outlet, server),) if outlet else tuple(self.outlet_policy(server))

    async def _known(self, outlet: str, server: int | None) -> str:
        names = await self.available_outlets(server)
        wanted = outlet.strip().casefold()
        for name in names:
            if name.casefold() == wanted:
                return name
        raise UnknownOutlet(outlet.strip(), names)

    async def _submit(self, work: Callable[[], Result]) -> Result:
        """Do blocking work in a thread, in its turn; what was given up while it ran still counts as queued."""
        self._work = {future for future in self._work if not future.done()}
        if len(self._work) >= self._limits.queue:
            raise Busy
        future = self._pool.submit(work)
        self._work.add(future)
        answer = asyncio.wrap_future(future)
        awaited: set[asyncio.Future[Any]] = {answer, self._given_up}
        try:
            done, _ = await asyncio.wait(
                awaited, timeout=self._limits.answer, return_when=asyncio.FIRST_COMPLETED
            )
            if answer in done:
                return answer.result()
        finally:
            answer.cancel()
        refusal: Refused = Stopping() if self._given_up.done() else TooSlow()
        raise refusal
