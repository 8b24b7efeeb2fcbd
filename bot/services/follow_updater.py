"""One update of everything that is followed: corrections, new quotes, daily briefs."""

import asyncio

from bot.services.correction_service import CorrectionService
from bot.services.daily_brief_service import DailyBriefService
from bot.services.follow_service import FollowService
from bot.services.query_service import QueryService


class FollowUpdater:
    """Runs the three services one after the other, and never two updates at the same time."""

    def __init__(
        self,
        service: QueryService,
        corrections: CorrectionService,
        follows: FollowService,
        daily_briefs: DailyBriefService,
    ) -> None:
        self._service = service
        self._corrections = corrections
        self._follows = follows
        self._daily_briefs = daily_briefs
        self._lock = asyncio.Lock()

    async def update(self) -> None:
        """Post all that is due; what Discord does not accept at the moment is tried again next time.

        Raise Stopping once the bot is shutting down.
        """
        async with self._lock:
            cursor = await self._service.run_background(lambda archive: archive.cursor())
            await self._corrections.post_corrections(cursor)
            await self._follows.post_new_quotes(cursor)
            await self._daily_briefs.send_due()
