"""When the bot is ready, and which part is not."""

import pytest

from bot.gateway.connection import GatewayStatus, ShardStatus
from bot.monitoring.status import BotStatus, is_ready
from index.feeds.worker import FeedWorkerState
from tests.bot.monitoring.parts import whole


def test_a_bot_all_of_whose_parts_work_is_ready():
    assert whole().checks() == {"discord": "ok", "index": "ok", "feeds": "ok"}
    assert is_ready(whole().checks())


def test_before_anything_is_there_nothing_is_ready():
    checks = BotStatus().checks()
    assert checks == {"discord": "not connected", "index": "opening", "feeds": "starting"}
    assert not is_ready(checks)


def test_without_discord_it_is_not_ready():
    status = whole()
    status.gateway.now = GatewayStatus()
    assert status.checks()["discord"] == "not connected"
    assert not is_ready(status.checks())


def test_while_its_indexes_are_made_it_is_not_ready():
    status = whole()
    status.archive.percent_built = 40
    assert status.checks()["index"] == "40 % made"
    assert not is_ready(status.checks())


@pytest.mark.parametrize("state", FeedWorkerState)
def test_feeds_are_followed_here_or_by_another_process(state):
    status = whole()
    status.worker.state = state
    ready = state in {FeedWorkerState.FOLLOWING, FeedWorkerState.ELSEWHERE}
    assert is_ready(status.checks()) is ready
    status.worker.state = FeedWorkerState.FOLLOWING


def test_a_bot_that_ends_is_not_ready():
    status = whole()
    status.service.stopping = True
    assert set(status.checks().values()) == {"stopping"}
    assert not is_ready(status.checks())


def test_of_several_shards_those_are_named_that_are_not_connected():
    status = whole()
    shards = [ShardStatus(number, is_connected=number in {1, 8}) for number in (0, 1, 2, 3, 8)]
    status.gateway.now = GatewayStatus(shards=tuple(shards))
    assert status.checks()["discord"] == "not connected: shards 0, 2-3"
    assert not is_ready(status.checks())
