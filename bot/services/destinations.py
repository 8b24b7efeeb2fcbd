"""Where posts of follows and daily briefs go: whether they may, and in which language."""

import sqlite3

import discord
from discord.ext import commands

from bot.circles import circle_of
from bot.gateway.locale import Locales
from bot.gateway.messages import TRANSIENT_ERRORS, direct_channel
from bot.storage.daily_briefs import DailyBrief
from bot.storage.follows import Follow
from bot.storage.guild_settings import GuildSettings, GuildSettingsStore
from bot.texts import Texts
from index import BrokenIndex, BusyIndex, UnfinishedIndex

# Of the index, the database or the network: no fault of what is to be posted, which is tried again.
PASSING_ERRORS = (BrokenIndex, BusyIndex, UnfinishedIndex, sqlite3.OperationalError, *TRANSIENT_ERRORS)


class Destinations:
    """Finds the channel of a follow or daily brief: one on a server, or the person's direct messages."""

    def __init__(
        self, bot: commands.AutoShardedBot, guild_settings: GuildSettingsStore, locales: Locales
    ) -> None:
        self._bot = bot
        self._guild_settings = guild_settings
        self._locales = locales

    def settings(self, entry: Follow | DailyBrief) -> GuildSettings:
        """Return the settings that apply to its posts; the defaults in private."""
        return self._guild_settings.get(entry.server if entry.channel else None)

    def circle(self, entry: Follow | DailyBrief) -> str:
        """Return the key of whose news its posts come from: those who read them."""
        return circle_of(entry.server if entry.channel else None, entry.person)

    async def may_post(self, entry: Follow | DailyBrief) -> bool:
        """Return True if the server's settings let posts go there; in private they always may.

        Raise one of TRANSIENT_ERRORS where Discord cannot be asked at the moment.
        """
        settings = self._guild_settings.get(entry.server)
        if entry.channel is None or settings.allows_posts_in(entry.channel):
            return True
        return settings.allows_posts_in(await self._parent(entry.channel, entry.server))

    async def _parent(self, channel: int, server: int | None) -> int | None:
        """Return the channel that a thread is in; Discord is asked where another process has the server."""
        if server is None or self._bot.get_guild(server):
            parent: int | None = getattr(self._bot.get_channel(channel), "parent_id", None)
            return parent
        try:
            found = await self._bot.http.get_channel(channel)
        except discord.DiscordServerError:
            raise
        except discord.HTTPException:
            return None
        above = found.get("parent_id")
        return int(above) if isinstance(above, str) else None

    def texts(self, entry: Follow | DailyBrief) -> Texts:
        """Return the texts for a post: the person's in private, the server's, as it is now, in a channel."""
        if entry.channel is None:
            return Texts(entry.language)
        return self._locales.for_server(entry.server, entry.language)

    async def channel(self, entry: Follow | DailyBrief) -> discord.abc.Messageable:
        """Return the channel for its posts. Raise discord.HTTPException where it cannot be opened."""
        if entry.channel is not None:
            return self._bot.get_partial_messageable(entry.channel)
        return await direct_channel(self._bot, entry.person)
