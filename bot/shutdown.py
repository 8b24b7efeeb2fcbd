"""SIGINT and SIGTERM as a wish to stop, from the first moment to the last."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class ShutdownSignal:
    """Whether somebody asked the process to stop.

    asyncio's own handling of SIGINT cancels the main task, and on Python 3.11 `asyncio.wait_for` can swallow
    that in the instant of connecting; SIGTERM it leaves deadly. Here both only set an event.
    """

    def __init__(self) -> None:
        self._asked = False
        self._event: asyncio.Event | None = None

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Take over both signals while there is no event loop yet, and again when there is none any more."""
        before = {number: signal.signal(number, self._ask) for number in SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def on_this_loop(self) -> asyncio.Event:
        """Take over both signals on the running loop; the event is set when one comes, or has come."""
        loop = asyncio.get_running_loop()
        self._event = asyncio.Event()
        for number in SIGNALS:
            loop.add_signal_handler(number, self._event.set)
        if self._asked:
            self._event.set()
        return self._event

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self._asked = True
