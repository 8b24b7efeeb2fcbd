"""Answers to interactions: acknowledged within Discord's three seconds however long the answer takes."""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from enum import Enum, auto
from typing import Any, Protocol, TypeVar, cast

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.circles import circle_of
from bot.errors import error_text
from bot.gateway.repeated_requests import NETWORK_ERRORS
from bot.logs import log
from bot.texts import Texts, texts_for
from bot.ui.answer_card import notice_card
from bot.ui.card import Card
from index import VerbatimError, report_fault

ACKNOWLEDGE_AFTER = (
    1.5  # seconds, judged: one retry of the library's, a second later, fits in Discord's three
)
ALREADY_ACKNOWLEDGED = 40060  # Discord's error codes
GONE = {  # where nobody is left to be answered: what stood there was deleted, or time is up
    10003,  # the channel
    10004,  # the server
    10008,  # the message: the person has deleted "thinking", or dismissed it
    10015,  # the interaction's webhook
    10062,  # the interaction was not acknowledged in time
    50027,  # the interaction's token has expired
}
_NO_RESPONSE = 10015  # also where there was no first response yet
_PROMISED, _TOLD_TO_WAIT = "promised", "told to wait"  # in the extras of an interaction


class _Promised(Enum):
    """Where the answer to an interaction that was acknowledged will stand."""

    PRIVATE = auto()
    PUBLIC = auto()
    IN_PLACE = auto()


class _Standing(Enum):
    """What Discord shows in answer to an interaction."""

    NOTHING = auto()
    THINKING = auto()
    ANSWER = auto()


Interaction = discord.Interaction[commands.AutoShardedBot]
Made = TypeVar("Made")


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
    """Show the card that `work` returns: at once if it is quick, else after "thinking", or that it waits in line.

    It counts as in flight until then: a shutdown waits for it. With `private` only the person sees it, with
    `in_place` it replaces the card whose button was pressed. Raise what `work` raises.
    """
    with cast("CommandTree", interaction.client.tree).in_flight():
        card = await _made(interaction, work, private=private, in_place=in_place)
        await show(interaction, card, private=private, in_place=in_place)


async def reply_with_file(interaction: Interaction, work: Coroutine[Any, Any, bytes], name: str) -> None:
    """Send what `work` returns as a file to the person alone, under the same terms as `reply` shows a card."""
    with cast("CommandTree", interaction.client.tree).in_flight():
        file = discord.File(io.BytesIO(await _made(interaction, work, private=True)), name)
        if interaction.response.is_done():
            await interaction.edit_original_response(attachments=[file], view=_file_view(name))
        else:
            await _is_first_response(interaction.response.send_message(file=file, ephemeral=True))


async def _made(
    interaction: Interaction,
    work: Coroutine[Any, Any, Made],
    *,
    private: bool = False,
    in_place: bool = False,
) -> Made:
    """Return what `work` returns; where it takes long, Discord is told in time that an answer will come."""
    making = asyncio.ensure_future(work)
    try:
        await asyncio.wait({making}, timeout=ACKNOWLEDGE_AFTER)
        if not making.done():
            await acknowledge(interaction, private=private, in_place=in_place)
        return await making
    finally:
        making.cancel()


def _file_view(name: str) -> ui.LayoutView:
    """Build what shows a file, also in place of a card that says that the person waits in line."""
    view = ui.LayoutView(timeout=None).add_item(ui.File(f"attachment://{name}"))
    view.stop()  # else discord.py keeps it in memory
    return view


async def show(
    interaction: Interaction, card: Viewable, *, private: bool = False, in_place: bool = False
) -> None:
    """Send a card as the answer, or put it where "thinking" or, with `in_place`, the pressed button stands.

    Where no confirmation comes, however often it is sent, it is looked what stands there.
    """
    is_acknowledged = interaction.response.is_done()
    try:
        if not is_acknowledged and await _is_first_response(
            _respond(interaction, card, private=private, in_place=in_place)
        ):
            return
        await interaction.edit_original_response(view=card.view())
    except NETWORK_ERRORS:
        standing = await _standing(interaction, in_place=in_place)
        if standing is _Standing.ANSWER:
            return
        if standing is _Standing.NOTHING or is_acknowledged:
            raise
        await interaction.edit_original_response(view=card.view())


async def _respond(interaction: Interaction, card: Viewable, *, private: bool, in_place: bool) -> None:
    """Show a card in the first response to an interaction."""
    if in_place:
        await interaction.response.edit_message(view=card.view())
    else:
        await interaction.response.send_message(view=card.view(), ephemeral=private)


async def open_form(interaction: Interaction, form: ui.Modal) -> None:
    """Show a form; it must be the first response to the interaction."""
    form.stop()  # else discord.py keeps it in memory
    await _is_first_response(interaction.response.send_modal(form))


async def replace_pressed(interaction: Interaction, card: Viewable) -> None:
    """Replace the card whose button was pressed, after another answer to the press."""
    if interaction.message is not None:
        await interaction.followup.edit_message(interaction.message.id, view=card.view())


async def send_ephemeral(interaction: Interaction, card: Card) -> None:
    """Show a card to the person alone, even where "thinking" already stands for everybody to see.

    Nothing is shown where an answer stands already.
    """
    promised = interaction.extras.get(_PROMISED)
    if not interaction.response.is_done():
        try:
            if await _is_first_response(_respond(interaction, card, private=True, in_place=False)):
                return
        except NETWORK_ERRORS:
            if await _standing(interaction) is _Standing.NOTHING:
                raise
    standing = _Standing.NOTHING if promised is _Promised.IN_PLACE else await _standing(interaction)
    if standing is _Standing.ANSWER:
        return
    try:
        if promised is _Promised.PRIVATE:
            await interaction.edit_original_response(view=card.view())
            return
        if promised is _Promised.PUBLIC:
            await _end_thinking(interaction, stood=standing is _Standing.THINKING)
    except NETWORK_ERRORS as error:  # a further message takes the place of "thinking" where that still stands
        log.warning("thinking could not be ended", why=type(error).__name__)
        if interaction.extras.get(_TOLD_TO_WAIT) and await _replace_note(interaction, card, promised):
            return
    await _send_further(interaction, card)


