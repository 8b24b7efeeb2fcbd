"""An answer as a message: the card, or what the channel allows of it."""

from collections.abc import Callable, Sequence
from typing import Any

import discord

from bot.card import CARD, EMBED, PLAIN
from bot.render import notice, render
from bot.reports import log
from bot.texts import Texts
from index.quotes import Answer

Form = Callable[[], dict[str, Any]]  # gives the arguments of `send`, made anew each time


def card_forms(answer: Answer, texts: Texts) -> list[Form]:
    """Make an answer's forms, best first: card, embed, plain text. Rendering happens here, not when sent."""
    card, embed, plain = (render(answer, medium, texts) for medium in (CARD, EMBED, PLAIN))
    return [
        lambda: {"view": card.view()},
        lambda: {"embed": embed.embed()},
        lambda: {"content": plain.text(), "suppress_embeds": True},
    ]


def notice_forms(text: str) -> list[Form]:
    """Make the forms of a plain sentence."""
    card = notice(text)
    return [lambda: {"view": card.view()}, lambda: {"content": card.text(), "suppress_embeds": True}]


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


async def post(message: discord.Message, forms: Sequence[Form]) -> bool:
    """Reply to a message with the first form that Discord takes; False if it takes none of them.

    Nobody is pinged. Where it may not refer to the message (that needs to read what was written before),
    it is sent without the reference.
    """
    reference = message.to_reference(fail_if_not_exists=False)
    refer: dict[str, Any] = {"reference": reference, "mention_author": False}
    for form, place in ((forms[0], refer), *((form, {}) for form in forms)):
        try:
            await message.channel.send(**form(), **place)
        except discord.HTTPException as error:
            if error.status not in {400, 403}:
                raise
            log.warning("not sent", status=error.status, code=error.code)
        else:
            return True
    return False
