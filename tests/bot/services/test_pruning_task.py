import asyncio
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from structlog.testing import capture_logs

from bot.services.pruning_task import expiry_task, pruning_task
from index.errors import BusyIndex
from index.maintenance.pruning import PruneResult


@pytest.fixture
def executor():
    with ThreadPoolExecutor(1) as pool:
        yield pool


async def test_the_index_is_pruned_again_and_again_whatever_goes_wrong(executor):
    outcomes = iter([PruneResult(3, 2_500_000), BusyIndex("wait"), OSError("full"), PruneResult(0, 0)])
    done = asyncio.Event()
    loop = asyncio.get_running_loop()

    def prune():
        outcome = next(outcomes, None)
        if outcome is None:
            loop.call_soon_threadsafe(done.set)
            return PruneResult(0, 0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    with capture_logs() as logs:
        task = pruning_task(prune, executor, interval=0.001)
        task.start()
        await asyncio.wait_for(done.wait(), 30)
        task.cancel()
    told = [{key: value for key, value in entry.items() if key != "log_level"} for entry in logs]
    assert told[0] == {"event": "pruned", "articles": 3, "megabytes": 2.5}
    assert [entry.get("why") for entry in told[1:3]] == ["wait", "full"]
    assert len(told) == 3


class ExpiringDatabase:
    """Fails with each of the errors, then is at work until it is cancelled; `calls` are the moments given."""

    def __init__(self, *errors):
        self.errors, self.calls, self.reached = iter(errors), [], asyncio.Event()

    async def delete_expired(self, now):
        self.calls.append(now)
        if error := next(self.errors, None):
            raise error
        self.reached.set()
        await asyncio.Future()


async def test_what_has_expired_is_deleted_again_and_again_whatever_goes_wrong():
    database = ExpiringDatabase(BusyIndex("wait"), sqlite3.OperationalError("locked"))
    with capture_logs() as logs:
        task = expiry_task(database, interval=0.001)
        task.start()
        await asyncio.wait_for(database.reached.wait(), 30)
        task.cancel()
    assert len(database.calls) == 3
    assert [(entry["log_level"], entry["why"]) for entry in logs] == [
        ("warning", "BusyIndex"),
        ("warning", "OperationalError"),
    ]


async def test_what_has_expired_is_deleted_at_once():
    database, before = ExpiringDatabase(), time.time()
    task = expiry_task(database)
    task.start()
    await asyncio.wait_for(database.reached.wait(), 30)
    task.cancel()
    [moment] = database.calls
    assert before <= moment <= time.time()
