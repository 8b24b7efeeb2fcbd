"""Requests to Discord, repeated where the connection breaks and to repeat is safe.

discord.py repeats a request that Discord answers with most errors of its servers, but not one that is never
answered (`aiohttp.ServerDisconnectedError`). Safe to repeat are edits, deletions and reads; messages, since each
carries a nonce by which Discord recognizes the second; first responses to an interaction, of which Discord
takes one and refuses the others (error 40060).
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import aiohttp
import discord
from discord.http import Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

NETWORK_ERRORS = (aiohttp.ClientError, OSError)  # the connection broke, or could not be made
# Seconds before each repetition; judged. A first response has three seconds in all.
PAUSES = (0.0, 0.25, 0.75, 1.5, 3.0)
RESPONSE_PAUSES = (0.0, 0.1, 0.3, 0.6)
_REPEATED_BY_LIBRARY = {500, 502, 504, 524}  # statuses after which discord.py has tried five times
_SAFE_METHODS = {"GET", "PUT", "PATCH", "DELETE"}
_SAFE_POSTS = {  # paths at which a second request changes nothing
    "/users/@me/channels",
    "/channels/{channel_id}/typing",
    "/interactions/{webhook_id}/{webhook_token}/callback",
}


def repeat_requests(client: discord.Client) -> None:
    """Repeat the requests of a client, and those of the interactions that its events bring.

    Call it in the client's `setup_hook`: the tasks that are started from there on inherit the adapter.
    """
    request = client.http.request

    async def repeating(route: Route, **arguments: Any) -> Any:  # noqa: ANN401 - as the library declares it
        body = arguments.get("json") or {}
        safe = _is_safe(route) or bool(isinstance(body, dict) and body.get("enforce_nonce"))
        if not safe:
            return await request(route, **arguments)
        files = arguments.get("files") or ()
        return await _repeat(lambda: request(route, **arguments), route, PAUSES, files)

    client.http.request = repeating  # type: ignore[method-assign]
    async_context.set(RepeatingAdapter())  # type: ignore[no-untyped-call]


class RepeatingAdapter(AsyncWebhookAdapter):
    """Sends what answers an interaction."""

    async def request(self, route: Route, session: aiohttp.ClientSession, **arguments: Any) -> Any:  # noqa: ANN401
        """Send a request, and repeat it if that is safe; a further message to an interaction has no nonce."""
        if not _is_safe(route):
            return await super().request(route, session, **arguments)
        pauses = RESPONSE_PAUSES if route.method == "POST" else PAUSES
        send = super().request
        return await _repeat(
            lambda: send(route, session, **arguments), route, pauses, arguments.get("files") or ()
        )


async def _repeat(
    send: Callable[[], Awaitable[Any]], route: Route, pauses: Sequence[float], files: Sequence[discord.File]
) -> Any:  # noqa: ANN401
    """Send, and again after each of the pauses while the connection breaks; the last failure is raised.

    What a repeated deletion no longer finds was deleted by the one before.
    """
    repeated = False
    for pause in pauses:
        try:
            return await send()
        except NETWORK_ERRORS:
            pass
        except discord.NotFound:
            if repeated and route.method == "DELETE":
                return None
            raise
        except discord.DiscordServerError as error:
            if error.status in _REPEATED_BY_LIBRARY:
                raise
        await asyncio.sleep(pause)
        for file in files:
            file.reset()
        repeated = True
    try:
        return await send()
    except discord.NotFound:
        if route.method == "DELETE":
            return None
        raise


def _is_safe(route: Route) -> bool:
    return route.method in _SAFE_METHODS or route.path in _SAFE_POSTS
