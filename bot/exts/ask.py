"""`/ask`: a question, perhaps narrowed to a time or an outlet, perhaps in private."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from discord import app_commands
from discord.ext import commands

from bot.exts._autocomplete import CHOICE, outlet_choices
from bot.gateway.interactions import Interaction, reply
from bot.gateway.locale import Audience, Locales
from bot.services import date_input
from bot.services.conversation import Conversation
from bot.services.query_service import QueryRequest, QueryService
from bot.storage.answers import AnswerStore
from bot.texts import ENGLISH
from bot.ui.answer_card import answer_card
from bot.ui.card import CARD, Card
from index import MAX_QUESTION_LENGTH


class AskCog(commands.Cog):
    """Asking by command, wherever the bot or the person has installed it."""

    def __init__(
        self, service: QueryService, kept: AnswerStore, conversation: Conversation, languages: Locales
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
    async def ask(
        self,
        interaction: Interaction,
        question: app_commands.Range[str, 1, MAX_QUESTION_LENGTH],
        since: app_commands.Range[str, 1, date_input.LONGEST] | None = None,
        until: app_commands.Range[str, 1, date_input.LONGEST] | None = None,
        outlet: app_commands.Range[str, 1, CHOICE] | None = None,
        private: bool | None = None,
    ) -> None:
        """Answer with a card."""
        audience = self._languages.audience(interaction, private)
        asked = QueryRequest(interaction.user.id, question, server=interaction.guild_id, outlet=outlet)
        with self._service.in_flight():
            work = self._answer(interaction, asked, (since, until), audience)
            await reply(interaction, work, private=audience.private)

    @ask.autocomplete("outlet")
    async def outlets(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the outlets whose name holds what is typed."""
        return await outlet_choices(self._service, typed, interaction.guild_id)

    async def _answer(
        self,
        interaction: Interaction,
        asked: QueryRequest,
        period: tuple[str | None, str | None],
        audience: Audience,
    ) -> Card:
        """Read the dates, ask, and make the card, all off the event loop."""
        if any(period):
            since, until = await asyncio.to_thread(date_input.read_range, *period, now=datetime.now(UTC))
            asked = replace(asked, since=since, until=until)
        answer = await self._service.ask(asked)
        if interaction.context.dm_channel:
            self._conversation.remember(asked.person, answer)
        handle = await self._kept.keep(answer, share=audience.share)
        return await asyncio.to_thread(answer_card, answer, CARD, audience.texts, handle)
