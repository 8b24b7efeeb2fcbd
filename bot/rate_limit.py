"""What the bot keeps in mind for a short while: bounded, forgotten by itself, never written down."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from discord.app_commands import Cooldown

from bot.errors import TooOften
from index.answering.answers import Answer, Outcome

KEYS = 10_000  # people or servers whose questions are counted
PEOPLE, SECONDS = 2000, 600.0  # whose last question is kept in mind, and for how long
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class ShortMemory(Generic[K, V]):
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

    def drop(self, key: K) -> None:
        """Forget a value."""
        self._held.pop(key, None)

    def __len__(self) -> int:
        return len(self._held)


class Limiter:
    """So many times within so many seconds, for each key."""

    def __init__(self, most: int, per: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._per = per
        self._clock = clock
        self._cooldowns: ShortMemory[int, Cooldown] = ShortMemory(KEYS, per, clock)

    def take(self, key: int) -> None:
        """Count one more time, or raise TooOften, which says how long to wait."""
        cooldown = self._cooldowns.get(key) or Cooldown(self._most, self._per)
        wait = cooldown.update_rate_limit(self._clock())
        if wait is not None:
            raise TooOften(wait)
        self._cooldowns.put(key, cooldown)


class Conversation:
    """Each person's last question about the news: in memory only, for ten minutes, of the latest 2,000 people."""

    def __init__(self) -> None:
        self._last: ShortMemory[int, str] = ShortMemory(PEOPLE, SECONDS)

    def previous(self, person: int) -> str | None:
        """Give what the person asked last."""
        return self._last.get(person)

    async def forget(self, person: int) -> None:
        """Forget what the person asked."""
        self._last.drop(person)

    def remember(self, person: int, answer: Answer) -> None:
        """Keep the question just answered, completed if it leaned on the one before; small talk is not kept."""
        question = answer.question
        if answer.outcome is not Outcome.REPLY:
            self._last.put(person, question.topic if question.completed_from else question.text)
