"""The feed poller: fetches the feeds and pages that are due, one at a time of each host."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from urllib.parse import urlsplit

import structlog

from index.archive import Archive
from index.articles import Article
from index.errors import BadFeed, FetchError, NoParser, RefusedArticle, VerbatimError
from index.fault_report import report_fault
from index.feeds.crawler import NOT_FOUND_STATUSES, Crawler, FeedResponse
from index.feeds.ingest_queue import IngestQueue, refuse_page
from index.feeds.leases import HeldElsewhere, SoleFetcher
from index.feeds.subscriptions import PollResult, Subscription, Subscriptions
from index.feeds.url_frontier import PageState, QueuedPage

MAX_CONCURRENT_HOSTS = 24  # hosts that are asked at the same time; judged
MAX_SLEEP = 1.0  # seconds between two looks for what another process wrote into the tables; judged
GONE = 410  # HTTP: gone for good, RFC 9110, section 15.5.11
OVERLOADED_STATUSES = frozenset({429, 503})  # HTTP: Too Many Requests (RFC 6585), Service Unavailable
TRANSIENT_STATUSES = frozenset({408, 429})  # HTTP below 500 after which a page may be there another time
HOST_BACK_OFF = 60.0  # seconds that an overloaded host is left alone without a Retry-After; judged
MAX_HOST_BACK_OFF = 3600.0  # seconds of its Retry-After that are granted; judged
log = structlog.get_logger(__name__)


class FeedPoller:
    """Polls every feed and fetches every page when it is due, until stopped. For one event loop."""

    def __init__(
        self,
        archive: Archive,
        subscriptions: Subscriptions,
        crawler: Crawler,
        clock: Callable[[], float] = time.time,
        leases: SoleFetcher | None = None,
    ) -> None:
        """`clock` returns seconds since 1970; `leases` keep apart what several fetchers do, None where there is one."""
        self._subscriptions = subscriptions
        self._frontier = subscriptions.frontier
        self._crawler = crawler
        self._clock = clock
        self._leases = leases or SoleFetcher()
        self._elsewhere = HeldElsewhere()
        self._wake = asyncio.Event()
        self._ingest_queue = IngestQueue(archive, subscriptions.frontier, clock, self._wake.set)
        self._tasks: dict[str, asyncio.Task[None]] = {}  # by host
        self._backed_off: dict[str, float] = {}  # overloaded hosts, and until when they are left alone
        self._looked = 0.0  # when it was last looked for what is due
        self._polled_last: set[str] = set()  # hosts whose last request was for a feed: the next is for a page
        self._in_flight: set[str] = set()  # addresses of feeds and pages
        self._stopping = False
        self._error: BaseException | None = None

    def stop(self) -> None:
        """Start no more requests and let `run` end; requests in flight are cancelled, and stay due."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Poll and fetch until `stop` is called.

        Raise what no request should raise; what was in flight then stays due.
        """
        ingesting = asyncio.create_task(self._ingest_queue.run())
        ingesting.add_done_callback(self._note_error)
        try:
            while not self._stopping:
                self._start_due_tasks()
                await self._wait_for_work()
                if self._error:
                    raise self._error
        finally:
            tasks = [*self._tasks.values(), ingesting]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._ingest_queue.close()
            with suppress(VerbatimError):  # then they run out
                self._leases.close()

    def _start_due_tasks(self) -> None:
        """Start what is due: of a host with both, feeds and pages take turns."""
        now = self._looked = self._clock()
        self._backed_off = {host: until for host, until in self._backed_off.items() if until > now}
        self._elsewhere = self._leases.sync(self._tasks, self._own_pages(), self._rest)
        feeds = self._subscriptions.due_feeds(now)
        self._start_polls(feed for feed in feeds if _host(feed.url) not in self._polled_last)
        free = 0 if self._ingest_queue.is_full else MAX_CONCURRENT_HOSTS - len(self._tasks)
        if free:
            for page in self._frontier.due_pages(
                now, self._unavailable_hosts(), self._own_pages(), free, self._elsewhere.pages
            ):
                if self._leases.take_page(page):
                    self._polled_last.discard(_host(page.url))
                    self._in_flight.add(page.url)
                    self._start_task(_host(page.url), self._fetch_page(page))
        self._start_polls(feeds)

    def _start_polls(self, feeds: Iterable[Subscription]) -> None:
        for feed in feeds:
            is_free = (
                len(self._tasks) < MAX_CONCURRENT_HOSTS
                and _host(feed.url) not in self._unavailable_hosts()
                and feed.url not in self._elsewhere.pages
            )
            if is_free and self._leases.take_feed(feed):
                self._polled_last.add(_host(feed.url))
                self._in_flight.add(feed.url)
                self._start_task(_host(feed.url), self._poll(feed))

    def _unavailable_hosts(self) -> set[str]:
        """Return the hosts that no request may be sent to now."""
        return {*self._tasks, *self._backed_off, *self._elsewhere.hosts}

    def _rest(self, host: str) -> float:
        """Return for how many seconds no fetcher is to ask a host again."""
        backed_off = self._backed_off.get(host, 0.0) - self._clock()
        return max(0.0, backed_off, self._crawler.rest(host))

    def _own_pages(self) -> set[str]:
        """Return the addresses of what is being fetched here, and of the pages whose articles are being added."""
        return {*self._in_flight, *self._ingest_queue.waiting_urls}

    def _start_task(self, host: str, work: Coroutine[object, object, None]) -> None:
        task = self._tasks[host] = asyncio.create_task(work)
        task.add_done_callback(lambda done: self._end_task(host, done))

    def _end_task(self, host: str, task: asyncio.Task[None]) -> None:
        del self._tasks[host]
        self._note_error(task)

    def _note_error(self, task: asyncio.Task[None]) -> None:
        """Let `run` raise what a task ended with."""
        if not task.cancelled():
            self._error = self._error or task.exception()
        self._wake.set()

    async def _wait_for_work(self) -> None:
        """Wait until a task has ended, something is due or the full queue has room, at most MAX_SLEEP seconds.

        A feed that was due already and has not been started waits for its host, or for another fetcher.
        """
        due = [self._subscriptions.next_due_time(self._looked)]
        if not self._ingest_queue.is_full:  # else no page is started
            known = {*self._own_pages(), *self._elsewhere.pages}
            due.append(self._frontier.next_due_time(self._unavailable_hosts(), known))
        sleep = min((time - self._clock() for time in due if time is not None), default=MAX_SLEEP)
        if self._stopping or len(self._tasks) >= MAX_CONCURRENT_HOSTS:
            sleep = MAX_SLEEP
        with suppress(TimeoutError):
            async with asyncio.timeout(min(max(sleep, self._leases.min_sleep), MAX_SLEEP)):
                await self._wake.wait()
        self._wake.clear()

    async def _poll(self, feed: Subscription) -> None:
        """Fetch one feed, and queue the pages that it announces."""
        try:
            await self._read(feed)
        finally:
            self._in_flight.discard(feed.url)

    async def _read(self, feed: Subscription) -> None:
        try:
            response = await self._crawler.poll(feed)
        except (FetchError, BadFeed, NoParser) as error:
            self._handle_poll_error(feed, error)
            return
        except Exception as error:  # noqa: BLE001 - one odd feed must not end the polling of the others
            self._handle_poll_error(feed, BadFeed(f"fault {report_fault(error, 'reading a feed')}"))
            return
        now = self._clock()
        new = 0
        if response.feed:
            items, read_from = response.feed.items, response.response.url
            new = self._frontier.enqueue_items(feed.id, items, now, read_from)
        feed_now = self._subscriptions.record_success(feed, _poll_result(feed, response), now, new=new)
        if feed_now and feed_now.is_flooding and not feed.is_flooding:
            log.warning("feed slowed: it announces more articles a day than are taken", feed=feed.name)
        notes = "; ".join(response.feed.warnings) if response.feed else ""
        level = logging.INFO if new or feed.failures or notes else logging.DEBUG
        log.log(level, "feed read", feed=feed.name, new=new, notes=notes)

    def _handle_poll_error(self, feed: Subscription, error: VerbatimError) -> None:
        fetch_error = error if isinstance(error, FetchError) else None
        self._back_off_host(feed.url, error)
        failed = self._subscriptions.record_failure(
            feed,
            error,
            self._clock(),
            retry_after=fetch_error.retry_after if fetch_error else None,
            permanent=fetch_error is not None and fetch_error.status == GONE,
        )
        if failed and failed.paused and not feed.paused:
            log.error("feed paused: it stays broken", feed=feed.name, why=str(error))
        else:
            log.warning("feed not read", feed=feed.name, why=str(error))

    async def _fetch_page(self, page: QueuedPage) -> None:
        """Fetch one page and queue its article, unless the owner removed its feed or its article."""
        try:
            feed = self._subscriptions.get(page.feed_id)
            is_stored = page.state == PageState.STORED
            url = page.article_url or page.url
            stored = await self._ingest_queue.stored_article(url) if is_stored else None
            if feed is None or (is_stored and stored is None):
                self._frontier.finish(page, PageState.REMOVED, "it was taken out of the index", self._clock())
            else:
                await self._fetch_article(feed, page, stored)
        finally:
            self._in_flight.discard(page.url)

    async def _fetch_article(self, feed: Subscription, page: QueuedPage, stored: Article | None) -> None:
        """Fetch the article of a page and queue it for the archive, or record why there is none."""
        allow_private = self._crawler.may_reach_private(feed)
        in_house = self._subscriptions.is_in_house(feed)
        try:
            fetched = await self._crawler.fetch_article(
                page, stored, allow_private=allow_private, in_house=in_house
            )
        except FetchError as error:
            await self._handle_fetch_error(page, error)
        except NoParser as error:
            self._try_later(page, str(error))
        except RefusedArticle as refusal:
            refuse_page(self._frontier, page, str(refusal), self._clock())
        except Exception as error:  # noqa: BLE001 - one odd page must not end the fetching of the others
            reason = f"fault {report_fault(error, 'reading a page')}"
            refuse_page(self._frontier, page, reason, self._clock())
        else:
            if fetched is None:
                await self._ingest_queue.touch(page.article_url or page.url)
                self._frontier.mark_unchanged(page, self._clock())
            else:
                await self._ingest_queue.put(page, fetched)

    async def _handle_fetch_error(self, page: QueuedPage, error: FetchError) -> None:
        now = self._clock()
        self._back_off_host(page.url, error)
        if error.status in NOT_FOUND_STATUSES:
            await self._handle_not_found(page, str(error))
        elif _is_transient(error):
            self._try_later(page, str(error), error.retry_after)
        else:
            refuse_page(self._frontier, page, str(error), now)

    def _try_later(self, page: QueuedPage, reason: str, retry_after: float | None = None) -> None:
        """Schedule another try for a page, or refuse it after the last; of a stored one its next recheck is that."""
        now = self._clock()
        is_stored = page.state == PageState.STORED
        if is_stored or not self._frontier.schedule_retry(page, reason, now, retry_after):
            refuse_page(self._frontier, page, reason, now)

    def _back_off_host(self, url: str, error: VerbatimError) -> None:
        """Send no more requests for a while to a host that says it is overloaded, for whatever feed or page.

        Nor to the one that led there, where it is another. Its Retry-After (RFC 9110, section 10.2.3) counts between HOST_BACK_OFF and MAX_HOST_BACK_OFF.
        """
        if isinstance(error, FetchError) and error.status in OVERLOADED_STATUSES:
            wait = min(max(HOST_BACK_OFF, error.retry_after or 0.0), MAX_HOST_BACK_OFF)
            self._backed_off |= dict.fromkeys((_host(url), _host(error.url)), self._clock() + wait)

    async def _handle_not_found(self, page: QueuedPage, reason: str) -> None:
        """Finish a page that was not found for the second time in a row; schedule the second request else.

        For a stored article the archive counts, and removes it; but of an article that came from elsewhere too, only
        these feeds are forgotten: what is gone at one address says nothing about another.
        """
        url = page.article_url or page.url
        feeds = self._frontier.announcing_feeds(page.url)
        is_stored = page.state == PageState.STORED and not self._frontier.has_duplicate_page(page)
        is_article = is_stored and self._subscriptions.have_alone(feeds, url)
        if is_article:
            gone = await self._ingest_queue.count_not_found(url)
        else:
            gone = page.failures > 0
        if gone:
            if page.state == PageState.STORED and not is_article:
                lost = feeds - self._frontier.feeds_of_other_pages(page)
                await self._ingest_queue.forget_feeds(url, lost)
            self._frontier.finish(page, PageState.GONE, reason, self._clock())
            log.info("article gone" if is_article else "page not there", page=page.url)
        else:
            self._frontier.mark_not_found(page, reason, self._clock())


def _poll_result(feed: Subscription, polled: FeedResponse) -> PollResult:
    """Return what a poll says about its feed from now on."""
    response, parsed = polled.response, polled.feed
    url = response.url if response.moved_permanently else feed.url
    if parsed is None:
        etag, last_modified = response.etag or feed.etag, response.last_modified or feed.last_modified
        return PollResult(url, etag, last_modified, response.max_age)
    return PollResult(
        url=url,
        etag=response.etag,
        last_modified=response.last_modified,
        max_age=response.max_age,
        kind=parsed.kind.value,
        title=parsed.title,
        ttl=parsed.ttl,
        skip_hours=parsed.skip_hours,
        skip_days=parsed.skip_days,
    )


def _is_transient(error: FetchError) -> bool:
    """Return True if the page may be there another time."""
    return error.status is None or error.status >= 500 or error.status in TRANSIENT_STATUSES


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
