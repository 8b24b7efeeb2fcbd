"""The smallest discord.py client, for the server's own tests."""

from typing import Any

import discord
from discord import app_commands

INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


class BareClient(discord.Client):
    """Registers its commands and remembers the messages and commands that failed."""

    def __init__(self, intents: discord.Intents = INTENTS, **options: Any):
        super().__init__(intents=intents, guild_ready_timeout=0.1, **options)
        self.tree = app_commands.CommandTree(self)
        self.heard: list[discord.Message] = []
        self.failures: list[Exception] = []
        self.tree.error(self._remember)

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        self.heard.append(message)

    async def _remember(self, _: discord.Interaction, error: app_commands.AppCommandError) -> None:
        self.failures.append(getattr(error, "original", error))
