"""Articles that were fetched, on their way into the archive: in batches, off the event loop."""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

import structlog

from index.articles import Article
from index.errors import VerbatimError
from index.fault_report import report_fault
from index.feeds.crawler import FetchedArticle
from index.feeds.url_frontier import PageState, QueuedPage, UrlFrontier
from index.ingest.pipeline import IngestOutcome, IngestResult
from index.urls import url_aliases

BATCH = 16  # articles put into the archive together, so that none waits long for the others
MAX_WAITING = 64  # articles that wait
Answer = TypeVar("Answer")
Waiting = tuple[QueuedPage, FetchedArticle]
log = structlog.get_logger(__name__)


class Intake(Protocol):
    """The part of `index.archive.Archive` that takes articles in. Every method blocks."""

    def add(self, articles: Iterable[Article], *, asked: bool = True) -> Iterator[IngestResult]:
        """Take in articles, `asked` for by a person or not; yield what became of each."""

    def touch(self, url: str) -> None:
        """Take down that an article's page is there still."""

    def count_not_found(self, url: str) -> bool:
        """Take down that an article's page is not found; say whether the article is gone for that."""

    def article(self, url: str) -> Article | None:
        """Return an article as it is stored."""


class IngestQueue:
    """What was fetched and is not yet in the archive. For one event loop; the archive works in a thread of its own."""

    def __init__(self, archive: Intake, pages: UrlFrontier, clock: Callable[[], float]) -> None:
        self._archive = archive
        self._pages = pages
        self._clock = clock
        self._queue: asyncio.Queue[Waiting] = asyncio.Queue(MAX_WAITING)
        self._held: set[str] = set()
        self._desk = ThreadPoolExecutor(1, "inbox")
        self._closing = False

    @property
    def waiting_articles(self) -> Collection[str]:
        """Give the addresses of the pages in here."""
        return self._held

    @property
    def full(self) -> bool:
        """Say whether nothing more should be fetched before some of it is in the archive."""
        return self._queue.full()

    async def put(self, page: QueuedPage, fetched: FetchedArticle) -> None:
        """Hand in what a page held."""
        self._held.add(page.url)
        await self._queue.put((page, fetched))

    async def count_not_found(self, address: str) -> bool:
        """Tell the archive that an article's page is not found; say whether the article is gone for that."""
        return await self._in_executor(lambda: self._archive.count_not_found(address))

    async def touch(self, address: str) -> None:
        """Tell the archive that an article's page is there still, unchanged."""
        await self._in_executor(lambda: self._archive.touch(address))

    async def stored(self, address: str) -> Article | None:
        """Give an article as the archive has it."""
        return await self._in_executor(lambda: self._archive.article(address))

    def close(self) -> None:
        """Wait until the archive lets go; what it has not committed is fetched again the next time. Blocks."""
        self._closing = True
        self._desk.shutdown(wait=True, cancel_futures=True)

    async def run(self) -> None:
        """Put what comes in into the archive, a batch after the other, until cancelled."""
        while True:
            batch = [await self._queue.get()]
            while len(batch) < BATCH and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            try:
                became = await self._in_executor(lambda batch=batch: self._add(batch))  # type: ignore[misc]
                self._note(batch, became)
            except VerbatimError as error:
                log.warning("articles not stored; they are tried again", why=str(error))
                self._put_off(batch, str(error))
            except Exception as error:  # noqa: BLE001 - one bad article must not end it
                self._put_off(batch, f"fault {report_fault(error, 'taking articles in')}")
            finally:
                self._held.difference_update(page.url for page, _ in batch)

    def _add(self, batch: list[Waiting]) -> dict[str, IngestResult]:
        """Add a batch; give what became of each article by its address. Blocks."""
        became: dict[str, IngestResult] = {}
        for added in self._archive.add([fetched.article for _, fetched in batch], asked=False):
            became[added.url] = added
            if self._closing:
                break
        return became

    def _note(self, batch: list[Waiting], became: dict[str, IngestResult]) -> None:
        now = self._clock()
        for page, fetched in batch:
            address = fetched.article.url
            added = next((became[one] for one in (address, *url_aliases(address)) if one in became), None)
            if added is None:
                continue
            if added.outcome is IngestOutcome.REFUSED:
                refuse(self._pages, page, added.reason or "", now)
            else:
                valid = {"etag": fetched.etag, "modified": fetched.modified}
                self._pages.stored(page, added.url, now, carried=fetched.from_feed, **valid)
        counts = Counter(added.outcome.value for added in became.values())
        log.info("articles taken in", **counts)

    def _put_off(self, batch: list[Waiting], reason: str) -> None:
        for page, _ in batch:
            if not self._pages.retry(page, reason, self._clock()):
                refuse(self._pages, page, reason, self._clock())

    async def _in_executor(self, work: Callable[[], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._desk, work)


def refuse(pages: UrlFrontier, page: QueuedPage, reason: str, now: float) -> None:
    """Take down that a page is no article; of one that was, what is stored is better than a notice in its place."""
    if page.state == PageState.STORED:
        pages.unchanged(page, now)
        return
    pages.finish(page, PageState.REFUSED, reason, now)
    log.info("page refused", page=page.url, why=reason)
