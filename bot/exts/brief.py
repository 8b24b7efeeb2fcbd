"""`/brief`: what most outlets reported in the last day."""

import asyncio
from datetime import UTC, datetime, timedelta

from discord import app_commands
from discord.ext import commands

from bot.context import BotContext, ContextBot
from bot.exts._options import OutletOption, describe_options
from bot.gateway.interactions import Interaction, reply
from bot.gateway.locale import Audience
from bot.texts import ENGLISH
from bot.ui.brief_card import brief_card
from bot.ui.card import Card

BRIEF_PERIOD = timedelta(days=1)


class BriefCog(commands.Cog):
    """The command `/brief`, wherever a server or a person has installed the bot."""

    def __init__(self, context: BotContext) -> None:
        self._service = context.service
        self._answers = context.answers
        self._locales = context.locales

    @app_commands.command(name="brief", description=ENGLISH("command-brief"))
    @describe_options
    async def brief(
        self, interaction: Interaction, outlet: OutletOption | None = None, private: bool | None = None
    ) -> None:
        """Answer with the stories of the last day."""
        audience = self._locales.audience(interaction, private)
        await reply(interaction, self._stories(interaction, outlet, audience), private=audience.private)

    async def _stories(self, interaction: Interaction, outlet: str | None, audience: Audience) -> Card:
        """Find the stories and build the card, off the event loop."""
        outlets = await self._service.resolve_outlets(outlet, interaction.guild_id)
        until = datetime.now(UTC)
        since = until - BRIEF_PERIOD
        stories = await self._service.run_query(
            interaction.user.id, interaction.guild_id, lambda archive: archive.brief(since, until, outlets)
        )
        quotes = [story.quote for story in stories]
        handle = await self._answers.save_quotes(quotes, shareable=audience.share)
        return await asyncio.to_thread(brief_card, stories, until, audience.texts, handle)


async def setup(bot: ContextBot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(BriefCog(bot.context))
