"""What is waited for at the start, and until when."""

import asyncio

import pytest

from bot import opening
from bot.context import TABLES
from bot.monitoring.status import BotStatus
from bot.opening import until_done, wait_for_store
from index.errors import BrokenIndex
from index.storage.postgres.address import PostgresAddress

NOWHERE = PostgresAddress.parse("postgresql://owner:s3cret@127.0.0.1:1/news")


@pytest.fixture
def waits(monkeypatch):
    """Wait for a database at an address, in a thread of its own."""
    monkeypatch.setattr(opening, "TRY_EVERY", 0.02)
    status, stop = BotStatus(), asyncio.Event()

    def begin(address):
        return asyncio.create_task(wait_for_store(address, TABLES, stop, status))

    begin.status, begin.stop = status, stop
    return begin


async def test_a_database_that_is_there_is_not_waited_for(waits, postgres_address):
    assert await waits(postgres_address) is None
    assert not waits.status.is_waiting


async def test_it_is_said_once_in_a_while_what_is_waited_for_until_the_bot_is_to_stop(waits, capsys):
    waiting = waits(NOWHERE)
    async with asyncio.timeout(60):
        while not waits.status.is_waiting:  # noqa: ASYNC110 - it is seen from outside
            await asyncio.sleep(0.01)
    assert waits.status.checks()["index"] == "waiting for the database"
    await asyncio.sleep(0.2)
    waits.stop.set()
    assert await waiting == []
    said = capsys.readouterr().out
    assert said.count("waiting for the database") == 1
    assert "127.0.0.1:1/news" in said
    assert "s3cret" not in said


async def test_what_waiting_does_not_mend_is_not_waited_for(waits, postgres_address):
    wrong = PostgresAddress.parse(postgres_address.url.replace("owner:", "nobody:"))
    with pytest.raises(BrokenIndex):
        await waits(wrong)


async def test_work_is_waited_for_until_the_bot_is_to_stop_and_then_for_a_while():
    stop, work = asyncio.Event(), asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(0.05, stop.set)
    await until_done(work, stop, grace=0.05)
    assert not work.done()
    asyncio.get_running_loop().call_later(0.05, work.set_result, 1)
    await until_done(work, stop, grace=60)
    assert work.done()
