"""The buttons that show more of an answer, and the one that shows a private card to everybody."""

import asyncio
from dataclasses import replace

import discord
from discord.ext import commands

from bot.cache import TTLCache
from bot.context import BotContext, ContextBot
from bot.errors import Refused
from bot.gateway.interactions import (
    Interaction,
    acknowledge,
    circle_here,
    may_share,
    replace_pressed,
    reply,
    show,
)
from bot.gateway.repeated_requests import NETWORK_ERRORS
from bot.logs import log
from bot.storage.answers import ResolvedQuote, resolve
from bot.texts import Texts
from bot.ui.answer_pages import PageRequest, answer_page
from bot.ui.buttons import Action, ButtonSpec
from bot.ui.card import Card, append_line
from bot.ui.card_parser import parse_card, parse_title
from index import Archive

MAX_SHARED, SHARED_SECONDS = 1000, 900.0  # cards that are remembered as shared; judged
_BLOCKED = {200000, 200001}  # Discord's codes: the server's rules let no such words through
PAGE_ACTIONS = (Action.MORE, Action.CONTEXT, Action.TIMELINE, Action.NEWEST)


class AnswerButtons(commands.Cog):
    """Handles the buttons of an answer, however old its card is."""

    def __init__(self, context: BotContext) -> None:
        self._service = context.service
        self._answers = context.answers
        self._locales = context.locales
        # By the message: False while it waits to be shared.
        self._shared: TTLCache[int, bool] = TTLCache(MAX_SHARED, SHARED_SECONDS)
        context.router.add_actions(PAGE_ACTIONS, self.on_page_button)
        context.router.add_actions((Action.SHARE,), self.on_share_button)

    async def on_page_button(self, interaction: Interaction, button: ButtonSpec) -> None:
        """Show a page to the person alone, or turn the page that the button stands on."""
        texts = self._locales.for_interaction(interaction, private=True)
        work = self._page(interaction, button, texts)
        await reply(interaction, work, private=True, in_place=button.page > 0)

    async def on_share_button(self, interaction: Interaction, button: ButtonSpec) -> None:
        """Show the card to everybody, unless an article on it has left the index, and remove its button.

        The public card is the first response to the press, or stands where that said "thinking", since Discord
        takes only one, however often it is sent. Raise Refused when the person may not post there, or when the card
        no longer stands.
        """
        if not may_share(interaction):
            raise Refused("may-not-share")
        message = interaction.message
        card = parse_card(message) if message else None
        if card is None or message is None:
            raise Refused("gone")
        private = replace(card, rows=_rows(card, private=True))
        is_shared = self._shared.get(message.id)
        if is_shared is None:
            await self._share(interaction, button, message.id, card)
            try:
                await replace_pressed(interaction, private)
            except (discord.HTTPException, *NETWORK_ERRORS) as error:
                log.warning("the button to share stays", why=type(error).__name__)
        elif is_shared:  # pressed again before its button was gone
            await show(interaction, private, in_place=True)
        else:  # pressed again while it waits to be shared
            await acknowledge(interaction, in_place=True)

    async def _share(self, interaction: Interaction, button: ButtonSpec, message: int, card: Card) -> None:
        """Show the card of a message to everybody, once. Raise Refused."""
        self._shared.put(message, False)
        try:
            await reply(interaction, self._public(interaction, button, card))
        except BaseException as error:
            self._shared.discard(message)
            if _is_refusal(error):
                raise Refused("may-not-share") from None
            raise
        self._shared.put(message, True)

    async def _public(self, interaction: Interaction, button: ButtonSpec, card: Card) -> Card:
        """Return the card as everybody sees it. Raise Refused when an article on it is gone."""
        _, resolved = await self._resolve(interaction, button)
        if not button.shown <= {quote.position for quote in resolved}:
            raise Refused("gone")
        texts = self._locales.for_interaction(interaction)
        public = replace(card, rows=_rows(card, private=False))
        return append_line(public, texts("shared-by", person=interaction.user.mention))

    async def _page(self, interaction: Interaction, button: ButtonSpec, texts: Texts) -> Card:
        """Build the page that a button opens or turns to."""
        count, resolved = await self._resolve(interaction, button)
        title = parse_title(interaction.message) if interaction.message else ""
        request = PageRequest(button, resolved, count, title, may_share(interaction))
        return await asyncio.to_thread(answer_page, request, texts)

    async def _resolve(
        self, interaction: Interaction, button: ButtonSpec
    ) -> tuple[int, tuple[ResolvedQuote, ...]]:
        """Return how many quotes the answer had, and those that whoever presses may see now.

        These are those that are still indexed, in the circle from which they would be answered. Raise Refused if the
        answer is gone, or if there is only what somebody else's news has.
        """
        kept = await self._answers.load(button.answer_id)
        if kept is None:
            raise Refused("forgotten")
        circle = circle_here(interaction)

        def work(archive: Archive) -> tuple[ResolvedQuote, ...]:
            resolved = resolve(kept, archive, circle)
            if not resolved and resolve(kept, archive, None):
                raise Refused("elsewhere")
            return resolved

        return len(kept), await self._service.run_click(interaction.user.id, work)


def _is_refusal(error: BaseException) -> bool:
    """Return True if Discord, or the server's own rules, do not let the card be shown there."""
    return isinstance(error, discord.HTTPException) and (error.status == 403 or error.code in _BLOCKED)


def _rows(card: Card, *, private: bool) -> tuple[tuple[ButtonSpec, ...], ...]:
    """Return a card's buttons without sharing; in public also without paging, which all would see."""
    kept = (
        tuple(button for button in row if button.action is not Action.SHARE and (private or not button.page))
        for row in card.rows
    )
    return tuple(filter(None, kept))


async def setup(bot: ContextBot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(AnswerButtons(bot.context))
