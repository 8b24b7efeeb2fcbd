"""Who a message would notify, given its text and `allowed_mentions`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.discord_server.state import Message

_USER = re.compile(r"<@!?(\d{1,20})>")
_ROLE = re.compile(r"<@&(\d{1,20})>")


@dataclass(frozen=True)
class Ping:
    """A notification the bot's message caused: `kind` is everyone, user, role or reply."""

    message: Message
    kind: str
    target: int | None = None


def walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every component, outer before inner, in the order of reading."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        inner = [component.get("accessory"), component.get("component")]
        yield from walk([one for one in inner if one])


def texts(components: list[dict[str, Any]]) -> list[str]:
    """The contents of all text displays, in order."""
    return [one.get("content", "") for one in walk(components) if one.get("type") == 10]


def users_in(text: str) -> list[int]:
    """The ids of the users a text names."""
    return list(dict.fromkeys(int(one) for one in _USER.findall(text)))


def pings(message: Message, allowed: dict[str, Any] | None) -> list[Ping]:
    """What would notify someone. Without `allowed_mentions` Discord parses everything."""
    text = "\n".join([message.content, *texts(message.components)])
    rules = (
        allowed if allowed is not None else {"parse": ["everyone", "users", "roles"], "replied_user": True}
    )
    parse = set(rules.get("parse") or [])
    found: list[Ping] = []
    if "everyone" in parse and ("@everyone" in text or "@here" in text):
        found.append(Ping(message, "everyone"))
    for kind, pattern in (("user", _USER), ("role", _ROLE)):
        named = {int(one) for one in rules.get(f"{kind}s") or []}
        found += [
            Ping(message, kind, target)
            for target in dict.fromkeys(int(match) for match in pattern.findall(text))
            if f"{kind}s" in parse or target in named
        ]
    if message.reference is not None and rules.get("replied_user"):
        found.append(Ping(message, "reply", message.reference.author.id))
    return found
