"""The processes of one bot: which shards this one has, and what it does in turn with the others."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self

from bot.gateway.identify_turns import IdentifyTurns
from bot.gateway.request_budget import RequestBudget
from bot.services.shard_claims import FolderClaims
from bot.shards import Shards
from bot.storage.database import Database
from bot.storage.leases import LeaseStore
from bot.storage.request_counts import RequestCounts
from bot.storage.use_counts import UseCounts

POSTING = "posting"  # the lease of whoever posts what is followed
POSTING_SECONDS = (
    60.0  # after which others post in the place of a process that was killed; judged: three updates
)
RENEW_EVERY = 15.0  # seconds, while an update takes long; judged


class Peers:
    """This process among those of the bot; of `shards` and what they share there is None where no other may be."""

    def __init__(
        self,
        claims: FolderClaims,
        shards: Shards | None,
        leases: LeaseStore,
        use_counts: UseCounts | None = None,
        requests: RequestCounts | None = None,
    ) -> None:
        self.shards = shards
        self.use_counts = use_counts
        self.turns = IdentifyTurns(leases, shards) if shards else None
        self.budget = RequestBudget(requests) if requests else None
        self._claims = claims
        self._leases = leases
        self._name = secrets.token_hex(8)

    @classmethod
    async def join(cls, data: Path, shards: Shards | None, database: Database) -> Self:
        """Claim the shards of this process. Raise AlreadyRunning where another process has one of them."""
        claims = FolderClaims(data, shards)
        await asyncio.to_thread(claims.take)
        counts = (UseCounts(database), RequestCounts(database)) if shards else ()
        peers = cls(claims, shards, LeaseStore(database), *counts)
        if peers.turns:
            await peers.turns.watch()
        return peers

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
            await self._leases.release(POSTING, self._name)
        self._claims.release()

    async def _take_posting(self) -> bool:
        return await self._leases.take(POSTING, self._name, POSTING_SECONDS)

    async def _renew_posting(self) -> None:
        while True:
            await asyncio.sleep(RENEW_EVERY)
            await self._take_posting()
