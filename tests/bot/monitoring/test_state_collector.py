"""The state of the bot as gauges."""

from dataclasses import replace

import pytest
from prometheus_client import CollectorRegistry

from bot.gateway.connection import GatewayStatus, ShardStatus
from bot.monitoring.state_collector import READ_EVERY, StateCollector, feed_state
from bot.monitoring.status import BotStatus
from index.errors import BusyIndex
from tests.bot.monitoring.parts import feed, whole


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def collected(status, clock=None):
    registry = CollectorRegistry()
    registry.register(StateCollector(status, clock or Clock()))
    return registry.get_sample_value


def test_every_part_is_told(tmp_path):
    value = collected(whole([feed(tmp_path, waiting=7)]))
    told = {
        "verbatim_ready": 1,
        "verbatim_queue_queries": 5,
        "verbatim_queue_limit": 64,
        "verbatim_gateway_connected": 1,
        "verbatim_gateway_latency_seconds": 0.04,
        "verbatim_servers": 2,
        "verbatim_articles": 3,
        "verbatim_sentences": 70,
        "verbatim_outlets": 1,
        "verbatim_data_bytes": 12_345,
        "verbatim_last_article_timestamp_seconds": 1767312000,
        "verbatim_pages_waiting": 7,
    }
    assert {name: value(name) for name in told} == told
    assert value("verbatim_feeds", {"state": "new"}) == 1
    assert value("verbatim_feeds", {"state": "paused"}) == 0
    assert value("verbatim_feed_worker", {"state": "following"}) == 1
    assert value("verbatim_feed_worker", {"state": "failed"}) == 0
    assert value("verbatim_last_poll_timestamp_seconds") is None


def test_each_shard_is_told():
    status = whole()
    status.gateway.now = GatewayStatus(
        shards=(ShardStatus(4, is_connected=True, latency=0.05, servers=7), ShardStatus(5))
    )
    value = collected(status)
    for name, four, five in (("connected", 1, 0), ("servers", 7, 0), ("latency_seconds", 0.05, None)):
        assert value(f"verbatim_shard_{name}", {"shard": "4"}) == four
        assert value(f"verbatim_shard_{name}", {"shard": "5"}) == five


def test_a_bot_that_is_starting_has_no_gauges_of_what_is_not_there():
    value = collected(BotStatus())
    assert value("verbatim_ready") == 0
    assert value("verbatim_articles") is None
    assert value("verbatim_queue_queries") is None


def test_a_connection_that_is_down_has_no_latency():
    status = whole()
    status.gateway.now = GatewayStatus()
    value = collected(status)
    assert value("verbatim_gateway_connected") == 0
    assert value("verbatim_gateway_latency_seconds") is None


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({}, "new"),
        ({"last_polled": 5.0}, "ok"),
        ({"last_polled": 5.0, "failures": 1}, "failing"),
        ({"failures": 2}, "failing"),
        ({"last_polled": 5.0, "failures": 12, "paused": True}, "paused"),
    ],
)
def test_a_feed_is_in_one_state(tmp_path, change, state):
    status = feed(tmp_path)
    assert feed_state(replace(status, feed=replace(status.feed, **change))) == state


def test_the_last_poll_is_the_newest_of_all_feeds(tmp_path):
    status = feed(tmp_path)
    polled = [replace(status, feed=replace(status.feed, last_polled=at)) for at in (5.0, 9.0, None)]
    assert collected(whole(polled))("verbatim_last_poll_timestamp_seconds") == 9.0


def test_the_database_is_not_read_at_every_request():
    status, clock = whole(), Clock()
    value = collected(status, clock)
    for _ in range(3):
        assert value("verbatim_articles") == 3
    assert status.archive.reads == 1
    clock.now += READ_EVERY
    value("verbatim_articles")
    assert status.archive.reads == 2


def test_a_database_that_is_about_to_be_closed_is_not_read():
    status = whole()
    status.service.stopping = True
    collected(status)("verbatim_articles")
    assert status.archive.reads == 0


@pytest.mark.parametrize("lost", ["stats", "statuses"])
@pytest.mark.parametrize("before", [False, True])
def test_a_database_that_cannot_be_read_takes_no_other_gauge_along(tmp_path, monkeypatch, lost, before):
    def away():
        raise BusyIndex("The database is away.")

    status, clock = whole([feed(tmp_path, waiting=7)]), Clock()
    value = collected(status, clock)
    if before:
        assert value("verbatim_pages_waiting") == 7
        clock.now += READ_EVERY
    monkeypatch.setattr(status.archive, lost, away)
    assert value("verbatim_gateway_connected") == 1
    read = {"stats": ("verbatim_articles", 3), "statuses": ("verbatim_pages_waiting", 7)}
    for one, (name, number) in read.items():
        assert value(name) == (number if before or one != lost else None)