async def _replace_note(interaction: Interaction, card: Card, promised: _Promised | None) -> bool:
    """Take away, the other way, that a person waits in line; return True if the card stands in its place.

    A further message replaces "thinking", but not that.
    """
    try:
        if promised is _Promised.PUBLIC:
            await interaction.edit_original_response(view=card.view())
            return True
        await interaction.delete_original_response()
    except discord.NotFound:  # only the confirmation was lost
        pass
    return False


async def _end_thinking(interaction: Interaction, *, stood: bool) -> None:
    """Delete "thinking". Raise discord.NotFound where somebody deleted it before.

    The libraries below repeat a deletion whose confirmation was lost, and Discord no longer finds what the first took
    away. So where it `stood` a moment ago, not finding it means that it is gone by this request.
    """
    try:
        await interaction.delete_original_response()
    except discord.NotFound:
        if not stood:
            raise


async def _send_further(interaction: Interaction, card: Card) -> None:
    """Send a further message to the person alone.

    Discord cannot tell whether it has it already. Once more all the same when the connection breaks: to read
    twice what went wrong is better than to wait for an answer.
    """
    try:
        await interaction.followup.send(view=card.view(), ephemeral=True)
    except NETWORK_ERRORS:
        await interaction.followup.send(view=card.view(), ephemeral=True)


async def acknowledge(interaction: Interaction, *, private: bool = False, in_place: bool = False) -> None:
    """Tell Discord that an answer will come: with "thinking", or silently where a card changes in place.

    Who waits in line is told so instead, in their own language, which takes no further request. A connection that breaks
    is no reason to give up: `show` learns whether Discord has the acknowledgement.
    """
    promised = _Promised.IN_PLACE if in_place else _Promised.PRIVATE if private else _Promised.PUBLIC
    interaction.extras[_PROMISED] = promised
    waits = not in_place and cast("CommandTree", interaction.client.tree).is_waiting(interaction.user.id)
    interaction.extras[_TOLD_TO_WAIT] = waits
    try:
        if waits:
            texts = texts_for(str(interaction.locale))
            note = notice_card(texts("wait-in-line"))
            await _is_first_response(_respond(interaction, note, private=private, in_place=False))
        else:
            await _is_first_response(interaction.response.defer(ephemeral=private, thinking=not in_place))
    except NETWORK_ERRORS as error:
        log.warning("not known whether acknowledged", why=type(error).__name__)


async def _is_first_response(sending: Awaitable[object]) -> bool:
    """Send a first response; return False if Discord has one already.

    When the confirmation of a response is lost it is sent again, and Discord refuses the second. Such a
    refusal therefore means that Discord has the first, which can be edited.
    """
    try:
        await sending
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:
            raise
        return False
    return True


async def _standing(interaction: Interaction, *, in_place: bool = False) -> _Standing:
    """Return what stands in answer to an interaction; with `in_place` the answer is that the card has changed.

    That a person waits in line counts as "thinking" until it is edited into the answer.
    Raise discord.NotFound if it is gone.
    """
    try:
        message = await interaction.original_response()
    except discord.NotFound as error:
        if error.code == _NO_RESPONSE:
            return _Standing.NOTHING
        raise
    if in_place:
        before = interaction.message
        is_answered = before is not None and message.edited_at != before.edited_at
    elif interaction.extras.get(_TOLD_TO_WAIT):
        is_answered = message.edited_at is not None
    else:
        is_answered = not message.flags.loading
    return _Standing.ANSWER if is_answered else _Standing.THINKING


def circle_here(interaction: Interaction) -> str:
    """Return the key of whose news an interaction is answered from: the server's if the bot is a member, else the person's."""
    server = interaction.guild_id if interaction.is_guild_integration() else None
    return circle_of(server, interaction.user.id)


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
    `is_waiting` returns True for the id of a person whose question waits in line.
    """

    in_flight: Callable[[], AbstractContextManager[None]] = nullcontext
    is_waiting: Callable[[int], bool] = staticmethod(lambda _: False)

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
    """Tell the person in private what went wrong, if there is still somebody to tell and time for it."""
    if _is_gone(cause):
        log.info("nobody left to answer", kind=interaction.type.name)
        return
    try:
        await send_ephemeral(interaction, notice_card(_words(cause, texts_for(str(interaction.locale)))))
    except NETWORK_ERRORS as failed:
        log.warning("an error could not be told", why=type(failed).__name__)
    except discord.HTTPException as failed:
        if not _is_gone(failed):
            report_fault(failed, "telling of an error")


def _is_gone(error: Exception) -> bool:
    return isinstance(error, discord.HTTPException) and error.code in GONE


def _words(cause: Exception, texts: Texts) -> str:
    """Put an error into words for the person; what is no fault of theirs is logged."""
    if isinstance(cause, VerbatimError):
        return error_text(cause, texts)
    if isinstance(cause, (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch)):
        return texts("error-command-changed")
    if isinstance(cause, NETWORK_ERRORS):
        log.warning("the connection broke", why=type(cause).__name__)
        return texts("connection-broke")
    return texts("went-wrong", fault=report_fault(cause, "command"))
