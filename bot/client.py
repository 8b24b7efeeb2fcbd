"""The bot on Discord, from its start to an orderly end."""

import asyncio
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import discord
import structlog
from discord.ext import commands

from bot import logs
from bot.circles import circle_name
from bot.config import Settings, require_token
from bot.context import TABLES, BotContext, ContextBot
from bot.exts import extension_names
from bot.gateway.command_sync import sync_if_changed
from bot.gateway.command_translator import CommandTranslator
from bot.gateway.connection import GatewaySupervisor
from bot.gateway.interactions import CommandTree, Interaction
from bot.gateway.repeated_requests import repeat_requests
from bot.metrics import Metrics
from bot.monitoring.http_server import serve_operators
from bot.monitoring.status import BotStatus
from bot.opening import until_done, wait_for_store
from bot.services.backup_task import BackupTask
from bot.services.conversation import Conversation
from bot.services.peers import Peers
from bot.services.pruning_task import expiry_task, pruning_task
from bot.services.query_service import QueryService
from bot.shards import number_ranges
from bot.shutdown import ShutdownSignal
from bot.storage.database import Database
from bot.storage.guild_settings import GuildSettingsStore
from index import Archive, FeedManager, FeedWorker, VerbatimError, report_fault

EXIT_OK, EXIT_FAULT, EXIT_REJECTED = 0, 1, 2  # exit codes
ANSWER_TIMEOUT = 4.0  # seconds for questions being answered, once the bot is to stop; judged
CLOSE_TIMEOUT = 8.0  # seconds for closing the archive; judged
log = structlog.get_logger(__name__)


class Verbatim(ContextBot):
    """The Discord client: without privileged intents, pings, or a cache of messages and members."""

    def __init__(self, context: BotContext, data: Path, peers: Peers | None = None) -> None:
        """Keep the fingerprint of the registered commands in the folder `data`.

        Connect the shards that this process has among its peers, each in its turn; without them, as many as Discord
        recommends.
        """
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
            **_shard_options(peers),
        )
        tree = cast("CommandTree", self.tree)
        tree.in_flight, tree.is_waiting = context.service.in_flight, context.service.is_waiting
        self.context = context
        self._data = data
        self._turns = peers.turns if peers else None
        self._registers = peers is None or peers.is_first

    async def setup_hook(self) -> None:
        """Load the extensions, and register the commands with Discord if they changed and this is the first shard."""
        repeat_requests(self)
        await self.load_commands()
        if self._registers:
            await sync_if_changed(self.tree, self._data)
        if self._turns:
            await self._turns.prepare(self)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait until the shard may identify."""
        if self._turns and shard_id is not None:
            await self._turns.wait(self, shard_id)
        else:
            await super().before_identify_hook(shard_id, initial=initial)

    async def load_commands(self) -> None:
        """Load the extensions with their commands, in every language."""
        for name in extension_names():
            await self.load_extension(name)
        await self.tree.set_translator(CommandTranslator())

    async def on_message(self, message: discord.Message, /) -> None:
        """Do nothing here: `PlainMessages` listens, and there are no commands with a prefix."""

    async def on_interaction(self, interaction: Interaction, /) -> None:
        """Route what was done with buttons, menus and forms; the command tree handles the commands."""
        await self.context.router.dispatch(interaction)

    async def on_ready(self) -> None:
        """Log that the bot is ready; again after a lost session."""
        of = {"own_shards": number_ranges(self.shard_ids)} if self.shard_ids else {}
        log.info("ready", servers=len(self.guilds), shards=self.shard_count, **of)

    async def on_shard_disconnect(self, shard: int) -> None:
        """Count a connection that ended, whether or not it comes back."""
        self.context.service.metrics.count_disconnect()

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """Log an error in a listener without the words that caused it."""
        error = sys.exc_info()[1]
        if error is not None:
            report_fault(error, event_method)


def _shard_options(peers: Peers | None) -> dict[str, Any]:
    """Return discord.py's options for one of several processes; none where Discord says how many shards there are."""
    if peers is None or peers.shards is None:
        return {}
    return {
        "shard_ids": list(peers.shards.ids),
        "shard_count": peers.shards.count,
        "http_trace": peers.budget.trace() if peers.budget else None,
        "shard_connect_timeout": None,  # a shard's turn to identify may be long in coming
    }


def run(settings: Settings, shutdown: ShutdownSignal | None = None) -> int:
    """Run the bot until SIGINT or SIGTERM, and return the exit code: 0, 2 when Discord rejects the bot, 1 for a fault.

    `shutdown` is a signal that was installed before, if any. Questions being answered have some seconds to end.
    Work of the archive that does not finish by then is abandoned: what it has committed is safe.
    Raise BadSettings for a malformed token or an address that cannot be listened on, and BrokenIndex.
    """
    token = require_token(settings)
    metrics = Metrics()
    logs.configure_logging(settings.log_level, settings.log_format, metrics.count_log_line)
    shutdown = shutdown or ShutdownSignal()
    with shutdown.installed():
        try:
            code, unfinished = asyncio.run(_run(settings, token, shutdown, metrics))
        except (VerbatimError, OSError):
            raise
        except Exception as error:  # noqa: BLE001 - a traceback would show the error's words, which may be a secret
            report_fault(error, "running")
            return EXIT_FAULT
        if unfinished:  # the interpreter would wait for the threads of that work
            log.warning("leaving unfinished work behind", work=unfinished)
            sys.stderr.flush()
            os._exit(code)
        return code


