"""From the web: what a feed announces now, and the article that a page holds."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, replace
from html import escape
from types import TracebackType
from typing import Self, TypeVar

from index.articles import Article
from index.errors import BadFeed, FetchError, RefusedArticle, VerbatimError
from index.feeds.subscriptions import Subscription
from index.feeds.url_frontier import QueuedPage
from index.fetching.client import Fetcher
from index.fetching.response import FetchResponse
from index.fetching.settings import DEFAULTS, FetchSettings
from index.fetching.ssrf_guard import check_url
from index.parsing.article_text import article_from_text
from index.parsing.feeds.items import Feed, FeedItem, FeedKind
from index.parsing.overrides import MetadataOverrides
from index.parsing.worker_process import ParserProcess

NOT_FOUND = frozenset({404, 410})
MAX_LINKED_FEEDS = 3  # feeds that a page names which are tried
MIN_FULL_TEXT = 0.8  # of a page's length: what a feed carries of this length is the article, not an excerpt
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class FeedResponse:
    """What one look at a feed found: the answer, and what it announces; None when it has not changed."""

    response: FetchResponse
    feed: Feed | None


@dataclass(frozen=True, slots=True)
class FetchedArticle:
    """An article and the validators of its page; `from_feed` says that it is the text its feed carries."""

    article: Article
    etag: str | None = None
    modified: str | None = None
    from_feed: bool = False


class Crawler:
    """An asynchronous context manager: one guarded client, one process that reads what it brings.

    Use it within one event loop; reading blocks only its own thread.
    """

    def __init__(self, settings: FetchSettings = DEFAULTS) -> None:
        self._settings = settings
        self._fetcher = Fetcher(settings)
        self._reader = ParserProcess()
        self._thread = ThreadPoolExecutor(1, "reader")
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self._stack.enter_async_context(self._fetcher)
        self._stack.callback(self._thread.shutdown, wait=False, cancel_futures=True)
        self._stack.callback(self._reader.close)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    def session(self, feed: Subscription) -> bool:
        """Say whether what a feed announces may lie in the owner's own network: when it does so itself."""
        with suppress(FetchError):
            return feed.in_private_network and check_url(feed.url, self._settings.open_hosts)
        return False

    async def poll(self, feed: Subscription) -> FeedResponse:
        """Look at a feed that is followed; raises as `fetch_feed`."""
        look = await self.fetch_feed(
            feed.url, etag=feed.etag, modified=feed.modified, inside=feed.in_private_network
        )
        if look.feed and look.feed.kind is FeedKind.PAGE:
            raise BadFeed("it is a web page now; add its feed anew", "feed-page-now")
        return look

    async def fetch_feed(
        self, url: str, *, etag: str | None = None, modified: str | None = None, inside: bool = True
    ) -> FeedResponse:
        """Read a feed if it changed since `etag` or `modified`; the sitemaps of an index count as one feed.

        Raises `FetchError` or `BadFeed`, in words. Without `inside` no host of the owner's network is reached.
        """
        page = await self._fetcher.get(url, kinds=(), etag=etag, modified=modified, inside=inside)
        if page.status == 304:
            return FeedResponse(page, None)
        feed = await self._parse(page)
        if feed.kind is FeedKind.SITEMAPS:
            feed = await self._merged(feed, inside=inside)
        return FeedResponse(page, feed)

    async def discover(self, url: str, *, inside: bool = True) -> FeedResponse:
        """Read the feed at an address, or the first readable one that the page there names; raises as `fetch_feed`."""
        look = await self.fetch_feed(url, inside=inside)
        if look.feed is None or look.feed.kind is not FeedKind.PAGE:
            return look
        failure: VerbatimError | None = None
        for lead in look.feed.linked_feeds[:MAX_LINKED_FEEDS]:
            try:
                found = await self.fetch_feed(lead, inside=inside)
            except VerbatimError as error:
                failure = failure or error
                continue
            if found.feed and found.feed.kind is not FeedKind.PAGE:
                return found
        reason = str(failure or "it is a web page too")
        text = f"it is a web page, and what it names as its feed is none: {reason}"
        raise BadFeed(text, "feed-lead")

    async def fetch_article(
        self, queued: QueuedPage, stored: Article | None = None, *, inside: bool = True
    ) -> FetchedArticle | None:
        """Fetch the article of a page, or take the text its feed carries where the page cannot be had.

        `stored` is what the page held before; what the feed carries takes its place only when it says more.
        None: the page says nothing new. Raises `FetchError` when the page is gone, or there is no such text, and
        `RefusedArticle` when it holds no article.
        """
        try:
            page = await self._fetcher.get(
                queued.url, etag=queued.etag, modified=queued.modified, inside=inside
            )
            if page.status == 304 or (queued.from_feed and not queued.html):
                return None
            article = await self._run(lambda: self._read(page))
        except (FetchError, RefusedArticle) as error:
            gone = isinstance(error, FetchError) and error.status in NOT_FOUND
            if gone or not queued.html:
                raise
            return FetchedArticle(await self._carried(queued, stored, error), from_feed=True)
        return FetchedArticle(_completed(article, queued), page.etag, page.modified)

    async def _merged(self, index: Feed, *, inside: bool) -> Feed:
        """Read the sitemaps of an index as one."""
        items: list[FeedItem] = []
        notes: list[str] = []
        title = ""
        for child in index.linked_feeds:
            try:
                page = await self._fetcher.get(child, kinds=(), inside=inside)
                feed = await self._parse(page)
            except VerbatimError as error:
                notes.append(f"{child}: {error}")
                continue
            items += feed.items
            notes += feed.notes
            title = title or feed.title
        if not items and notes:
            raise BadFeed(notes[0])
        return replace(index, title=title, items=tuple(items), notes=tuple(notes), linked_feeds=())

    async def _parse(self, page: FetchResponse) -> Feed:
        return await self._run(lambda: self._reader.feed(page.body, page.content_type, page.url))

    def _read(self, page: FetchResponse) -> Article:
        if page.kind == "text/plain":
            return article_from_text(page.text, page.url)
        return self._reader.page(page.text, page.url)

    async def _carried(self, queued: QueuedPage, stored: Article | None, error: VerbatimError) -> Article:
        """Make an article of what the feed carries; raises the error that kept the page away when that is none."""
        try:
            article = await self._run(lambda: self._reader.page(_as_page(queued), queued.url))
        except RefusedArticle:
            raise error from None
        if stored:
            if not queued.from_feed and not _is_news(article, stored):
                raise error
            article = replace(article, url=stored.url, outlet=stored.outlet)
        return _completed(article, queued)

    async def _run(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


def _is_news(carried: Article, read: Article) -> bool:
    """Say whether what a feed carries is a new text of an article that was read from its page, not a part of it."""
    new = set(carried.text.split("\n")).difference(read.text.split("\n"))
    return bool(new) and len(carried.text) >= MIN_FULL_TEXT * len(read.text)


def _completed(article: Article, queued: QueuedPage) -> Article:
    """Fill in from the announcement what the page does not say of itself."""
    if article.published is None:
        article = replace(article, published=queued.published)
    return article if article.author else MetadataOverrides(author=queued.author or None).apply_to(article)


def _as_page(queued: QueuedPage) -> str:
    """Write what a feed carries as the page it might stand on."""
    published = queued.published.isoformat() if queued.published else ""
    return (
        f"<!doctype html><html><head><title>{escape(queued.title)}</title>"
        f'<meta property="og:title" content="{escape(queued.title)}">'
        f'<meta property="article:published_time" content="{published}"></head>'
        f"<body><article><h1>{escape(queued.title)}</h1>{queued.html}</article></body></html>"
    )
