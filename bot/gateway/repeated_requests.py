"""Requests to Discord, repeated where it did not carry them out, or where to repeat is safe.

discord.py repeats a request that Discord answers with most errors of its servers, but not one that is never
answered (`aiohttp.ServerDisconnectedError`). Safe to repeat are edits, deletions and reads; messages, since each
carries a nonce by which Discord recognizes the second; first responses to an interaction, of which Discord
takes one and refuses the others (error 40060). A request that a rate limit refused was not carried out.

discord.py waits as long as a rate limit says, and between its own attempts for 1, 3, 5, 7 and 9 seconds. Here waits
are bounded, and a first response, which has three seconds in all, is sent again much sooner.
"""

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast

import aiohttp
import discord
import structlog
from discord.http import Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

NETWORK_ERRORS = (aiohttp.ClientError, OSError)  # the connection broke, or could not be made
# Seconds before each repetition; judged. A first response has three seconds in all.
PAUSES = (0.0, 0.25, 0.75, 1.5, 3.0)
RESPONSE_PAUSES = (0.0, 0.1, 0.3, 0.6)
MAX_RATE_LIMIT = 60.0  # seconds that a rate limit is waited for; judged
MAX_RESPONSE_RATE_LIMIT = 1.5  # seconds, for a first response: as many were used up before it
_UNAUTHORIZED, _TOO_MANY, _SERVER_ERROR = 401, 429, 500  # HTTP statuses
_REPEATED_BY_LIBRARY = {500, 502, 504, 524}  # statuses after which discord.py has tried five times
_SAFE_METHODS = {"GET", "PUT", "PATCH", "DELETE"}
_FIRST_RESPONSE = "/interactions/{webhook_id}/{webhook_token}/callback"
_SAFE_POSTS = {
    "/users/@me/channels",
    "/channels/{channel_id}/typing",
    _FIRST_RESPONSE,
}  # a second changes nothing
log = structlog.get_logger(__name__)


class DiscordUnavailable(aiohttp.ClientError):
    """Discord answers, but does not do now what it is asked; `retry_after` seconds until it may, for ever if infinite.

    For whoever sends it is as if the connection broke: worth another attempt later, and nobody's fault.
    """

    def __init__(self, why: str, retry_after: float = 0.0) -> None:
        super().__init__(why)
        self.retry_after = retry_after


def repeat_requests(client: discord.Client) -> None:
    """Repeat the requests of a client, and those of the interactions that its events bring.

    Call it in the client's `setup_hook`: the tasks that are started from there on inherit the adapter. Where
    Discord no longer accepts the bot's token the client is closed, so that it logs in anew or learns that it cannot.
    """
    request = client.http.request
    closing: list[asyncio.Future[None]] = []  # the loop itself holds tasks weakly

    async def repeating(route: Route, **arguments: Any) -> Any:  # noqa: ANN401 - as the library declares it
        body = arguments.get("json") or {}
        safe = _is_safe(route) or bool(isinstance(body, dict) and body.get("enforce_nonce"))
        files = arguments.get("files") or ()
        try:
            return await _repeat(
                lambda: request(route, **arguments), route, PAUSES if safe else (), files, MAX_RATE_LIMIT
            )
        except discord.HTTPException as error:
            if error.status != _UNAUTHORIZED:
                raise
            if not closing:
                closing.append(_close(client))
            raise DiscordUnavailable("the token is not accepted", math.inf) from None

    client.http.max_ratelimit_timeout = MAX_RATE_LIMIT
    client.http.request = repeating  # type: ignore[method-assign]
    async_context.set(RepeatingAdapter())  # type: ignore[no-untyped-call]


def _close(client: discord.Client) -> asyncio.Future[None]:
    """Begin to close a client whose token is not accepted any more."""
    log.error("Discord no longer accepts the token; logging in anew")
    return asyncio.ensure_future(client.close())


