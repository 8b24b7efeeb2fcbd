"""`Check the news`, on anybody's message: the claims in it, perhaps edited in a form, are searched for."""

import asyncio
from collections.abc import Sequence

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.exts._message_claims import MOST, claims_of
from bot.gateway.interactions import Interaction, reply, telling
from bot.gateway.locale import Audience, Languages
from bot.services.query_service import Asked, Service
from bot.storage.answers import KeptAnswers
from bot.texts import Texts
from bot.ui.answer_card import render
from bot.ui.card import CARD, Card, with_line
from bot.ui.card_parser import question_of
from bot.ui.forms import open_form, submitted, values
from index.answering.answers import Answer
from index.query.question import LONGEST

NAME = "Check the news"
_FORM = "v1:check:"
_QUESTION, _PRIVATE = "question", "private"


class Check(commands.Cog):
    """The message command, wherever the bot or the person has installed it."""

    def __init__(
        self, bot: commands.AutoShardedBot, service: Service, kept: KeptAnswers, languages: Languages
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
        texts = self._languages.of(interaction, private=True)
        asked = question_of(message) if message.author == self._bot.user else ""
        claims = (asked,) if asked else claims_of(message)
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
        with self._service.turn():
            async with telling(interaction):
                work = self._card(interaction, claims, place, self._languages.audience(interaction, private))
                await reply(interaction, work, private=private)

    async def _card(self, interaction: Interaction, claims: str, place: str, audience: Audience) -> Card:
        """Make the card; in public it says which message was checked."""
        answer = await self._answer(interaction, claims)
        handle = await self._kept.keep(answer, share=audience.share)
        card = await asyncio.to_thread(render, answer, CARD, audience.texts, handle)
        return card if audience.private else with_line(card, audience.texts("checked", place=place))

    async def _answer(self, interaction: Interaction, claims: str) -> Answer:
        """Answer the first of the claims, one a line, of which the articles say something; else the first."""
        lines = [line for line in claims.splitlines() if line.strip()][:MOST] or [""]
        answers = []
        for line in lines:
            asked = Asked(interaction.user.id, line, server=interaction.guild_id)
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
        max_length=LONGEST,
    )
    private: ui.Checkbox[ui.Modal] = ui.Checkbox(custom_id=_PRIVATE, default=True)
    form.add_item(ui.Label(text=texts("check-question"), description=texts("check-hint"), component=question))
    form.add_item(ui.Label(text=texts("check-private"), component=private))
    return form
