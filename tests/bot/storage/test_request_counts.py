"""What Discord counts is counted over all processes on a database."""

import asyncio

import pytest

from bot.storage.request_counts import REFUSED_MINUTES, RequestCounts


@pytest.fixture
def processes(databases, clock):
    return [RequestCounts(database, clock) for database in databases]


async def test_turns_of_all_processes_are_apart_and_those_that_nobody_took_are_gone(processes, clock):
    turns = await asyncio.gather(*[one.take_turn(0.1) for one in [*processes, *processes]])
    assert sorted(turn.wait for turn in turns) == pytest.approx([0, 0.1, 0.2, 0.3, 0.4, 0.5])
    clock.now += 0.25
    assert (await processes[0].take_turn(0.1)).wait == pytest.approx(0.35)
    clock.now += 100
    assert (await processes[0].take_turn(0.1)).wait == 0
    assert (await processes[1].take_turn(0.1)).wait == pytest.approx(0.1)


async def test_a_clock_that_is_put_back_bars_nobody(processes, clock):
    await processes[0].take_turn(0.1)
    clock.now -= 7200
    assert (await processes[1].take_turn(0.1)).wait == 0


async def test_refused_requests_are_counted_for_ten_minutes(processes, clock):
    for number, process in enumerate(processes, 1):
        assert await process.count_refused() == number
    clock.now += 60 * (REFUSED_MINUTES - 1)
    assert await processes[0].count_refused() == 4
    clock.now += 60
    assert await processes[1].count_refused() == 2
    assert (await processes[2].take_turn(0.1)).refused == 2
    clock.now += 60 * REFUSED_MINUTES
    assert (await processes[2].take_turn(0.1)).refused == 0


@pytest.mark.usefixtures("away")
async def test_where_nothing_can_be_written_each_keeps_to_its_share(databases, clock, capsys):
    process = RequestCounts(databases[0], clock, share=0.25)
    assert [(await process.take_turn(0.1)).wait for _ in range(3)] == pytest.approx([0, 0.4, 0.8])
    clock.now += 100
    assert (await process.take_turn(0.1)).wait == 0
    clock.now -= 7200
    assert (await process.take_turn(0.1)).wait == 0
    assert "each process counts for itself" in capsys.readouterr().out
