"""The server's clock: real time, which a test may push forward or stop."""

import asyncio
import time


class Clock:
    """Seconds since an arbitrary start, monotonic; `advance` moves it without waiting, `stop` ends its own going.

    Once stopped it goes only as far as it is moved, however busy the machine is.
    """

    def __init__(self):
        self._ahead = 0.0
        self._stopped: tuple[float, float] | None = None

    def now(self) -> float:
        return (self._stopped[0] if self._stopped else time.monotonic()) + self._ahead

    def wall(self) -> float:
        """Unix seconds, as pushed forward."""
        return (self._stopped[1] if self._stopped else time.time()) + self._ahead

    def advance(self, seconds: float) -> None:
        self._ahead += seconds

    def stop(self) -> None:
        self._stopped = time.monotonic(), time.time()

    async def sleep(self, seconds: float) -> None:
        """Wait so long; on a stopped clock only let others run, and move it."""
        if self._stopped:
            self.advance(seconds)
        await asyncio.sleep(0 if self._stopped else seconds)


class StandInAsyncio:
    """Stands in for the module asyncio where to sleep is to push a stopped clock forward."""

    def __init__(self, clock: Clock):
        self._clock = clock

    def __getattr__(self, name: str) -> object:
        return getattr(asyncio, name)

    async def sleep(self, delay: float, result: object = None) -> object:
        await self._clock.sleep(delay)
        return result
