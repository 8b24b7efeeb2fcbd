"""A bounded cache whose entries expire."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


V = TypeVar("V")


class TTLCache(Generic[K, V]):
    """At most `most` values, the oldest going first, each for `seconds` after it was put there."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._held: OrderedDict[K, tuple[float, V]] = OrderedDict()

    def put(self, key: K, value: V) -> None:
        """Keep a value in mind, in place of an earlier one."""
        self._held[key] = (self._clock() + self._seconds, value)
        self._held.move_to_end(key)
        if len(self._held) > self._most:
            self._held.popitem(last=False)

    def get(self, key: K) -> V | None:
        """Give the value if it is still in mind."""
        until, value = self._held.get(key, (0.0, None))
        if value is not None and until <= self._clock():
            del self._held[key]
            return None
        return value

    def discard(self, key: K) -> None:
        """Forget a value."""
        self._held.pop(key, None)

    def __len__(self) -> int:
        return len(self._held)
