"""A process among those of its bot."""

import pytest

from bot.context import TABLES
from bot.services.peers import POSTING_SECONDS, Peers
from bot.services.shard_claims import AlreadyRunning, FolderClaims
from bot.shards import parse_shards
from bot.storage.database import Database
from bot.storage.leases import LeaseStore


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
    await first.leave()
    await (await Peers.join(tmp_path, parse_shards("1", 4), database)).leave()
    await second.leave()


async def test_a_bot_without_shards_is_the_first_and_waits_for_nobody(tmp_path, database):
    only = await Peers.join(tmp_path, None, database)
    assert only.is_first
    assert only.turns is None
    await only.leave()


async def test_one_process_posts_and_another_after_it_only_when_it_is_gone(tmp_path, database):
    now = [0.0, 0.0]
    one = Peers(FolderClaims(tmp_path, None), parse_shards("0", 2), LeaseStore(database, lambda: now[0]))
    two = Peers(FolderClaims(tmp_path, None), parse_shards("1", 2), LeaseStore(database, lambda: now[1]))

    async def may_post(peers):
        async with peers.posting() as is_ours:
            return is_ours

    assert [await may_post(peers) for peers in (one, two, one)] == [True, False, True]
    assert not await may_post(two)
    now[1] += POSTING_SECONDS - 1
    assert await may_post(one)
    assert not await may_post(two)
    now[1] += POSTING_SECONDS
    assert [await may_post(peers) for peers in (two, one)] == [True, False]
    await two.leave()
    assert await may_post(one)
