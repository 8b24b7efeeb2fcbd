import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from structlog.testing import capture_logs

from bot.services.pruning_task import pruning_task
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
