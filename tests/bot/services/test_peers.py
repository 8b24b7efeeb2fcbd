"""A process among those of its bot."""

import pytest

from bot.context import TABLES
from bot.services.peers import Peers
from bot.services.shard_claims import AlreadyRunning
from bot.shards import parse_shards
from bot.storage.database import Database


@pytest.fixture
async def database(tmp_path):
    opened = await Database.open(tmp_path, TABLES)
    yield opened
    await opened.close()


async def test_one_of_the_processes_is_the_first(tmp_path, database):
    first = await Peers.join(tmp_path, parse_shards("0-1", 4), database)
    second = await Peers.join(tmp_path, parse_shards("2-3", 4), database)
    assert (first.is_first, second.is_first) == (True, False)
    assert first.turns
    with pytest.raises(AlreadyRunning):
        await Peers.join(tmp_path, parse_shards("1", 4), database)
    first.leave()
    (await Peers.join(tmp_path, parse_shards("1", 4), database)).leave()
    second.leave()


async def test_a_bot_without_shards_is_the_first_and_waits_for_nobody(tmp_path, database):
    only = await Peers.join(tmp_path, None, database)
    assert only.is_first
    assert only.turns is None
    only.leave()
