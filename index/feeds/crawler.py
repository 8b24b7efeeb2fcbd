"""The crawler: fetches feeds, by conditional requests, and the articles of the pages that they announce."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, replace
from html import escape
from types import TracebackType
from typing import Self, TypeVar

from index.articles import Article, DateSource
from index.errors import BadFeed, FetchError, RefusedArticle, VerbatimError
from index.feeds.subscriptions import Subscription
from index.feeds.url_frontier import QueuedPage
from index.fetching.client import Fetcher, HostTurns
from index.fetching.response import FetchResponse
from index.fetching.settings import DEFAULT_FETCH_SETTINGS, FetchSettings
from index.fetching.ssrf_guard import check_url
from index.parsing.article_date import SourcedDate, most_trusted, with_date
from index.parsing.article_text import article_from_text
from index.parsing.feeds.items import Feed, FeedItem, FeedKind
from index.parsing.overrides import MetadataOverrides
from index.parsing.worker_process import ParserProcess
from index.sites import is_same_site

NOT_MODIFIED = 304  # HTTP, RFC 9110, section 15.4.5
NOT_FOUND_STATUSES = frozenset({404, 410})  # HTTP: Not Found, Gone
MAX_LINKED_FEEDS = 3  # feeds named by a page that are tried; judged: sites name their best feed first
# Of the stored text's length; judged. From this length on, what a feed carries is no excerpt.
MIN_FULL_TEXT_RATIO = 0.8
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class FeedResponse:
    """A server's response to the request for a feed, and the feed; None when it has not changed."""

    response: FetchResponse
    feed: Feed | None


@dataclass(frozen=True, slots=True)
class FetchedArticle:
    """An article and the validators of its page; `from_feed` says that it is the text its feed carries."""

    article: Article
    etag: str | None = None
    last_modified: str | None = None
    from_feed: bool = False


