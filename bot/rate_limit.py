"""Rate limits for each person or server, in memory only."""

import time
from collections.abc import Callable

from discord.app_commands import Cooldown

from bot.cache import TTLCache
from bot.errors import TooOften

MAX_KEYS = 10_000  # people or servers that are counted at the same time, judged; a few MB


class RateLimiter:
    """Allows `limit` uses within `per` seconds, for each key."""

    def __init__(self, limit: int, per: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._per = per
        self._clock = clock
        self._cooldowns: TTLCache[int, Cooldown] = TTLCache(MAX_KEYS, per, clock)

    def acquire(self, key: int) -> None:
        """Count a use. Raise TooOften, with the seconds to wait, and count none, when there are too many."""
        cooldown = self._cooldowns.get(key) or Cooldown(self._limit, self._per)
        wait = cooldown.update_rate_limit(self._clock())
        if wait is not None:
            raise TooOften(wait)
        self._cooldowns.put(key, cooldown)
