"""Answers to interactions: acknowledged within Discord's three seconds however long the answer takes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext, suppress
from enum import Enum, auto
from typing import Any, Protocol, cast

import aiohttp
import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.errors import error_text
from bot.logs import log
from bot.texts import Texts, texts_for
from bot.ui.answer_card import notice_card
from bot.ui.card import Card
from index import VerbatimError, report_fault

ACKNOWLEDGE_AFTER = (
    1.5  # seconds, judged: one retry of the library's, a second later, fits in Discord's three
)
ALREADY_ACKNOWLEDGED = 40060  # Discord's error codes
UNKNOWN_INTERACTION = 10062  # it was not acknowledged in time, and can no longer be answered
_PROMISED = "promised"


class _Promised(Enum):
    """Where the answer to an interaction that was acknowledged will stand."""

    PRIVATE = auto()
    PUBLIC = auto()
    IN_PLACE = auto()


Interaction = discord.Interaction[commands.AutoShardedBot]


class Viewable(Protocol):
    """What can be shown to a person: a card, a panel."""

    def view(self) -> ui.LayoutView:
        """Build its components, anew each time."""


async def reply(
    interaction: Interaction,
    work: Coroutine[Any, Any, Viewable],
    *,
    private: bool = False,
    in_place: bool = False,
) -> None:
    """Show the card that `work` returns: at once if it is quick, else after "thinking".

    It counts as in flight until then: a shutdown waits for it. With `private` only the person sees it, with
    `in_place` it replaces the card whose button was pressed. Raise what `work` raises.
    """
    with cast("CommandTree", interaction.client.tree).in_flight():
        making = asyncio.ensure_future(work)
        try:
            await asyncio.wait({making}, timeout=ACKNOWLEDGE_AFTER)
            if not making.done():
                await acknowledge(interaction, private=private, in_place=in_place)
            card = await making
        finally:
            making.cancel()
        await show(interaction, card, private=private, in_place=in_place)


async def show(
    interaction: Interaction, card: Viewable, *, private: bool = False, in_place: bool = False
) -> None:
    """Send a card as the answer, or put it where "thinking" or, with `in_place`, the pressed button stands.

    When the confirmation of an acknowledgement is lost, the library sends it again, and Discord refuses the
    second. Such a refusal therefore means that Discord has the first, which can be edited.
    """
    if interaction.response.is_done():
        await interaction.edit_original_response(view=card.view())
        return
    response = interaction.response
    try:
        if in_place:
            await _retry_once(lambda: response.edit_message(view=card.view()))
        else:
            await _retry_once(lambda: response.send_message(view=card.view(), ephemeral=private))
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:
            raise
        await interaction.edit_original_response(view=card.view())


async def send_ephemeral(interaction: Interaction, card: Card) -> None:
    """Show a card to the person alone, even where "thinking" already stands for everybody to see."""
    promised = interaction.extras.get(_PROMISED)
    if promised is _Promised.PRIVATE or not interaction.response.is_done():
        await show(interaction, card, private=True)
        return
    if promised is _Promised.PUBLIC:
        with suppress(discord.NotFound):
            await interaction.delete_original_response()
    await interaction.followup.send(view=card.view(), ephemeral=True)


async def acknowledge(interaction: Interaction, *, private: bool = False, in_place: bool = False) -> None:
    """Tell Discord that an answer will come: with "thinking", or silently where a card changes in place."""
    promised = _Promised.IN_PLACE if in_place else _Promised.PRIVATE if private else _Promised.PUBLIC
    interaction.extras[_PROMISED] = promised
    try:
        await _retry_once(lambda: interaction.response.defer(ephemeral=private, thinking=not in_place))
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:
            raise


async def _retry_once(send: Callable[[], Awaitable[object]]) -> None:
    """Send, and once more if the connection breaks, which the library does not do."""
    try:
        await send()
    except (aiohttp.ClientError, OSError):
        await send()


def may_share(interaction: Interaction) -> bool:
    """Return True if the person may post in this channel what they were shown in private."""
    if interaction.guild_id is None:
        return True
    may = interaction.permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    writes = may.send_messages_in_threads if in_thread else may.send_messages
    return writes and (interaction.is_guild_integration() or may.use_external_apps)


class CommandTree(app_commands.CommandTree[commands.AutoShardedBot]):
    """The commands, and the error boundary around them.

    `in_flight` is entered while a person is answered or told of an error, so that a shutdown waits for that.
    """

    in_flight: Callable[[], AbstractContextManager[None]] = nullcontext

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Tell the person in private what went wrong."""
        with self.in_flight():
            await _tell(
                interaction, error.original if isinstance(error, app_commands.CommandInvokeError) else error
            )


@asynccontextmanager
async def report_errors(interaction: Interaction) -> AsyncIterator[None]:
    """Tell the person in private of any error in the block."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever it was, the person is told
        await _tell(interaction, error)


async def _tell(interaction: Interaction, cause: Exception) -> None:
    """Tell the person in private what went wrong, if there is still time."""
    if isinstance(cause, discord.NotFound) and cause.code == UNKNOWN_INTERACTION:
        log.warning("too late to answer", kind=interaction.type.name)
        return
    try:
        await send_ephemeral(interaction, notice_card(_words(cause, texts_for(str(interaction.locale)))))
    except (discord.HTTPException, aiohttp.ClientError, OSError) as failed:
        report_fault(failed, "telling of an error")


def _words(cause: Exception, texts: Texts) -> str:
    """Put an error into words for the person; what is no fault of theirs is logged."""
    if isinstance(cause, VerbatimError):
        return error_text(cause, texts)
    if isinstance(cause, (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch)):
        return texts("error-command-changed")
    return texts("went-wrong", fault=report_fault(cause, "command"))
