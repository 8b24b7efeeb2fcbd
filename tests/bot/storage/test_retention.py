"""How long each table of bot.db keeps what it holds: a table without a case here fails."""

from datetime import UTC, datetime, timedelta

import pytest
from discord.utils import time_snowflake

from bot.context import TABLES

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DAY = 86_400


def seconds(age):
    return int(NOW.timestamp() - age * DAY)


def snowflake(age):
    return time_snowflake(NOW - timedelta(days=age))


# A row of so many days, and how many days it is kept; None where somebody has to remove it: the person, a server that
# the bot leaves, or newer votes.
TABLES_KEPT = {
    "answers": (lambda age: ("a", seconds(age), "[]"), 180),
    "replies": (lambda age: (snowflake(age), 1), 30),
    "posts": (lambda age: (1, "k", "u", 0, "w", seconds(age), None, None), 180),
    "feedback": (lambda age: ("a", "v", seconds(age), 1, None, None, None), None),
    "servers": (lambda age: (1, "{}"), None),
    "dailies": (lambda age: (1, 1, None, None, 7, "UTC", "en", seconds(age), None, None), None),
    "follows": (lambda age: (1, 1, None, None, "q", "en", 0, seconds(age), 0, None, None, None), None),
    "marks": (lambda age: ("m", 1), None),  # how far tasks have looked; nothing of people
    "uses": (lambda age: ("person", 1, seconds(age) * 1000, 1), 60 / DAY),
    "refused": (lambda age: (seconds(age) // 60, 1), 600 / DAY),
    "erasures": (lambda age: (1, seconds(age)), 60 / DAY),
    "leases": (lambda age: ("shard", "process", 0), None),  # nothing of people, nor is the next
    "turns": (lambda age: ("requests", 0), None),
}


def test_every_table_has_a_case():
    assert {table.name for table in TABLES} == set(TABLES_KEPT)


@pytest.mark.parametrize("name", TABLES_KEPT)
async def test_a_table_keeps_its_rows_for_so_long_though_nothing_new_comes(database, name):
    row, days = TABLES_KEPT[name]
    for age, stays in ((days - 1, True), (days + 1, False)) if days else ((10_000, True),):
        values = row(age)
        await database.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(values))})", *values)
        assert await database.delete_expired(NOW.timestamp()) == (0 if stays else 1)
        assert len(await database.fetch_all(f"SELECT * FROM {name}")) == stays
        await database.execute(f"DELETE FROM {name}")
