"""Runs a discord.py client against a server for the time of a test."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord

from tests.discord_server.server import DiscordServer


@asynccontextmanager
async def running(client: discord.Client, server: DiscordServer) -> AsyncIterator[None]:
    """Start the client, wait until it is connected, close it at the end; what ends the client early is raised."""
    task = asyncio.create_task(client.start(server.token))
    ready = asyncio.create_task(server.ready())
    try:
        await asyncio.wait({task, ready}, return_when=asyncio.FIRST_COMPLETED)
        if not ready.done():
            ready.cancel()
            await task
        await ready
        yield
    finally:
        await client.close()
        await asyncio.wait({task})
