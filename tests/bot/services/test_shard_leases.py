"""What a process has, no other gets: on one store, each process with a clock of its own."""

import asyncio

import pytest

from bot.services.shard_claims import AlreadyRunning
from bot.services.shard_leases import LEASE_SECONDS, RENEW_EVERY, StoreClaims
from bot.shards import parse_shards
from bot.storage.leases import LeaseStore
from index.errors import OutdatedVersion, StoreAway


class Process:
    """Claims, and a clock that goes while this process waits; meanwhile `alive` ones renew theirs."""

    def __init__(self, database, name, numbers, count, alive=()):
        self.now, self.alive = 0.0, alive
        shards = parse_shards(numbers, count) if count else None
        self.claims = StoreClaims(LeaseStore(database, lambda: self.now), name, shards, self.sleep)

    async def sleep(self, seconds):
        self.now += seconds
        for other in self.alive:
            await other.claims.take()
        await asyncio.sleep(0)


async def test_processes_with_shards_of_their_own_start_at_once(database):
    first = Process(database, "first", "0-3", 8)
    second = Process(database, "second", "4-7", 8)
    for one in (first, second):
        await one.claims.take()
        assert one.now == 0


@pytest.mark.parametrize(
    ("numbers", "count", "words"),
    [("2-5", 8, "has shards 2-3 of 8"), ("12", 16, "has 8 shards in all"), ("", None, "has 8 shards in all")],
)
async def test_who_has_them_goes_on_and_the_second_says_so(database, numbers, count, words):
    first = Process(database, "first", "0-3", 8)
    await first.claims.take()
    second = Process(database, "second", numbers, count, alive=[first])
    with pytest.raises(AlreadyRunning, match=words):
        await second.claims.take()
    assert second.now < LEASE_SECONDS
    await first.claims.take()
    await first.claims.release()
    third = Process(database, "third", "", count or None)
    await third.claims.take()
    assert third.now == 0


@pytest.mark.parametrize(("numbers", "count"), [("0-3", 8), ("0", 16), ("", None)])
async def test_the_shards_of_a_killed_process_pass_on_after_a_while(database, numbers, count):
    await Process(database, "killed", "0-3", 8).claims.take()
    following = Process(database, "following", numbers, count)
    await following.claims.take()
    assert LEASE_SECONDS <= following.now < LEASE_SECONDS + 2
    beside = Process(database, "beside", "1", 2, alive=[following])
    with pytest.raises(AlreadyRunning):
        await beside.claims.take()


async def test_a_process_learns_that_another_has_taken_what_it_had(database):
    lost = asyncio.Event()
    asleep = Process(database, "asleep", "0", 2)
    await asleep.claims.take()
    await Process(database, "following", "0", 2).claims.take()
    asleep.claims.keep(lost.set)
    async with asyncio.timeout(10):
        await lost.wait()
    assert asleep.now >= RENEW_EVERY


def out_of_reach(monkeypatch, database):
    """Let nothing be written from now on; return what ends that."""
    written = database.transaction

    async def cannot(work, *, patient):
        raise StoreAway("The database is away.")

    monkeypatch.setattr(database, "transaction", cannot)
    return lambda: monkeypatch.setattr(database, "transaction", written)


async def test_what_could_not_be_claimed_at_the_start_is_claimed_when_that_is_possible(database, monkeypatch):
    lost = asyncio.Event()
    is_back = out_of_reach(monkeypatch, database)
    early = Process(database, "early", "0", 2)
    with pytest.raises(StoreAway):
        await early.claims.take()
    early.claims.keep(lost.set)
    await asyncio.sleep(0.05)
    is_back()
    while not await database.fetch_all("SELECT holder FROM leases"):  # noqa: ASYNC110 - it renews by itself
        await asyncio.sleep(0.01)
    beside = Process(database, "beside", "0", 2, alive=[early])
    with pytest.raises(AlreadyRunning):
        await beside.claims.take()
    assert not lost.is_set()
    await early.claims.release()


async def test_who_finds_its_shards_taken_when_it_can_look_learns_of_it(database, monkeypatch, capsys):
    lost = asyncio.Event()
    first = Process(database, "first", "0", 2)
    await first.claims.take()
    is_back = out_of_reach(monkeypatch, database)
    late = Process(database, "late", "0", 2, alive=[first])
    with pytest.raises(StoreAway):
        await late.claims.take()
    is_back()
    late.claims.keep(lost.set)
    async with asyncio.timeout(60):
        await lost.wait()
    assert "Another process has shard 0 of 2 already" in capsys.readouterr().out
    assert [row[0] for row in await database.fetch_all("SELECT holder FROM leases")] == ["first"]


async def test_who_cannot_renew_beside_a_newer_version_gives_way(database, monkeypatch, capsys):
    first, lost = Process(database, "first", "0", 1), asyncio.Event()
    await first.claims.take()

    async def cannot(*_):
        raise OutdatedVersion("Update it.")

    monkeypatch.setattr(LeaseStore, "take", cannot)
    first.claims.keep(lost.set)
    await asyncio.wait_for(lost.wait(), 60)
    assert "Update it." in capsys.readouterr().out
