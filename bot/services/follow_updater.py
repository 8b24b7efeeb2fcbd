"""One update of everything that is followed: corrections, new quotes, daily briefs."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import structlog

from bot.services.correction_service import CorrectionService
from bot.services.daily_brief_service import DailyBriefService
from bot.services.follow_service import FollowService
from bot.services.query_service import QueryService
from bot.storage.daily_briefs import DailyBriefStore
from bot.storage.follows import FollowStore

log = structlog.get_logger(__name__)


class UnfinishedPosts:
    """What processes had begun to post that ended before it was done."""

    def __init__(self, follows: FollowStore, daily_briefs: DailyBriefStore) -> None:
        self._stores = (follows, daily_briefs)

    async def undo(self) -> None:
        """Let it be posted again."""
        undone = [await store.undo_unfinished() for store in self._stores]
        if sum(undone):
            log.info("posting what a process left unfinished", posts=sum(undone))


class FollowUpdater:
    """Runs the three services one after the other, and never two updates at the same time.

    `turn` is entered for every update: with several processes it says whether this one posts.
    """

    def __init__(
        self,
        service: QueryService,
        corrections: CorrectionService,
        follows: FollowService,
        daily_briefs: DailyBriefService,
        unfinished: UnfinishedPosts,
        turn: Callable[[], AbstractAsyncContextManager[bool]],
    ) -> None:
        self._service = service
        self._corrections = corrections
        self._follows = follows
        self._daily_briefs = daily_briefs
        self._unfinished = unfinished
        self._turn = turn
        self._is_finished = False  # whether the last update was ours, and was done to its end
        self._lock = asyncio.Lock()

    async def update(self) -> None:
        """Post all that is due; what Discord does not accept at the moment is tried again next time.

        Raise Stopping once the bot is shutting down.
        """
        async with self._lock, self._turn() as is_ours:
            is_finished, self._is_finished = self._is_finished, False
            if not is_ours:
                return
            if not is_finished:
                await self._unfinished.undo()
            cursor = await self._service.run_background(lambda archive: archive.cursor())
            await self._corrections.post_corrections(cursor)
            await self._follows.post_new_quotes(cursor)
            await self._daily_briefs.send_due()
            self._is_finished = True
