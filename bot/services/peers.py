"""The processes of one bot: which shards this one has, and what it does in turn with the others."""

import asyncio
import secrets
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import structlog

from bot.gateway.identify_turns import IdentifyTurns
from bot.gateway.request_budget import RequestBudget
from bot.services.shard_claims import FolderClaims
from bot.services.shard_leases import StoreClaims
from bot.shards import Shards
from bot.storage.database import Database
from bot.storage.leases import LeaseStore
from bot.storage.request_counts import RequestCounts
from bot.storage.use_counts import UseCounts
from index import StoreAway, VerbatimError

POSTING = "posting"  # the lease of whoever posts what is followed
# Seconds after which others post in the place of a process that was killed; judged: three updates.
POSTING_SECONDS = 60.0
RENEW_EVERY = 15.0  # seconds, while an update takes long; judged
log = structlog.get_logger(__name__)


class Peers:
    """This process among those of the bot; of `shards` and what they share there is None where no other may be."""

    def __init__(
        self,
        data: Path,
        shards: Shards | None,
        database: Database,
        *,
        is_shared: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`is_shared` says that the database is one of several machines; else all processes are on one data folder."""
        self.shards = shards
        self.is_displaced = False
        self._name = secrets.token_hex(8)
        self._leases = LeaseStore(database, clock)
        self._claims = (
            StoreClaims(self._leases, self._name, shards) if is_shared else FolderClaims(data, shards)
        )
        self.turns = IdentifyTurns(self._leases, shards) if shards else None
        self.use_counts = UseCounts(database) if shards else None
        self.budget = _budget(database, shards) if shards else None

    async def join(self, displaced: Callable[[], None]) -> None:
        """Claim the shards of this process; call `displaced` should another one take them from it later.

        Raise AlreadyRunning where another process has one of them.
        """

        def lost() -> None:
            self.is_displaced = True
            displaced()

        try:
            await self._claims.take()
            if self.turns:
                await self.turns.watch()
        except StoreAway:
            log.warning("the shards of this process are claimed when the database can be written to")
        self._claims.keep(lost)

    @property
    def is_first(self) -> bool:
        """Return True for the process that does what is done once for the whole bot."""
        return self.shards is None or self.shards.has_first

    @asynccontextmanager
    async def posting(self) -> AsyncIterator[bool]:
        """Yield whether this process may post what is followed; while the block runs, no other may."""
        if self.shards is None:
            yield True
        elif not await self._take_posting():
            yield False
        else:
            renewing = asyncio.create_task(self._renew_posting())
            try:
                yield True
            finally:
                renewing.cancel()

    async def leave(self) -> None:
        """Give up the shards, and what is done in turn. Call it before the database is closed."""
        if self.shards:
            with suppress(sqlite3.Error, VerbatimError):  # out of reach: it runs out
                await self._leases.release(POSTING, self._name)
        await self._claims.release()

    async def _take_posting(self) -> bool:
        return await self._leases.take(POSTING, self._name, POSTING_SECONDS)

    async def _renew_posting(self) -> None:
        while True:
            await asyncio.sleep(RENEW_EVERY)
            await self._take_posting()


def _budget(database: Database, shards: Shards) -> RequestBudget:
    return RequestBudget(RequestCounts(database, share=len(shards.ids) / shards.count))
