"""Daily briefs: once a day, what most outlets reported."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import discord
import structlog

from bot.errors import Stopping
from bot.gateway.messages import announce, forms_of, is_place_gone
from bot.services.destinations import PASSING_ERRORS, Destinations
from bot.services.query_service import QueryService
from bot.storage.answers import AnswerStore
from bot.storage.daily_briefs import DailyBrief, DailyBriefStore
from bot.ui.brief_card import brief_card, brief_line
from index import report_fault

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

        One that cannot be read, or that Discord does not accept, at the moment is due again. Raise Stopping.
        """
        async for daily in self._daily_briefs.take_due(self._clock()):
            await self._send_or_put_back(daily)

    async def _send_or_put_back(self, daily: DailyBrief) -> None:
        """Send one brief, or let the next round try it again; an error in it leaves the others of this one alone."""
        try:
            await self._send(daily)
        except Stopping:
            await self._daily_briefs.set_due(daily)
            raise
        except PASSING_ERRORS as error:
            log.warning("daily brief not sent; tried again", why=str(error) or type(error).__name__)
            await self._daily_briefs.set_due(daily)
        except Exception as error:  # noqa: BLE001 - whatever it was, the other briefs are sent
            report_fault(error, "sending a daily brief")

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
        except discord.DiscordServerError:
            raise
        except discord.HTTPException as error:
            if is_place_gone(error):
                await self._daily_briefs.delete(daily.id)
            log.warning("daily brief not sent", status=error.status, code=error.code)
