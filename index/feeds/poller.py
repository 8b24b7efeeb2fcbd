"""Rounds over the feeds that are due and the pages they announce, one at a time a host."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from urllib.parse import urlsplit

import structlog

from index.articles import Article
from index.errors import BadFeed, FetchError, RefusedArticle
from index.fault_report import report_fault
from index.feeds.crawler import NOT_FOUND, Crawler, FeedResponse
from index.feeds.ingest_queue import IngestQueue, Intake, refuse
from index.feeds.subscriptions import PollResult, Subscription, Subscriptions
from index.feeds.url_frontier import PageState, QueuedPage

AT_ONCE = 24  # hosts that are talked to at the same time
IDLE_SECONDS = 1.0  # seconds between two looks for what somebody else wrote into the table
MIN_WAIT_SECONDS = 0.02
GONE = 410
REST, LONGEST_REST = (
    60.0,
    3600.0,
)  # seconds a host is left alone that says it is overloaded: if it says no more, at most
OVERLOADED = frozenset({429, 503})
BUSY = frozenset({408, 429})  # HTTP answers after which another time there may be a page
log = structlog.get_logger(__name__)


class FeedPoller:
    """Looks at every feed and page when it is due, until told to stop. For one event loop."""

    def __init__(
        self,
        archive: Intake,
        subscriptions: Subscriptions,
        gatherer: Crawler,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._feeds = subscriptions
        self._pages = subscriptions.pages
        self._gatherer = gatherer
        self._clock = clock
        self._inbox = IngestQueue(archive, subscriptions.pages, clock)
        self._jobs: dict[str, asyncio.Task[None]] = {}  # by host
        self._resting: dict[str, float] = {}  # hosts that asked to be left alone, and until when
        self._polled: set[str] = set()  # hosts of which a feed had the last turn: the next is a page's
        self._under_way: set[str] = set()  # pages
        self._wake = asyncio.Event()
        self._stopping = False
        self._fault: BaseException | None = None

    def stop(self) -> None:
        """Begin nothing more and let `run` end; what is under way is given up, and done again the next time."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Go on until `stop`. Raises what nobody foresaw; what was under way then is done the next time."""
        taking_in = asyncio.create_task(self._inbox.run())
        try:
            while not self._stopping:
                self._start_due_fetches()
                await self._rest()
                if self._fault:
                    raise self._fault
        finally:
            tasks = [*self._jobs.values(), taking_in]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._inbox.close()

    def _start_due_fetches(self) -> None:
        now = self._clock()
        self._resting = {host: until for host, until in self._resting.items() if until > now}
        feeds = self._feeds.due(now)
        self._start_due_polls(feed for feed in feeds if _host(feed.url) not in self._polled)
        free = 0 if self._inbox.full else AT_ONCE - len(self._jobs)
        for page in self._pages.take(now, self._closed(), self._busy_with(), free) if free else ():
            self._polled.discard(_host(page.url))
            self._start_task(_host(page.url), self._fetch(page))
        self._start_due_polls(feeds)

    def _start_due_polls(self, feeds: Iterable[Subscription]) -> None:
        for feed in feeds:
            if len(self._jobs) < AT_ONCE and _host(feed.url) not in self._closed():
                self._polled.add(_host(feed.url))
                self._start_task(_host(feed.url), self._poll(feed))

    def _closed(self) -> set[str]:
        """Give the hosts that nothing may be asked of now."""
        return {*self._jobs, *self._resting}

    def _busy_with(self) -> set[str]:
        return {*self._under_way, *self._inbox.waiting_articles}

    def _start_task(self, host: str, work: Coroutine[object, object, None]) -> None:
        task = self._jobs[host] = asyncio.create_task(work)
        task.add_done_callback(lambda done: self._task_done(host, done))

    def _task_done(self, host: str, task: asyncio.Task[None]) -> None:
        del self._jobs[host]
        if not task.cancelled():
            self._fault = self._fault or task.exception()
        self._wake.set()

    async def _rest(self) -> None:
        """Wait until a job has ended or something is due, and at most `IDLE_SECONDS` seconds."""
        due = [self._feeds.next_due(), self._pages.next_due(self._closed(), self._busy_with())]
        soon = min((moment - self._clock() for moment in due if moment is not None), default=IDLE_SECONDS)
        if self._stopping or len(self._jobs) >= AT_ONCE:
            soon = IDLE_SECONDS
        with suppress(TimeoutError):
            async with asyncio.timeout(min(max(soon, MIN_WAIT_SECONDS), IDLE_SECONDS)):
                await self._wake.wait()
        self._wake.clear()

    async def _poll(self, feed: Subscription) -> None:
        """Look at one feed, and queue what it announces."""
        try:
            look = await self._gatherer.poll(feed)
        except (FetchError, BadFeed) as error:
            self._failed(feed, error)
            return
        except Exception as error:  # noqa: BLE001 - one odd feed must not keep the others waiting
            self._failed(feed, BadFeed(f"fault {report_fault(error, 'reading a feed')}"))
            return
        now = self._clock()
        new = self._pages.announce(feed.id, look.feed.items, now) if look.feed else 0
        self._feeds.succeeded(feed, _poll_result(feed, look), now, new=new)
        notes = "; ".join(look.feed.notes) if look.feed else ""
        worth_telling = new or feed.failures or notes
        level = logging.INFO if worth_telling else logging.DEBUG
        log.log(level, "feed read", feed=feed.name, new=new, notes=notes)

    def _failed(self, feed: Subscription, error: FetchError | BadFeed) -> None:
        status, after = (error.status, error.retry_after) if isinstance(error, FetchError) else (None, None)
        self._back_off_host(feed.url, error)
        failed = self._feeds.failed(feed, error, self._clock(), retry_after=after, for_good=status == GONE)
        if failed and failed.paused and not feed.paused:
            log.error("feed paused: it stays broken", feed=feed.name, why=str(error))
        else:
            log.warning("feed not read", feed=feed.name, why=str(error))

    async def _fetch(self, page: QueuedPage) -> None:
        """Fetch one page, and hand its article on."""
        self._under_way.add(page.url)
        try:
            feed = self._feeds.get(page.feed)
            again = page.state == PageState.STORED
            stored = await self._inbox.stored(page.article or page.url) if again else None
            if feed is None or (again and stored is None):  # by its owner, who would not want it back
                self._pages.finish(page, PageState.REMOVED, "it was taken out of the index", self._clock())
            else:
                await self._fetch_for(feed, page, stored)
        finally:
            self._under_way.discard(page.url)

    async def _fetch_for(self, feed: Subscription, page: QueuedPage, stored: Article | None) -> None:
        try:
            fetched = await self._gatherer.fetch_article(page, stored, inside=self._gatherer.session(feed))
        except FetchError as error:
            await self._not_fetched(page, error)
        except RefusedArticle as refusal:
            refuse(self._pages, page, str(refusal), self._clock())
        except Exception as error:  # noqa: BLE001 - one odd page must not keep the others waiting
            refuse(self._pages, page, f"fault {report_fault(error, 'reading a page')}", self._clock())
        else:
            if fetched is None:
                await self._inbox.touch(page.article or page.url)
                self._pages.unchanged(page, self._clock())
            else:
                await self._inbox.put(page, fetched)

    async def _not_fetched(self, page: QueuedPage, error: FetchError) -> None:
        now = self._clock()
        self._back_off_host(page.url, error)
        if error.status in NOT_FOUND:
            await self._not_found(page, str(error))
        elif page.state == PageState.STORED:
            self._pages.unchanged(page, now)  # and looked at again another time
        elif not _is_transient(error) or not self._pages.retry(page, str(error), now, error.retry_after):
            refuse(self._pages, page, str(error), now)

    def _back_off_host(self, url: str, error: FetchError | BadFeed) -> None:
        """Leave a host alone that says it is overloaded, all of it and not only one page."""
        if isinstance(error, FetchError) and error.status in OVERLOADED:
            rest = min(max(REST, error.retry_after or 0.0), LONGEST_REST)
            self._resting[_host(url)] = self._clock() + rest

    async def _not_found(self, page: QueuedPage, reason: str) -> None:
        """Believe an outlet that a page is gone when it says so twice."""
        stored = page.state == PageState.STORED and not self._pages.has_other(page)
        gone = await self._inbox.count_not_found(page.article or page.url) if stored else page.tries > 0
        if gone:
            self._pages.finish(page, PageState.GONE, reason, self._clock())
            log.info("article gone" if stored else "page not there", page=page.url)
        else:
            self._pages.count_not_found(page, reason, self._clock())


def _poll_result(feed: Subscription, look: FeedResponse) -> PollResult:
    page, found = look.response, look.feed
    url = page.url if page.moved else feed.url
    if found is None:
        return PollResult(url, page.etag or feed.etag, page.modified or feed.modified, page.max_age)
    return PollResult(
        *(url, page.etag, page.modified, page.max_age, found.kind.value, found.title, found.ttl),
        *(found.skip_hours, found.skip_days),
    )


def _is_transient(error: FetchError) -> bool:
    """Say whether another time the page may be had."""
    return error.status is None or error.status >= 500 or error.status in BUSY


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
