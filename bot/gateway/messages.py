"""An answer as a message: the card, or what the channel allows of it."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import discord

from bot.logs import log
from bot.storage.answers import AnswerRef
from bot.texts import Texts
from bot.ui.answer_card import answer_card, notice
from bot.ui.card import CARD, EMBED, PLAIN, Card
from index import Answer

Form = Callable[[], dict[str, Any]]  # gives the arguments of `send`, made anew each time


def card_forms(answer: Answer, texts: Texts, handle: AnswerRef | None = None) -> list[Form]:
    """Make an answer's forms, best first: card, embed, plain text. Rendering happens here, not when sent."""
    card, embed, plain = (answer_card(answer, medium, texts, handle) for medium in (CARD, EMBED, PLAIN))
    return [
        lambda: {"view": card.view()},
        lambda: {"embed": embed.embed(), **_under(embed)},
        lambda: {"content": plain.text(), "suppress_embeds": True, **_under(plain)},
    ]


def forms_of(card: Card) -> list[Form]:
    """Make the forms of a card that has been rendered for CARD already; without its links where it is no card."""
    return [
        lambda: {"view": card.view()},
        lambda: {"content": card.text()[: PLAIN.text], "suppress_embeds": True},
    ]


def notice_forms(text: str) -> list[Form]:
    """Make the forms of a plain sentence."""
    card = notice(text)
    return [lambda: {"view": card.view()}, lambda: {"content": card.text(), "suppress_embeds": True}]


def _under(card: Card) -> dict[str, Any]:
    """Give the buttons under a card that is no view of its own."""
    return {"view": card.controls()} if card.rows else {}


def may_write(message: discord.Message) -> bool:
    """Say whether the bot may write where the message stands, as far as is known."""
    channel, guild = message.channel, message.guild
    if guild is None or guild.me is None or isinstance(channel, discord.PartialMessageable):
        return True
    try:
        allowed = channel.permissions_for(guild.me)
    except discord.ClientException:  # a thread whose channel is not known
        return True
    return allowed.send_messages_in_threads if isinstance(channel, discord.Thread) else allowed.send_messages


async def post(
    message: discord.Message, forms: Sequence[Form], announcement: str = ""
) -> discord.Message | None:
    """Reply to a message with the first form that Discord takes; None if it takes none of them.

    Nobody is pinged. Where it may not refer to the message (that needs to read what was written before),
    it is sent without the reference. An `announcement` comes first and becomes the answer in place: Discord
    shows phones, and reads to those who listen, the text of a new message, and a card has none.
    """
    reference = message.to_reference(fail_if_not_exists=False)
    refer: dict[str, Any] = {"reference": reference, "mention_author": False}
    if announcement:
        sent = await _taken(message.channel.send(announcement, **refer))
        return await change(sent, forms) if sent else None
    for form, place in ((forms[0], refer), *((form, {}) for form in forms)):
        if sent := await _taken(message.channel.send(**form(), **place)):
            return sent
    return None


async def announce(
    place: discord.abc.Messageable,
    line: str,
    forms: Sequence[Form],
    refer: discord.MessageReference | None = None,
) -> discord.Message | None:
    """Send something nobody has just asked for: first a line that phones show, then the card in its place.

    None if Discord does not let the bot write there. Raises discord.NotFound where the place is gone.
    """
    reference: dict[str, Any] = {"reference": refer, "mention_author": False} if refer else {}
    sent = await _taken(place.send(line, suppress_embeds=True, **reference))
    return (await change(sent, forms) or sent) if sent else None


async def change(sent: discord.Message, forms: Sequence[Form]) -> discord.Message | None:
    """Put an answer in the place of a message of the bot's, in the first form that Discord takes.

    What is a card stays one: Discord does not let it become anything else.
    """
    for form in forms[:1] if sent.flags.components_v2 else forms:
        wanted: dict[str, Any] = {"content": None, "embed": None, "view": None, **form()}
        suppress = wanted.pop("suppress_embeds", False)
        if suppress != sent.flags.suppress_embeds:  # named only then: with it go flags that bots may not set
            wanted["suppress"] = suppress
        if changed := await _taken(sent.edit(**wanted)):
            return changed
    return None


async def _taken(sending: Coroutine[Any, Any, discord.Message]) -> discord.Message | None:
    """Send something; None if Discord does not take it there or in that form."""
    try:
        return await sending
    except discord.HTTPException as error:
        if error.status not in {400, 403}:
            raise
        log.warning("not sent", status=error.status, code=error.code)
    return None
