"""Questions in plain messages: in private, by mention, or in a reply that mentions the bot."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import aiohttp
import discord
from discord.ext import commands

from bot.conversation import Conversation
from bot.errors import TooOften, told
from bot.languages import Languages
from bot.memory import ShortMemory
from bot.posting import Form, card_forms, may_write, notice_forms, post
from bot.reports import report
from bot.service import Asked, Service
from bot.texts import Texts
from index.errors import VerbatimError

TYPING_AFTER = 0.4  # seconds; a quicker answer needs no sign that it is coming
HINTED = 1000  # people and channels; each is told in private once in so many seconds ...
MAY_NOT_WRITE, TOO_FAST = 3600.0, 20.0  # ... that the bot may not write there, or that they ask too fast
_MARKUP = re.compile(r"<(?:@[!&]?|#|a?:\w{1,32}:|/[^:<>]{1,96}:)\d{1,20}>")
_SPOKEN = {discord.MessageType.default, discord.MessageType.reply}


class Direct(commands.Cog):
    """Asking by message."""

    def __init__(
        self,
        bot: commands.AutoShardedBot,
        service: Service,
        conversation: Conversation,
        languages: Languages,
    ) -> None:
        self._bot = bot
        self._service = service
        self._conversation = conversation
        self._languages = languages
        self._mute: ShortMemory[tuple[int, int], bool] = ShortMemory(HINTED, MAY_NOT_WRITE)
        self._hasty: ShortMemory[tuple[int, int], bool] = ShortMemory(HINTED, TOO_FAST)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer messages meant for the bot, and no others."""
        if not self._meant_for_me(message):
            return
        with self._service.turn():
            try:
                await self._handle(message)
            except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
                report(error, "answering a message")

    def _meant_for_me(self, message: discord.Message) -> bool:
        """Say whether a person addresses the bot; other bots and the bot itself never do."""
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
                forms = await self._forms(message)
        except TooOften as error:
            await self._wait(message, error)
            return
        if not await post(message, forms):
            await self._may_not_write(message)

    async def _forms(self, message: discord.Message) -> list[Form]:
        """Find the answer, in every form it may be sent in."""
        texts = self._languages.of_message(message)
        question = _MARKUP.sub(" ", message.content).strip()
        if not question:
            return notice_forms(texts("ask-something"))
        try:
            return await self._answer(message, question, texts)
        except TooOften:
            raise
        except VerbatimError as error:
            return notice_forms(told(error, texts))
        except Exception as error:  # noqa: BLE001 - whatever it was, the person is told, by its number
            return notice_forms(texts("went-wrong", fault=report(error, "message")))

    async def _answer(self, message: discord.Message, question: str, texts: Texts) -> list[Form]:
        """Ask; in private a question may lean on the one before."""
        person = message.author.id
        previous = self._conversation.previous(person) if message.guild is None else None
        answer = await self._service.ask(Asked(person, question, previous=previous))
        if message.guild is None:
            self._conversation.remember(person, answer)
        return await asyncio.to_thread(card_forms, answer, texts)

    async def _wait(self, message: discord.Message, error: TooOften) -> None:
        """Tell a person in private how long to wait; in a channel only once, so that nothing can be flooded."""
        text = told(error, self._languages.of_person(message.author))
        if message.guild is None:
            await post(message, notice_forms(text))
        else:
            await _hint(message, text, self._hasty)

    async def _may_not_write(self, message: discord.Message) -> None:
        """Tell a person in private why there is no answer in the channel."""
        texts = self._languages.of_person(message.author)
        channel = getattr(message.channel, "name", None)
        text = texts("may-not-write", channel=channel) if channel else texts("may-not-write-there")
        await _hint(message, text, self._mute)


async def _hint(message: discord.Message, text: str, told: ShortMemory[tuple[int, int], bool]) -> None:
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
