"""`/help`, `/about`, `/outlets`, `/privacy`: the bot about itself, to the person alone."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from importlib.metadata import version
from typing import Any

from discord import app_commands
from discord.ext import commands

from bot.gateway.interactions import Interaction, reply, show
from bot.gateway.locale import Locales
from bot.services.query_service import QueryService
from bot.texts import ENGLISH, Texts
from bot.ui.about_cards import about_card, help_card, outlets_card, privacy_card
from bot.ui.answer_card import notice
from bot.ui.card import Card

Erase = Callable[[int], Awaitable[object]]  # erases all that one table, or memory, holds of a person


class AboutCog(commands.Cog):
    """The bot about itself."""

    def __init__(self, service: QueryService, languages: Locales, erase: tuple[Erase, ...]) -> None:
        self._service = service
        self._languages = languages
        self._erase = erase

    @app_commands.command(name="help", description=ENGLISH("command-help"))
    async def help(self, interaction: Interaction) -> None:
        """Say how to ask."""
        await show(
            interaction, help_card(self._languages.for_interaction(interaction, private=True)), private=True
        )

    @app_commands.command(name="about", description=ENGLISH("command-about"))
    async def about(self, interaction: Interaction) -> None:
        """Say what the bot is, and how much it has to search."""
        texts = self._languages.for_interaction(interaction, private=True)
        await self._show(interaction, self._about(interaction, texts))

    @app_commands.command(name="outlets", description=ENGLISH("command-outlets"))
    async def outlets(self, interaction: Interaction) -> None:
        """Say what is indexed, and how fresh it is."""
        texts = self._languages.for_interaction(interaction, private=True)
        await self._show(interaction, self._outlets(interaction, texts))

    @app_commands.command(name="privacy", description=ENGLISH("command-privacy"))
    @app_commands.describe(erase=ENGLISH("command-privacy-erase"))
    async def privacy(self, interaction: Interaction, erase: bool = False) -> None:
        """Say what is stored of the person, or erase it."""
        texts = self._languages.for_interaction(interaction, private=True)
        if not erase:
            await show(interaction, privacy_card(texts), private=True)
            return
        await self._show(interaction, self._erased(interaction.user.id, texts))

    async def _show(self, interaction: Interaction, work: Coroutine[Any, Any, Card]) -> None:
        with self._service.in_flight():
            await reply(interaction, work, private=True)

    async def _about(self, interaction: Interaction, texts: Texts) -> Card:
        stats = await self._service.run_click(interaction.user.id, lambda news: news.stats())
        return about_card(stats, version("verbatim-news"), texts)

    async def _outlets(self, interaction: Interaction, texts: Texts) -> Card:
        stats = await self._service.run_click(interaction.user.id, lambda news: news.stats())
        return await asyncio.to_thread(outlets_card, stats, texts)

    async def _erased(self, person: int, texts: Texts) -> Card:
        for erase in self._erase:
            await erase(person)
        return notice(texts("privacy-erased"))
