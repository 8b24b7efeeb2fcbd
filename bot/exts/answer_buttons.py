"""The buttons that show more of an answer, and the one that shows a private card to everybody."""

import asyncio
from dataclasses import replace

import discord
from discord.ext import commands

from bot.errors import Refused
from bot.gateway.interactions import Interaction, may_share, reply, report_errors
from bot.gateway.locale import Locales
from bot.services.query_service import QueryService
from bot.storage.answers import AnswerStore, ResolvedQuote, resolve
from bot.texts import Texts
from bot.ui.answer_pages import PageRequest, page
from bot.ui.buttons import Action, ButtonSpec
from bot.ui.card import Card, with_line
from bot.ui.card_parser import parse_card, parse_title

_PAGES = {Action.MORE, Action.CONTEXT, Action.TIMELINE, Action.NEWEST}


class AnswerButtons(commands.Cog):
    """What becomes of a press, however old the card is."""

    def __init__(self, service: QueryService, kept: AnswerStore, languages: Locales) -> None:
        self._service = service
        self._kept = kept
        self._languages = languages

    @commands.Cog.listener()
    async def on_press(self, interaction: Interaction, button: ButtonSpec) -> None:
        """Show a page to the person alone, or share what they see."""
        with self._service.in_flight():
            async with report_errors(interaction):
                if button.action in _PAGES:
                    texts = self._languages.for_interaction(interaction, private=True)
                    work = self._page(interaction, button, texts)
                    await reply(interaction, work, private=True, in_place=button.page > 0)
                elif button.action is Action.SHARE:
                    await self._share(interaction, button)

    async def _page(self, interaction: Interaction, button: ButtonSpec, texts: Texts) -> Card:
        """Make the page a button opens or turns to."""
        found, standing = await self._standing(interaction, button)
        title = parse_title(interaction.message) if interaction.message else ""
        look = PageRequest(button, standing, found, title, may_share(interaction))
        return await asyncio.to_thread(page, look, texts)

    async def _share(self, interaction: Interaction, button: ButtonSpec) -> None:
        """Show the card to everybody, unless an article on it has left the index, and take its button away."""
        if not may_share(interaction):
            raise Refused("may-not-share")
        _, standing = await self._standing(interaction, button)
        card = parse_card(interaction.message) if interaction.message else None
        if card is None or not button.on <= {one.place for one in standing}:
            raise Refused("gone")
        await interaction.response.edit_message(view=replace(card, rows=_rows(card, private=True)).view())
        texts = self._languages.for_interaction(interaction)
        public = replace(card, rows=_rows(card, private=False))
        public = with_line(public, texts("shared-by", person=interaction.user.mention))
        try:
            await interaction.followup.send(view=public.view())
        except discord.HTTPException:
            await interaction.edit_original_response(view=card.view())
            raise

    async def _standing(
        self, interaction: Interaction, button: ButtonSpec
    ) -> tuple[int, tuple[ResolvedQuote, ...]]:
        """Give how many quotes the answer had, and those that still stand."""
        kept = await self._kept.quotes(button.answer)
        if kept is None:
            raise Refused("forgotten")
        standing = await self._service.run_click(interaction.user.id, lambda news: resolve(kept, news))
        return len(kept), standing


def _rows(card: Card, *, private: bool) -> tuple[tuple[ButtonSpec, ...], ...]:
    """Give a card's buttons without sharing; in public none turns a page under other readers' eyes."""
    kept = (
        tuple(button for button in row if button.action is not Action.SHARE and (private or not button.page))
        for row in card.rows
    )
    return tuple(filter(None, kept))
