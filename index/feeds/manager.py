"""What may be done about feeds, from the terminal and from Discord alike: add, check, import, export, list, remove."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.archive import DATABASE
from index.errors import VerbatimError
from index.feeds.crawler import Crawler, FeedResponse
from index.feeds.subscriptions import OWNER_ID, Subscription, Subscriptions
from index.feeds.url_frontier import PageState, QueuedPage
from index.fetching.settings import FetchSettings
from index.parsing.feeds.items import Feed, FeedItem, feed_address
from index.parsing.feeds.opml import Outline, write_opml
from index.parsing.worker_process import ParserProcess

AT_ONCE = 8  # feeds that are checked at the same time


@dataclass(frozen=True, slots=True)
class FeedCheck:
    """What a look at a feed found: either `feed`, or the `fault` in words.

    `url` is the feed's own address, which may have been found by way of a page. Of its newest page `sample_fault`
    says why there is no article, and `carried` that the feed's own text was taken.
    """

    url: str
    feed: Feed | None = None
    fault: VerbatimError | None = None
    sample_fault: VerbatimError | None = None
    carried: bool = False


@dataclass(frozen=True, slots=True)
class FeedListing:
    """A feed that is followed, and how many of its pages are in which state."""

    feed: Subscription
    pages: dict[str, int]

    @property
    def stored(self) -> int:
        """Count its articles in the index."""
        return self.pages.get(PageState.STORED, 0)


class FeedManager:
    """The feeds of one data folder. Looking at the web is awaited; the rest is quick and blocks."""

    def __init__(self, folder: Path, fetching: FetchSettings) -> None:
        """Open the index's database; raises BrokenIndex."""
        self._feeds = Subscriptions(folder / DATABASE)
        self._fetching = fetching

    def close(self) -> None:
        """Let go of the database."""
        self._feeds.close()

    async def preview(self, url: str, *, inside: bool = True) -> FeedCheck:
        """Look at the feed at an address, or at the one that the page there names."""
        async with Crawler(self._fetching) as gatherer:
            return await _look(gatherer, url, inside=inside)

    async def check(self, urls: Sequence[str], *, inside: bool = True) -> list[FeedCheck]:
        """Look at feeds and at the newest page of each, some at the same time; in the order of `urls`."""
        turn = asyncio.Semaphore(AT_ONCE)
        async with Crawler(self._fetching) as gatherer:

            async def check(url: str) -> FeedCheck:
                async with turn:
                    checked = await _look(gatherer, url, inside=inside)
                    return await _sampled(gatherer, checked, inside=inside)

            return await asyncio.gather(*map(check, urls))

    def add(self, checked: FeedCheck, *, by: str = OWNER_ID, inside: bool = True) -> bool:
        """Follow a feed that was looked at; say whether it is new. Raises `BadFeed`."""
        title, kind = (checked.feed.title, checked.feed.kind.value) if checked.feed else ("", "")
        return self._feeds.add(checked.url, time.time(), title=title, kind=kind, by=by, inside=inside)

    def import_list(
        self, body: bytes, *, by: str = OWNER_ID, inside: bool = True, most: int | None = None
    ) -> tuple[int, int]:
        """Follow every feed of an OPML list, without looking at any; say how many, and how many were there already.

        With `most` no more than so many new ones. Raises `BadFeed`.
        """
        with ParserProcess() as reader:
            outlines = reader.opml(body)
        new = 0
        for outline in outlines:
            if most is None or new < most:
                new += self._feeds.add(outline.url, time.time(), title=outline.title, by=by, inside=inside)
        return new, len(outlines) - new

    def export_list(self) -> bytes:
        """Write all feeds as an OPML list."""
        return write_opml(Outline(feed.url, feed.title) for feed in self._feeds.all())

    def listed(self) -> list[FeedListing]:
        """List every feed, in order of names."""
        counts = self._feeds.pages.counts()
        return [FeedListing(feed, counts.get(feed.id, {})) for feed in self._feeds.all()]

    def find(self, url: str) -> Subscription | None:
        """Give the feed at an address."""
        return self._feeds.find(url)

    def count(self, by: str) -> int:
        """Count the feeds that somebody added."""
        return self._feeds.count(by)

    def remove(self, url: str) -> bool:
        """Follow a feed no more; say whether it was followed. Its articles stay."""
        return self._feeds.remove(url)

    def refusals(self, feed: Subscription, most: int) -> list[tuple[str, str]]:
        """List the newest pages of a feed that did not become articles, and why."""
        return self._feeds.pages.refusals(feed.id, most)

    def unreported_faults(self) -> list[Subscription]:
        """List the paused feeds of which the owner does not know yet."""
        return self._feeds.unreported_faults()

    def mark_told(self, feed: Subscription) -> None:
        """Take down that the owner knows."""
        self._feeds.mark_told(feed)


async def _look(gatherer: Crawler, url: str, *, inside: bool) -> FeedCheck:
    try:
        look: FeedResponse = await gatherer.discover(feed_address(url), inside=inside)
    except VerbatimError as error:
        return FeedCheck(url, fault=error)
    return FeedCheck(look.response.url, look.feed)


async def _sampled(gatherer: Crawler, checked: FeedCheck, *, inside: bool) -> FeedCheck:
    """Fetch the newest page that a feed announces."""
    if checked.feed is None or not checked.feed.items:
        return checked
    try:
        fetched = await gatherer.fetch_article(_queued(checked.feed.items[0]), inside=inside)
    except VerbatimError as error:
        return replace(checked, sample_fault=error)
    return replace(checked, carried=bool(fetched and fetched.from_feed))


def _queued(item: FeedItem) -> QueuedPage:
    facts = (item.title, item.author, item.published, item.html)
    return QueuedPage(item.url, 0, PageState.WAITING, *facts, 0, 0, None, False, None, None, 0.0)