class Crawler:
    """Fetches feeds and articles. An asynchronous context manager, for use within one event loop.

    It has one guarded HTTP client, and one process that parses what this receives; waiting for that process
    blocks only a thread of the crawler's own. `allow_private=False`, in every method, keeps requests from
    hosts of the owner's own network. `turns` are those of several fetchers, None where there is one.
    """

    def __init__(
        self, settings: FetchSettings = DEFAULT_FETCH_SETTINGS, turns: HostTurns | None = None
    ) -> None:
        self._settings = settings
        self._fetcher = Fetcher(settings, turns=turns)
        self._parser = ParserProcess()
        self._executor = ThreadPoolExecutor(1, "parser")
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self._stack.enter_async_context(self._fetcher)
        self._stack.callback(self._executor.shutdown, wait=False, cancel_futures=True)
        self._stack.callback(self._parser.close)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    def rest(self, host: str) -> float:
        """Return for how many seconds a host is still to be left alone after the last request to it."""
        return self._fetcher.rest(host)

    def may_reach_private(self, feed: Subscription) -> bool:
        """Return True if pages of a feed may lie in the owner's own network: if the feed may and does."""
        with suppress(FetchError):
            return feed.allow_private and check_url(feed.url, self._settings.open_hosts)
        return False

    async def poll(self, feed: Subscription) -> FeedResponse:
        """Fetch a feed that is followed, if it changed since the last poll. Raise FetchError or BadFeed."""
        changes_unseen = feed.kind == FeedKind.SITEMAP_INDEX  # its sitemaps change while it stays as it is
        response = await self.fetch_feed(
            feed.url,
            etag=None if changes_unseen else feed.etag,
            last_modified=None if changes_unseen else feed.last_modified,
            allow_private=feed.allow_private,
        )
        if response.feed and response.feed.kind is FeedKind.PAGE:
            raise BadFeed("it is a web page now; add its feed anew", "feed-page-now")
        return response

    async def fetch_feed(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        allow_private: bool = True,
    ) -> FeedResponse:
        """Fetch a feed if it changed since the response that had `etag` or `last_modified`.

        The request is conditional (If-None-Match, If-Modified-Since: RFC 9110, section 13). An index of
        sitemaps is returned as one feed with the items of its sitemaps, and without validators; a web page as a feed of kind PAGE.
        Raise FetchError or BadFeed, in words fit for the owner.
        """
        response = await self._fetcher.get(
            url, media_types=(), etag=etag, last_modified=last_modified, allow_private=allow_private
        )
        if response.status == NOT_MODIFIED:
            return FeedResponse(response, None)
        feed = await self._parse_feed(response)
        if feed.kind is FeedKind.SITEMAP_INDEX:
            feed = await self._merge_sitemaps(feed, allow_private=allow_private)
            response = replace(response, etag=None, last_modified=None)  # they say nothing of its sitemaps
        return FeedResponse(response, feed)

    async def discover_feed(self, url: str, *, allow_private: bool = True) -> FeedResponse:
        """Fetch the feed at an address, or the first readable one that the web page there names.

        Raise FetchError or BadFeed.
        """
        response = await self.fetch_feed(url, allow_private=allow_private)
        if response.feed is None or response.feed.kind is not FeedKind.PAGE:
            return response
        first_error: VerbatimError | None = None
        for linked_url in response.feed.linked_feeds[:MAX_LINKED_FEEDS]:
            try:
                linked = await self.fetch_feed(linked_url, allow_private=allow_private)
            except VerbatimError as error:
                first_error = first_error or error
                continue
            if linked.feed and linked.feed.kind is not FeedKind.PAGE:
                return linked
        reason = str(first_error or "it is a web page too")
        text = f"it is a web page, and what it names as its feed is none: {reason}"
        raise BadFeed(text, "feed-lead")

    async def fetch_article(
        self,
        page: QueuedPage,
        stored: Article | None = None,
        *,
        allow_private: bool = True,
        in_house: bool = True,
    ) -> FetchedArticle | None:
        """Return the article of a page, or the text that its feed carries where the page cannot be fetched.

        `stored` is the page's article in the index; the feed's text replaces it only where it has something
        new. Unless the feed is `in_house`, nothing of what it says is taken for a page that led to another site.
        Return None when the page has nothing new. Raise FetchError when the page is gone, or cannot be
        fetched and there is no such text; RefusedArticle when it holds no article.
        """
        try:
            response = await self._fetcher.get(
                page.url, etag=page.etag, last_modified=page.last_modified, allow_private=allow_private
            )
            if response.status == NOT_MODIFIED or (page.from_feed and not page.feed_html):
                return None
            article = await self._in_executor(lambda: self._parse_page(response))
        except (FetchError, RefusedArticle) as error:
            gone = isinstance(error, FetchError) and error.status in NOT_FOUND_STATUSES
            vouches = in_house or stored is None or is_same_site(page.url, stored.url)
            if gone or not page.feed_html or not vouches:
                raise
            return FetchedArticle(await self._article_from_feed(page, stored, error), from_feed=True)
        if in_house or is_same_site(page.url, article.url):
            article = _fill_in_metadata(article, page)
        return FetchedArticle(article, response.etag, response.last_modified)

    async def _merge_sitemaps(self, index: Feed, *, allow_private: bool) -> Feed:
        """Fetch the sitemaps of an index; return them as one feed. Raise BadFeed when none could be read."""
        items: list[FeedItem] = []
        warnings: list[str] = []
        failures: list[VerbatimError] = []
        title = ""
        for url in index.linked_feeds:
            try:
                response = await self._fetcher.get(url, media_types=(), allow_private=allow_private)
                sitemap = await self._parse_feed(response)
            except VerbatimError as error:
                warnings.append(f"{url}: {error}")
                failures.append(error)
                continue
            items += sitemap.items
            warnings += sitemap.warnings
            title = title or sitemap.title
        if not items and failures:
            raise BadFeed(warnings[0], failures[0].kind, **failures[0].facts)
        if not items and warnings:
            raise BadFeed(warnings[0])
        return replace(index, title=title, items=tuple(items), warnings=tuple(warnings), linked_feeds=())

    async def _parse_feed(self, response: FetchResponse) -> Feed:
        return await self._in_executor(
            lambda: self._parser.parse_feed(response.body, response.content_type, response.url)
        )

    def _parse_page(self, response: FetchResponse) -> Article:
        """Return the article of a page. Blocks."""
        if response.media_type == "text/plain":
            return article_from_text(response.text, response.url)
        return self._parser.parse_page(response.text, response.url)

    async def _article_from_feed(
        self, page: QueuedPage, stored: Article | None, error: VerbatimError
    ) -> Article:
        """Return the text that a feed carries as an article; raise `error`, of its page, where it is none."""
        try:
            article = await self._in_executor(lambda: self._parser.parse_page(_as_html(page), page.url))
        except RefusedArticle:
            raise error from None
        if stored:
            if not page.from_feed and not _is_new_text(article, stored):
                raise error
            article = replace(article, url=stored.url, outlet=stored.outlet)
        return _fill_in_metadata(article, page)

    async def _in_executor(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)


def _is_new_text(from_feed: Article, from_page: Article) -> bool:
    """Return True if what a feed carries is another text of a page's article, not an excerpt of the same."""
    new_lines = set(from_feed.text.split("\n")).difference(from_page.text.split("\n"))
    return bool(new_lines) and len(from_feed.text) >= MIN_FULL_TEXT_RATIO * len(from_page.text)


def _fill_in_metadata(article: Article, page: QueuedPage) -> Article:
    """Return the article with the more trusted of its own date and its feed's, and an author.

    The feed's author is taken where it has none itself.
    """
    article = with_date(
        article, most_trusted([SourcedDate.of(article), SourcedDate(page.published, DateSource.FEED)])
    )
    return article if article.author else MetadataOverrides(author=page.author or None).apply_to(article)


def _as_html(page: QueuedPage) -> str:
    """Return the text that a feed carries as an HTML page, for the parser of pages."""
    return (
        f"<!doctype html><html><head><title>{escape(page.title)}</title>"
        f'<meta property="og:title" content="{escape(page.title)}">'
        '<meta property="og:type" content="article"></head>'
        f"<body><article><h1>{escape(page.title)}</h1>{page.feed_html}</article></body></html>"
    )
