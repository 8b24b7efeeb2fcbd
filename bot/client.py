"""The bot on Discord, from its start to an orderly end."""

import asyncio
import os
import sys
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Any, NoReturn, cast

import discord
import structlog
from discord.ext import commands

from bot import logs
from bot.config import Settings, require_token
from bot.exts.about import AboutCog
from bot.exts.answer_buttons import AnswerButtons
from bot.exts.ask import AskCog
from bot.exts.brief import BriefCog
from bot.exts.check_message import CheckMessage
from bot.exts.feedback import FeedbackCog
from bot.exts.feeds import FeedsCog
from bot.exts.follow import FollowCog
from bot.exts.plain_messages import PlainMessages
from bot.exts.quote import QuoteCog
from bot.exts.settings import SettingsCog as Managing
from bot.gateway.command_sync import sync_if_changed
from bot.gateway.command_translator import CommandTranslator
from bot.gateway.connection import GatewaySupervisor
from bot.gateway.interactions import CommandTree
from bot.gateway.locale import Locales
from bot.services.conversation import Conversation
from bot.services.follow_service import FollowService
from bot.services.query_service import QueryService
from bot.shutdown import ShutdownSignal
from bot.storage import answer_messages, answers, daily_briefs, feedback, guild_settings
from bot.storage.daily_briefs import DailyBriefStore
from bot.storage.database import Database
from bot.storage.follows import FOLLOWS, MARKS, POSTS, FollowStore
from bot.storage.guild_settings import GuildSettingsStore
from bot.ui.buttons import ActionButton
from index import Archive, FeedManager, FeedWorker, PruneResult, VerbatimError, report_fault

DONE, FAILED = 0, 2  # what the shell is told
ANSWER_PATIENCE = 4.0  # seconds for questions being answered, once the bot is to stop
CLOSE_PATIENCE = 8.0  # seconds for closing the archive
TABLES = (  # all that bot.db holds
    *(answers.TABLE, answer_messages.TABLE, feedback.TABLE, guild_settings.TABLE, daily_briefs.TABLE),
    *(FOLLOWS, POSTS, MARKS),
)
log = structlog.get_logger(__name__)


class Verbatim(commands.AutoShardedBot):
    """The Discord client: no privileged intents, no pings, no memory of messages."""

    def __init__(
        self,
        service: QueryService,
        conversation: Conversation,
        database: Database,
        feeds: FeedManager,
        data: Path,
    ) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=CommandTree,
            allowed_installs=discord.app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=discord.app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
        )
        cast("CommandTree", self.tree).turn = service.in_flight
        self._service = service
        self._conversation = conversation
        self._database = database
        self._servers = GuildSettingsStore(database)
        service.outlet_policy = lambda server: self._servers.of(server).outlets
        self._languages = Locales(self._servers)
        self._feeds = feeds
        self._data = data

    async def setup_hook(self) -> None:
        """Add what people can do, and tell Discord of the commands."""
        service, database, languages = self._service, self._database, self._languages
        await self._servers.load()
        kept = answers.AnswerStore(database)
        await self.add_cog(AskCog(service, kept, self._conversation, languages))
        await self.add_cog(QuoteCog(service, kept, languages))
        await self.add_cog(BriefCog(service, kept, languages))
        await self.add_cog(Managing(service, self._servers, languages))
        await self.add_cog(
            PlainMessages(
                self, service, kept, answer_messages.ReplyMap(database), self._conversation, languages
            )
        )
        await self.add_cog(CheckMessage(self, service, kept, languages))
        await self.add_cog(AnswerButtons(service, kept, languages))
        votes = feedback.FeedbackStore(database)
        await self.add_cog(FeedbackCog(service, votes, languages))
        self.add_dynamic_items(ActionButton)
        follows, dailies = FollowStore(database), DailyBriefStore(database)
        following = FollowService(self, service, follows, dailies, kept, self._servers, languages)
        await self.add_cog(FollowCog(service, following, follows, dailies, self._servers, languages))
        forgotten = (votes.erase, follows.erase, dailies.erase, self._conversation.forget, languages.forget)
        await self.add_cog(AboutCog(service, languages, forgotten))
        await self.add_cog(FeedsCog(self, self._feeds, languages))
        await self.tree.set_translator(CommandTranslator())
        await sync_if_changed(self.tree, self._data)

    async def on_message(self, message: discord.Message, /) -> None:
        """Do nothing here: `PlainMessages` listens, and there are no commands with a prefix."""

    async def on_ready(self) -> None:
        """Say that it runs; again after a lost session."""
        log.info("ready", servers=len(self.guilds), shards=self.shard_count)

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """Log an error in a listener without the words that caused it."""
        error = sys.exc_info()[1]
        if error is not None:
            report_fault(error, event_method)


