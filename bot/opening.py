"""Waiting at the start: for a database that comes up later than the bot, and no longer than until the bot is to stop."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import structlog

from bot.monitoring.status import BotStatus
from bot.storage.database import TableSchema
from index import BusyIndex, PostgresAddress, try_store

# Seconds between attempts to reach a database, and between words about it; judged.
TRY_EVERY, SAY_EVERY = 2.0, 60.0
GRACE = 4.0  # seconds for an attempt, once the bot is to stop; judged
log = structlog.get_logger(__name__)


async def wait_for_store(
    address: PostgresAddress, tables: Sequence[TableSchema], stop: asyncio.Event, status: BotStatus
) -> list[str] | None:
    """Wait until the database can be read, and say now and then why it cannot; return None once it can.

    When `stop` is set before, return which work still runs in a thread. Raise BrokenIndex when it cannot be used.
    """
    loop, executor = asyncio.get_running_loop(), ThreadPoolExecutor(1, "opening")
    migrations, say_at = {table.name: table.migrations for table in tables}, loop.time()
    while not stop.is_set():
        checking = loop.run_in_executor(executor, try_store, address, migrations)
        await until_done(checking, stop, grace=GRACE)
        if not checking.done():
            return ["opening the database"]
        try:
            checking.result()
        except BusyIndex as error:
            status.is_waiting = True
            if loop.time() >= say_at:
                log.warning("waiting for the database", why=str(error))
                say_at = loop.time() + SAY_EVERY
        else:
            status.is_waiting = False
            executor.shutdown(wait=False)
            return None
        with suppress(TimeoutError):
            async with asyncio.timeout(TRY_EVERY):
                await stop.wait()
    return []


async def until_done(work: asyncio.Future[Any], stop: asyncio.Event, grace: float = 0.0) -> None:
    """Wait until the work is done or the event is set, and then `grace` seconds more for the work."""
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not work.done() and grace:
        await asyncio.wait({work}, timeout=grace)
