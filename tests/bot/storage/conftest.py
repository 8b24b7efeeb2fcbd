"""A database of the bot in a folder of its own."""

import pytest

from bot.context import TABLES
from bot.storage.database import Database


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request):
    """Where the tables are: None for a file in the folder."""
    return None if request.param == "sqlite" else request.getfixturevalue("postgres_address")


@pytest.fixture
async def database(tmp_path, store):
    opened = await Database.open(tmp_path, TABLES, store)
    yield opened
    await opened.close()
