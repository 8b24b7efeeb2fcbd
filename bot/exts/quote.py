"""`/quote`: words somebody is reported to have said, searched for word by word."""

import asyncio

from discord import app_commands
from discord.ext import commands

from bot.context import BotContext, ContextBot
from bot.exts._options import OutletOption, describe_options
from bot.gateway.interactions import Interaction, circle_here, reply
from bot.gateway.locale import Audience
from bot.metrics import Surface
from bot.texts import ENGLISH
from bot.ui.card import Card
from bot.ui.quote_search_card import quote_search_card
from index import MAX_QUESTION_LENGTH


class QuoteCog(commands.Cog):
    """The command `/quote`, wherever a server or a person has installed the bot."""

    def __init__(self, context: BotContext) -> None:
        self._service = context.service
        self._answers = context.answers
        self._locales = context.locales

    @app_commands.command(name="quote", description=ENGLISH("command-quote"))
    @describe_options
    async def quote(
        self,
        interaction: Interaction,
        words: app_commands.Range[str, 1, MAX_QUESTION_LENGTH],
        outlet: OutletOption | None = None,
        private: bool | None = None,
    ) -> None:
        """Answer with the sentences that contain the words, or with none."""
        audience = self._locales.audience(interaction, private)
        work = self._search(interaction, words, outlet, audience)
        await reply(interaction, work, private=audience.private)

    async def _search(
        self, interaction: Interaction, words: str, outlet: str | None, audience: Audience
    ) -> Card:
        """Search for the words and build the card, off the event loop."""
        circle = circle_here(interaction)
        outlets = await self._service.resolve_outlets(outlet, interaction.guild_id, circle)
        found = await self._service.run_query(
            interaction.user.id,
            interaction.guild_id,
            lambda archive: archive.find_quote(words, outlets, circle),
            Surface.QUOTE,
        )
        quotes = [match.quote for match in found.matches]
        handle = await self._answers.save_quotes(quotes, shareable=audience.share)
        return await asyncio.to_thread(quote_search_card, found, audience.texts, handle)


async def setup(bot: ContextBot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(QuoteCog(bot.context))
