"""Other processes learn whom to forget, for a minute."""

import pytest

from bot.storage.erasures import KEPT_SECONDS, ErasureStore
from index.errors import BusyIndex


@pytest.fixture
def now():
    return [1_000_000.0]


async def test_every_process_is_told_for_a_while_and_nothing_is_kept(database, now):
    here, there = (ErasureStore(database, lambda: now[0]) for _ in range(2))
    await here.put(7)
    await here.put(7)
    assert await there.latest() == [7]
    assert await here.latest() == [7]
    now[0] += KEPT_SECONDS + 1
    await there.latest()
    assert await database.fetch_all("SELECT * FROM erasures") == []


async def test_a_database_that_is_away_is_told_and_asked_again_later(database, now, monkeypatch, capsys):
    store = ErasureStore(database, lambda: now[0])
    await store.put(7)

    async def away(statement):
        raise BusyIndex("The database is away.")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(database, "fetch_all", away)
        assert await store.latest() == []
    assert "not known whom other processes erased" in capsys.readouterr().out
    assert await store.latest() == [7]
