"""`Check the news`, on anybody's message: searches for the claims in it, edited in a form."""

import asyncio
import re
from collections.abc import Sequence

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.context import BotContext, ContextBot
from bot.errors import Refused
from bot.exts._message_claims import claims_in_message, claims_on_own_card, claims_shown, has_more_claims
from bot.gateway.interactions import Interaction, circle_here, open_form, reply
from bot.gateway.locale import Audience
from bot.services.claim_check import check_claims
from bot.texts import Texts
from bot.ui.answer_card import answer_card
from bot.ui.card import CARD, Card, append_line
from bot.ui.forms import field_values
from index import MAX_QUESTION_LENGTH

NAME = "Check the news"
_FORM = "v1:check:"
_QUESTION, _PRIVATE = "question", "private"


class CheckMessage(commands.Cog):
    """The message command, wherever the bot or the person has installed it."""

    def __init__(self, bot: ContextBot, context: BotContext) -> None:
        self._bot = bot
        self._service = context.service
        self._answers = context.answers
        self._locales = context.locales
        context.router.add_form(_FORM, self.on_form)
        self._menu = app_commands.ContextMenu(name=NAME, callback=self.check)

    async def cog_load(self) -> None:
        """Add the command to the tree; a cog cannot declare a context menu."""
        self._bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Remove the command from the tree."""
        self._bot.tree.remove_command(NAME, type=discord.AppCommandType.message)

    async def check(self, interaction: Interaction, message: discord.Message) -> None:
        """Show the claims of a message in a form, to be edited or sent as they are."""
        texts = self._locales.for_interaction(interaction, private=True)
        is_own = message.author == self._bot.user
        claims = claims_on_own_card(message) if is_own else claims_in_message(message)
        more = not is_own and has_more_claims(message)
        await open_form(interaction, _form(message, claims, texts, more=more))

    async def on_form(self, interaction: Interaction, message_path: str) -> None:
        """Answer the claims in the form about a message, given as `<channel id>/<message id>`.

        Raise Refused for a custom_id that no form of this channel has: it becomes a link that everybody sees.
        """
        if not re.fullmatch(rf"{interaction.channel_id}/[0-9]{{1,20}}", message_path):
            raise Refused("command-changed")
        filled = field_values(interaction)
        private = bool(filled.get(_PRIVATE))
        claims = str(filled.get(_QUESTION) or "")
        link = f"https://discord.com/channels/{interaction.guild_id or '@me'}/{message_path}"
        work = self._card(interaction, claims, link, self._locales.audience(interaction, private))
        await reply(interaction, work, private=private)

    async def _card(self, interaction: Interaction, claims: str, link: str, audience: Audience) -> Card:
        """Build the card; in public it links to the message that was checked."""
        lines = [line for line in claims.splitlines() if line.strip()] or [""]
        answer, others = await check_claims(
            self._service,
            interaction.user.id,
            interaction.guild_id,
            lines,
            circle=circle_here(interaction),
            day_first=self._locales.day_first(interaction.user, interaction),
        )
        handle = await self._answers.save(answer, shareable=audience.share)
        card = await asyncio.to_thread(answer_card, answer, CARD, audience.texts, handle)
        if others:
            card = append_line(card, audience.texts("check-others", claims=claims_shown(others)))
        return card if audience.private else append_line(card, audience.texts("checked", place=link))


def _form(message: discord.Message, claims: Sequence[str], texts: Texts, *, more: bool) -> ui.Modal:
    """Build the form: the claims, whether the message has `more`, and whether only the person sees the answer."""
    form = ui.Modal(title=texts("check-title"), custom_id=f"{_FORM}{message.channel.id}/{message.id}")
    question: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=_QUESTION,
        style=discord.TextStyle.paragraph,
        default="\n".join(claims) or None,
        placeholder=texts("check-placeholder"),
        max_length=MAX_QUESTION_LENGTH,
    )
    private: ui.Checkbox[ui.Modal] = ui.Checkbox(custom_id=_PRIVATE, default=True)
    hint = texts("check-hint-more" if more else "check-hint")
    form.add_item(ui.Label(text=texts("check-question"), description=hint, component=question))
    form.add_item(ui.Label(text=texts("check-private"), component=private))
    return form


async def setup(bot: ContextBot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(CheckMessage(bot, bot.context))
