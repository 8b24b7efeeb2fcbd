"""A database of the bot in a folder of its own."""

import pytest

from bot.context import TABLES
from bot.storage.database import Database


@pytest.fixture
async def database(tmp_path):
    opened = await Database.open(tmp_path, TABLES)
    yield opened
    await opened.close()
