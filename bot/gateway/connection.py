"""Being on Discord: coming back for as long as it takes, and leaving in order."""

import asyncio
from collections.abc import Callable
from typing import NoReturn

import aiohttp
import discord
import structlog
from discord.ext import commands

from index import report_fault

PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)  # seconds between attempts; the last one for ever
CLOSING = 8.0  # seconds for saying goodbye
CHECK = 0.5
FATAL_ERRORS = {  # Discord's close codes that no waiting mends
    4004: "Discord does not know this token. Make a new one (developer portal, your application, Bot, Reset Token).",
    4010: "Discord refuses the shard. Please report this.",
    4011: "The bot is on too many servers for one connection. Please report this.",
    4012: "Discord no longer speaks this version of its protocol. Update Verbatim.",
    4013: "Discord refuses the intents. Please report this.",
    4014: "Discord refuses the intents. Please report this.",
}
WRONG_TOKEN, WRONG_INTENTS = 4004, 4014  # Discord's close codes
log = structlog.get_logger(__name__)

_UNREACHABLE = (
    discord.GatewayNotFound,
    discord.HTTPException,
    discord.ConnectionClosed,
    aiohttp.ClientError,
    OSError,
)


class FatalGatewayError(Exception):
    """Discord will not have this bot; the text says what a person can do."""


class GatewaySupervisor:
    """Keeps a bot on Discord. A client that failed to start cannot start again, so each attempt makes a new one."""

    def __init__(self, make: Callable[[], commands.AutoShardedBot], token: str) -> None:
        self._make = make
        self._token = token
        self._bot: commands.AutoShardedBot | None = None
        self._task: asyncio.Task[NoReturn] | None = None

    def start(self) -> asyncio.Task[NoReturn]:
        """Start a task that ends only with Rejected or `stop`."""
        self._task = asyncio.create_task(self._stay())
        return self._task

    async def stop(self) -> None:
        """Say goodbye, for some seconds at most, from whatever moment.

        On Python 3.11 `asyncio.wait_for` can swallow a cancellation while connecting, so it is repeated until
        the goodbye has begun, which another one would cut short.
        """
        if self._task is None:
            return
        self._task.cancel()
        for _ in range(round(CLOSING / CHECK)):
            await asyncio.wait({self._task}, timeout=CHECK)
            if self._task.done():
                return
            if self._bot and not self._bot.is_closed():
                self._task.cancel()

    async def _stay(self) -> NoReturn:
        """Run one bot after the other, with longer and longer pauses while Discord is out of reach."""
        clock = asyncio.get_running_loop().time
        attempt = 0
        while True:
            begun = clock()
            self._bot = self._make()
            why = await self._attempt(self._bot)
            attempt = 0 if clock() - begun > PAUSES[-1] else attempt
            pause = PAUSES[min(attempt, len(PAUSES) - 1)]
            log.warning("Discord is out of reach; trying again", why=why, seconds=pause)
            await asyncio.sleep(pause)
            attempt += 1

    async def _attempt(self, bot: commands.AutoShardedBot) -> str:
        """Run one bot until it falls out with Discord, and say why. Raises Rejected."""
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
