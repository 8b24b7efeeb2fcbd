"""Signals that ask the process to stop only set an event."""

import asyncio
import os
import signal

import pytest

from bot.shutdown import SIGNALS, ShutdownSignal


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_before_the_event_loop_is_seen_on_it(number):
    shutdown = ShutdownSignal()
    before = signal.getsignal(number)

    async def is_set():
        return shutdown.on_this_loop().is_set()

    with shutdown.installed():
        os.kill(os.getpid(), number)
        assert asyncio.run(is_set())
    assert signal.getsignal(number) is before


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_on_the_event_loop_sets_the_event(number):
    async def wait():
        event = ShutdownSignal().on_this_loop()
        assert not event.is_set()
        os.kill(os.getpid(), number)
        async with asyncio.timeout(10):
            await event.wait()

    with ShutdownSignal().installed():
        asyncio.run(wait())
