"""The brief of the last day, for whoever asks for it: with `/brief`, or for "news" in a message."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.context import BotContext
from bot.metrics import Surface
from bot.texts import Texts
from bot.ui.brief_card import brief_card
from bot.ui.card import Card

BRIEF_PERIOD = timedelta(days=1)


async def make_brief(
    context: BotContext,
    person: int,
    server: int | None,
    texts: Texts,
    *,
    circle: str,
    outlet: str | None = None,
    shareable: bool = False,
) -> Card:
    """Find the stories of the last day that a circle sees and build their card, off the event loop.

    Raise UnknownOutlet, and what `QueryService.run_query` raises.
    """
    service = context.service
    outlets = await service.resolve_outlets(outlet, server, circle)
    until = datetime.now(UTC)
    stories, is_behind = await service.run_query(
        person,
        server,
        lambda archive: (
            archive.brief(until - BRIEF_PERIOD, until, outlets, circle=circle),
            archive.is_behind(),
        ),
        Surface.BRIEF,
    )
    handle = await context.answers.save_quotes([story.quote for story in stories], shareable=shareable)
    return await asyncio.to_thread(brief_card, stories, until, texts, handle, is_behind=is_behind)
