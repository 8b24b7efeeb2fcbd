"""Questions in plain messages: in private, by mention, or in a reply to the bot."""

import asyncio
import re
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress

import aiohttp
import discord
from discord.ext import commands

from bot.cache import TTLCache
from bot.errors import TooOften, told
from bot.exts._message_claims import MENTION
from bot.gateway.locale import Locales
from bot.gateway.messages import Form, card_forms, change, may_write, notice_forms, post
from bot.services.conversation import Conversation
from bot.services.query_service import QueryRequest, QueryService
from bot.storage.answer_messages import Reply, ReplyMap
from bot.storage.answers import AnswerStore
from bot.ui.answer_card import announcement
from bot.ui.card_parser import parse_question_line
from bot.ui.markdown import clean
from index import Answer, AnswerOutcome, VerbatimError, report_fault

TYPING_AFTER = 0.4  # seconds; a quicker answer needs no sign that it is coming
HINTED = 1000  # people and channels; each is told in private once in so many seconds ...
MAY_NOT_WRITE, TOO_FAST = 3600.0, 20.0  # ... that the bot may not write there, or that they ask too fast
_ASKING = re.compile("[?？؟]")
_SPOKEN = {discord.MessageType.default, discord.MessageType.reply}
_TROUBLE = (discord.HTTPException, aiohttp.ClientError, OSError)


