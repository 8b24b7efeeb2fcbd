"""Questions in plain messages: in private, by mention, or in a reply to the bot."""

import asyncio
import re
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress

import aiohttp
import discord
from discord.ext import commands

from bot.cache import TTLCache
from bot.context import BotContext, ContextBot
from bot.errors import TooOften, error_text
from bot.exts._message_claims import MENTION
from bot.gateway.messages import Form, card_forms, change, may_write, notice_forms, post
from bot.services.query_service import QueryRequest
from bot.storage.answer_messages import Reply
from bot.ui.answer_card import announcement
from bot.ui.card_parser import parse_question_line
from bot.ui.markdown import to_one_line
from index import Answer, AnswerOutcome, VerbatimError, report_fault

TYPING_AFTER = 0.4  # seconds, judged; a quicker answer needs no sign that it is coming
MAX_HINTED = 1000  # pairs of person and channel that are remembered as told, judged
PERMISSION_HINT_SECONDS = 3600.0  # judged: so often at most a person is told that the bot may not write there
WAIT_HINT_SECONDS = 20.0  # judged: so often at most a person is told that they ask too fast
_QUESTION_MARK = re.compile("[?？؟]")
_WRITTEN_BY_PEOPLE = {discord.MessageType.default, discord.MessageType.reply}
_DISCORD_ERRORS = (discord.HTTPException, aiohttp.ClientError, OSError)


class PlainMessages(commands.Cog):
    """Asking by message. The answer is edited and deleted with its question."""

    def __init__(self, bot: ContextBot, context: BotContext) -> None:
        self._bot = bot
        self._service = context.service
        self._answers = context.answers
        self._replies = context.replies
        self._conversation = context.conversation
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
        await self._delete_answers([deletion.message_id])

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, deletion: discord.RawBulkMessageDeleteEvent) -> None:
        """Delete the answers with their questions."""
        await self._delete_answers(deletion.message_ids)

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
            report_fault(error, "answering a message")
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
                forms, line = await self._forms(message)
        except TooOften as error:
            await self._tell_to_wait(message, error)
            return
        if message.id not in self._being_answered or not forms:
            return  # deleted meanwhile, or no question after all
        sent = await post(message, forms, line if message.guild is None else "")
        if sent is None:
            await self._tell_of_permission(message)
            return
        await self._replies.put(message.id, Reply(message.channel.id, sent.id))
        if message.id not in self._being_answered:
            await self._delete_answers([message.id])

    async def _answer_anew(self, message: discord.Message, reply: Reply) -> None:
        """Replace the answer to an edited question, unless the words are the same."""
        with suppress(TooOften, discord.NotFound):
            sent = await message.channel.fetch_message(reply.message_id)
            if parse_question_line(sent) == to_one_line(_question(message)):
                return  # Discord only added the preview of a link
            forms, _ = await self._forms(message)
            await change(sent, forms)

    async def _delete_answers(self, questions: Collection[int]) -> None:
        """Delete the answers to messages that were deleted."""
        for question in questions:
            self._being_answered.pop(question, None)
        for reply in await self._replies.pop_all(questions):
            channel = self._bot.get_partial_messageable(reply.channel_id)
            try:
                await channel.get_partial_message(reply.message_id).delete()
            except discord.NotFound:
                continue
            except _DISCORD_ERRORS as error:
                report_fault(error, "deleting an answer")

    async def _forms(self, message: discord.Message) -> tuple[list[Form], str]:
        """Return the answer in every form it may be sent in, and as a line of plain text.

        No forms when a reply was a remark rather than a question. Raise TooOften.
        """
        texts = self._locales.for_message(message)
        question = _question(message)
        if not question:
            return notice_forms(texts("ask-something")), ""
        try:
            answer = await self._answer(message, question)
            if answer.outcome is AnswerOutcome.NOTHING and self._may_be_remark(message):
                return [], ""
            handle = await self._answers.save(answer)
            forms = await asyncio.to_thread(card_forms, answer, texts, handle)
            return forms, announcement(answer, texts)
        except TooOften:
            raise
        except VerbatimError as error:
            return notice_forms(error_text(error, texts)), ""
        except Exception as error:  # noqa: BLE001 - whatever it was, the person is told, by its number
            return notice_forms(texts("went-wrong", fault=report_fault(error, "message"))), ""

    async def _answer(self, message: discord.Message, question: str) -> Answer:
        """Answer with the context of the question on the card replied to, in private of the last question."""
        person, server = message.author.id, message.guild.id if message.guild else None
        previous = self._question_replied_to(message)
        if previous is None and message.guild is None:
            previous = self._conversation.previous(person)
        answer = await self._service.ask(QueryRequest(person, question, server=server, previous=previous))
        if message.guild is None:
            self._conversation.remember(person, answer)
        return answer

    def _may_be_remark(self, message: discord.Message) -> bool:
        """Return True if a reply may be a remark on a card, not a question.

        Then the bot says nothing rather than that it has found nothing.
        """
        named = any(user == self._bot.user.id for user in message.raw_mentions) if self._bot.user else False
        return message.guild is not None and not named and not _QUESTION_MARK.search(message.content)

    def _question_replied_to(self, message: discord.Message) -> str | None:
        """Return the question on the bot's card that a message replies to."""
        source = message.reference.resolved if message.reference else None
        if not isinstance(source, discord.Message) or source.author != self._bot.user:
            return None
        return parse_question_line(source) or None

    async def _tell_to_wait(self, message: discord.Message, error: TooOften) -> None:
        """Tell a person in private how long to wait; for a channel at most once in WAIT_HINT_SECONDS."""
        text = error_text(error, self._locales.for_person(message.author))
        if message.guild is None:
            await post(message, notice_forms(text))
        else:
            await _hint(message, text, self._told_to_wait)

    async def _tell_of_permission(self, message: discord.Message) -> None:
        """Tell a person in private why there is no answer in the channel."""
        texts = self._locales.for_person(message.author)
        channel = getattr(message.channel, "name", None)
        text = texts("may-not-write", channel=channel) if channel else texts("may-not-write-there")
        await _hint(message, text, self._told_of_permission)


def _question(message: discord.Message) -> str:
    """Return the words of a message without mentions."""
    return MENTION.sub(" ", message.content).strip()


async def _hint(message: discord.Message, text: str, told: TTLCache[tuple[int, int], bool]) -> None:
    """Write to a person in private unless `told` has them; some accept no messages from bots."""
    key = (message.author.id, message.channel.id)
    if told.get(key):
        return
    told.put(key, True)
    with suppress(discord.Forbidden):
        await message.author.send(**notice_forms(text)[0]())


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
    with suppress(discord.HTTPException, aiohttp.ClientError, OSError):
        async with channel.typing():
            await asyncio.Event().wait()


async def setup(bot: ContextBot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(PlainMessages(bot, bot.context))
