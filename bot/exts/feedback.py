"""People's feedback on an answer: thumbs up or down, and in a form the reason."""

import discord
from discord import ui
from discord.ext import commands

from bot.context import BotContext, ContextBot
from bot.errors import Refused
from bot.gateway.interactions import Interaction, open_form, reply
from bot.storage.feedback import MAX_COMMENT_LENGTH, Reason, Vote
from bot.texts import Texts
from bot.ui.answer_card import notice_card
from bot.ui.buttons import Action, ButtonSpec, is_answer_id
from bot.ui.card import Card
from bot.ui.card_parser import parse_question_line
from bot.ui.forms import field_values

_FORM = "v1:why:"
_REASON, _WORDS = "reason", "words"


class FeedbackCog(commands.Cog):
    """Thumbs up and down."""

    def __init__(self, context: BotContext) -> None:
        self._service = context.service
        self._feedback = context.feedback
        self._locales = context.locales
        context.router.add_actions((Action.UP, Action.DOWN), self.on_thumb)
        context.router.add_form(_FORM, self.on_reason_form)

    async def on_thumb(self, interaction: Interaction, button: ButtonSpec) -> None:
        """Store a thumbs up; ask for the reason of a thumbs down."""
        texts = self._locales.for_interaction(interaction, private=True)
        await self._service.count_click(interaction.user.id)
        if button.action is Action.DOWN:
            await open_form(interaction, _form(button.answer_id, texts))
        else:
            await self._store(interaction, Vote(button.answer_id, good=True), texts)

    async def on_reason_form(self, interaction: Interaction, answer: str) -> None:
        """Store a thumbs down with its reason."""
        texts = self._locales.for_interaction(interaction, private=True)
        await self._service.count_click(interaction.user.id)
        await self._store(interaction, _vote(interaction, answer), texts)

    async def _store(self, interaction: Interaction, vote: Vote, texts: Texts) -> None:
        async def stored() -> Card:
            await self._feedback.save(vote, interaction.user.id)
            return notice_card(texts("thanks-up" if vote.good else "thanks-down"))

        await reply(interaction, stored(), private=True)


def _vote(interaction: Interaction, answer: str) -> Vote:
    """Read the form: the reason, the person's words, and the question on the card it came from.

    Raise Refused for what no form of ours holds.
    """
    filled = field_values(interaction)
    if not is_answer_id(answer) or filled.get(_REASON) not in list(Reason):
        raise Refused("command-changed")
    words = str(filled.get(_WORDS) or "").strip()[:MAX_COMMENT_LENGTH]
    question = parse_question_line(interaction.message) if interaction.message else ""
    reason = Reason(str(filled.get(_REASON)))
    return Vote(answer, good=False, reason=reason, comment=words or None, question=question or None)


def _form(answer: str, texts: Texts) -> ui.Modal:
    """Build the form that asks why an answer was no good, and says who will read it."""
    form = ui.Modal(title=texts("why-title"), custom_id=f"{_FORM}{answer}")
    reasons = [
        discord.RadioGroupOption(label=texts(f"why-{reason}"), value=reason.value) for reason in Reason
    ]
    words: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=_WORDS, style=discord.TextStyle.paragraph, required=False, max_length=MAX_COMMENT_LENGTH
    )
    form.add_item(
        ui.Label(
            text=texts("why-reason"),
            component=ui.RadioGroup[ui.Modal](custom_id=_REASON, options=reasons),
        )
    )
    form.add_item(ui.Label(text=texts("why-words"), component=words))
    form.add_item(ui.TextDisplay(texts("why-who")))
    return form


async def setup(bot: ContextBot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(FeedbackCog(bot.context))
