"""What tests that need a Discord ask for."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.discord_server.aim import aimed_at
from tests.discord_server.server import DiscordServer


@pytest_asyncio.fixture
async def discord_server() -> AsyncIterator[DiscordServer]:
    """A running local Discord at which discord.py is aimed; fails the test if the bot broke Discord's rules."""
    async with DiscordServer() as server:
        with aimed_at(server.url):
            yield server
    assert server.violations == []
