"""Servers that removed the bot while it was away: Discord tells of a removal only whoever is connected."""

import asyncio

import discord
from discord.ext import commands

from bot.circles import is_server, number_of
from bot.context import BotContext, ContextBot
from bot.logs import log
from bot.storage.guild_settings import stored_servers
from index import HOUSE

GRACE = (
    6 * 3600.0
)  # seconds, judged: time for an owner who started the bot with another one's token by mistake


class Departures(commands.Cog):
    """Forgets what is stored of a server once the bot is no longer on it, as if Discord had told of the removal.

    Only a server counts as left that Discord did not list at all when the bot connected, nor tells of within `GRACE`:
    one that has an outage is listed.
    """

    def __init__(self, bot: ContextBot, context: BotContext) -> None:
        self._bot = bot
        self._service = context.service
        self._database = context.database
        self._waiting: asyncio.Task[None] | None = None

    async def cog_unload(self) -> None:
        """Stop waiting."""
        if self._waiting:
            self._waiting.cancel()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Look which servers are gone; only the last of several looks waits."""
        await self.cog_unload()
        self._waiting = asyncio.create_task(self._forget_departed())

    async def _forget_departed(self) -> None:
        """Tell all cogs of the servers that are gone now and still are after `GRACE`."""
        departed = await self._departed()
        if not departed:
            return
        log.info("servers without the bot", number=len(departed), forgotten_after=GRACE)
        await asyncio.sleep(GRACE)
        for server in departed & await self._departed():
            log.info("forgetting a server that removed the bot")
            self._bot.dispatch("guild_remove", discord.Object(server))

    async def _departed(self) -> frozenset[int]:
        """Return the servers of which something is stored and on which the bot is not, of the shards that run here."""
        circles = await self._service.run_background(lambda archive: archive.circles())
        stored = await stored_servers(self._database)
        stored |= {number_of(key) for key in circles if key != HOUSE and is_server(key)}
        here = {
            server for server in stored if (server >> 22) % (self._bot.shard_count or 1) in self._bot.shards
        }
        return frozenset(here - {guild.id for guild in self._bot.guilds})


async def setup(bot: ContextBot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(Departures(bot, bot.context))
