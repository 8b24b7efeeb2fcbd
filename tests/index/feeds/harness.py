"""What the tests of following feeds share: a worker at work, a quick schedule, waiting for what becomes of it."""

import asyncio
import time
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from index.feeds.schedule import PollSchedule
from index.feeds.subscriptions import Subscriptions
from index.feeds.url_frontier import QueuedPage
from index.feeds.worker import FeedWorker
from index.parsing.feeds.items import FeedItem

QUICK = PollSchedule(
    min_interval=0.1,
    max_interval=0.1,
    initial_back_off=0.1,
    max_back_off=0.2,
    failures_before_pause=4,
    min_refetch_delay=0.0,
    retry_delays=(0.1, 0.1),
    not_found_recheck_delay=0.1,
    recheck_delays=(0.3, 0.3, 60.0),
)
URL = "https://post.example/feed"
NOW = datetime(2024, 11, 11, 12, tzinfo=UTC).timestamp()
PATIENT = 60.0  # seconds after which something waited for will not come any more
DAM = "The Ellwater dam will be opened on Friday, the water board of Norwick said after its meeting."
RAISED = "The Ellwater dam stays closed until spring, the water board of Norwick said in a correction."


async def until(condition, what):
    end = time.monotonic() + PATIENT
    while not (found := await asyncio.to_thread(condition)):
        assert time.monotonic() < end, f"no {what}"
        await asyncio.sleep(0.02)
    return found


@asynccontextmanager
async def polling(archive, folder, paper, schedule=QUICK, **settings):
    worker = FeedWorker(archive, folder, paper.settings(**settings), schedule)
    worker.start()
    try:
        yield worker
    finally:
        assert await worker.stop(PATIENT)


def found(archive, words):
    """The articles that have these words in them."""
    return [stored for stored in archive.stored_articles().values() if words in stored.article.text]


def states(subscriptions):
    return {
        state: number
        for counts in subscriptions.frontier.counts_by_state().values()
        for state, number in counts.items()
    }


def item(name: str, mark: str = "a", age: float = 0.0, html: str = "") -> FeedItem:
    return FeedItem(
        f"https://post.example/{name}",
        name,
        datetime.fromtimestamp(NOW - age, UTC),
        fingerprint=mark,
        content_html=html,
    )


def taken(feeds: Subscriptions, now: float = NOW, limit: int = 9) -> list[QueuedPage]:
    return feeds.frontier.due_pages(now, (), (), limit)
