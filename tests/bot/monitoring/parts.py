"""The parts of a running bot, as an operator's page reads them."""

from datetime import UTC, datetime

from bot.gateway.connection import GatewayStatus
from bot.monitoring.status import BotStatus
from index.feeds.manager import FeedStatus
from index.feeds.subscriptions import Subscriptions
from index.feeds.worker import FeedWorkerState
from index.maintenance.stats import IndexStats, OutletSummary

STATS = IndexStats(
    articles=3,
    sentences=70,
    outlets=(OutletSummary("Sample Wire", 3, None, None),),
    oldest=None,
    newest=None,
    added=datetime(2026, 1, 2, tzinfo=UTC),
    model="made up",
    bytes_on_disk=12_345,
)


class Service:
    stopping, queue_limit = False, 64

    def queue_length(self):
        return 5


class Gateway:
    def __init__(self):
        self.now = GatewayStatus(is_connected=True, latency=0.04, servers=2)

    def status(self):
        return self.now


class Worker:
    state = FeedWorkerState.FOLLOWING


class Counted:
    """An archive and feeds that count how often they are read."""

    percent_built: int | None = None
    behind: bool = False

    def is_behind(self):
        return self.behind

    def __init__(self, feeds=()):
        self.reads, self.feeds = 0, list(feeds)

    def stats(self):
        self.reads += 1
        return STATS

    def statuses(self):
        return self.feeds


def whole(feeds=()):
    """Return the status of a bot all of whose parts work."""
    counted = Counted(feeds)
    return BotStatus(counted, Service(), counted, Worker(), Gateway())


def feed(folder, url="https://wire.example.com/rss", waiting=0):
    """Return the status of a feed that was never polled."""
    with Subscriptions(folder / "verbatim.db") as subscriptions:
        subscriptions.add(url, 0.0)
        return FeedStatus(subscriptions.find(url), {"waiting": waiting})
