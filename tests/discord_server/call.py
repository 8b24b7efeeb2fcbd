"""One REST call as the handlers see it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.discord_server.refusals import Refusal


@dataclass
class Call:
    """A request taken apart: `path` after /api/v10, `template` as in Discord's API description.

    `status` is what it was answered, None while it is not or when the connection broke; `at` when it came, by the
    server's clock.
    """

    method: str
    path: str
    template: str
    named: dict[str, str]
    query: dict[str, str]
    token: str | None
    body: Any = None
    files: list[dict[str, Any]] = field(default_factory=list)
    status: int | None = None
    at: float = 0.0

    def id(self, name: str) -> int:
        """A path parameter that is an id."""
        value = self.named[name]
        if not value.isdecimal():
            raise Refusal(400, 50035, f"{name}: {value!r} is not a snowflake", breach=True)
        return int(value)

    @property
    def is_open(self) -> bool:
        """Whether the path needs no bot token: its own token stands in it."""
        return self.template == "/gateway" or self.template.startswith(("/interactions/", "/webhooks/"))

    def flag(self, name: str) -> bool:
        return self.query.get(name, "").lower() in ("1", "true")


def taken_apart(request: web.Request, template: str, prefix: str) -> Call:
    """A request without its body."""
    authorization = request.headers.get("Authorization", "")
    return Call(
        request.method,
        request.path.removeprefix(prefix),
        template,
        dict(request.match_info),
        dict(request.query),
        authorization.removeprefix("Bot ") if authorization.startswith("Bot ") else None,
    )


async def read_body(request: web.Request, call: Call) -> None:
    """Read the body; multipart ones give `payload_json` as the body and the rest as files."""
    if request.content_type == "multipart/form-data":
        await _read_parts(request, call)
    elif request.can_read_body:
        call.body = _parse(await request.text())


async def _read_parts(request: web.Request, call: Call) -> None:
    async for part in await request.multipart():
        if part.name == "payload_json":
            call.body = _parse(await part.text())
        else:
            size = len(await part.read())
            call.files.append({"name": part.name, "filename": part.filename, "size": size})


def _parse(text: str) -> Any:
    if not text:
        return None
    try:
        return json.loads(text)
    except ValueError:
        raise Refusal(400, 50109, "The request body contains invalid JSON.", breach=True) from None
