"""Locks that somebody keeps for long, as a migration does: found once, they are not waited for again at once."""

import threading
import time
from collections.abc import Callable

import psycopg

HELD_SECONDS = 2.0  # after which it is tried again whether they are free; judged: as long as a trial takes


class HeldLocks:
    """What is known of some locks of a database. Any thread may use it; `clock` returns seconds that only go on."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._until = clock()
        self._error: psycopg.Error | None = None

    def found(self, error: psycopg.Error) -> None:
        """Remember that a lock could not be had, and with which error."""
        with self._lock:
            self._until, self._error = self._clock() + HELD_SECONDS, error

    def error(self) -> psycopg.Error | None:
        """Return that error while it is of no use to try again; None when it may be tried."""
        with self._lock:
            return self._error if self._clock() < self._until else None
