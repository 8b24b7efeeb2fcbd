"""Following the feeds, in a thread with an event loop of its own: nothing it does can hold up an answer's."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import filelock
import structlog

from index.archive import DATABASE
from index.fault_report import report_fault
from index.feeds.crawler import Crawler
from index.feeds.ingest_queue import Intake
from index.feeds.poller import FeedPoller
from index.feeds.schedule import PollSchedule
from index.feeds.subscriptions import Subscriptions
from index.fetching.settings import FetchSettings

LOCK_FILE = "feeds.lock"
RETRY_SECONDS = 15.0  # seconds until a watch that may not run, or broke, tries again
log = structlog.get_logger(__name__)


class FeedWorker:
    """Follows the feeds of a data folder from `start` to `stop`. Of several on one folder only one is at work."""

    def __init__(
        self, archive: Intake, folder: Path, fetching: FetchSettings, rhythm: PollSchedule | None = None
    ) -> None:
        self._archive = archive
        self._folder = folder
        self._fetching = fetching
        self._rhythm = rhythm or PollSchedule()
        self._thread = threading.Thread(target=self._work, name="feeds", daemon=True)
        self._wish = threading.Event()
        self._end: Callable[[], object] | None = None

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread.start()

    async def stop(self, patience: float) -> bool:
        """Give up what is under way; False when that takes longer than `patience` seconds. Nothing is lost."""
        self._wish.set()
        if end := self._end:
            end()
        if self._thread.is_alive():
            await asyncio.to_thread(self._thread.join, patience)
        return not self._thread.is_alive()

    def _work(self) -> None:
        asyncio.run(self._watch())

    async def _watch(self) -> None:
        """Follow the feeds while no other process does, and again after anything unforeseen."""
        stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        self._end = lambda: loop.call_soon_threadsafe(stopped.set)
        told = False
        while not self._wish.is_set():
            try:
                with filelock.FileLock(self._folder / LOCK_FILE, timeout=0):
                    await self._go_round(stopped)
            except filelock.Timeout:
                if not told:
                    log.info("another process follows the feeds of this folder")
                told = True
            except Exception as error:  # noqa: BLE001 - whatever it was, feeds are followed again later
                report_fault(error, "following feeds")
            if not self._wish.is_set():
                await _until(stopped, RETRY_SECONDS)
        self._end = None

    async def _go_round(self, stopped: asyncio.Event) -> None:
        with Subscriptions(self._folder / DATABASE, self._rhythm) as subscriptions:
            async with Crawler(self._fetching) as gatherer:
                rounds = FeedPoller(self._archive, subscriptions, gatherer)
                going = asyncio.create_task(rounds.run())
                stopping = asyncio.create_task(stopped.wait())
                await asyncio.wait({going, stopping}, return_when=asyncio.FIRST_COMPLETED)
                stopping.cancel()
                rounds.stop()
                await going


async def _until(event: asyncio.Event, seconds: float) -> None:
    waiting = asyncio.ensure_future(event.wait())
    await asyncio.wait({waiting}, timeout=seconds)
    waiting.cancel()
