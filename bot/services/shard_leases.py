"""No shard is started twice, on however many machines: claims by leases in the store that the processes share."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from bot.services.shard_claims import AlreadyRunning, already_running, claim_names, stands_against
from bot.shards import Shards
from bot.storage.leases import LeaseStore
from index import OutdatedVersion, VerbatimError

LEASE_SECONDS = 12.0  # after which the shards of a killed process may be claimed; judged: four renewals
RENEW_EVERY, LOOK_AGAIN = 3.0, 0.5  # seconds; judged
_PREFIX = "shard "
log = structlog.get_logger(__name__)


class StoreClaims:
    """The claims of the process `holder` on a store. They end LEASE_SECONDS after it, unless they are given up."""

    def __init__(
        self,
        leases: LeaseStore,
        holder: str,
        shards: Shards | None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._leases = leases
        self._holder = holder
        self._names = claim_names(shards)
        self._sleep = sleep
        self._renewing: asyncio.Task[None] | None = None
        self._is_taken = False

    async def take(self) -> None:
        """Claim the shards, once processes that had them and were killed are known to be gone.

        Raise AlreadyRunning, and claim none, as soon as one that stands against us renews its claim; StoreAway while
        nobody can claim anything.
        """
        first_seen: dict[str, tuple[str, int]] = {}
        while True:
            rows = await self._leases.watch(_PREFIX)
            others = {
                name.removeprefix(_PREFIX): row
                for name, row in rows.items()
                if row[0] != self._holder and stands_against(name.removeprefix(_PREFIX), self._names)
            }
            alive = sorted(name for name, row in others.items() if first_seen.setdefault(name, row) != row)
            if alive:
                await self._give_back()
                raise already_running(self._names, alive)
            if await self._take_all(sorted({*others} - {*self._names})):
                self._is_taken = True
                return
            await self._sleep(LOOK_AGAIN)

    async def _take_all(self, of_others: list[str]) -> bool:
        """Take one claim after the other, and clear away those of other processes that are gone; False if one is not."""
        for name in [*of_others, *self._names]:
            if not await self._leases.take(_PREFIX + name, self._holder, LEASE_SECONDS):
                return False
            if name in of_others:
                await self._leases.release(_PREFIX + name, self._holder)
        return True

    def keep(self, lost: Callable[[], None]) -> None:
        """Renew the claims from now on; call `lost`, once, when another process has taken one meanwhile or may do so.

        While the store is out of reach nobody else can take them either. What could not be claimed at the start is
        claimed as soon as that is possible.
        """
        self._renewing = asyncio.create_task(self._keep(lost))

    async def _keep(self, lost: Callable[[], None]) -> None:
        while True:
            await self._sleep(RENEW_EVERY)
            try:
                await self._renew()
            except AlreadyRunning as error:
                log.error("another process has a shard of this one", why=str(error))  # noqa: TRY400 - the words say it all
                lost()
                return
            except OutdatedVersion as error:  # others can renew theirs, and see that ours is not
                log.error("the shards of this process cannot be kept", what_to_do=str(error))  # noqa: TRY400
                lost()
                return
            except (sqlite3.Error, VerbatimError):  # out of reach
                continue

    async def _renew(self) -> None:
        if not self._is_taken:
            await self.take()
            return
        for name in self._names:
            if not await self._leases.take(_PREFIX + name, self._holder, LEASE_SECONDS):
                raise already_running(self._names, [name])

    async def release(self) -> None:
        """Give up the claims that we have."""
        if self._renewing:
            self._renewing.cancel()
        await self._give_back()

    async def _give_back(self) -> None:
        with suppress(sqlite3.Error, VerbatimError):
            for name in self._names:
                await self._leases.release(_PREFIX + name, self._holder)
