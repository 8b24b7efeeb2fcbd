"""The processes of one bot: which shards this one has, and what it does in turn with the others."""

import asyncio
from pathlib import Path
from typing import Self

from bot.gateway.identify_turns import IdentifyTurns
from bot.services.shard_claims import FolderClaims
from bot.shards import Shards
from bot.storage.database import Database
from bot.storage.leases import LeaseStore


class Peers:
    """This process among those of the bot. `turns` is None where it is the only one that there may be."""

    def __init__(self, shards: Shards | None, claims: FolderClaims, turns: IdentifyTurns | None) -> None:
        self.shards = shards
        self.turns = turns
        self._claims = claims

    @classmethod
    async def join(cls, data: Path, shards: Shards | None, database: Database) -> Self:
        """Claim the shards of this process. Raise AlreadyRunning where another process has one of them."""
        claims = FolderClaims(data, shards)
        await asyncio.to_thread(claims.take)
        turns = IdentifyTurns(LeaseStore(database), shards) if shards else None
        if turns:
            await turns.watch()
        return cls(shards, claims, turns)

    @property
    def is_first(self) -> bool:
        """Return True for the process that does what is done once for the whole bot."""
        return self.shards is None or self.shards.has_first

    def leave(self) -> None:
        """Give up the shards."""
        self._claims.release()
