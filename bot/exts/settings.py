"""`/settings`: one panel for whoever may manage the server."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import Refused
from bot.gateway.interactions import Interaction, reply, report_errors
from bot.gateway.locale import Locales
from bot.services.query_service import QueryService
from bot.storage.guild_settings import GuildSettingsStore
from bot.texts import ENGLISH
from bot.ui.forms import chosen, offered
from bot.ui.settings_panel import NAME, TURN, Panel, changed


class SettingsCog(commands.Cog):
    """A server's own settings, changed one menu at a time."""

    def __init__(self, service: QueryService, servers: GuildSettingsStore, languages: Locales) -> None:
        self._service = service
        self._servers = servers
        self._languages = languages

    @app_commands.command(name="settings", description=ENGLISH("command-settings"))
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.default_permissions(manage_guild=True)
    async def settings(self, interaction: Interaction) -> None:
        """Show the panel to the person alone."""
        with self._service.in_flight():
            await reply(interaction, self._panel(interaction), private=True)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Change what was chosen in a menu, and show the panel as it is now."""
        name, values = chosen(interaction)
        if not name.startswith(NAME):
            return
        setting, _, page = name.removeprefix(NAME).partition(":")
        with self._service.in_flight():
            async with report_errors(interaction):
                work = self._changed(interaction, setting, values, int(page or 1))
                await reply(interaction, work, private=True, in_place=True)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget a server that put the bot out."""
        await self._servers.forget(guild.id)

    async def _changed(self, interaction: Interaction, setting: str, values: list[str], page: int) -> Panel:
        if interaction.guild_id is None or not interaction.permissions.manage_guild:
            raise Refused("not-manager")
        if setting != TURN:
            known, outlets = self._servers.of(interaction.guild_id), await self._service.outlets()
            server = changed(known, setting, values, outlets, offered(interaction))
            await self._servers.put(interaction.guild_id, server)
        return await self._panel(interaction, page)

    async def _panel(self, interaction: Interaction, page: int = 1) -> Panel:
        texts = self._languages.for_interaction(interaction, private=True)
        return Panel(self._servers.of(interaction.guild_id), await self._service.outlets(), texts, page)
