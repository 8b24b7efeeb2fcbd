"""A bounded cache whose entries expire."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class TTLCache(Generic[K, V]):
    """At most `max_size` values, each for `ttl` seconds; the oldest is evicted first."""

    def __init__(self, max_size: int, ttl: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._max_size = max_size
        self._ttl = ttl
        self._clock = clock
        self._entries: OrderedDict[K, tuple[float, V]] = OrderedDict()

    def put(self, key: K, value: V) -> None:
        """Store a value, in place of an earlier one."""
        self._entries[key] = (self._clock() + self._ttl, value)
        self._entries.move_to_end(key)
        if len(self._entries) > self._max_size:
            self._entries.popitem(last=False)

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

    def __len__(self) -> int:
        return len(self._entries)
