"""What the parts of a running bot share: services, stores and the router, made once for each client."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from discord.ext import commands

from bot.circles import person_circle
from bot.gateway.component_router import ComponentRouter
from bot.gateway.locale import Locales
from bot.services.conversation import Conversation
from bot.services.peers import Peers
from bot.services.query_service import QueryService
from bot.storage import (
    answer_messages,
    answers,
    daily_briefs,
    erasures,
    feedback,
    follows,
    guild_settings,
    leases,
    posts,
    request_counts,
    use_counts,
)
from bot.storage.answer_messages import ReplyMap
from bot.storage.answers import AnswerStore
from bot.storage.daily_briefs import DailyBriefStore
from bot.storage.database import Database
from bot.storage.erasures import ErasureStore
from bot.storage.feedback import FeedbackStore
from bot.storage.follows import FollowStore
from bot.storage.guild_settings import GuildSettingsStore
from index import FeedManager

TABLES = (  # all that bot.db holds
    *(answers.TABLE, answer_messages.TABLE, feedback.TABLE, guild_settings.TABLE, daily_briefs.TABLE),
    *(follows.FOLLOWS, posts.POSTS, posts.CURSORS, leases.TABLE, use_counts.TABLE),
    *(request_counts.TURNS, request_counts.REFUSED, erasures.TABLE),
)


@dataclass(frozen=True, slots=True)
class BotContext:
    """The collaborators that a cog may need."""

    service: QueryService
    conversation: Conversation
    answers: AnswerStore
    replies: ReplyMap
    feedback: FeedbackStore
    follows: FollowStore
    daily_briefs: DailyBriefStore
    guild_settings: GuildSettingsStore
    locales: Locales
    feeds: FeedManager
    router: ComponentRouter
    database: Database
    erasures: ErasureStore
    peers: Peers | None = None

    @classmethod
    def create(
        cls,
        service: QueryService,
        conversation: Conversation,
        database: Database,
        guild_settings: GuildSettingsStore,
        feeds: FeedManager,
        peers: Peers | None = None,
    ) -> "BotContext":
        """Make the stores of `database`, and the router, around what lives longer than one client."""
        return cls(
            service=service,
            conversation=conversation,
            answers=AnswerStore(database),
            replies=ReplyMap(database),
            feedback=FeedbackStore(database),
            follows=FollowStore(database),
            daily_briefs=DailyBriefStore(database),
            guild_settings=guild_settings,
            locales=Locales(guild_settings),
            feeds=feeds,
            router=ComponentRouter(service.in_flight),
            database=database,
            erasures=ErasureStore(database),
            peers=peers,
        )

    @asynccontextmanager
    async def posting(self) -> AsyncIterator[bool]:
        """Yield whether this process is the one that posts what is followed, with the settings as they are now."""
        if self.peers is None:
            yield True
            return
        async with self.peers.posting() as is_ours:
            if is_ours:
                await self.guild_settings.refresh()
            yield is_ours

    async def erase_person(self, person: int) -> None:
        """Erase all that is stored of a person, and what is remembered in memory."""
        await self.feedback.delete_person(person)
        await self.follows.delete_person(person)
        await self.daily_briefs.delete_person(person)
        await self.service.run_background(lambda archive: archive.remove_circle(person_circle(person)))
        await self.database.truncate_log()
        await self._forget(person)
        if self.peers and self.peers.shards:
            await self.erasures.put(person)

    async def forget_erased(self) -> None:
        """Forget whom other processes of the bot have erased."""
        for person in await self.erasures.latest():
            await self._forget(person)

    async def _forget(self, person: int) -> None:
        """Remove what is remembered of a person in memory."""
        await self.conversation.forget(person)
        await self.locales.forget(person)


class ContextBot(commands.AutoShardedBot):
    """A client that carries the context from which its extensions build their cogs."""

    context: BotContext
