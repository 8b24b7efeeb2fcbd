"""No shard is started twice: two processes would both answer everything that happens on it."""

import asyncio
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import filelock

from bot.shards import Shards, number_ranges
from index import VerbatimError

FOLDER = "shards"  # in the data folder; a file is locked for every shard that a process has
_WHOLE = "all"  # the name of a claim to however many shards Discord recommends
_GUARD, _GUARD_SECONDS = "claiming", 30.0  # held while claims are compared; judged
_NAME = re.compile(r"(\d+)-of-(\d+)|all")


class AlreadyRunning(VerbatimError):  # noqa: N818 - it is the other one that runs
    """Another process of the bot has what this one was started for; the text says what to do."""


class FolderClaims:
    """The claims of one process on a data folder. They end with it, however it ends."""

    def __init__(self, data: Path, shards: Shards | None) -> None:
        self._folder = data / FOLDER
        self._names = claim_names(shards)
        self._held: list[filelock.BaseFileLock] = []

    async def take(self) -> None:
        """Claim the shards. Raise AlreadyRunning, and claim none, where another process has one of them."""
        await asyncio.to_thread(self._take)

    def keep(self, lost: Callable[[], None]) -> None:
        """Do nothing: nobody else can take what a living process has."""

    async def release(self) -> None:
        """Give up the claims."""
        self._release()

    def _take(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(self._folder / f"{_GUARD}.lock", timeout=_GUARD_SECONDS):
            if taken := sorted({*self._names, *self._claimed_before()} - set(self._lock())):
                self._release()
                raise already_running(self._names, taken)

    def _release(self) -> None:
        while self._held:
            self._held.pop().release()

    def _lock(self) -> Iterator[str]:
        """Lock and keep what is ours, lock and leave what nobody has; yield the names of both."""
        for name in {*self._names, *self._claimed_before()}:
            lock = filelock.FileLock(self._folder / f"{name}.lock", timeout=0, thread_local=False)
            try:
                lock.acquire()
            except filelock.Timeout:
                continue
            if name in self._names:
                self._held.append(lock)
            else:
                lock.release()
            yield name

    def _claimed_before(self) -> set[str]:
        """Return the names of claims, of living processes or not, that stand against ours."""
        names = {path.stem for path in self._folder.glob("*.lock") if _NAME.fullmatch(path.stem)}
        return {name for name in names if stands_against(name, self._names) and name not in self._names}


def claim_names(shards: Shards | None) -> list[str]:
    """Return the names of the claims to shards; one name for however many there are."""
    return [f"{number}-of-{shards.count}" for number in shards.ids] if shards else [_WHOLE]


def stands_against(name: str, own: list[str]) -> bool:
    """Return True for a claim that only one process may have: to the same shard, or of another number in all."""
    return name in own or _shard_count(name) != _shard_count(own[0])


def already_running(own: list[str], taken: list[str]) -> AlreadyRunning:
    """Return the error for claims that stand against ours."""
    same = [name for name in taken if name in own]
    if own == [_WHOLE] and same:
        return AlreadyRunning(
            "This bot runs already, and goes on; this second one ends. To divide its servers among several processes, "
            "give each --shards of its own, and all the same --shard-count."
        )
    if same:
        numbers = number_ranges([int(name.partition("-")[0]) for name in same])
        which = f"shard {numbers}" if len(same) == 1 else f"shards {numbers}"
        return AlreadyRunning(
            f"Another process has {which} of {_shard_count(own[0])} already, and goes on; this one ends. Give every "
            "process --shards of its own."
        )
    others = _shard_count(taken[0])
    among = f"has {others} shards in all" if others else "has all shards"
    return AlreadyRunning(
        f"Another process of this bot {among}, and goes on; this one ends. Stop it first: all processes need the same "
        "--shard-count."
    )


def _shard_count(name: str) -> int | None:
    found = _NAME.fullmatch(name)
    return int(found[2]) if found and found[2] else None
