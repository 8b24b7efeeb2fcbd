"""The queue between fetching and the archive: fetched articles are added in batches, off the event loop."""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import structlog

from index.archive import Archive
from index.articles import Article
from index.errors import VerbatimError
from index.fault_report import report_fault
from index.feeds.crawler import FetchedArticle
from index.feeds.url_frontier import PageState, QueuedPage, UrlFrontier
from index.ingest.origins import Announced
from index.ingest.pipeline import IngestOutcome, IngestResult
from index.urls import url_aliases

BATCH_SIZE = 16  # articles added to the archive together, so that none waits long for the others; judged
QUEUE_SIZE = 64  # articles that wait before fetching pauses; judged: four batches
Result = TypeVar("Result")
QueuedArticle = tuple[QueuedPage, FetchedArticle]
log = structlog.get_logger(__name__)


class IngestQueue:
    """Articles that were fetched and are not in the archive yet. For one event loop.

    The archive, whose methods block, is called in one thread of the queue's own.
    """

    def __init__(
        self,
        archive: Archive,
        frontier: UrlFrontier,
        clock: Callable[[], float],
        made_room: Callable[[], None] = lambda: None,
    ) -> None:
        """`clock` returns seconds since 1970. What becomes of each page is written to `frontier`.

        `made_room` is called when a batch has left the queue.
        """
        self._archive = archive
        self._frontier = frontier
        self._clock = clock
        self._made_room = made_room
        self._queue: asyncio.Queue[QueuedArticle] = asyncio.Queue(QUEUE_SIZE)
        self._waiting_urls: set[str] = set()
        self._executor = ThreadPoolExecutor(1, "ingest")
        self._closing = False

    @property
    def waiting_urls(self) -> Collection[str]:
        """Return the addresses of the pages whose articles are in the queue or being added."""
        return self._waiting_urls

    @property
    def is_full(self) -> bool:
        """Return True if `put` would wait: nothing more should be fetched."""
        return self._queue.full()

    async def put(self, page: QueuedPage, fetched: FetchedArticle) -> None:
        """Queue the article of a page; wait while the queue is full."""
        self._waiting_urls.add(page.url)
        await self._queue.put((page, fetched))

    async def count_not_found(self, url: str) -> bool:
        """Count in the archive that an article's page was not found; return True if that removed it."""
        return await self._in_executor(partial(self._archive.count_not_found, url))

    async def forget_feeds(self, url: str, feeds: Collection[int]) -> None:
        """Record in the archive that an article does not come from some feeds any more."""
        await self._in_executor(partial(self._archive.forget_feeds, url, feeds))

    async def touch(self, url: str) -> None:
        """Record in the archive that an article's page is still there, unchanged."""
        await self._in_executor(partial(self._archive.touch, url))

    async def stored_article(self, url: str) -> Article | None:
        """Return an article as the archive has it; None when it has none at `url`."""
        return await self._in_executor(partial(self._archive.article, url))

    def close(self) -> None:
        """Wait for the archive to commit what it is adding. Blocks.

        What it has not committed stays due in the frontier, and is fetched again the next time.
        """
        self._closing = True
        self._executor.shutdown(wait=True, cancel_futures=True)

    async def run(self) -> None:
        """Add queued articles to the archive, batch after batch, until cancelled."""
        while True:
            batch = [await self._queue.get()]
            while len(batch) < BATCH_SIZE and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            self._made_room()
            try:
                self._record_results(batch, await self._in_executor(partial(self._add, batch)))
            except VerbatimError as error:
                log.warning("articles not stored; they are tried again", why=str(error))
                self._retry_later(batch, str(error))
            except Exception as error:  # noqa: BLE001 - one bad article must not end the queue
                self._retry_later(batch, f"fault {report_fault(error, 'adding articles')}")
            finally:
                self._waiting_urls.difference_update(page.url for page, _ in batch)

    def _add(self, batch: list[QueuedArticle]) -> dict[str, IngestResult]:
        """Add a batch; return what became of each article, by its address. Blocks."""
        results: dict[str, IngestResult] = {}
        announced = [
            Announced(fetched.article, self._frontier.announcing_feeds(page.url)) for page, fetched in batch
        ]
        for result in self._archive.iter_add(announced, requested=False):
            results[result.url] = result
            if self._closing:
                break
        return results

    def _record_results(self, batch: list[QueuedArticle], results: dict[str, IngestResult]) -> None:
        """Write to the frontier what became of each page of a batch."""
        now = self._clock()
        for page, fetched in batch:
            url = fetched.article.url
            result = next((results[one] for one in (url, *url_aliases(url)) if one in results), None)
            if result is None:
                continue
            if result.outcome is IngestOutcome.REFUSED:
                refuse_page(self._frontier, page, result.reason or "", now)
            else:
                self._frontier.mark_stored(
                    page,
                    result.url,
                    now,
                    from_feed=fetched.from_feed,
                    etag=fetched.etag,
                    last_modified=fetched.last_modified,
                )
        counts = Counter(result.outcome.value for result in results.values())
        log.info("articles taken in", **counts)

    def _retry_later(self, batch: list[QueuedArticle], reason: str) -> None:
        """Schedule another fetch of the pages of a batch, or refuse them after the last."""
        for page, _ in batch:
            if not self._frontier.schedule_retry(page, reason, self._clock()):
                refuse_page(self._frontier, page, reason, self._clock())

    async def _in_executor(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)


def refuse_page(frontier: UrlFrontier, page: QueuedPage, reason: str, now: float) -> None:
    """Record that a page holds no article.

    A page that held one keeps it: what is stored is better than the notice that stands in its place.
    """
    if page.state == PageState.STORED:
        frontier.mark_unchanged(page, now)
        return
    frontier.finish(page, PageState.REFUSED, reason, now)
    log.info("page refused", page=page.url, why=reason)
