"""Answers to interactions: acknowledged within Discord's three seconds however long the answer takes."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractContextManager, nullcontext, suppress
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot.card import Card
from bot.errors import told
from bot.render import notice
from bot.reports import log, report
from bot.texts import Texts, texts_for
from index.errors import VerbatimError

AT_ONCE = 1.5  # seconds; leaves room for one retry of the library's, a second later, within Discord's three
ALREADY_ACKNOWLEDGED = 40060
UNKNOWN_INTERACTION = 10062  # it was not acknowledged in time: nobody can be told anything any more
_PRIVATE = "private"

Interaction = discord.Interaction[commands.AutoShardedBot]


async def reply(interaction: Interaction, work: Coroutine[Any, Any, Card], *, private: bool = False) -> None:
    """Show what `work` makes: at once if it is quick, else after "thinking".

    Whether only the person sees it is fixed by the acknowledgement. Raises what `work` raises.
    """
    making = asyncio.ensure_future(work)
    try:
        await asyncio.wait({making}, timeout=AT_ONCE)
        if not making.done():
            await _defer(interaction, private=private)
        card = await making
    finally:
        making.cancel()
    await show(interaction, card, private=private)


async def show(interaction: Interaction, card: Card, *, private: bool = False) -> None:
    """Send a card as the answer, or put it where "thinking" stands.

    An acknowledgement whose confirmation was lost is sent again by the library, and then refused as a
    second one; so a refusal of that kind means that Discord has the first, and that can be edited.
    """
    if interaction.response.is_done():
        await interaction.edit_original_response(view=card.view())
        return
    try:
        await _twice(lambda: interaction.response.send_message(view=card.view(), ephemeral=private))
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:
            raise
        await interaction.edit_original_response(view=card.view())


async def whisper(interaction: Interaction, card: Card) -> None:
    """Show a card to the person alone, even where "thinking" already stands for everybody to see."""
    if interaction.extras.get(_PRIVATE) or not interaction.response.is_done():
        await show(interaction, card, private=True)
        return
    with suppress(discord.NotFound):
        await interaction.delete_original_response()
    await interaction.followup.send(view=card.view(), ephemeral=True)


async def _defer(interaction: Interaction, *, private: bool) -> None:
    """Acknowledge with "thinking"."""
    interaction.extras[_PRIVATE] = private
    try:
        await _twice(lambda: interaction.response.defer(ephemeral=private, thinking=True))
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:
            raise


async def _twice(send: Callable[[], Awaitable[object]]) -> None:
    """Send, and once more if the connection breaks, which the library does not do."""
    try:
        await send()
    except (aiohttp.ClientError, OSError):
        await send()


class Tree(app_commands.CommandTree[commands.AutoShardedBot]):
    """The commands, with one place where every error of theirs ends up.

    `turn` is entered while a person is told of an error, so that the bot does not leave meanwhile.
    """

    turn: Callable[[], AbstractContextManager[None]] = nullcontext

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Tell the person what went wrong, in private."""
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        if isinstance(cause, discord.NotFound) and cause.code == UNKNOWN_INTERACTION:
            log.warning("too late to answer", command=interaction.command and interaction.command.name)
            return
        try:
            with self.turn():
                await whisper(interaction, notice(_words(cause, texts_for(str(interaction.locale)))))
        except (discord.HTTPException, aiohttp.ClientError, OSError) as failed:
            report(failed, "telling of an error")


def _words(cause: Exception, texts: Texts) -> str:
    """Put an error into words for the person; what is no fault of theirs is logged."""
    if isinstance(cause, VerbatimError):
        return told(cause, texts)
    if isinstance(cause, (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch)):
        return texts("error-command-changed")
    return texts("went-wrong", fault=report(cause, "command"))
