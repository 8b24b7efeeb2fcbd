"""SIGINT and SIGTERM as an event, from before the event loop starts until after it ends."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class ShutdownSignal:
    """Whether the process was asked to stop.

    asyncio's own handling of SIGINT cancels the main task, and on Python 3.11 `asyncio.wait_for` can swallow
    that while connecting; SIGTERM would kill the process. Here both only set an event.
    """

    def __init__(self) -> None:
        self._received = False
        self._event: asyncio.Event | None = None

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Handle both signals during the block, where no event loop does."""
        before = {number: signal.signal(number, self._receive) for number in SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def on_this_loop(self) -> asyncio.Event:
        """Handle both signals on the running loop; return an event that is set once one has come."""
        loop = asyncio.get_running_loop()
        self._event = asyncio.Event()
        for number in SIGNALS:
            loop.add_signal_handler(number, self._event.set)
        if self._received:
            self._event.set()
        return self._event

    def _receive(self, number: int, frame: FrameType | None) -> None:
        self._received = True
