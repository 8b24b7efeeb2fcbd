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

    async def watch(self) -> None:
        """Begin to look at the other processes' turns: none is then waited for for longer than it lasts."""
        await self._leases.watch(_PREFIX)

    async def prepare(self, bot: commands.AutoShardedBot) -> None:
        """Ask Discord for its limits, say if it recommends more shards, and wait until starts are left.

        Raise discord.GatewayNotFound when it cannot be asked.
        """
        recommended, _ = await self._ask(bot)
        if recommended > self._shards.count:
            log.warning(
                "Discord recommends more shards", recommended=recommended, shard_count=self._shards.count
            )
        await self._until_starts_are_left(bot)

    async def wait(self, bot: commands.AutoShardedBot, shard: int) -> None:
        """Wait until a shard may identify. Raise discord.GatewayNotFound.

        While the store is out of reach only our own turns are known: Discord turns away who then comes too soon.
        """
        limits = await self._until_starts_are_left(bot)
        turn = secrets.token_hex(8)
        while True:
            wave = f"{_PREFIX}{shard % limits.max_concurrency}"
            await self._take_turn(wave, turn)
            _, limits = await self._ask(bot)  # what other processes have used up since
            if not self._may_start(limits):
                limits = await self._until_starts_are_left(bot)
            elif await self._renew(wave, turn):
                return

    async def _take_turn(self, wave: str, turn: str) -> None:
        """Wait for the turn of a wave."""
        try:
            while not await self._leases.take(wave, turn, WAVE_SECONDS):
                await self._sleep(LOOK_AGAIN)
        except (sqlite3.Error, VerbatimError) as error:
            log.warning("the turns of other processes are not known", why=type(error).__name__)
            await self._sleep(WAVE_SECONDS)

    async def _renew(self, wave: str, turn: str) -> bool:
        """Let a turn last from now on; return False where asking Discord took so long that another shard has it."""
        try:
            return await self._leases.take(wave, turn, WAVE_SECONDS)
        except (sqlite3.Error, VerbatimError):
            return True

    def _may_start(self, limits: discord.SessionStartLimits) -> bool:
        """Return True if a start is left, whatever the shards do whose waves have their turn at this moment, too."""
        return limits.remaining >= min(limits.max_concurrency, self._shards.count)

    async def _until_starts_are_left(self, bot: commands.AutoShardedBot) -> discord.SessionStartLimits:
        """Return Discord's limits once they let a shard start."""
        while True:
            _, limits = await self._ask(bot)
            if self._may_start(limits):
                return limits
            seconds = limits.reset_after / 1000
            log.error("Discord allows no more logins for now; waiting", seconds=round(seconds))
            await self._sleep(seconds)

    async def _ask(self, bot: commands.AutoShardedBot) -> tuple[int, discord.SessionStartLimits]:
        """Ask Discord how many shards it recommends, and for its limits."""
        recommended, _, limits = await bot.http.get_bot_gateway()
        return recommended, discord.SessionStartLimits(**limits)
