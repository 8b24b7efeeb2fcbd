"""`/ask`: a question, perhaps narrowed to a time or an outlet, perhaps in private."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from discord import app_commands
from discord.ext import commands

from bot.context import BotContext, ContextBot
from bot.exts._brief import make_brief
from bot.exts._options import DateOption, OutletOption, describe_options
from bot.gateway.interactions import Interaction, circle_here, reply
from bot.gateway.locale import Audience
from bot.services import date_input
from bot.services.message_requests import RequestKind, read_request
from bot.services.query_service import QueryRequest
from bot.texts import ENGLISH
from bot.ui.about_cards import help_card
from bot.ui.answer_card import answer_card, notice_card
from bot.ui.card import CARD, Card
from index import MAX_QUESTION_LENGTH, SmallTalk


class AskCog(commands.Cog):
    """The command `/ask`, wherever a server or a person has installed the bot."""

    def __init__(self, context: BotContext) -> None:
        self._context = context
        self._service = context.service
        self._answers = context.answers
        self._conversation = context.conversation
        self._locales = context.locales

    @app_commands.command(name="ask", description=ENGLISH("command-ask"))
    @describe_options
    async def ask(
        self,
        interaction: Interaction,
        question: app_commands.Range[str, 1, MAX_QUESTION_LENGTH],
        since: DateOption | None = None,
        until: DateOption | None = None,
        outlet: OutletOption | None = None,
        private: bool | None = None,
    ) -> None:
        """Answer with a card."""
        audience = self._locales.audience(interaction, private)
        request = QueryRequest(
            interaction.user.id,
            question,
            server=interaction.guild_id,
            outlet=outlet,
            day_first=self._locales.day_first(interaction.user, interaction),
            circle=circle_here(interaction),
        )
        work = self._answer(interaction, request, (since, until), audience)
        await reply(interaction, work, private=audience.private)

    async def _answer(
        self,
        interaction: Interaction,
        request: QueryRequest,
        period: tuple[str | None, str | None],
        audience: Audience,
    ) -> Card:
        """Read the dates, ask, and build the card, all off the event loop.

        Who asks for the news or for help, and not about anything in it, gets what `/brief` and `/help` show.
        """
        asked_for = read_request(request.text).kind
        if asked_for is RequestKind.HELP:
            return help_card(audience.texts)
        if asked_for is RequestKind.NEWS and not any(period):
            return await make_brief(
                self._context,
                request.person,
                request.server,
                audience.texts,
                circle=request.circle,
                outlet=request.outlet,
                shareable=audience.share,
            )
        if asked_for is RequestKind.TRUTH_CHECK:
            return notice_card(audience.texts("check-which"))
        if any(period):
            await self._service.count_question(
                request.person, request.server
            )  # also where the dates cannot be read
            since, until = await asyncio.to_thread(
                date_input.read_range, *period, now=datetime.now(UTC), day_first=request.day_first
            )
            request = replace(request, since=since, until=until, is_counted=True)
        answer = await self._service.ask(request)
        if interaction.context.dm_channel:
            self._conversation.remember(request.person, answer)
        if answer.question.small_talk is SmallTalk.HELP:
            return help_card(audience.texts)
        handle = await self._answers.save(answer, shareable=audience.share)
        return await asyncio.to_thread(answer_card, answer, CARD, audience.texts, handle)


async def setup(bot: ContextBot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(AskCog(bot.context))
