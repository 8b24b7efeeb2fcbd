"""`/brief`: what most outlets reported in the last day."""

import asyncio
from datetime import UTC, datetime, timedelta

from discord import app_commands
from discord.ext import commands

from bot.exts._autocomplete import CHOICE, outlet_choices
from bot.gateway.interactions import Interaction, reply
from bot.gateway.locale import Audience, Locales
from bot.services.query_service import QueryService
from bot.storage.answers import AnswerStore
from bot.texts import ENGLISH
from bot.ui.brief_card import brief_card
from bot.ui.card import Card

DAY = timedelta(days=1)


class BriefCog(commands.Cog):
    """The day's stories, wherever the bot or the person has installed it."""

    def __init__(self, service: QueryService, kept: AnswerStore, languages: Locales) -> None:
        self._service = service
        self._kept = kept
        self._languages = languages

    @app_commands.command(name="brief", description=ENGLISH("command-brief"))
    @app_commands.describe(outlet=ENGLISH("command-brief-outlet"), private=ENGLISH("command-brief-private"))
    async def brief(
        self,
        interaction: Interaction,
        outlet: app_commands.Range[str, 1, CHOICE] | None = None,
        private: bool | None = None,
    ) -> None:
        """Answer with the stories of the last day."""
        audience = self._languages.audience(interaction, private)
        with self._service.in_flight():
            await reply(interaction, self._stories(interaction, outlet, audience), private=audience.private)

    @brief.autocomplete("outlet")
    async def outlets(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer outlets."""
        return await outlet_choices(self._service, typed, interaction.guild_id)

    async def _stories(self, interaction: Interaction, outlet: str | None, audience: Audience) -> Card:
        """Gather the stories, and make the card, off the event loop."""
        outlets = await self._service.resolve_outlets(outlet, interaction.guild_id)
        until = datetime.now(UTC)
        stories = await self._service.run_query(
            interaction.user.id, interaction.guild_id, lambda news: news.brief(until - DAY, until, outlets)
        )
        handle = await self._kept.keep_quotes([story.quote for story in stories], share=audience.share)
        return await asyncio.to_thread(brief_card, stories, until, audience.texts, handle)
