"""Keeps the bot connected to Discord: reconnects for as long as it takes, and disconnects in order."""

import asyncio
import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NoReturn

import aiohttp
import discord
import structlog
from discord.ext import commands

from index import report_fault

RETRY_PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)  # seconds between attempts, the last one for ever; judged
CLOSE_TIMEOUT = 8.0  # seconds for disconnecting, judged
CANCEL_INTERVAL = 0.5  # seconds between two cancellations meanwhile, judged
FATAL_ERRORS = {  # Discord's close codes after which reconnecting is in vain
    4004: "Discord does not know this token. Make a new one (developer portal, your application, Bot, Reset Token).",
    4010: "Discord refuses the shard. Give every process the same --shard-count, and --shards below that number.",
    4011: "The bot is on too many servers for so few shards. Raise --shard-count in every process, or leave it out.",
    4012: "Discord no longer speaks this version of its protocol. Update Verbatim.",
    4013: "Discord refuses the intents. Please report this.",
    4014: "Discord refuses the intents. Please report this.",
}
WRONG_TOKEN, WRONG_INTENTS = 4004, 4014  # Discord's close codes
log = structlog.get_logger(__name__)

_UNREACHABLE = (
    discord.GatewayNotFound,
    discord.RateLimited,
    discord.HTTPException,
    discord.ConnectionClosed,
    aiohttp.ClientError,
    OSError,
)


class FatalGatewayError(Exception):
    """Discord rejects the bot for good; the text tells the owner what to do."""


@dataclass(frozen=True, slots=True)
class ShardStatus:
    """The connection of one shard: `latency` is the seconds from a heartbeat to its answer, None before the first."""

    number: int
    is_connected: bool = False
    latency: float | None = None
    servers: int = 0


@dataclass(frozen=True, slots=True)
class GatewayStatus:
    """The connection to Discord, connected when all of its `shards` are; `latency` is their mean."""

    is_connected: bool = False
    latency: float | None = None
    servers: int = 0
    shards: tuple[ShardStatus, ...] = ()


class GatewaySupervisor:
    """Keeps a bot on Discord. A client cannot be started twice, so each attempt makes a new one."""

    def __init__(self, make_client: Callable[[], commands.AutoShardedBot], token: str) -> None:
        self._make_client = make_client
        self._token = token
        self._bot: commands.AutoShardedBot | None = None
        self._task: asyncio.Task[NoReturn] | None = None

    def start(self) -> asyncio.Task[NoReturn]:
        """Start and return a task that ends only by FatalGatewayError or `stop`."""
        self._task = asyncio.create_task(self._run_forever())
        return self._task

    def status(self) -> GatewayStatus:
        """Return how the connection is; it counts as connected when every shard is."""
        bot = self._bot
        if bot is None:
            return GatewayStatus()
        shards = tuple(_shard_statuses(bot))
        if bot.is_closed() or not bot.is_ready():
            return GatewayStatus(shards=shards)
        return GatewayStatus(
            is_connected=bool(shards) and all(shard.is_connected for shard in shards),
            latency=_finite(bot.latency),
            servers=len(bot.guilds),
            shards=shards,
        )

    async def stop(self) -> None:
        """Disconnect, within CLOSE_TIMEOUT seconds, whatever the task is doing.

        On Python 3.11 `asyncio.wait_for` can swallow a cancellation while connecting, so it is repeated until
        the client has begun to close, which another cancellation would interrupt.
        """
        if self._task is None:
            return
        self._task.cancel()
        for _ in range(round(CLOSE_TIMEOUT / CANCEL_INTERVAL)):
            await asyncio.wait({self._task}, timeout=CANCEL_INTERVAL)
            if self._task.done():
                return
            if self._bot and not self._bot.is_closed():
                self._task.cancel()

    async def _run_forever(self) -> NoReturn:
        """Run one client after the other, with longer and longer pauses while Discord is unreachable."""
        clock = asyncio.get_running_loop().time
        attempt = 0
        while True:
            started = clock()
            self._bot = self._make_client()
            why = await self._run_once(self._bot)
            attempt = 0 if clock() - started > RETRY_PAUSES[-1] else attempt
            pause = RETRY_PAUSES[min(attempt, len(RETRY_PAUSES) - 1)]
            log.warning("Discord is out of reach; trying again", why=why, seconds=pause)
            await asyncio.sleep(pause)
            attempt += 1

    async def _run_once(self, bot: commands.AutoShardedBot) -> str:
        """Run one client until its connection ends, and return why. Raise FatalGatewayError."""
        try:
            async with bot:
                await bot.start(self._token)
        except discord.LoginFailure:
            raise FatalGatewayError(FATAL_ERRORS[WRONG_TOKEN]) from None
        except discord.PrivilegedIntentsRequired:
            raise FatalGatewayError(FATAL_ERRORS[WRONG_INTENTS]) from None
        except _UNREACHABLE as error:
            if isinstance(error, discord.ConnectionClosed) and error.code in FATAL_ERRORS:
                raise FatalGatewayError(FATAL_ERRORS[error.code]) from None
            return type(error).__name__
        except Exception as error:  # noqa: BLE001 - one event the library cannot read must not end the bot
            return f"fault {report_fault(error, 'gateway')}"
        return "connection closed"


def _shard_statuses(bot: commands.AutoShardedBot) -> Iterator[ShardStatus]:
    """Yield how each shard is connected that the bot was given or has begun to connect."""
    known = {} if bot.is_closed() else bot.shards
    servers = Counter(guild.shard_id for guild in bot.guilds)
    for number in bot.shard_ids or sorted(bot.shards):
        shard = known.get(number)
        if shard is None or shard.is_closed():
            yield ShardStatus(number)
        else:
            yield ShardStatus(
                number, is_connected=True, latency=_finite(shard.latency), servers=servers[number]
            )


def _finite(seconds: float) -> float | None:
    return seconds if math.isfinite(seconds) else None
