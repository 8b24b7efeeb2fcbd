"""Follows: new quotes that answer a followed question are posted."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import discord
import structlog

from bot.errors import Stopping
from bot.gateway.messages import TRANSIENT_ERRORS, announce, card_forms, is_place_gone
from bot.services.destinations import PASSING_ERRORS, Destinations
from bot.services.new_quotes import NewQuoteFinder
from bot.services.query_service import QueryService
from bot.storage.answers import AnswerStore
from bot.storage.follows import Follow, FollowStore
from bot.storage.posts import Post
from bot.ui.follow_cards import follow_line
from index import (
    Answer,
    Archive,
    ArrivedArticle,
    report_fault,
)

ARRIVALS_PER_ROUND = 200  # arrivals that a follow looks at in one round, judged
DAY = timedelta(days=1)
log = structlog.get_logger(__name__)


class FollowService:
    """Looks for quotes that are new to each follow, and posts them. `clock` returns aware times."""

    def __init__(
        self,
        service: QueryService,
        follows: FollowStore,
        answers: AnswerStore,
        destinations: Destinations,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._service = service
        self._finder = NewQuoteFinder(service, follows.posts, clock)
        self._follows = follows
        self._answers = answers
        self._destinations = destinations
        self._clock = clock

    async def post_new_quotes(self, cursor: int) -> None:
        """Look at every follow that has not seen all arrivals up to `cursor`, the last one of the archive.

        A post that Discord does not accept at the moment is tried again in the next round. Raise Stopping.
        """
        # By circle and cursor: most follows of a server have looked equally far.
        arrivals: dict[tuple[str, int], Sequence[ArrivedArticle]] = {}
        for follow in await self._follows.all():
            if follow.cursor < cursor and not follow.is_paused and self._is_due(follow):
                key = (self._destinations.circle(follow), follow.cursor)
                if key not in arrivals:
                    arrivals[key] = await self._service.run_background(_arrivals_after(*key))
                await self._update_or_count_failure(follow, arrivals[key], cursor)

    def _is_due(self, follow: Follow) -> bool:
        """Return True if enough time has passed since its last post for the server's limit of posts a day."""
        daily = self._destinations.settings(follow).daily
        return self._clock().timestamp() - follow.last_posted >= DAY.total_seconds() / max(daily, 1)

    async def _update_or_count_failure(
        self, follow: Follow, arrived: Sequence[ArrivedArticle], cursor: int
    ) -> None:
        """Update one follow; an error that does not pass counts as a failure of this one, and the others go on."""
        try:
            await self._update(follow, arrived, cursor)
        except Stopping:
            raise
        except PASSING_ERRORS as error:  # it is looked at again in the next round
            log.warning("a follow could not be looked after", why=str(error) or type(error).__name__)
        except Exception as error:  # noqa: BLE001 - whatever it was, the other follows are updated
            report_fault(error, "looking after a follow")
            await self._follows.undo_advance(follow, (), refused=True)

    async def _update(self, follow: Follow, arrived: Sequence[ArrivedArticle], cursor: int) -> None:
        """Move its cursor over what arrived, and post the quotes in it that are new and answer.

        Where its circle saw nothing arrive, the cursor moves to the archive's.
        """
        mark = arrived[-1].cursor if arrived else cursor
        circle, outlets = self._destinations.circle(follow), self._destinations.settings(follow).outlets
        found = await self._finder.find(follow, arrived, circle, outlets)
        may_post = await self._destinations.may_post(follow)
        moved = await self._follows.advance(follow, mark, found.posts if found and may_post else ())
        if moved and found and may_post:
            await self._post(follow, found.answer, found.posts)

    async def _post(self, follow: Follow, answer: Answer, posts: Sequence[Post]) -> None:
        """Post once; where that fails, undo what was stored of it."""
        texts = self._destinations.texts(follow)
        handle = await self._answers.save(answer)
        forms = await asyncio.to_thread(card_forms, answer, texts, handle)
        try:
            channel = await self._destinations.channel(follow)
            line, nonce = follow_line(follow.question, answer, texts), f"f{follow.id}.{follow.cursor}"
            sent = await announce(channel, line, forms, nonce=nonce)
        except TRANSIENT_ERRORS as error:
            log.warning("not posted; tried again", why=type(error).__name__)
            await self._follows.undo_advance(follow, posts, refused=False)
            return
        except discord.HTTPException as error:
            if is_place_gone(error):
                await self._follows.delete(follow.id)
                return
            log.warning("not posted", status=error.status, code=error.code)
            sent = None
        if sent is None:
            await self._follows.undo_advance(follow, posts, refused=True)
        else:
            await self._follows.record_sent(follow, posts, sent.channel.id, sent.id)


def _arrivals_after(circle: str, cursor: int) -> Callable[[Archive], Sequence[ArrivedArticle]]:
    return lambda archive: archive.arrivals(cursor, ARRIVALS_PER_ROUND, circle)
