"""The periodic tasks that prune the index, and delete what bot.db keeps no longer."""

import asyncio
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

import structlog
from discord.ext import tasks

from bot.storage.database import Database
from index import PruneResult, VerbatimError

PRUNE_INTERVAL = 3600.0  # seconds, also before the first time; judged
log = structlog.get_logger(__name__)


def pruning_task(
    prune: Callable[[], PruneResult], executor: Executor, interval: float = PRUNE_INTERVAL
) -> tasks.Loop[Any]:
    """Return a loop, to be started, that prunes in `executor` every `interval` seconds."""

    async def prune_once() -> None:
        try:
            pruned = await asyncio.get_running_loop().run_in_executor(executor, prune)
        except (VerbatimError, OSError) as error:
            log.warning("the index could not be pruned", why=str(error))
            return
        if pruned.articles:
            log.info("pruned", articles=pruned.articles, megabytes=round(pruned.bytes_freed / 1e6, 1))

    async def wait_first() -> None:
        await asyncio.sleep(interval)

    task = tasks.loop(seconds=interval)(prune_once)
    task.before_loop(wait_first)
    return task


def expiry_task(database: Database, interval: float = PRUNE_INTERVAL) -> tasks.Loop[Any]:
    """Return a loop, to be started, that deletes at once and every `interval` seconds what has expired.

    Stores also delete as they insert; this holds what people were promised where nothing is inserted any more.
    """

    async def delete_once() -> None:
        try:
            await database.delete_expired(time.time())
        except (sqlite3.Error, VerbatimError) as error:
            log.warning("what has expired could not be deleted", why=type(error).__name__)

    return tasks.loop(seconds=interval)(delete_once)
