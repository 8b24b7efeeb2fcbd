"""`CheckMessage the news`, on anybody's message: the claims in it, perhaps edited in a form, are searched for."""

import asyncio
from collections.abc import Sequence

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.exts._message_claims import MOST, claims_in_message
from bot.gateway.interactions import Interaction, reply, report_errors
from bot.gateway.locale import Audience, Locales
from bot.services.query_service import QueryRequest, QueryService
from bot.storage.answers import AnswerStore
from bot.texts import Texts
from bot.ui.answer_card import answer_card
from bot.ui.card import CARD, Card, with_line
from bot.ui.card_parser import parse_question_line
from bot.ui.forms import open_form, submitted, values
from index import MAX_QUESTION_LENGTH, Answer

NAME = "Check the news"
_FORM = "v1:check:"
_QUESTION, _PRIVATE = "question", "private"


class CheckMessage(commands.Cog):
    """The message command, wherever the bot or the person has installed it."""

    def __init__(
        self, bot: commands.AutoShardedBot, service: QueryService, kept: AnswerStore, languages: Locales
    ) -> None:
        self._bot = bot
        self._service = service
        self._kept = kept
        self._languages = languages
        self._menu = app_commands.ContextMenu(name=NAME, callback=self.check)

    async def cog_load(self) -> None:
        """Offer the command."""
        self._bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take the command back."""
        self._bot.tree.remove_command(NAME, type=discord.AppCommandType.message)

    async def check(self, interaction: Interaction, message: discord.Message) -> None:
        """Show the claims of a message in a form, to be edited or sent as they are."""
        texts = self._languages.for_interaction(interaction, private=True)
        asked = parse_question_line(message) if message.author == self._bot.user else ""
        claims = (asked,) if asked else claims_in_message(message)
        await open_form(interaction, _form(message, claims, texts))

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer the form."""
        form = submitted(interaction) or ""
        if not form.startswith(_FORM):
            return
        filled = values(interaction)
        private = bool(filled.get(_PRIVATE))
        claims = str(filled.get(_QUESTION) or "")
        place = f"https://discord.com/channels/{interaction.guild_id or '@me'}/{form.removeprefix(_FORM)}"
        with self._service.in_flight():
            async with report_errors(interaction):
                work = self._card(interaction, claims, place, self._languages.audience(interaction, private))
                await reply(interaction, work, private=private)

    async def _card(self, interaction: Interaction, claims: str, place: str, audience: Audience) -> Card:
        """Make the card; in public it says which message was checked."""
        answer = await self._answer(interaction, claims)
        handle = await self._kept.keep(answer, share=audience.share)
        card = await asyncio.to_thread(answer_card, answer, CARD, audience.texts, handle)
        return card if audience.private else with_line(card, audience.texts("checked", place=place))

    async def _answer(self, interaction: Interaction, claims: str) -> Answer:
        """Answer the first of the claims, one a line, of which the articles say something; else the first."""
        lines = [line for line in claims.splitlines() if line.strip()][:MOST] or [""]
        answers = []
        for line in lines:
            asked = QueryRequest(interaction.user.id, line, server=interaction.guild_id)
            answers.append(await self._service.ask(asked))
            if answers[-1].quotes:
                return answers[-1]
        return answers[0]


def _form(message: discord.Message, claims: Sequence[str], texts: Texts) -> ui.Modal:
    """Make the form: the question, and whether only the person sees the answer."""
    form = ui.Modal(title=texts("check-title"), custom_id=f"{_FORM}{message.channel.id}/{message.id}")
    question: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=_QUESTION,
        style=discord.TextStyle.paragraph,
        default="\n".join(claims) or None,
        placeholder=texts("check-placeholder"),
        max_length=MAX_QUESTION_LENGTH,
    )
    private: ui.Checkbox[ui.Modal] = ui.Checkbox(custom_id=_PRIVATE, default=True)
    form.add_item(ui.Label(text=texts("check-question"), description=texts("check-hint"), component=question))
    form.add_item(ui.Label(text=texts("check-private"), component=private))
    return form
