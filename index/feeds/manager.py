"""What people do with feeds, in the terminal and on Discord: add, check, import, export, list, remove."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.archive import DATABASE_FILE
from index.articles import Article
from index.errors import VerbatimError
from index.feeds.crawler import Crawler
from index.feeds.subscriptions import OWNER_ID, Subscription, Subscriptions
from index.feeds.url_frontier import PageState, QueuedPage
from index.fetching.settings import FetchSettings
from index.parsing.feeds.items import Feed, FeedItem, complete_feed_url
from index.parsing.feeds.opml import Outline, write_opml
from index.parsing.worker_process import ParserProcess

CONCURRENT_CHECKS = 8  # feeds that are checked at the same time; judged


@dataclass(frozen=True, slots=True)
class FeedCheck:
    """What a check of an address found: either `feed`, or the `error` in words.

    `url` is the feed's own address, which may have been found by way of a page. `article_error` says why its
    newest page has no article, which is `article` else; `article_from_feed` is True when that is the text that the
    feed carries.
    """

    url: str
    feed: Feed | None = None
    error: VerbatimError | None = None
    article_error: VerbatimError | None = None
    article_from_feed: bool = False
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """A feed that is followed, and how many of its pages are in which state."""

    feed: Subscription
    page_counts: dict[str, int]

    @property
    def stored_articles(self) -> int:
        """Return how many of its articles are in the index."""
        return self.page_counts.get(PageState.STORED, 0)

    @property
    def waiting_pages(self) -> int:
        """Return how many of its pages are to be fetched for the first time."""
        return self.page_counts.get(PageState.WAITING, 0)


class FeedManager:
    """The feeds of one data folder. Coroutines wait for the web; the other methods block, shortly."""

    def __init__(self, folder: Path, fetch_settings: FetchSettings) -> None:
        """Open the index's database. Raise BrokenIndex when that cannot be done."""
        self._subscriptions = Subscriptions(folder / DATABASE_FILE)
        self._fetch_settings = fetch_settings

    def close(self) -> None:
        """Close the database."""
        self._subscriptions.close()

    async def preview(self, url: str, *, allow_private: bool = True) -> FeedCheck:
        """Fetch the feed at an address, or the one that the page there names."""
        async with Crawler(self._fetch_settings) as crawler:
            return await _check_feed(crawler, url, allow_private=allow_private)

    async def check(self, urls: Sequence[str], *, allow_private: bool = True) -> list[FeedCheck]:
        """Fetch feeds and the newest page of each, several at a time; return them in this order."""
        semaphore = asyncio.Semaphore(CONCURRENT_CHECKS)
        async with Crawler(self._fetch_settings) as crawler:

            async def check(url: str) -> FeedCheck:
                async with semaphore:
                    checked = await _check_feed(crawler, url, allow_private=allow_private)
                    return await _check_newest_page(crawler, checked, allow_private=allow_private)

            return await asyncio.gather(*map(check, urls))

    def add(self, checked: FeedCheck, *, added_by: str = OWNER_ID, allow_private: bool = True) -> bool:
        """Follow a feed that was checked; return True if it is new. Raise BadFeed as `Subscriptions.add`."""
        title, kind = (checked.feed.title, checked.feed.kind.value) if checked.feed else ("", "")
        return self._subscriptions.add(
            checked.url, time.time(), title=title, kind=kind, added_by=added_by, allow_private=allow_private
        )

    def import_opml(
        self, body: bytes, *, added_by: str = OWNER_ID, allow_private: bool = True, limit: int | None = None
    ) -> tuple[int, int]:
        """Follow the feeds of an OPML list, without fetching any; return how many are new and how many not.

        At most `limit` new ones are added. Raise BadFeed when `body` is no such list.
        """
        with ParserProcess() as parser:
            outlines = parser.parse_opml(body)
        new = 0
        for outline in outlines:
            if limit is None or new < limit:
                new += self._subscriptions.add(
                    outline.url,
                    time.time(),
                    title=outline.title,
                    added_by=added_by,
                    allow_private=allow_private,
                )
        return new, len(outlines) - new

    def export_opml(self) -> bytes:
        """Return all feeds as an OPML list."""
        return write_opml(Outline(feed.url, feed.title) for feed in self._subscriptions.all())

    def statuses(self) -> list[FeedStatus]:
        """Return every feed with the counts of its pages, in order of names."""
        counts = self._subscriptions.frontier.counts_by_state()
        return [FeedStatus(feed, counts.get(feed.id, {})) for feed in self._subscriptions.all()]

    def find(self, url: str) -> Subscription | None:
        """Return the feed at an address, in whatever spelling; None when it is not followed."""
        return self._subscriptions.find(url)

    def count(self, added_by: str) -> int:
        """Return the number of feeds that `added_by` added."""
        return self._subscriptions.count(added_by)

    def remove(self, url: str) -> bool:
        """Stop following a feed; return True if it was followed. Its articles stay."""
        return self._subscriptions.remove(url)

    def refusals(self, feed: Subscription, limit: int) -> list[tuple[str, str]]:
        """Return (address, reason) of the newest `limit` pages of a feed that did not become articles."""
        return self._subscriptions.frontier.refusals(feed.id, limit)

    def unreported_pauses(self) -> list[Subscription]:
        """Return the paused feeds that the owner was not told of yet."""
        return self._subscriptions.unreported_pauses()

    def mark_reported(self, feed: Subscription) -> None:
        """Record that the owner was told that a feed is paused."""
        self._subscriptions.mark_reported(feed)


async def _check_feed(crawler: Crawler, url: str, *, allow_private: bool) -> FeedCheck:
    """Fetch the feed at or behind an address."""
    try:
        found = await crawler.discover_feed(complete_feed_url(url), allow_private=allow_private)
    except VerbatimError as error:
        return FeedCheck(url, error=error)
    return FeedCheck(found.response.url, found.feed)


async def _check_newest_page(crawler: Crawler, checked: FeedCheck, *, allow_private: bool) -> FeedCheck:
    """Fetch the newest page that a feed announces; return the check with what came of it."""
    if checked.feed is None or not checked.feed.items:
        return checked
    page = _unqueued_page(checked.feed.items[0])
    try:
        fetched = await crawler.fetch_article(page, allow_private=allow_private)
    except VerbatimError as error:
        return replace(checked, article_error=error)
    if fetched is None:
        return checked
    return replace(checked, article_from_feed=fetched.from_feed, article=fetched.article)


def _unqueued_page(item: FeedItem) -> QueuedPage:
    """Return the page of an item that is in no queue."""
    return QueuedPage(
        url=item.url,
        feed_id=0,
        state=PageState.WAITING,
        title=item.title,
        author=item.author,
        published=item.published,
        feed_html=item.content_html,
        failures=0,
        rechecks=0,
        article_url=None,
        from_feed=False,
        etag=None,
        last_modified=None,
        due=0.0,
    )
