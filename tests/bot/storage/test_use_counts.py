"""Uses are counted over all processes on a database."""

import asyncio

import pytest

from bot.storage.use_counts import KEPT_SECONDS, Use, UseCounts

ANN, BEN = Use("question", 7, 4, 30.0), Use("question", 8, 4, 30.0)
CLICK, SERVER = Use("click", 7, 4, 30.0), Use("server", 9, 6, 60.0)


@pytest.fixture
def processes(databases, clock):
    return [UseCounts(database, clock) for database in databases]


async def test_so_many_are_allowed_whichever_process_they_come_to(processes, clock):
    waits = await asyncio.gather(*[one.count(ANN) for one in [*processes, *processes]])
    assert sorted(waits) == [[0], [0], [0], [0], [pytest.approx(30)], [pytest.approx(30)]]
    assert await processes[0].count(BEN) == [0]
    assert await processes[0].count(CLICK) == [0]
    clock.now += 29.5
    assert await processes[1].count(ANN) == [pytest.approx(0.5)]
    clock.now += 0.6
    assert await processes[2].count(ANN) == [0]


async def test_a_server_has_a_limit_of_its_own_over_all_its_people(processes, clock):
    for number in range(6):
        assert await processes[number % 3].count(Use("question", number, 4, 30.0), SERVER) == [0, 0]
    assert await processes[1].count(BEN, SERVER) == [0, pytest.approx(60)]
    for _ in range(3):
        await processes[0].count(BEN)
    clock.now += 1
    assert await processes[1].count(BEN, SERVER) == [pytest.approx(29)]


async def test_a_clock_that_is_put_back_bars_nobody(processes, clock):
    for _ in range(4):
        await processes[0].count(ANN)
    clock.now -= 7200
    assert await processes[0].count(ANN) == [0]


async def test_what_is_over_is_not_kept(processes, clock, databases):
    await processes[0].count(ANN)
    clock.now += KEPT_SECONDS + 1
    await processes[0].count(BEN)
    assert await databases[0].fetch_all("SELECT id FROM uses") == [(BEN.number,)]


@pytest.mark.usefixtures("away")
async def test_where_nothing_can_be_written_all_is_allowed(processes, capsys):
    assert await processes[0].count(ANN._replace(limit=0), SERVER) == [0, 0]
    assert "each process counts for itself" in capsys.readouterr().out