class RepeatingAdapter(AsyncWebhookAdapter):
    """Sends what answers an interaction."""

    async def request(self, route: Route, session: aiohttp.ClientSession, **arguments: Any) -> Any:  # noqa: ANN401
        """Send a request, and repeat it if that is safe; a further message to an interaction has no nonce.

        Raise DiscordUnavailable where Discord's servers have an error, however often it is sent.
        """
        is_first = route.path == _FIRST_RESPONSE
        pauses = RESPONSE_PAUSES if is_first else PAUSES if _is_safe(route) else ()
        longest = MAX_RESPONSE_RATE_LIMIT if is_first else MAX_RATE_LIMIT
        watched = cast(
            "aiohttp.ClientSession", _WatchedSession(session, longest, strict=route.method == "POST")
        )
        send = super().request
        try:
            return await _repeat(
                lambda: send(route, watched, **arguments),
                route,
                pauses,
                arguments.get("files") or (),
                longest,
            )
        except discord.DiscordServerError:
            raise DiscordUnavailable("errors of Discord's servers") from None


class _WatchedSession:
    """A session that raises DiscordUnavailable for a rate limit too long to wait for, and if strict for server errors.

    discord.py would wait for both, and send again what may have worked.
    """

    def __init__(self, session: aiohttp.ClientSession, longest: float, *, strict: bool) -> None:
        self._session = session
        self._longest = longest
        self._strict = strict

    @asynccontextmanager
    async def request(self, method: str, url: str, **arguments: Any) -> AsyncIterator[aiohttp.ClientResponse]:  # noqa: ANN401
        """Send a request, as a session does."""
        async with self._session.request(method, url, **arguments) as response:
            if self._strict and response.status >= _SERVER_ERROR:
                raise DiscordUnavailable(f"status {response.status}")
            if response.status == _TOO_MANY and (wait := _retry_after(response)) > self._longest:
                raise DiscordUnavailable("a long rate limit", wait)
            yield response


async def _repeat(
    send: Callable[[], Awaitable[Any]],
    route: Route,
    pauses: Sequence[float],
    files: Sequence[discord.File],
    longest: float,
) -> Any:  # noqa: ANN401
    """Send, and again after each of the pauses while the connection breaks; the last failure is raised.

    A request that was refused by a rate limit is sent again after what the limit says, up to `longest` seconds, also
    where there are no pauses. What a repeated deletion no longer finds was deleted by the one before.
    """
    left, limits_left, repeated = list(pauses), len(PAUSES), False
    while True:
        try:
            return await _send(send)
        except NETWORK_ERRORS as error:
            wait = error.retry_after if isinstance(error, DiscordUnavailable) else 0.0
            limits_left -= wait > 0
            if wait > longest or not (limits_left if wait else left):
                raise
            pause = wait or left.pop(0)
        except discord.NotFound:
            if repeated and route.method == "DELETE":
                return None
            raise
        except discord.DiscordServerError as error:
            if error.status in _REPEATED_BY_LIBRARY or not left:
                raise
            pause = left.pop(0)
        await asyncio.sleep(pause)
        for file in files:
            file.reset()
        repeated = True


async def _send(send: Callable[[], Awaitable[Any]]) -> Any:  # noqa: ANN401
    """Send once. Raise DiscordUnavailable for the rate limits for which discord.py does not wait.

    These are the long ones, and those of the network in front of Discord, which bars an address for a while.
    """
    try:
        return await send()
    except discord.RateLimited as limited:
        raise DiscordUnavailable("a long rate limit", limited.retry_after) from None
    except discord.HTTPException as error:
        if error.status != _TOO_MANY:
            raise
        raise DiscordUnavailable("barred in front of Discord", _retry_after(error.response)) from None


def _retry_after(response: object) -> float:
    """Return the seconds that a refusal by a rate limit says to wait, infinite where it does not say."""
    try:
        return max(0.05, float(getattr(response, "headers", {}).get("Retry-After", "")))
    except ValueError:
        return math.inf


def _is_safe(route: Route) -> bool:
    return route.method in _SAFE_METHODS or route.path in _SAFE_POSTS
