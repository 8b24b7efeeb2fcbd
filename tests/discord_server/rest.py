"""The REST side: finds the handler, applies faults, holds the body against the rules, answers as Discord does."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.discord_server import call as calls
from tests.discord_server import rest_application, rest_interactions, rest_messages
from tests.discord_server.call import Call
from tests.discord_server.faults import Fault
from tests.discord_server.refusals import Refusal, invalid_form
from tests.discord_server.schema import schema

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

PREFIX = "/api/v10"
Handler = Callable[["DiscordServer", Call], Awaitable[tuple[int, Any]]]
ROUTES: list[tuple[str, str, Handler]] = [
    *rest_application.ROUTES,
    *rest_messages.ROUTES,
    *rest_interactions.ROUTES,
]


class Rest:
    """All routes of one server; every request is kept in `calls`."""

    def __init__(self, server: DiscordServer):
        self.server = server
        self.calls: list[Call] = []

    def counted(self) -> list[Call]:
        """The requests that Discord counts for the bot: all but those that answer interactions."""
        return [call for call in self.calls if not call.is_open]

    def most_within(self, seconds: float) -> int:
        """How many of them came at most within any time as long as this."""
        times = [call.at for call in self.counted()]
        return max(sum(begin <= at < begin + seconds for at in times) for begin in times)

    def install(self, app: web.Application) -> None:
        for method, template, handler in ROUTES:
            app.router.add_route(method, PREFIX + template, self._answerer(template, handler))
        app.router.add_route("*", "/{rest:.*}", self._unknown)

    def _answerer(
        self, template: str, handler: Handler
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def answer(request: web.Request) -> web.StreamResponse:
            fault = self.server.faults.take(request.method, request.path.removeprefix(PREFIX))
            call = calls.taken_apart(request, template, PREFIX)
            call.at = self.server.clock.now()
            self.calls.append(call)
            if fault is None:
                return await self._respond(request, call, handler)
            await fault.hold_up(self.server.clock)
            response = await self._respond(request, call, handler if fault.works else _shirk)
            call.status = None if fault.breaks else fault.status or call.status
            await fault.hold_up(self.server.clock, after=True)
            return _spoil(request, response, fault)

        return answer

    async def _respond(self, request: web.Request, call: Call, handler: Handler) -> web.Response:
        try:
            await calls.read_body(request, call)
            self._authorise(call)
            self._check(call)
            call.status, body = await handler(self.server, call)
        except Refusal as refusal:
            if refusal.breach:
                faults = "; ".join(refusal.errors) or refusal.text
                self.server.violations.append(f"{call.method} {call.template}: {faults}")
            call.status, body = refusal.status, refusal.body()
        except Exception as error:
            self.server.violations.append(f"{call.method} {call.template}: this server failed, {error!r}")
            raise
        return _json(call.status, body)

    def _authorise(self, call: Call) -> None:
        if call.token != self.server.token and not call.is_open:
            raise Refusal(401, 0, "401: Unauthorized")

    def _check(self, call: Call) -> None:
        """Hold the body against Discord's own description."""
        description = schema()
        if description is None or call.body is None:
            return
        faults = description.faults(call.method, call.template, call.body)
        if faults:
            raise invalid_form(faults)

    async def _unknown(self, request: web.Request) -> web.Response:
        self.server.violations.append(f"{request.method} {request.path}: no such route here")
        return _json(404, {"message": "404: Not Found", "code": 0})


def _json(status: int, body: Any) -> web.Response:
    """discord.py takes anything but exactly `application/json`, without a charset, for plain text."""
    if body is None:
        return web.Response(status=status)
    data = json.dumps(body).encode()
    return web.Response(status=status, body=data, headers={"Content-Type": "application/json"})


async def _shirk(server: DiscordServer, call: Call) -> tuple[int, Any]:
    """Stands in for a handler whose work a fault prevents."""
    return 500, {"message": "500: nothing was done", "code": 0}


def _spoil(request: web.Request, response: web.Response, fault: Fault) -> web.Response:
    """The answer as the fault leaves it; without a status the connection breaks."""
    if fault.breaks and request.transport is not None:
        request.transport.abort()
    if fault.status is not None:
        response = _json(fault.status, fault.body)
    response.headers.update(fault.headers)
    return response
