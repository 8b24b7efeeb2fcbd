"""The feed worker: runs the poller in a thread with an event loop of its own, apart from the answers'."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path

import filelock
import structlog

from index.archive import Archive
from index.errors import VerbatimError
from index.fault_report import report_fault
from index.feeds.crawler import Crawler
from index.feeds.leases import FetchLeases, SoleFetcher, fetcher_name
from index.feeds.poller import FeedPoller
from index.feeds.schedule import PollSchedule
from index.feeds.subscriptions import Subscriptions
from index.fetching.settings import FetchSettings

LOCK_FILE = "feeds.lock"  # in the data folder; whoever holds it polls
RETRY_DELAY = 15.0  # seconds until a worker without the lock, or after an error, tries again; judged
log = structlog.get_logger(__name__)


class FeedWorkerState(StrEnum):
    """What a feed worker is doing."""

    STARTING = "starting"
    FOLLOWING = "following"
    ELSEWHERE = "elsewhere"  # another process follows the feeds of the folder
    FAILED = "failed"  # after an error; it starts again by itself
    STOPPED = "stopped"


class FeedWorker:
    """Follows the feeds of an index from `start` to `stop`.

    Of several on one data folder only one polls; of several on a server each does a part.
    """

    def __init__(
        self,
        archive: Archive,
        folder: Path,
        fetch_settings: FetchSettings,
        schedule: PollSchedule | None = None,
    ) -> None:
        self._archive = archive
        self._folder = folder
        self._shares = not isinstance(archive.place, Path)
        self._fetch_settings = fetch_settings
        self._schedule = schedule or PollSchedule()
        self._name = fetcher_name()
        self._thread = threading.Thread(target=self._run_event_loop, name="feeds", daemon=True)
        self._stop_requested = threading.Event()
        self._state = FeedWorkerState.STARTING
        self._wake_loop: Callable[[], object] | None = None  # sets `stopped` in the thread's event loop

    @property
    def state(self) -> FeedWorkerState:
        """Return what it is doing now."""
        was_started = self._thread.ident is not None
        return FeedWorkerState.STOPPED if was_started and not self._thread.is_alive() else self._state

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    async def stop(self, timeout: float) -> bool:  # noqa: ASYNC109 - of a thread
        """Cancel what is in flight and end the thread; return False if it runs still after `timeout` seconds.

        Nothing is lost: what was in flight stays due.
        """
        self._stop_requested.set()
        if wake_loop := self._wake_loop:
            wake_loop()
        if self._thread.is_alive():
            await asyncio.to_thread(self._thread.join, timeout)
        return not self._thread.is_alive()

    def _run_event_loop(self) -> None:
        asyncio.run(self._follow_feeds())

    async def _follow_feeds(self) -> None:
        """Poll while no other process holds the lock; start again after any error, until stopped."""
        stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        self._wake_loop = lambda: loop.call_soon_threadsafe(stopped.set)
        logged = False
        while not self._stop_requested.is_set():
            try:
                with self._alone():
                    await self._poll_until(stopped)
            except filelock.Timeout:
                self._state = FeedWorkerState.ELSEWHERE
                if not logged:
                    log.info("another process follows the feeds of this folder")
                logged = True
            except VerbatimError as error:  # the database is away, or other fetchers took over
                self._state = FeedWorkerState.FAILED
                log.warning("feeds cannot be followed now", why=str(error))
            except Exception as error:  # noqa: BLE001 - whatever it was, feeds are followed again later
                self._state = FeedWorkerState.FAILED
                report_fault(error, "following feeds")
            if not self._stop_requested.is_set():
                await _wait_for(stopped, RETRY_DELAY)
        self._wake_loop = None

    def _alone(self) -> AbstractContextManager[object]:
        """Hold the folder's lock; on a server, where leases keep fetchers apart, nothing. Raise filelock.Timeout."""
        if self._shares:
            return nullcontext()
        return filelock.FileLock(self._folder / LOCK_FILE, timeout=0)

    async def _poll_until(self, stopped: asyncio.Event) -> None:
        """Run the poller until `stopped` is set or it raises. Nothing is fetched that could not be added."""
        self._archive.check_encoder()
        with Subscriptions(self._archive.place, self._schedule) as subscriptions:
            leases = FetchLeases(subscriptions.store, self._name) if self._shares else SoleFetcher()
            leases.close()  # what an attempt before could not give back
            async with Crawler(self._fetch_settings, leases) as crawler:
                poller = FeedPoller(self._archive, subscriptions, crawler, leases=leases)
                polling = asyncio.create_task(poller.run())
                stopping = asyncio.create_task(stopped.wait())
                self._state = FeedWorkerState.FOLLOWING
                log.info("following the feeds")
                await asyncio.wait({polling, stopping}, return_when=asyncio.FIRST_COMPLETED)
                stopping.cancel()
                poller.stop()
                await polling


async def _wait_for(event: asyncio.Event, seconds: float) -> None:
    """Wait until the event is set, but at most so many seconds."""
    waiting = asyncio.ensure_future(event.wait())
    await asyncio.wait({waiting}, timeout=seconds)
    waiting.cancel()