class PlainMessages(commands.Cog):
    """Asking by message. The answer follows its question: edited with it, and deleted with it."""

    def __init__(
        self,
        bot: commands.AutoShardedBot,
        service: QueryService,
        kept: AnswerStore,
        replied: ReplyMap,
        conversation: Conversation,
        languages: Locales,
    ) -> None:
        self._bot = bot
        self._service = service
        self._kept = kept
        self._replied = replied
        self._conversation = conversation
        self._languages = languages
        self._being_answered: dict[int, asyncio.Future[None]] = {}
        self._mute: TTLCache[tuple[int, int], bool] = TTLCache(HINTED, MAY_NOT_WRITE)
        self._hasty: TTLCache[tuple[int, int], bool] = TTLCache(HINTED, TOO_FAST)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer messages meant for the bot, and no others."""
        if self._meant_for_me(message):
            async with self._answering(message):
                await self._handle(message)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, edit: discord.RawMessageUpdateEvent) -> None:
        """Answer a question anew, in the same place, once a person has put it in other words."""
        message = edit.message
        if message.edited_at and self._meant_for_me(message):
            async with self._answering(message):
                if reply := await self._replied.find(message.id):
                    await self._answer_anew(message, reply)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, deletion: discord.RawMessageDeleteEvent) -> None:
        """Delete the answer with its question."""
        await self._unask([deletion.message_id])

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, deletion: discord.RawBulkMessageDeleteEvent) -> None:
        """Delete the answers with their questions."""
        await self._unask(deletion.message_ids)

    @asynccontextmanager
    async def _answering(self, message: discord.Message) -> AsyncIterator[None]:
        """Answer a message, and then what it was edited into; trouble with Discord is logged."""
        while running := self._being_answered.get(message.id):
            await asyncio.wait({running})
        done = self._being_answered[message.id] = asyncio.get_running_loop().create_future()
        try:
            with self._service.in_flight():
                yield
        except _TROUBLE as error:
            report_fault(error, "answering a message")
        finally:
            done.set_result(None)
            if self._being_answered.get(message.id) is done:
                del self._being_answered[message.id]

    def _meant_for_me(self, message: discord.Message) -> bool:
        """Say whether a person addresses the bot; other bots and the bot itself never do.

        A reply to the bot mentions it, unless the person switched that off: then Discord withholds the words.
        """
        if message.author.bot or message.webhook_id or message.type not in _SPOKEN:
            return False
        return message.guild is None or any(user == self._bot.user for user in message.mentions)

    async def _handle(self, message: discord.Message) -> None:
        """Answer where it was asked, or say in private why that is not possible."""
        if not may_write(message):
            await self._may_not_write(message)
            return
        try:
            async with _typing(message.channel):
                forms, line = await self._forms(message)
        except TooOften as error:
            await self._wait(message, error)
            return
        if message.id not in self._being_answered or not forms:
            return  # deleted meanwhile, or no question after all
        sent = await post(message, forms, line if message.guild is None else "")
        if sent is None:
            await self._may_not_write(message)
            return
        await self._replied.keep(message.id, Reply(message.channel.id, sent.id))
        if message.id not in self._being_answered:
            await self._unask([message.id])

    async def _answer_anew(self, message: discord.Message, reply: Reply) -> None:
        """Put the answer to an edited question in the place of the earlier one, unless its words are the same."""
        with suppress(TooOften, discord.NotFound):
            sent = await message.channel.fetch_message(reply.answer)
            if parse_question_line(sent) == clean(_question(message)):
                return  # an address in it was unfolded, no more
            forms, _ = await self._forms(message)
            await change(sent, forms)

    async def _unask(self, questions: Collection[int]) -> None:
        """Take back the answers to messages that are no more."""
        for question in questions:
            self._being_answered.pop(question, None)
        for reply in await self._replied.take(questions):
            channel = self._bot.get_partial_messageable(reply.channel)
            try:
                await channel.get_partial_message(reply.answer).delete()
            except discord.NotFound:
                continue
            except _TROUBLE as error:
                report_fault(error, "deleting an answer")

    async def _forms(self, message: discord.Message) -> tuple[list[Form], str]:
        """Find the answer, in every form it may be sent in, and as a line of plain text."""
        texts = self._languages.for_message(message)
        question = _question(message)
        if not question:
            return notice_forms(texts("ask-something")), ""
        try:
            answer = await self._answer(message, question)
            if answer.outcome is AnswerOutcome.NOTHING and self._in_passing(message):
                return [], ""
            handle = await self._kept.keep(answer)
            forms = await asyncio.to_thread(card_forms, answer, texts, handle)
            return forms, announcement(answer, texts)
        except TooOften:
            raise
        except VerbatimError as error:
            return notice_forms(told(error, texts)), ""
        except Exception as error:  # noqa: BLE001 - whatever it was, the person is told, by its number
            return notice_forms(texts("went-wrong", fault=report_fault(error, "message"))), ""

    async def _answer(self, message: discord.Message, question: str) -> Answer:
        """Ask; a question may lean on that of the card it replies to, in private on the one before."""
        person, server = message.author.id, message.guild.id if message.guild else None
        previous = self._replied_to(message)
        if previous is None and message.guild is None:
            previous = self._conversation.previous(person)
        answer = await self._service.ask(QueryRequest(person, question, server=server, previous=previous))
        if message.guild is None:
            self._conversation.remember(person, answer)
        return answer

    def _in_passing(self, message: discord.Message) -> bool:
        """Say whether a reply may be a remark on a card rather than a question: then silence is better manners."""
        named = any(user == self._bot.user.id for user in message.raw_mentions) if self._bot.user else False
        return message.guild is not None and not named and not _ASKING.search(message.content)

    def _replied_to(self, message: discord.Message) -> str | None:
        """Give the question on the card of ours that a message replies to."""
        source = message.reference.resolved if message.reference else None
        if not isinstance(source, discord.Message) or source.author != self._bot.user:
            return None
        return parse_question_line(source) or None

    async def _wait(self, message: discord.Message, error: TooOften) -> None:
        """Tell a person in private how long to wait; in a channel only once, so that nothing can be flooded."""
        text = told(error, self._languages.for_person(message.author))
        if message.guild is None:
            await post(message, notice_forms(text))
        else:
            await _hint(message, text, self._hasty)

    async def _may_not_write(self, message: discord.Message) -> None:
        """Tell a person in private why there is no answer in the channel."""
        texts = self._languages.for_person(message.author)
        channel = getattr(message.channel, "name", None)
        text = texts("may-not-write", channel=channel) if channel else texts("may-not-write-there")
        await _hint(message, text, self._mute)


def _question(message: discord.Message) -> str:
    return MENTION.sub(" ", message.content).strip()


async def _hint(message: discord.Message, text: str, told: TTLCache[tuple[int, int], bool]) -> None:
    """Tell a person something in private unless they were told; some take no messages from bots."""
    key = (message.author.id, message.channel.id)
    if told.get(key):
        return
    told.put(key, True)
    with suppress(discord.Forbidden):
        await message.author.send(**notice_forms(text)[0]())


@asynccontextmanager
async def _typing(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """Show "typing" while something takes long; a failure of that never stands in an answer's way."""
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
