"""Uses are counted over all processes on a database."""

import asyncio

import pytest

from bot.storage.use_counts import KEPT_SECONDS, UseCounts
from index.errors import BusyIndex


class Clock:
    now = 1_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def processes(database, clock):
    return [UseCounts(database, clock) for _ in range(3)]


async def test_so_many_are_allowed_whichever_process_they_come_to(processes, clock):
    waits = await asyncio.gather(*[one.count("question", 7, 4, 30.0) for one in [*processes, *processes]])
    assert sorted(waits) == [0, 0, 0, 0, pytest.approx(30), pytest.approx(30)]
    assert await processes[0].count("question", 8, 4, 30.0) == 0
    assert await processes[0].count("click", 7, 4, 30.0) == 0
    clock.now += 29.5
    assert await processes[1].count("question", 7, 4, 30.0) == pytest.approx(0.5)
    clock.now += 0.6
    assert await processes[2].count("question", 7, 4, 30.0) == 0


async def test_a_clock_that_is_put_back_bars_nobody(processes, clock):
    for _ in range(4):
        await processes[0].count("question", 7, 4, 30.0)
    clock.now -= 7200
    assert await processes[0].count("question", 7, 4, 30.0) == 0


async def test_what_is_over_is_not_kept(processes, clock, database):
    await processes[0].count("question", 7, 4, 30.0)
    clock.now += KEPT_SECONDS + 1
    await processes[0].count("question", 8, 4, 30.0)
    assert await database.fetch_all("SELECT id FROM uses") == [(8,)]


async def away(work, *, patient):
    raise BusyIndex("The database is away.")


async def test_where_nothing_can_be_written_all_is_allowed(processes, database, monkeypatch, capsys):
    monkeypatch.setattr(database, "transaction", away)
    assert await processes[0].count("question", 7, 0, 30.0) == 0
    assert "each process counts for itself" in capsys.readouterr().out
