"""What counts of several processes share."""

import pytest

from index.errors import BusyIndex


class Clock:
    """Unix seconds, which go on when they are told to."""

    now = 1_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def away(databases, monkeypatch):
    """Let the database of the first process be out of reach."""

    async def cannot(work, *, patient):
        raise BusyIndex("The database is away.")

    monkeypatch.setattr(databases[0], "transaction", cannot)
