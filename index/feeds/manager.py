"""What people do with feeds, in the terminal and on Discord: add, check, import, export, list, remove."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.articles import Article
from index.circles import HOUSE
from index.errors import VerbatimError
from index.feeds.crawler import Crawler
from index.feeds.subscriptions import Subscription, Subscriptions
from index.feeds.url_frontier import PageState, QueuedPage
from index.fetching.settings import FetchSettings
from index.parsing.feeds.items import Feed, FeedItem, complete_feed_url
from index.parsing.feeds.opml import Outline, write_opml
from index.parsing.worker_process import ParserProcess
from index.storage.places import NEWS_FILE
from index.storage.postgres.address import PostgresAddress

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
    """A feed that is followed, how many of its pages are in which state, and whose it is.

    `circles` are the keys of the circles that have it, the house first.
    """

    feed: Subscription
    page_counts: dict[str, int]
    circles: tuple[str, ...] = (HOUSE,)

    @property
    def in_house(self) -> bool:
        """Return True if everybody is answered from it."""
        return HOUSE in self.circles

    @property
    def stored_articles(self) -> int:
        """Return how many of its articles are in the index."""
        return self.page_counts.get(PageState.STORED, 0)

    @property
    def waiting_pages(self) -> int:
        """Return how many of its pages are to be fetched for the first time."""
        return self.page_counts.get(PageState.WAITING, 0)


class FeedManager:
    """The feeds of one data folder. Coroutines wait for the web; the other methods block, shortly.

    A `circle` is the key of those who are answered from a feed: `HOUSE` for everybody.
    """

    def __init__(
        self,
        folder: Path,
        fetch_settings: FetchSettings,
        lifts: Callable[[str], bool] = lambda key: False,
        store: PostgresAddress | None = None,
    ) -> None:
        """Open the index's database, which is in `folder` or `store`; feeds of circles that `lifts` is true of go to the house, those it has at once.

        Raise BrokenIndex when the database cannot be opened.
        """
        self._subscriptions = Subscriptions(store or folder / NEWS_FILE)
        self._fetch_settings = fetch_settings
        self._lifts = lifts
        for status in self.statuses():
            if not status.in_house and any(map(lifts, status.circles)):
                self.accept(status.feed.url)

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

    def add(
        self,
        checked: FeedCheck,
        *,
        circle: str = HOUSE,
        allow_private: bool = True,
        most: int | None = None,
    ) -> bool:
        """Follow a feed that was checked for a circle; return True if it is new there.

        Raise BadFeed as `Subscriptions.add`, of the kind "feeds-many" when the circle has `most` feeds already.
        """
        title, kind = (checked.feed.title, checked.feed.kind.value) if checked.feed else ("", "")
        new = self._subscriptions.add(
            checked.url,
            time.time(),
            title=title,
            kind=kind,
            circle=circle,
            allow_private=allow_private,
            most=most,
        )
        if self._lifts(circle):
            self._subscriptions.accept(checked.url)
        return new

    def import_opml(
        self, body: bytes, *, circle: str = HOUSE, allow_private: bool = True, limit: int | None = None
    ) -> tuple[int, int]:
        """Follow the feeds of an OPML list for a circle, without fetching any; return how many are new and how many not.

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
                    circle=circle,
                    allow_private=allow_private,
                )
                if self._lifts(circle):
                    self._subscriptions.accept(outline.url)
        return new, len(outlines) - new

    def export_opml(self, circle: str | None = None) -> bytes:
        """Return the feeds of a circle (None: all) as an OPML list."""
        return write_opml(Outline(feed.url, feed.title) for feed in self._subscriptions.all(circle))

    def statuses(self, circle: str | None = None) -> list[FeedStatus]:
        """Return every feed of a circle (None: of all) with the counts of its pages, in order of names."""
        counts = self._subscriptions.frontier.counts_by_state()
        circles = self._subscriptions.circles()
        return [
            FeedStatus(feed, counts.get(feed.id, {}), circles.get(feed.id, ()))
            for feed in self._subscriptions.all(circle)
        ]

    def find(self, url: str) -> Subscription | None:
        """Return the feed at an address, in whatever spelling; None when it is not followed."""
        return self._subscriptions.find(url)

    def circles_of(self, feed: Subscription) -> tuple[str, ...]:
        """Return the keys of the circles that have a feed, the house first."""
        return self._subscriptions.circles_of(feed)

    def count(self, circle: str) -> int:
        """Return the number of feeds that a circle has."""
        return self._subscriptions.count(circle)

    def remove(self, url: str, circle: str | None = None) -> bool:
        """Take a feed, and its articles, from a circle (None: from all); return True if it was there.

        What it brought into the house stays there.
        """
        feed = self.find(url)
        removed = self._subscriptions.remove(url, circle)
        if removed and feed and circle == feed.added_by and self._lifts(circle):
            self._subscriptions.remove(url, HOUSE)  # where it came to by this circle
        return removed

    def accept(self, url: str) -> bool:
        """Lift a feed, with its articles, into the house; return True if it is followed and was not there."""
        return self._subscriptions.accept(url)

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
