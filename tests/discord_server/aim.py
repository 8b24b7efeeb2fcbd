"""Points discord.py at a local server instead of Discord, for the time of a test."""

from collections.abc import Iterator
from contextlib import contextmanager

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route


@contextmanager
def aimed_at(base: str) -> Iterator[None]:
    """Within the context discord.py speaks to `base` (such as http://127.0.0.1:1234/api/v10) and its gateway."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE = base
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(base).with_scheme("ws").with_path("/gateway")
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
