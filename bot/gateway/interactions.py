"""Answers to interactions: acknowledged within Discord's three seconds however long the answer takes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext, suppress
from enum import Enum, auto
from typing import Any, Protocol

import aiohttp
import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.errors import told
from bot.logs import log
from bot.texts import Texts, texts_for
from bot.ui.answer_card import notice
from bot.ui.card import Card
from index import VerbatimError, report_fault

AT_ONCE = 1.5  # seconds; leaves room for one retry of the library's, a second later, within Discord's three
ALREADY_ACKNOWLEDGED = 40060
UNKNOWN_INTERACTION = 10062  # it was not acknowledged in time: nobody can be told anything any more
_PROMISED = "promised"


class _Promised(Enum):
    """Where an answer that was acknowledged will stand."""

    PRIVATE = auto()
    PUBLIC = auto()
    IN_PLACE = auto()


Interaction = discord.Interaction[commands.AutoShardedBot]


class Shown(Protocol):
    """What a person can be shown: a card, a panel."""

    def view(self) -> ui.LayoutView:
        """Build its components, anew each time."""


async def reply(
    interaction: Interaction,
    work: Coroutine[Any, Any, Shown],
    *,
    private: bool = False,
    in_place: bool = False,
) -> None:
    """Show what `work` makes: at once if it is quick, else after "thinking".

    Whether only the person sees it is fixed by the acknowledgement. With `in_place` it takes the place of the
    card whose button was pressed. Raises what `work` raises.
    """
    making = asyncio.ensure_future(work)
    try:
        await asyncio.wait({making}, timeout=AT_ONCE)
        if not making.done():
            await acknowledge(interaction, private=private, in_place=in_place)
        card = await making
    finally:
        making.cancel()
    await show(interaction, card, private=private, in_place=in_place)


async def show(
    interaction: Interaction, card: Shown, *, private: bool = False, in_place: bool = False
) -> None:
    """Send a card as the answer, or put it where "thinking" or, with `in_place`, the pressed button stands.

    An acknowledgement whose confirmation was lost is sent again by the library, and then refused as a
    second one; so a refusal of that kind means that Discord has the first, and that can be edited.
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
    """Tell Discord that an answer will come: with "thinking", or silently where a card is to change in place."""
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
    """Say whether what a person got in private may be shown to everybody there, as far as Discord tells."""
    if interaction.guild_id is None:
        return True
    may = interaction.permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    writes = may.send_messages_in_threads if in_thread else may.send_messages
    return writes and (interaction.is_guild_integration() or may.use_external_apps)


class CommandTree(app_commands.CommandTree[commands.AutoShardedBot]):
    """The commands, with one place where every error of theirs ends up.

    `turn` is entered while a person is told of an error, so that the bot does not leave meanwhile.
    """

    turn: Callable[[], AbstractContextManager[None]] = nullcontext

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Tell the person what went wrong, in private."""
        with self.turn():
            await _tell(
                interaction, error.original if isinstance(error, app_commands.CommandInvokeError) else error
            )


@asynccontextmanager
async def report_errors(interaction: Interaction) -> AsyncIterator[None]:
    """Tell the person, in private, of any error inside."""
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
        await send_ephemeral(interaction, notice(_words(cause, texts_for(str(interaction.locale)))))
    except (discord.HTTPException, aiohttp.ClientError, OSError) as failed:
        report_fault(failed, "telling of an error")


def _words(cause: Exception, texts: Texts) -> str:
    """Put an error into words for the person; what is no fault of theirs is logged."""
    if isinstance(cause, VerbatimError):
        return told(cause, texts)
    if isinstance(cause, (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch)):
        return texts("error-command-changed")
    return texts("went-wrong", fault=report_fault(cause, "command"))
