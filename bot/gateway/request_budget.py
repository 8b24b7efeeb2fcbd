"""Requests to Discord within what it allows all processes of a bot together.

Discord counts 50 requests a second for a bot, answers to interactions aside, and bars an address that sends 10,000
within ten minutes which are refused with 401, 403 or 429, those aside whose limit is shared with others (Discord
developer documentation, Rate Limits).
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from types import SimpleNamespace

import aiohttp
import structlog

from bot.gateway.repeated_requests import DiscordUnavailable
from bot.storage.request_counts import RequestCounts

SPACING = 1 / 45  # seconds between requests; judged: a tenth fewer than Discord allows
MAX_REFUSED = 5_000  # in ten minutes; judged: half of what Discord bars an address for
BARRED_SECONDS = 30.0  # between looks whether there are fewer; judged
MAX_WAIT = 20.0  # seconds for a turn; judged: then whoever asked does not wait any more
_API, _EXEMPT = "/api/", ("/interactions/", "/webhooks/")
_REFUSED = {401, 403, 429}
log = structlog.get_logger(__name__)


class RequestBudget:
    """Holds requests back until they have their turn, and all of them while too many are refused."""

    def __init__(
        self,
        counts: RequestCounts,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._counts = counts
        self._sleep = sleep
        self._clock = clock
        self._barred_until = 0.0

    def trace(self) -> aiohttp.TraceConfig:
        """Return what a client is given as `http_trace`; each client needs one of its own."""
        trace = aiohttp.TraceConfig()
        trace.on_request_start.append(self._begin)
        trace.on_request_end.append(self._end)
        return trace

    async def _begin(
        self,
        session: aiohttp.ClientSession,
        context: SimpleNamespace,
        request: aiohttp.TraceRequestStartParams,
    ) -> None:
        """Wait for a request's turn. Raise DiscordUnavailable while too many are refused, and for a long wait."""
        path = request.url.path
        if _API not in path or any(one in path for one in _EXEMPT):
            return
        if self._clock() < self._barred_until:
            raise DiscordUnavailable("too many requests were refused", self._barred_until - self._clock())
        wait, refused = await self._counts.take_turn(SPACING)
        self._bar(refused)
        if refused >= MAX_REFUSED:
            raise DiscordUnavailable("too many requests were refused", BARRED_SECONDS)
        if wait > MAX_WAIT:
            raise DiscordUnavailable("too many requests wait for their turn", wait)
        if wait:
            await self._sleep(wait)
        if session.closed:
            raise DiscordUnavailable("the bot has stopped meanwhile")

    async def _end(
        self, session: aiohttp.ClientSession, context: SimpleNamespace, request: aiohttp.TraceRequestEndParams
    ) -> None:
        """Count a request that was refused."""
        answer = request.response
        if answer.status not in _REFUSED or answer.headers.get("X-RateLimit-Scope") == "shared":
            return
        self._bar(await self._counts.count_refused())

    def _bar(self, refused: int) -> None:
        """Send nothing for a while if so many requests of all processes were refused; then it is looked again."""
        if refused < MAX_REFUSED:
            return
        if self._clock() >= self._barred_until:
            log.error("too many requests are refused; sending none for a while", in_ten_minutes=refused)
        self._barred_until = self._clock() + BARRED_SECONDS
