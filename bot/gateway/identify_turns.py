"""When a shard may identify: in Discord's waves, whichever process it is in, and only while starts are left.

A shard is of wave `shard % max_concurrency`, and one of a wave may identify every five seconds; so often a day may
all shards together (Discord developer documentation, Gateway, Session Start Limit). A bot that exceeds the latter
loses its token.
"""

import asyncio
import secrets
import sqlite3
from collections.abc import Awaitable, Callable

import discord
import structlog
from discord.ext import commands

from bot.shards import Shards
from bot.storage.leases import LeaseStore
from index import VerbatimError

WAVE_SECONDS = 5.5  # Discord's five, and half a second for the way to it; judged
LOOK_AGAIN = 0.25  # seconds between looks whether it is a wave's turn; judged
LIMITS_AGE = 60.0  # seconds for which what Discord said of starts is taken for true; judged
_PREFIX = "identify "
log = structlog.get_logger(__name__)


class IdentifyTurns:
    """The turns of one process's shards among those of all processes on the same leases."""

    def __init__(
        self,
        leases: LeaseStore,
        shards: Shards,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._leases = leases
        self._shards = shards
        self._sleep = sleep
        self._limits: discord.SessionStartLimits | None = None
        self._asked_at = 0.0

    async def watch(self) -> None:
        """Begin to look at the other processes' turns: none is then waited for for longer than it lasts."""
        await self._leases.watch(_PREFIX)

    async def prepare(self, bot: commands.AutoShardedBot) -> None:
        """Ask Discord for its limits, say if it recommends more shards, and wait until starts are left.

        Raise discord.GatewayNotFound when it cannot be asked.
        """
        recommended = await self._ask(bot)
        if recommended > self._shards.count:
            log.warning(
                "Discord recommends more shards", recommended=recommended, shard_count=self._shards.count
            )
        await self._until_starts_are_left(bot)

    async def wait(self, bot: commands.AutoShardedBot, shard: int) -> None:
        """Wait until a shard may identify, and count it. Raise discord.GatewayNotFound.

        While the store is out of reach only our own turns are known: Discord turns away who then comes too soon.
        """
        limits = await self._until_starts_are_left(bot)
        wave, turn = f"{_PREFIX}{shard % limits.max_concurrency}", secrets.token_hex(8)
        try:
            while not await self._leases.take(wave, turn, WAVE_SECONDS):
                await self._sleep(LOOK_AGAIN)
        except (sqlite3.Error, VerbatimError) as error:
            log.warning("the turns of other processes are not known", why=type(error).__name__)
            await self._sleep(WAVE_SECONDS)
        limits.remaining -= 1

    async def _until_starts_are_left(self, bot: commands.AutoShardedBot) -> discord.SessionStartLimits:
        """Return Discord's limits once they let a shard start."""
        while True:
            limits = self._limits
            if limits is None or asyncio.get_running_loop().time() - self._asked_at > LIMITS_AGE:
                await self._ask(bot)
            elif limits.remaining > 0:
                return limits
            else:
                seconds = limits.reset_after / 1000
                log.error("Discord allows no more logins for now; waiting", seconds=round(seconds))
                await self._sleep(seconds)
                self._limits = None

    async def _ask(self, bot: commands.AutoShardedBot) -> int:
        """Ask for the limits; return how many shards are recommended."""
        recommended, _, limits = await bot.http.get_bot_gateway()
        self._limits = discord.SessionStartLimits(**limits)
        self._asked_at = asyncio.get_running_loop().time()
        return recommended
