"""What people think of an answer: a thumb, and in a form why."""

import discord
from discord import ui
from discord.ext import commands

from bot.gateway.interactions import Interaction, report_errors, show
from bot.gateway.locale import Locales
from bot.services.query_service import QueryService
from bot.storage.feedback import LONGEST, FeedbackStore, Reason, Vote
from bot.texts import Texts
from bot.ui.answer_card import notice
from bot.ui.buttons import Action, ButtonSpec
from bot.ui.card_parser import parse_question_line
from bot.ui.forms import open_form, submitted, values

_FORM = "v1:why:"
_REASON, _WORDS = "reason", "words"


class FeedbackCog(commands.Cog):
    """Thumbs up and down."""

    def __init__(self, service: QueryService, feedback: FeedbackStore, languages: Locales) -> None:
        self._service = service
        self._feedback = feedback
        self._languages = languages

    @commands.Cog.listener()
    async def on_press(self, interaction: Interaction, button: ButtonSpec) -> None:
        """Note a thumb up; ask why of a thumb down."""
        if button.action not in {Action.UP, Action.DOWN}:
            return
        texts = self._languages.for_interaction(interaction, private=True)
        with self._service.in_flight():
            async with report_errors(interaction):
                self._service.count_click(interaction.user.id)
                if button.action is Action.DOWN:
                    await open_form(interaction, _form(button.answer, texts))
                else:
                    await self._note(interaction, Vote(button.answer, good=True), texts)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Note why an answer was no good."""
        form = submitted(interaction) or ""
        if not form.startswith(_FORM):
            return
        with self._service.in_flight():
            async with report_errors(interaction):
                vote = _vote(interaction, form.removeprefix(_FORM))
                await self._note(
                    interaction, vote, self._languages.for_interaction(interaction, private=True)
                )

    async def _note(self, interaction: Interaction, vote: Vote, texts: Texts) -> None:
        await self._feedback.note(vote, interaction.user.id)
        await show(interaction, notice(texts("thanks-up" if vote.good else "thanks-down")), private=True)


def _vote(interaction: Interaction, answer: str) -> Vote:
    """Read the form: the reason, what was added to it, and the question on the card it came from."""
    filled = values(interaction)
    words = str(filled.get(_WORDS) or "").strip()[:LONGEST]
    question = parse_question_line(interaction.message) if interaction.message else ""
    reason = Reason(str(filled.get(_REASON)))
    return Vote(answer, good=False, reason=reason, words=words or None, question=question or None)


def _form(answer: str, texts: Texts) -> ui.Modal:
    """Make the form that asks why an answer was no good, and says who will read it."""
    form = ui.Modal(title=texts("why-title"), custom_id=f"{_FORM}{answer}")
    reasons = [
        discord.RadioGroupOption(label=texts(f"why-{reason}"), value=reason.value) for reason in Reason
    ]
    words: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=_WORDS, style=discord.TextStyle.paragraph, required=False, max_length=LONGEST
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
