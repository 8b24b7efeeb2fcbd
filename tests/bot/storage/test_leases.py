"""Leases of several processes on one database, each with a clock of its own."""

import asyncio

import pytest

from bot.storage.leases import LeaseStore

SECONDS = 10.0


class Process:
    """The leases as one process sees them; its clock goes when it is told to."""

    def __init__(self, database, name):
        self.now, self.name = 0.0, name
        self.store = LeaseStore(database, lambda: self.now)

    async def takes(self, lease="work"):
        return await self.store.take(lease, self.name, SECONDS)


@pytest.fixture
def ann(database):
    return Process(database, "ann")


@pytest.fixture
def ben(database):
    return Process(database, "ben")


async def test_one_has_it_and_keeps_it_while_it_renews(ann, ben):
    assert await ann.takes()
    for _ in range(5):
        assert not await ben.takes()
        ben.now += SECONDS - 1
        assert await ann.takes()
    assert await ben.takes("other work")


async def test_it_passes_on_once_it_was_seen_unrenewed_for_long_enough(ann, ben):
    await ann.takes()
    assert not await ben.takes()
    ben.now += SECONDS - 0.1
    assert not await ben.takes()
    ben.now += 0.1
    assert await ben.takes()
    assert not await ann.takes()
    ann.now += SECONDS - 0.1
    assert not await ann.takes()


async def test_who_was_watching_waits_no_longer(ann, ben):
    await ann.takes()
    await ben.store.watch("work")
    ben.now += SECONDS
    assert await ben.takes()


async def test_what_is_given_back_is_free_at_once_and_only_by_who_has_it(ann, ben):
    await ann.takes()
    await ben.store.release("work", "ben")
    assert not await ben.takes()
    await ann.store.release("work", "ann")
    assert await ben.takes()
    assert await ben.store.watch("wo") == {"work": ("ben", 0)}
    assert await ben.store.watch("x") == {}


async def test_of_many_at_once_one_gets_it(database, ann):
    others = [Process(database, f"process {number}") for number in range(8)]
    assert sum(await asyncio.gather(*[one.takes() for one in others])) == 1
    for one in (ann, *others):
        await one.takes()
        one.now += SECONDS
    assert sum(await asyncio.gather(*[one.takes() for one in others])) == 1
