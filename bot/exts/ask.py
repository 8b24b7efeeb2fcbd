"""`/ask`: a question, perhaps narrowed to a time or an outlet, perhaps in private."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from discord import app_commands
from discord.ext import commands

from bot import dates
from bot.card import CARD, Card
from bot.conversation import Conversation
from bot.kept import KeptAnswers
from bot.languages import Languages
from bot.render import render
from bot.replies import Interaction, may_share, reply
from bot.service import Asked, Service
from bot.texts import ENGLISH
from index.question import LONGEST

CHOICES, CHOICE = 25, 100  # Discord's limits: choices offered, characters of one


class Ask(commands.Cog):
    """Asking by command, wherever the bot or the person has installed it."""

    def __init__(
        self, service: Service, kept: KeptAnswers, conversation: Conversation, languages: Languages
    ) -> None:
        self._service = service
        self._kept = kept
        self._conversation = conversation
        self._languages = languages

    @app_commands.command(name="ask", description=ENGLISH("command-ask"))
    @app_commands.describe(
        question=ENGLISH("command-ask-question"),
        since=ENGLISH("command-ask-since"),
        until=ENGLISH("command-ask-until"),
        outlet=ENGLISH("command-ask-outlet"),
        private=ENGLISH("command-ask-private"),
    )
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def ask(
        self,
        interaction: Interaction,
        question: app_commands.Range[str, 1, LONGEST],
        since: app_commands.Range[str, 1, dates.LONGEST] | None = None,
        until: app_commands.Range[str, 1, dates.LONGEST] | None = None,
        outlet: app_commands.Range[str, 1, CHOICE] | None = None,
        private: bool = False,
    ) -> None:
        """Answer with a card."""
        asked = Asked(interaction.user.id, question, server=interaction.guild_id, outlet=outlet)
        work = self._answer(interaction, asked, since, until, private=private)
        with self._service.turn():
            await reply(interaction, work, private=private)

    @ask.autocomplete("outlet")
    async def outlets(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the outlets whose name holds what is typed."""
        wanted = typed.strip().casefold()
        names = [
            name
            for name in await self._service.outlets()
            if name.strip() and len(name) <= CHOICE and wanted in name.casefold()
        ]
        return [app_commands.Choice(name=name, value=name) for name in names[:CHOICES]]

    async def _answer(
        self, interaction: Interaction, asked: Asked, since: str | None, until: str | None, *, private: bool
    ) -> Card:
        """Read the dates, ask, and make the card, all off the event loop."""
        if since or until:
            start, end = await asyncio.to_thread(dates.read_range, since, until, now=datetime.now(UTC))
            asked = replace(asked, since=start, until=end)
        answer = await self._service.ask(asked)
        if interaction.context.dm_channel:
            self._conversation.remember(asked.person, answer)
        handle = await self._kept.keep(answer, share=private and may_share(interaction))
        texts = self._languages.of(interaction, private=private)
        return await asyncio.to_thread(render, answer, CARD, texts, handle)
