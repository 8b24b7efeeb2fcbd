"""The state of the running bot as gauges, read when Prometheus asks."""

import math
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.gateway.connection import ShardStatus
from bot.logs import log
from bot.monitoring.status import BotStatus, is_ready
from index import FeedStatus, FeedWorkerState, IndexStats, VerbatimError

READ_EVERY = 30.0  # seconds for which what is read from the database is kept; judged: reading it goes over all articles
FEED_STATES = ("new", "ok", "failing", "paused")


class StateCollector(Collector):
    """Gauges of queue, connection, feeds and index. `collect` blocks while it reads the database."""

    def __init__(self, status: BotStatus, clock: Callable[[], float] = time.monotonic) -> None:
        self._status = status
        self._clock = clock
        self._read_at = -math.inf
        self._stats: IndexStats | None = None
        self._feeds: list[FeedStatus] | None = None

    def describe(self) -> list[Metric]:
        """Return nothing, so that registering it reads no database."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield every gauge; those of a part that is not there yet are left out."""
        status = self._status
        yield _gauge("verbatim_ready", "Whether all parts of the bot work.", is_ready(status.checks()))
        if service := status.service:
            yield _gauge("verbatim_queue_queries", "Queries that wait or run.", service.queue_length())
            yield _gauge("verbatim_queue_limit", "Queries at which more are refused.", service.queue_limit)
        yield from self._gateway()
        yield from self._worker()
        self._read()
        if self._stats:
            yield from _index(self._stats)
        if self._feeds is not None:
            yield from _feeds(self._feeds)

    def _gateway(self) -> Iterator[Metric]:
        if self._status.gateway is None:
            return
        now = self._status.gateway.status()
        yield _gauge(
            "verbatim_gateway_connected", "Whether the bot is connected to Discord.", now.is_connected
        )
        yield _gauge("verbatim_servers", "Servers that the bot is on.", now.servers)
        if now.latency is not None:
            text = "Seconds from a heartbeat to Discord's answer."
            yield _gauge("verbatim_gateway_latency_seconds", text, now.latency)
        yield from _shards(now.shards)

    def _worker(self) -> Iterator[Metric]:
        if self._status.worker is None:
            return
        state = self._status.worker.state
        family = GaugeMetricFamily("verbatim_feed_worker", "What the feed worker does.", labels=["state"])
        for one in FeedWorkerState:
            family.add_metric([one.value], float(one is state))
        yield family

    def _read(self) -> None:
        """Read the database, unless that was done a moment ago or the bot is about to close it.

        What cannot be read stays as it was read last: the other gauges tell of an outage while it lasts.
        """
        if self._status.is_stopping or self._clock() - self._read_at < READ_EVERY:
            return
        if self._status.archive:
            with _outage_logged():
                self._stats = self._status.archive.stats()
        if self._status.feeds:
            with _outage_logged():
                self._feeds = self._status.feeds.statuses()
            self._read_at = self._clock()


@contextmanager
def _outage_logged() -> Iterator[None]:
    try:
        yield
    except (VerbatimError, sqlite3.Error, OSError) as error:
        log.warning("gauges could not be read", why=str(error))


def _shards(shards: Sequence[ShardStatus]) -> Iterator[Metric]:
    connected = GaugeMetricFamily(
        "verbatim_shard_connected", "Whether a shard is connected.", labels=["shard"]
    )
    servers = GaugeMetricFamily("verbatim_shard_servers", "Servers of a shard.", labels=["shard"])
    text = "Seconds from a shard's heartbeat to Discord's answer."
    latency = GaugeMetricFamily("verbatim_shard_latency_seconds", text, labels=["shard"])
    for shard in shards:
        connected.add_metric([str(shard.number)], float(shard.is_connected))
        servers.add_metric([str(shard.number)], float(shard.servers))
        if shard.latency is not None:
            latency.add_metric([str(shard.number)], shard.latency)
    yield from (connected, servers, latency)


def _index(stats: IndexStats) -> Iterator[Metric]:
    yield _gauge("verbatim_articles", "Articles in the index.", stats.articles)
    yield _gauge("verbatim_sentences", "Sentences in the index.", stats.sentences)
    yield _gauge("verbatim_outlets", "Outlets in the index.", len(stats.outlets))
    yield _gauge("verbatim_data_bytes", "Bytes of the data folder.", stats.bytes_on_disk)
    if stats.added:
        text = "When an article last came in or was corrected, in seconds since 1970."
        yield _gauge("verbatim_last_article_timestamp_seconds", text, stats.added.timestamp())


def _feeds(statuses: list[FeedStatus]) -> Iterator[Metric]:
    counts = Counter(feed_state(one) for one in statuses)
    family = GaugeMetricFamily("verbatim_feeds", "Feeds that are followed.", labels=["state"])
    for state in FEED_STATES:
        family.add_metric([state], counts[state])
    yield family
    waiting = sum(one.waiting_pages for one in statuses)
    yield _gauge("verbatim_pages_waiting", "Pages of feeds that are still to be fetched.", waiting)
    polled = [one.feed.last_polled for one in statuses if one.feed.last_polled is not None]
    if polled:
        text = "When a feed was last polled, in seconds since 1970."
        yield _gauge("verbatim_last_poll_timestamp_seconds", text, max(polled))


def feed_state(status: FeedStatus) -> str:
    """Return one of FEED_STATES."""
    feed = status.feed
    if feed.paused:
        return "paused"
    if feed.failures:
        return "failing"
    return "new" if feed.last_polled is None else "ok"


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, value=float(value))
