"""The server's clock: real time, which a test may push forward."""

import time


class Clock:
    """Seconds since an arbitrary start, monotonic; `advance` moves it without waiting."""

    def __init__(self):
        self._ahead = 0.0

    def now(self) -> float:
        return time.monotonic() + self._ahead

    def wall(self) -> float:
        """Unix seconds, as pushed forward."""
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        self._ahead += seconds
