"""What is answered to a message: quotes, a brief, the help, a check of another message, or a hint."""

import asyncio
import re
from collections.abc import Sequence

import discord

from bot.context import BotContext
from bot.errors import TooOften, error_text
from bot.exts._brief import make_brief
from bot.exts._message_claims import MENTION, claims_in_message, claims_on_own_card, claims_shown
from bot.gateway.messages import Form, card_forms, circle_of_message, forms_of, notice_forms
from bot.metrics import Surface
from bot.services.claim_check import check_claims
from bot.services.message_requests import RequestKind, read_request
from bot.services.query_service import QueryRequest
from bot.texts import Texts
from bot.ui.about_cards import help_card
from bot.ui.answer_card import announcement
from bot.ui.card_parser import parse_question_line
from index import Answer, AnswerOutcome, SmallTalk, VerbatimError, report_fault

_QUESTION_MARK = re.compile("[?？؟]")
# A server's emoji, and what stands as a letter or digit where it is not drawn as an emoji: "ℹ️", "1️⃣".
_EMOJI = re.compile(r"<a?:\w{1,32}:\d{1,24}>|.\ufe0f\u20e3?|[\d#*]\u20e3")
Reply = tuple[Sequence[Form], str]  # an answer in every form it may be sent in, and as a line of plain text


class MessageAnswers:
    """Makes the answers to messages. `user` is the bot's own."""

    def __init__(self, context: BotContext, user: discord.ClientUser | None) -> None:
        self._context = context
        self._user = user

    async def forms(self, message: discord.Message) -> Reply:
        """Return the answer; no forms when a reply was a remark rather than a question. Raise TooOften."""
        texts = self._context.locales.for_message(message)
        try:
            return await self._answer(message, texts)
        except TooOften:
            raise
        except VerbatimError as error:
            return notice_forms(error_text(error, texts)), ""
        except Exception as error:  # noqa: BLE001 - whatever it was, the person is told, by its number
            return notice_forms(texts("went-wrong", fault=report_fault(error, "message"))), ""

    async def _answer(self, message: discord.Message, texts: Texts) -> Reply:
        if self._is_reaction(message):
            return [], ""
        kind, words = read_request(question_in(message))
        server = message.guild.id if message.guild else None
        if kind is RequestKind.HELP:
            await self._context.service.count_question(message.author.id, server)
            return forms_of(help_card(texts)), ""
        if kind is RequestKind.NEWS:
            circle = circle_of_message(message)
            brief = await make_brief(self._context, message.author.id, server, texts, circle=circle)
            return forms_of(brief), ""
        if kind is RequestKind.QUESTION:
            return await self._ask(message, words, texts)
        if (
            kind is RequestKind.LINK or message.message_snapshots
        ):  # a forwarded message has no words of its own
            return await self._check(message, message, texts)
        if message.reference and not (kind is RequestKind.NOTHING and self._is_own(message)):
            return await self._check(message, message.reference.resolved, texts)
        if kind is RequestKind.TRUTH_CHECK and self._previous(message):
            return await self._ask(message, words, texts)
        await self._context.service.count_question(message.author.id, server)
        hint = texts("check-which") if kind is RequestKind.TRUTH_CHECK else texts("ask-something")
        return notice_forms(hint), ""

    async def _ask(self, message: discord.Message, question: str, texts: Texts) -> Reply:
        """Answer with the context of the question on the card replied to, in private of the last question."""
        person, server = message.author.id, message.guild.id if message.guild else None
        previous = self._previous(message)
        day_first = self._context.locales.day_first(message.author)
        request = QueryRequest(
            person,
            question,
            server,
            previous=previous,
            day_first=day_first,
            surface=Surface.MESSAGE,
            circle=circle_of_message(message),
        )
        answer = await self._context.service.ask(request)
        if message.guild is None:
            answer = self._context.conversation.remember(person, answer)
        if answer.outcome is AnswerOutcome.NOTHING and self._may_be_remark(message):
            return [], ""
        if answer.question.small_talk is SmallTalk.HELP:
            return forms_of(help_card(texts)), ""
        return await self._forms(answer, texts)

    async def _check(self, message: discord.Message, pointed: object, texts: Texts) -> Reply:
        """Check the message that is pointed at, or tell how to where its words are not given.

        Discord gives them in private, and where that message too mentions the bot.
        """
        claims: Sequence[str] = ()
        hint = texts("link-alone") if pointed is message else texts("check-hidden")
        if isinstance(pointed, discord.Message):
            is_own = pointed.author == self._user
            claims = claims_on_own_card(pointed) if is_own else claims_in_message(pointed)
            hint = texts("check-which") if is_own else hint
        if not claims:
            return notice_forms(hint), ""
        server = message.guild.id if message.guild else None
        circle, day_first = circle_of_message(message), self._context.locales.day_first(message.author)
        answer, others = await check_claims(
            self._context.service, message.author.id, server, claims, circle=circle, day_first=day_first
        )
        note = texts("check-others", claims=claims_shown(others)) if others else ""
        return await self._forms(answer, texts, note)

    async def _forms(self, answer: Answer, texts: Texts, note: str = "") -> Reply:
        handle = await self._context.answers.save(answer)
        forms = await asyncio.to_thread(card_forms, answer, texts, handle, note)
        return forms, announcement(answer, texts)

    def _is_reaction(self, message: discord.Message) -> bool:
        """Return True for a thumb, a heart or a sticker below an answer: no word and no question mark."""
        rest = MENTION.sub(" ", _EMOJI.sub("\u263a", message.content))
        if any(letter.isalnum() for letter in rest) or _QUESTION_MARK.search(rest):
            return False
        if not rest.strip() and not message.stickers:
            return False
        return self._is_own(message) or (message.guild is None and self._previous(message) is not None)

    def _is_own(self, message: discord.Message) -> bool:
        """Return True if a message replies to one of the bot's."""
        source = message.reference.resolved if message.reference else None
        return isinstance(source, discord.Message) and source.author == self._user

    def _previous(self, message: discord.Message) -> str | None:
        """Return the question that this one may lean on: on the card replied to, in private the last one."""
        source = message.reference.resolved if message.reference else None
        own = isinstance(source, discord.Message) and source.author == self._user
        if isinstance(source, discord.Message) and own and (question := parse_question_line(source)):
            return question
        return self._context.conversation.previous(message.author.id) if message.guild is None else None

    def _may_be_remark(self, message: discord.Message) -> bool:
        """Return True if a reply may be a remark on a card, not a question.

        Then the bot says nothing rather than that it has found nothing.
        """
        named = any(user == self._user.id for user in message.raw_mentions) if self._user else False
        return message.guild is not None and not named and not _QUESTION_MARK.search(message.content)


def question_in(message: discord.Message) -> str:
    """Return the words of a message without mentions."""
    return MENTION.sub(" ", message.content).strip()