def run(settings: Settings, wish: ShutdownSignal | None = None) -> int:
    """Run the bot until SIGINT or SIGTERM, and give the exit code: 0, or 2 when Discord rejects the bot.

    Raises BadSettings for a token that can be none, and BrokenIndex. `wish` is one that was heeded before, if
    any. Questions being answered have some seconds to end. Work the archive does not finish by then is left:
    what it has committed is safe.
    """
    token = require_token(settings)
    logs.set_up(settings.log_level)
    wish = wish or ShutdownSignal()
    with wish.installed():
        code, stuck = asyncio.run(_run(settings, token, wish))
        if stuck:  # Python would wait at its end for threads that nobody waits for any more
            log.warning("leaving unfinished work behind")
            sys.stderr.flush()
            os._exit(code)
        return code


async def _run(settings: Settings, token: str, wish: ShutdownSignal) -> tuple[int, bool]:
    """Open the archive, serve, close; give the exit code, and whether a thread is still at work."""
    stop = wish.on_this_loop()
    desk = ThreadPoolExecutor(1, "archive")
    loop = asyncio.get_running_loop()
    log.info("opening the archive", folder=str(settings.data))
    opening = loop.run_in_executor(desk, _open, settings)
    await _first(opening, stop, patience=ANSWER_PATIENCE)
    if not opening.done():
        return DONE, True
    archive = opening.result()
    service, conversation = QueryService(archive), Conversation()
    database = await Database.open(settings.data, TABLES)
    house = asyncio.create_task(prune_forever(archive.prune, desk))
    feeds = FeedManager(settings.data, settings.fetching)
    watch = FeedWorker(archive, settings.data, settings.fetching)
    watch.start()
    code = await _serve(
        lambda: Verbatim(service, conversation, database, feeds, settings.data), service, token, stop
    )
    house.cancel()
    await database.close()
    feeds.close()
    stuck = not await watch.stop(ANSWER_PATIENCE) or service.has_running_work
    if not stuck:
        closing = loop.run_in_executor(desk, archive.close)
        await asyncio.wait({closing}, timeout=CLOSE_PATIENCE)
        stuck = not closing.done()
    desk.shutdown(wait=False)
    log.info("stopped")
    return code, stuck


def _open(settings: Settings) -> Archive:
    """Open the archive; blocks for a second or more."""
    return Archive.open(settings.data, model=settings.model or None, retention=settings.kept)


async def _serve(make: Callable[[], Verbatim], service: QueryService, token: str, stop: asyncio.Event) -> int:
    """Serve on Discord until somebody wishes to stop or Discord rejects the bot; give the exit code."""
    if stop.is_set():
        return DONE
    presence = GatewaySupervisor(make, token)
    online = presence.start()
    await _first(online, stop)
    log.info("stopping")
    await service.stop(ANSWER_PATIENCE)
    await presence.stop()
    rejection = online.exception() if online.done() and not online.cancelled() else None
    if rejection is None:
        return DONE
    log.error("Discord rejects the bot", what_to_do=str(rejection))
    return FAILED


async def _first(work: asyncio.Future[Any], stop: asyncio.Event, patience: float = 0.0) -> None:
    """Wait until the work is done or the event is set, and then `patience` seconds more for the work."""
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not work.done() and patience:
        await asyncio.wait({work}, timeout=patience)


PRUNE_INTERVAL = 3600.0  # seconds, also before the first time


log = structlog.get_logger(__name__)


async def prune_forever(
    prune: Callable[[], PruneResult], desk: Executor, every: float = PRUNE_INTERVAL
) -> NoReturn:
    """Prune the index on `desk` now and then, for ever; what keeps it from being pruned is logged."""
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(every)
        try:
            pruned = await loop.run_in_executor(desk, prune)
        except (VerbatimError, OSError) as error:
            log.warning("the index could not be pruned", why=str(error))
            continue
        if pruned.articles:
            log.info("pruned", articles=pruned.articles, megabytes=round(pruned.bytes_freed / 1e6, 1))