async def _run(
    settings: Settings, token: str, shutdown: ShutdownSignal, metrics: Metrics
) -> tuple[int, list[str]]:
    """Run the bot, and beside it what operators see; return the exit code, and which work still runs in a thread."""
    stop = shutdown.on_this_loop()
    status = BotStatus()
    async with serve_operators(settings.http_address, status, metrics):
        if settings.postgres:
            unfinished = await wait_for_store(settings.postgres, TABLES, stop, status)
            if unfinished is not None:
                return EXIT_OK, unfinished
        return await _run_bot(settings, token, stop, status, metrics)


async def _run_bot(
    settings: Settings, token: str, stop: asyncio.Event, status: BotStatus, metrics: Metrics
) -> tuple[int, list[str]]:
    """Open the archive, serve, close; return the exit code, and which work still runs in a thread."""
    executor = ThreadPoolExecutor(1, "archive")
    log.info("opening the archive", folder=str(settings.data))
    opening = asyncio.get_running_loop().run_in_executor(executor, _open, settings)
    await until_done(opening, stop, grace=ANSWER_TIMEOUT)
    if not opening.done():
        return EXIT_OK, ["opening the archive"]
    archive = opening.result()
    database = await Database.open(settings.data, TABLES, settings.postgres)
    peers = Peers(settings.data, settings.own_shards, database, is_shared=settings.postgres is not None)
    await peers.join(stop.set)
    guild_settings = GuildSettingsStore(database)
    await guild_settings.load()
    policy, counts = guild_settings.allowed_outlets, peers.use_counts
    service = QueryService(archive, outlet_policy=policy, metrics=metrics, counts=counts)
    conversation = Conversation()
    feeds = FeedManager(settings.data, settings.fetching, settings.lifts, settings.postgres)
    pruning, expiry = pruning_task(archive.prune, executor), expiry_task(database)
    backups = BackupTask(settings.data, settings.backup_schedule if peers.is_first else None)
    pruning.start()
    expiry.start()
    backups.start()
    worker = FeedWorker(archive, settings.data, settings.fetching)
    worker.start()
    status.archive, status.service, status.feeds, status.worker = archive, service, feeds, worker

    def make_client() -> Verbatim:
        context = BotContext.create(service, conversation, database, guild_settings, feeds, peers)
        return Verbatim(context, settings.data, peers)

    supervisor = status.gateway = GatewaySupervisor(make_client, token)
    served = await _serve(supervisor, service, stop)
    code = EXIT_REJECTED if peers.is_displaced else served
    pruning.cancel()
    expiry.cancel()
    await peers.leave()
    await database.close()
    feeds.close()
    unfinished = service.running_work()
    if not await backups.stop(ANSWER_TIMEOUT):
        unfinished.append("backing up")
    if not await worker.stop(ANSWER_TIMEOUT):
        unfinished.append("following feeds")
    unfinished += await _close(archive, executor, idle=not unfinished)
    log.info("stopped")
    return code, unfinished


async def _close(archive: Archive, executor: ThreadPoolExecutor, *, idle: bool) -> list[str]:
    """Close the archive if it is `idle`, and its thread; return what still runs there after CLOSE_TIMEOUT."""
    unfinished = []
    if idle:
        closing = asyncio.get_running_loop().run_in_executor(executor, archive.close)
        await asyncio.wait({closing}, timeout=CLOSE_TIMEOUT)
        unfinished = [] if closing.done() else ["closing the archive"]
    executor.shutdown(wait=False)
    return unfinished


def _open(settings: Settings) -> Archive:
    """Open the archive, and log what became of an earlier version's articles; blocks for a second or more."""
    archive = Archive.open(
        settings.data,
        model=settings.model or None,
        retention=settings.retention,
        reader=settings.reader or None,
        outlet_names=settings.outlet_names,
        store=settings.postgres,
        wait=False,
    )
    for key, number in archive.take_upgrade_counts().items():
        log.info("articles of an earlier version", answer_for=circle_name(key), number=number)
    return archive


async def _serve(supervisor: GatewaySupervisor, service: QueryService, stop: asyncio.Event) -> int:
    """Serve on Discord until `stop` is set or Discord rejects the bot; return the exit code."""
    if stop.is_set():
        return EXIT_OK
    serving = supervisor.start()
    await until_done(serving, stop)
    log.info("stopping")
    await service.stop(ANSWER_TIMEOUT)
    await supervisor.stop()
    rejection = serving.exception() if serving.done() and not serving.cancelled() else None
    if rejection is None:
        return EXIT_OK
    log.error("Discord rejects the bot", what_to_do=str(rejection))
    return EXIT_REJECTED
