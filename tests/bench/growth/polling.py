"""What following feeds asks of the server: a poll that finds nothing new, and a page on its way through the frontier."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

from index.circles import HOUSE
from index.feeds.leases import FetchLeases
from index.feeds.poller import MAX_CONCURRENT_HOSTS
from index.feeds.subscriptions import PollResult, Subscription, Subscriptions
from index.parsing.feeds.items import FeedItem
from tests.bench.clock import Row
from tests.bench.growth.place import Stores
from tests.bench.growth.server import Meter


def polls(stores: Stores, feeds: int, rounds: int) -> Iterator[Row]:
    """Poll some of many feeds as a fetcher does that shares them, each at a host of its own, with a new page each."""
    with Subscriptions(stores.address) as subscriptions:
        _insert(subscriptions, feeds)
        leases = FetchLeases(subscriptions.store)
        polling, fetching = Meter(stores.server, stores.address), Meter(stores.server, stores.address)
        polled = pages = 0
        for _ in range(rounds):
            with polling.reading():
                done = _poll(subscriptions, leases)
            polled += len(done)
            with fetching.reading():
                pages += _fetch(subscriptions, leases, done)
        leases.close()
    yield Row(
        "a poll, processor of PostgreSQL", 1000 * polling.server / polled, "ms", note=f"of {feeds:,} feeds"
    )
    yield Row("a poll, processor of the fetcher", 1000 * polling.own / polled, "ms", note="fetching aside")
    yield Row("a page, processor of PostgreSQL", 1000 * fetching.server / pages, "ms", note="storing aside")
    yield Row("a page, processor of the fetcher", 1000 * fetching.own / pages, "ms", note="fetching aside")


def _insert(subscriptions: Subscriptions, feeds: int) -> None:
    store, now = subscriptions.store, time.time()
    with store.transaction():
        rows = [(f"https://feed-{number}.example/rss", now, now - 1) for number in range(feeds)]
        store.execute_many(
            "INSERT INTO feeds (url, added, added_by, inside, due) VALUES (?, ?, 'bench', 0, ?)", rows
        )
        for (feed,) in store.query("SELECT id FROM feeds WHERE added_by = 'bench' ORDER BY id LIMIT 500"):
            store.join_circle(feed, HOUSE)


def _poll(subscriptions: Subscriptions, leases: FetchLeases) -> list[Subscription]:
    """Poll as many feeds as hosts are asked at the same time; return those."""
    now = time.time()
    leases.sync((), (), lambda host: 0.0)
    due = subscriptions.due_feeds(now)[:MAX_CONCURRENT_HOSTS]
    taken = [feed for feed in due if leases.take_feed(feed)]
    for feed in taken:
        result = PollResult(feed.url, None, None, None, kind="rss", title="A feed")
        subscriptions.record_success(feed, result, now, new=0)
    subscriptions.next_due_time(now)
    return taken


def _fetch(subscriptions: Subscriptions, leases: FetchLeases, feeds: list[Subscription]) -> int:
    """Let each feed announce a page, and deal with all pages; return how many."""
    now, frontier = time.time(), subscriptions.frontier
    for feed in feeds:
        url = f"{feed.url.removesuffix('rss')}news/{now:.6f}"
        item = FeedItem(url, "What happened", datetime.now(UTC), fingerprint=url)
        frontier.enqueue_items(feed.id, [item], now)
    leases.sync((), (), lambda host: 0.0)
    due = frontier.due_pages(now + 1, set(), set(), MAX_CONCURRENT_HOSTS)
    taken = [page for page in due if leases.take_page(page)]
    for page in taken:
        frontier.mark_stored(page, page.url, now, from_feed=False, etag=None, last_modified=None)
    frontier.next_due_time(set(), set())
    return len(taken)
