"""Sends answers as messages: as a card, or in the form that the channel allows."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import discord

from bot.circles import circle_of
from bot.gateway.repeated_requests import NETWORK_ERRORS
from bot.logs import log
from bot.storage.answers import AnswerRef
from bot.texts import Texts
from bot.ui.answer_card import answer_card, notice_card
from bot.ui.card import CARD, EMBED, PLAIN, Card, append_line
from index import Answer

TRANSIENT_ERRORS = (discord.DiscordServerError, *NETWORK_ERRORS)  # worth another attempt
_PLACES_GONE = {10003, 10004, 10013}  # Discord's error codes: the channel, the server, the person
_MESSAGE_GONE = 10008
Form = Callable[[], dict[str, Any]]  # returns new arguments for `send` each time


def card_forms(answer: Answer, texts: Texts, handle: AnswerRef | None = None, note: str = "") -> list[Form]:
    """Return an answer's forms, best first: card, embed, plain text; rendered here, not when sent.

    A `note` stands below the first two: the third has no room for it.
    """
    card, embed, plain = (answer_card(answer, medium, texts, handle) for medium in (CARD, EMBED, PLAIN))
    if note:
        card, embed = append_line(card, note), append_line(embed, note)
    return [
        lambda: {"view": card.view()},
        lambda: {"embed": embed.embed(), **_controls(embed)},
        lambda: {"content": plain.text(), "suppress_embeds": True, **_controls(plain)},
    ]


def forms_of(card: Card) -> list[Form]:
    """Return the forms of a card rendered for CARD: itself, and plain text without its links and buttons."""
    return [
        lambda: {"view": card.view()},
        lambda: {"content": card.text()[: PLAIN.text], "suppress_embeds": True},
    ]


def notice_forms(text: str) -> list[Form]:
    """Return the forms of a sentence."""
    card = notice_card(text)
    return [lambda: {"view": card.view()}, lambda: {"content": card.text(), "suppress_embeds": True}]


def _controls(card: Card) -> dict[str, Any]:
    """Return the buttons to stand under an embed or plain text."""
    return {"view": card.controls()} if card.rows else {}


def circle_of_message(message: discord.Message) -> str:
    """Return the key of whose news a message is answered from: its server's, in private its author's."""
    return circle_of(message.guild.id if message.guild else None, message.author.id)


def may_write(message: discord.Message) -> bool:
    """Return True if the bot may write in the channel of a message, as far as is known."""
    channel, guild = message.channel, message.guild
    if guild is None or guild.me is None or isinstance(channel, discord.PartialMessageable):
        return True
    try:
        allowed = channel.permissions_for(guild.me)
    except discord.ClientException:  # a thread whose channel is not known
        return True
    return allowed.send_messages_in_threads if isinstance(channel, discord.Thread) else allowed.send_messages


async def direct_channel(client: discord.Client, person: int) -> discord.PartialMessageable:
    """Return the direct messages with a person. Raise discord.HTTPException where they cannot be opened.

    The library's `create_dm` would keep whom it was opened for in memory.
    """
    opened = await client.http.start_private_message(person)
    return client.get_partial_messageable(int(opened["id"]))


async def post(
    message: discord.Message,
    forms: Sequence[Form],
    announcement: str = "",
    announced: discord.Message | None = None,
) -> discord.Message | None:
    """Reply to a message with the first form that Discord accepts; return None if it accepts none.

    Nobody is pinged. Without the permission to read the channel's history the reply is sent without a
    reference. An `announcement` is sent first and then edited into the answer: notifications and screen
    readers use the text of a new message, and a card has none. Where it stands already it is `announced`. All
    that is sent carries one nonce, so that Discord never shows two answers to a message.
    """
    refer = _referring_to(message)
    if announcement:
        sent = announced or await send_line(message, announcement)
        return await _fill(sent, forms, refer) if sent else None
    for form, place in ((forms[0], refer), *((form, {}) for form in forms)):
        if sent := await _accepted(message.channel.send(**form(), nonce=message.id, **place)):
            return sent
    return None


async def send_line(message: discord.Message, line: str) -> discord.Message | None:
    """Reply with a line which `post` edits into the answer; return None if the bot may not write there."""
    return await _accepted(message.channel.send(line, nonce=message.id, **_referring_to(message)))


def _referring_to(message: discord.Message) -> dict[str, Any]:
    """Return the arguments with which a message becomes a reply that pings nobody."""
    return {"reference": message.to_reference(fail_if_not_exists=False), "mention_author": False}


async def _fill(
    line: discord.Message, forms: Sequence[Form], refer: dict[str, Any]
) -> discord.Message | None:
    """Edit an announcement into the answer; send it anew where no edit arrives, for a line alone is no answer."""
    try:
        return await change(line, forms)
    except TRANSIENT_ERRORS as error:
        log.warning("an announcement could not be edited", why=type(error).__name__)
    found = await line.channel.fetch_message(line.id)
    if found.edited_at:  # only the confirmation was lost
        return found
    sent = await _accepted(line.channel.send(**forms[0](), nonce=line.id, **refer))
    await line.delete()
    return sent


async def announce(
    channel: discord.abc.Messageable,
    line: str,
    forms: Sequence[Form],
    *,
    nonce: str,
    reference: discord.MessageReference | None = None,
) -> discord.Message | None:
    """Send an unrequested post: first a line for notifications, then the card in its place.

    Where it is sent again with the same `nonce` (at most 25 characters), within minutes, Discord takes it for
    the same post. Where the line is deleted before it became the card, it counts as posted: whoever deleted it has
    seen it, and Discord would take another for the same. Return None if the bot may not write there. Raise
    discord.NotFound if the channel is gone.
    """
    reply: dict[str, Any] = {"reference": reference, "mention_author": False} if reference else {}
    sent = await _accepted(channel.send(line, suppress_embeds=True, nonce=nonce, **reply))
    if sent is None:
        return None
    try:
        return await change(sent, forms) or sent
    except discord.NotFound as error:
        if error.code != _MESSAGE_GONE:
            raise
        log.info("a post was deleted while it was made")
        return sent


def is_place_gone(error: discord.HTTPException) -> bool:
    """Return True if an error says that nothing can ever be posted there again, not only that something is not found."""
    return isinstance(error, discord.NotFound) and error.code in _PLACES_GONE


async def change(sent: discord.Message, forms: Sequence[Form]) -> discord.Message | None:
    """Edit a message of the bot into the first form that Discord accepts; return None if it accepts none.

    A card stays a card: Discord does not let components v2 become anything else.
    """
    for form in forms[:1] if sent.flags.components_v2 else forms:
        arguments: dict[str, Any] = {"content": None, "embed": None, "view": None, **form()}
        suppress = arguments.pop("suppress_embeds", False)
        if (
            suppress != sent.flags.suppress_embeds
        ):  # passed only then: it sends all flags, also those that bots may not set
            arguments["suppress"] = suppress
        if changed := await _accepted(sent.edit(**arguments)):
            return changed
    return None


async def _accepted(sending: Coroutine[Any, Any, discord.Message]) -> discord.Message | None:
    """Send; return None if Discord rejects the form, or the bot may not write there."""
    try:
        return await sending
    except discord.HTTPException as error:
        if error.status not in {400, 403}:
            raise
        log.warning("not sent", status=error.status, code=error.code)
    return None
