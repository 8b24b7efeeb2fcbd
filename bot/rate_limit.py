"""What the bot keeps in mind for a short while: bounded, forgotten by itself, never written down."""

import time
from collections.abc import Callable

from discord.app_commands import Cooldown

from bot.cache import TTLCache
from bot.errors import TooOften

MAX_KEYS = 10_000  # people or servers whose questions are counted


class RateLimiter:
    """So many times within so many seconds, for each key."""

    def __init__(self, most: int, per: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._per = per
        self._clock = clock
        self._cooldowns: TTLCache[int, Cooldown] = TTLCache(MAX_KEYS, per, clock)

    def acquire(self, key: int) -> None:
        """Count one more time, or raise TooOften, which says how long to wait."""
        cooldown = self._cooldowns.get(key) or Cooldown(self._most, self._per)
        wait = cooldown.update_rate_limit(self._clock())
        if wait is not None:
            raise TooOften(wait)
        self._cooldowns.put(key, cooldown)
