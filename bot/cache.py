"""A bounded cache whose entries expire."""

import asyncio
import time
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import Any, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class TTLCache(Generic[K, V]):
    """At most `max_size` values, each for `ttl` seconds; the oldest is evicted first.

    What has expired is removed though nobody asks for it, where an event loop runs: what a person wrote must not stay
    in memory for longer than they were told.
    """

    def __init__(self, max_size: int, ttl: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._max_size = max_size
        self._ttl = ttl
        self._clock = clock
        self._entries: OrderedDict[K, tuple[float, V]] = OrderedDict()
        self._cleaning: asyncio.AbstractEventLoop | None = (
            None  # the loop on which the next removal is planned
        )

    def put(self, key: K, value: V) -> None:
        """Store a value, in place of an earlier one."""
        self._entries[key] = (self._clock() + self._ttl, value)
        self._entries.move_to_end(key)
        if len(self._entries) > self._max_size:
            self._entries.popitem(last=False)
        with suppress(RuntimeError):  # where no loop runs
            self._plan_removal(asyncio.get_running_loop(), self._ttl)

    def get(self, key: K) -> V | None:
        """Return the value, None if there is none or it has expired."""
        expires, value = self._entries.get(key, (0.0, None))
        if value is not None and expires <= self._clock():
            del self._entries[key]
            return None
        return value

    def discard(self, key: K) -> None:
        """Remove a value, if there is one."""
        self._entries.pop(key, None)

    def remove_expired(self) -> None:
        """Remove what has expired; the entries stand in the order in which they do."""
        while self._entries:
            expires, _ = next(iter(self._entries.values()))
            if expires > self._clock():
                return
            self._entries.popitem(last=False)

    def _plan_removal(self, loop: asyncio.AbstractEventLoop, seconds: float) -> None:
        if self._cleaning is loop:
            return
        self._cleaning = loop
        loop.call_later(seconds, _remove_and_plan, weakref.ref(self), loop)

    def _removal_is_due(self, loop: asyncio.AbstractEventLoop) -> None:
        self._cleaning = None
        self.remove_expired()
        if self._entries:
            expires, _ = next(iter(self._entries.values()))
            self._plan_removal(loop, max(0.0, expires - self._clock()))

    def __len__(self) -> int:
        return len(self._entries)


def _remove_and_plan(cache: weakref.ref[TTLCache[Any, Any]], loop: asyncio.AbstractEventLoop) -> None:
    """Remove what has expired from a cache that is still in use: a planned call does not keep it alive."""
    if (alive := cache()) is not None:
        alive._removal_is_due(loop)  # noqa: SLF001 - a function of this module, bound to no instance
