"""A process among those of its bot."""

import pytest

from bot.services.peers import POSTING_SECONDS, Peers
from bot.services.shard_claims import AlreadyRunning
from bot.shards import parse_shards


async def joined(tmp_path, numbers, database, **more):
    peers = Peers(tmp_path, parse_shards(numbers, 4) if numbers else None, database, **more)
    await peers.join(lambda: None)
    return peers


@pytest.mark.parametrize("is_shared", [False, True], ids=["one folder", "one store"])
async def test_one_of_the_processes_is_the_first(tmp_path, database, is_shared):
    first = await joined(tmp_path, "0-1", database, is_shared=is_shared)
    second = await joined(tmp_path, "2-3", database, is_shared=is_shared)
    assert (first.is_first, second.is_first) == (True, False)
    assert first.turns
    with pytest.raises(AlreadyRunning, match="has shard 1 of 4 already"):
        await joined(tmp_path, "1", database, is_shared=is_shared)
    await first.leave()
    await (await joined(tmp_path, "1", database, is_shared=is_shared)).leave()
    await second.leave()


async def test_a_bot_without_shards_is_the_first_and_waits_for_nobody(tmp_path, database):
    only = await joined(tmp_path, "", database)
    assert only.is_first
    assert (only.turns, only.budget, only.use_counts) == (None, None, None)
    await only.leave()


async def test_one_process_posts_and_another_after_it_only_when_it_is_gone(tmp_path, database):
    now = [0.0, 0.0]
    one = await joined(tmp_path, "0", database, clock=lambda: now[0])
    two = await joined(tmp_path, "1", database, clock=lambda: now[1])

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
