"""The running bot's hourly look after the index: what is not to be kept leaves, its room goes back to the disk."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from typing import NoReturn

import structlog

from index.errors import VerbatimError
from index.maintenance.pruning import Pruned

EVERY = 3600.0  # seconds, also before the first time
log = structlog.get_logger(__name__)


async def keep_house(prune: Callable[[], Pruned], desk: Executor, every: float = EVERY) -> NoReturn:
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
            log.info("pruned", articles=pruned.articles, megabytes=round(pruned.freed / 1e6, 1))
