"""`/settings`: one panel for people who may manage the server."""

import asyncio
import sqlite3

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.context import BotContext, ContextBot
from bot.errors import Refused
from bot.gateway.component_router import page_number
from bot.gateway.interactions import Interaction, circle_here, reply
from bot.texts import ENGLISH
from bot.ui.forms import chosen_values, offered_values
from bot.ui.settings_panel import CUSTOM_ID_PREFIX, TURN, SettingsPanel, apply_choice
from index import VerbatimError

REFRESH_INTERVAL = 0.5  # seconds between looks whether other processes have changed settings; judged
AWAY_INTERVAL = 5.0  # seconds more, when the database is away: others wait for their turn to try; judged


class SettingsCog(commands.Cog):
    """A server's own settings, changed one menu at a time."""

    def __init__(self, context: BotContext) -> None:
        self._peers = context.peers
        self._service = context.service
        self._guild_settings = context.guild_settings
        self._locales = context.locales
        context.router.add_component(CUSTOM_ID_PREFIX, self.on_menu)

    async def cog_load(self) -> None:
        """Start to look what other processes have changed, where there may be others."""
        if self._peers and self._peers.shards:
            self.refresh.start()

    async def cog_unload(self) -> None:
        """Stop looking."""
        self.refresh.cancel()

    @tasks.loop(seconds=REFRESH_INTERVAL)
    async def refresh(self) -> None:
        """Read what other processes have changed; while the database is away, what is known holds."""
        try:
            await self._guild_settings.refresh()
        except (sqlite3.Error, VerbatimError):
            await asyncio.sleep(AWAY_INTERVAL)

    @app_commands.command(name="settings", description=ENGLISH("command-settings"))
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.default_permissions(manage_guild=True)
    async def settings(self, interaction: Interaction) -> None:
        """Show the panel to the person alone. Raise Refused if they may not manage the server."""
        _managed_server(interaction)
        await reply(interaction, self._panel(interaction), private=True)

    async def on_menu(self, interaction: Interaction, custom_id: str) -> None:
        """Change what was chosen in a menu, and show the panel as it is now."""
        setting, _, page_text = custom_id.partition(":")
        page = page_number(page_text)
        if page is None:
            return
        _, values = chosen_values(interaction)
        work = self._change(interaction, setting, values, page)
        await reply(interaction, work, private=True, in_place=True)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget the settings of a server that removed the bot."""
        await self._guild_settings.delete(guild.id)

    async def _change(
        self, interaction: Interaction, setting: str, values: list[str], page: int
    ) -> SettingsPanel:
        """Change a setting, and return the panel. Raise Refused if they may not manage the server."""
        server = _managed_server(interaction)
        if setting != TURN:
            outlets = await self._service.outlets(circle_here(interaction))
            offered = offered_values(interaction)
            await self._guild_settings.change(
                server, lambda known: apply_choice(known, setting, values, outlets, offered)
            )
        return await self._panel(interaction, page)

    async def _panel(self, interaction: Interaction, page: int = 1) -> SettingsPanel:
        texts = self._locales.for_interaction(interaction, private=True)
        settings = self._guild_settings.get(interaction.guild_id)
        outlets = await self._service.outlets(circle_here(interaction))
        return SettingsPanel(settings, outlets, texts, page)


def _managed_server(interaction: Interaction) -> int:
    """Return the server, whose managers alone see and change its settings. Raise Refused for others.

    Discord offers them the command, too, but a server may offer it to others, and people lose permissions.
    """
    if interaction.guild_id is None or not interaction.permissions.manage_guild:
        raise Refused("not-manager")
    return interaction.guild_id


async def setup(bot: ContextBot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(SettingsCog(bot.context))
