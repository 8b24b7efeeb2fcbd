"""`/quote`: words somebody is said to have said, looked for word by word."""

import asyncio

from discord import app_commands
from discord.ext import commands

from bot.exts._autocomplete import CHOICE, outlet_choices
from bot.gateway.interactions import Interaction, reply
from bot.gateway.locale import Audience, Locales
from bot.services.query_service import QueryService
from bot.storage.answers import AnswerStore
from bot.texts import ENGLISH
from bot.ui.card import Card
from bot.ui.quote_search_card import quote_search_card
from index import MAX_QUESTION_LENGTH


class QuoteCog(commands.Cog):
    """Checking a quotation, wherever the bot or the person has installed it."""

    def __init__(self, service: QueryService, kept: AnswerStore, languages: Locales) -> None:
        self._service = service
        self._kept = kept
        self._languages = languages

    @app_commands.command(name="quote", description=ENGLISH("command-quote"))
    @app_commands.describe(
        words=ENGLISH("command-quote-words"),
        outlet=ENGLISH("command-quote-outlet"),
        private=ENGLISH("command-quote-private"),
    )
    async def quote(
        self,
        interaction: Interaction,
        words: app_commands.Range[str, 1, MAX_QUESTION_LENGTH],
        outlet: app_commands.Range[str, 1, CHOICE] | None = None,
        private: bool | None = None,
    ) -> None:
        """Answer with the sentences that hold the words, or with none."""
        audience = self._languages.audience(interaction, private)
        with self._service.in_flight():
            work = self._look(interaction, words, outlet, audience)
            await reply(interaction, work, private=audience.private)

    @quote.autocomplete("outlet")
    async def outlets(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer outlets."""
        return await outlet_choices(self._service, typed, interaction.guild_id)

    async def _look(
        self, interaction: Interaction, words: str, outlet: str | None, audience: Audience
    ) -> Card:
        """Look for the words, and make the card, off the event loop."""
        outlets = await self._service.resolve_outlets(outlet, interaction.guild_id)
        found = await self._service.run_query(
            interaction.user.id, interaction.guild_id, lambda news: news.find_quote(words, outlets)
        )
        handle = await self._kept.keep_quotes([match.quote for match in found.matches], share=audience.share)
        return await asyncio.to_thread(quote_search_card, found, audience.texts, handle)
