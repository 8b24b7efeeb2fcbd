"""Questions in plain messages: in private, by mention, or in a reply to the bot."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager, suppress

import discord
from discord.ext import commands

from bot.cache import TTLCache
from bot.context import BotContext, ContextBot
from bot.errors import TooOften, error_text
from bot.exts._message_answers import MessageAnswers, question_in
from bot.gateway.messages import (
    TRANSIENT_ERRORS,
    Form,
    change,
    direct_channel,
    may_write,
    notice_forms,
    post,
    send_line,
)
from bot.gateway.repeated_requests import NETWORK_ERRORS
from bot.logs import log
from bot.ui.card_parser import parse_question_line
from bot.ui.markdown import to_one_line
from index import report_fault

TYPING_AFTER = 0.4  # seconds, judged; a quicker answer needs no sign that it is coming
LINE_AFTER = 1.5  # seconds, judged; whose question still waits in line by then is told
MAX_HINTED = 1000  # pairs of person and channel that are remembered as told, judged
PERMISSION_HINT_SECONDS = 3600.0  # judged: so often at most a person is told that the bot may not write there
WAIT_HINT_SECONDS = 20.0  # judged: so often at most a person is told that they ask too fast
_WRITTEN_BY_PEOPLE = {discord.MessageType.default, discord.MessageType.reply}
_DISCORD_ERRORS = (discord.HTTPException, *NETWORK_ERRORS)


class PlainMessages(commands.Cog):
    """Asking by message. The answer is edited and deleted with its question."""

    def __init__(self, bot: ContextBot, context: BotContext) -> None:
        self._bot = bot
        self._service = context.service
        self._message_answers = MessageAnswers(context, bot.user)
        self._replies = context.replies
        self._locales = context.locales
        self._being_answered: dict[int, asyncio.Future[None]] = {}
        self._told_of_permission: TTLCache[tuple[int, int], bool] = TTLCache(
            MAX_HINTED, PERMISSION_HINT_SECONDS
        )
        self._told_to_wait: TTLCache[tuple[int, int], bool] = TTLCache(MAX_HINTED, WAIT_HINT_SECONDS)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that addresses the bot."""
        if self._meant_for_me(message):
            async with self._answering(message):
                await self._handle(message)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, edit: discord.RawMessageUpdateEvent) -> None:
        """Replace the answer when a person has edited the question."""
        message = edit.message
        if message.edited_at and self._meant_for_me(message):
            async with self._answering(message):
                if reply := await self._replies.get(message.id):
                    await self._answer_anew(message, reply)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, deletion: discord.RawMessageDeleteEvent) -> None:
        """Delete the answer with its question."""
        await self._delete_answers(deletion.channel_id, [deletion.message_id])

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, deletion: discord.RawBulkMessageDeleteEvent) -> None:
        """Delete the answers with their questions."""
        await self._delete_answers(deletion.channel_id, deletion.message_ids)

    @asynccontextmanager
    async def _answering(self, message: discord.Message) -> AsyncIterator[None]:
        """Handle one event of a message after the other; errors of Discord's are logged."""
        while running := self._being_answered.get(message.id):
            await asyncio.wait({running})
        done = self._being_answered[message.id] = asyncio.get_running_loop().create_future()
        try:
            with self._service.in_flight():
                yield
        except _DISCORD_ERRORS as error:
            _log(error, "answering a message")
        finally:
            done.set_result(None)
            if self._being_answered.get(message.id) is done:
                del self._being_answered[message.id]

    def _meant_for_me(self, message: discord.Message) -> bool:
        """Return True if a person addresses the bot in private, by a mention or in a reply.

        A reply to the bot mentions it, unless the person switched that off: then Discord withholds the words.
        """
        if message.author.bot or message.webhook_id or message.type not in _WRITTEN_BY_PEOPLE:
            return False
        return message.guild is None or any(user == self._bot.user for user in message.mentions)

    async def _handle(self, message: discord.Message) -> None:
        """Answer where it was asked, or tell the person in private why that is not possible."""
        if not may_write(message):
            await self._tell_of_permission(message)
            return
        try:
            async with _typing(message.channel):
                forms, line, announced = await self._make_forms(message)
        except TooOften as error:
            await self._tell_to_wait(message, error)
            return
        if message.id not in self._being_answered or not forms:  # deleted meanwhile, or no question after all
            if announced:
                await announced.delete()
            return
        sent = await post(message, forms, line, announced)
        if sent is None:
            await self._tell_of_permission(message)
            return
        await self._replies.put(message.id, sent.id)
        if message.id not in self._being_answered:
            await self._delete_answers(message.channel.id, [message.id])

    async def _make_forms(
        self, message: discord.Message
    ) -> tuple[Sequence[Form], str, discord.Message | None]:
        """Make the answer; return its forms, the line that goes before it, and that line where it stands already.

        A line goes before an answer in private, and where the question waits in line: to say so. Raise TooOften.
        """
        making = asyncio.ensure_future(self._message_answers.forms(message))
        early, announced = "", None
        try:
            await asyncio.wait({making}, timeout=LINE_AFTER)
            if not making.done() and self._service.is_waiting(message.author.id):
                texts = self._locales.for_message(message)
                early = texts("wait-in-line")
                with suppress(*_DISCORD_ERRORS):
                    announced = await send_line(message, early)
            forms, line = await making
        finally:
            making.cancel()
        return forms, early or (line if message.guild is None else ""), announced

    async def _answer_anew(self, message: discord.Message, reply: int) -> None:
        """Replace the answer to an edited question, unless the words are the same."""
        with suppress(TooOften, discord.NotFound):
            sent = await message.channel.fetch_message(reply)
            if parse_question_line(sent) == to_one_line(question_in(message)):
                return  # Discord only added the preview of a link
            forms, _ = await self._message_answers.forms(message)
            await change(sent, forms)

    async def _delete_answers(self, channel_id: int, questions: Collection[int]) -> None:
        """Delete the answers to messages of a channel that were deleted."""
        for question in questions:
            self._being_answered.pop(question, None)
        channel = self._bot.get_partial_messageable(channel_id)
        for reply in await self._replies.pop_all(questions):
            try:
                await channel.get_partial_message(reply).delete()
            except _DISCORD_ERRORS as error:
                _log(error, "deleting an answer")

    async def _tell_to_wait(self, message: discord.Message, error: TooOften) -> None:
        """Tell a person in private how long to wait; for a channel at most once in WAIT_HINT_SECONDS."""
        text = error_text(error, self._locales.for_person(message.author))
        if message.guild is None:
            await post(message, notice_forms(text))
        else:
            await self._hint(message, text, self._told_to_wait)

    async def _tell_of_permission(self, message: discord.Message) -> None:
        """Tell a person in private why there is no answer in the channel."""
        texts = self._locales.for_person(message.author)
        channel = getattr(message.channel, "name", None)
        text = texts("may-not-write", channel=channel) if channel else texts("may-not-write-there")
        await self._hint(message, text, self._told_of_permission)

    async def _hint(self, message: discord.Message, text: str, told: TTLCache[tuple[int, int], bool]) -> None:
        """Write to a person in private unless `told` has them; some accept no messages from bots."""
        key = (message.author.id, message.channel.id)
        if told.get(key):
            return
        told.put(key, True)
        with suppress(discord.Forbidden):
            channel = await direct_channel(self._bot, message.author.id)
            await channel.send(**notice_forms(text)[0](), nonce=message.id)


def _log(error: Exception, doing: str) -> None:
    """Log an error of Discord's; that something was deleted or forbidden, or a connection broke, is no fault."""
    if isinstance(error, TRANSIENT_ERRORS):
        log.warning("the connection to Discord broke", doing=doing, why=type(error).__name__)
    elif isinstance(error, discord.NotFound):
        log.info("deleted meanwhile", doing=doing, code=error.code)
    elif isinstance(error, discord.Forbidden):
        log.info("not allowed there", doing=doing, code=error.code)
    else:
        report_fault(error, doing)


@asynccontextmanager
async def _typing(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """Show "typing" while the block takes long; an error in that is ignored."""
    showing = asyncio.create_task(_type(channel))
    try:
        yield
    finally:
        showing.cancel()


async def _type(channel: discord.abc.Messageable) -> None:
    await asyncio.sleep(TYPING_AFTER)
    with suppress(*_DISCORD_ERRORS):
        async with channel.typing():
            await asyncio.Event().wait()


async def setup(bot: ContextBot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(PlainMessages(bot, bot.context))
