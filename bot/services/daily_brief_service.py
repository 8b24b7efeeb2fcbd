"""Daily briefs: once a day, what most outlets reported."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import discord
import structlog

from bot.gateway.messages import TRANSIENT_ERRORS, announce, forms_of, is_place_gone
from bot.services.destinations import Destinations
from bot.services.query_service import QueryService
from bot.storage.answers import AnswerStore
from bot.storage.daily_briefs import DailyBrief, DailyBriefStore
from bot.ui.brief_card import brief_card, brief_line

MAX_DELAY = timedelta(hours=6)  # judged: a brief that is later than this, after a long outage, is left out
BRIEF_PERIOD = timedelta(days=1)
log = structlog.get_logger(__name__)


class DailyBriefService:
    """Sends the briefs that are due. `clock` returns aware times."""

    def __init__(
        self,
        service: QueryService,
        daily_briefs: DailyBriefStore,
        answers: AnswerStore,
        destinations: Destinations,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._service = service
        self._daily_briefs = daily_briefs
        self._answers = answers
        self._destinations = destinations
        self._clock = clock

    async def send_due(self) -> None:
        """Send every brief that is due; each is set to its next day first, so that none is sent twice.

        One that Discord does not accept at the moment is due again.
        """
        async for daily in self._daily_briefs.take_due(self._clock()):
            await self._send(daily)

    async def _send(self, daily: DailyBrief) -> None:
        """Send one brief, unless it is too late for it, it may not go there, or there are no stories."""
        now = self._clock()
        if now.timestamp() - daily.next_due > MAX_DELAY.total_seconds():
            return
        outlets = self._destinations.settings(daily).outlets
        if not await self._destinations.may_post(daily):
            return
        circle = self._destinations.circle(daily)
        stories, is_behind = await self._service.run_background(
            lambda archive: (
                archive.brief(now - BRIEF_PERIOD, now, outlets, circle=circle),
                archive.is_behind(),
            )
        )
        if not stories:
            return
        texts = self._destinations.texts(daily)
        handle = await self._answers.save_quotes([story.quote for story in stories])
        card = await asyncio.to_thread(brief_card, stories, now, texts, handle, is_behind=is_behind)
        try:
            channel = await self._destinations.channel(daily)
            nonce = f"d{daily.id}.{daily.next_due}"
            await announce(channel, brief_line(stories, texts), forms_of(card), nonce=nonce)
        except TRANSIENT_ERRORS as error:
            log.warning("daily brief not sent; tried again", why=type(error).__name__)
            await self._daily_briefs.set_due(daily)
        except discord.HTTPException as error:
            if is_place_gone(error):
                await self._daily_briefs.delete(daily.id)
            log.warning("daily brief not sent", status=error.status, code=error.code)
