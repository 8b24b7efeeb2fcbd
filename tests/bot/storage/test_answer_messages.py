"""The map from messages to the bot's replies."""

from datetime import UTC, datetime, timedelta

from discord.utils import time_snowflake

from bot.storage import answer_messages
from bot.storage.answer_messages import RETENTION_DAYS, ReplyMap

NOW = datetime(2025, 1, 1, tzinfo=UTC)


def message_id(age=timedelta(0), number=0):
    return time_snowflake(NOW - age) + number


async def test_a_reply_is_found_until_it_is_taken(database):
    replies = ReplyMap(database, lambda: NOW)
    await replies.put(message_id(), 77)
    assert await replies.get(message_id()) == 77
    assert await replies.pop_all([message_id(), message_id(number=1)]) == [77]
    assert await replies.get(message_id()) is None


async def test_old_and_surplus_replies_are_deleted(database, monkeypatch):
    monkeypatch.setattr(answer_messages, "MAX_REPLIES", 2)
    replies = ReplyMap(database, lambda: NOW)
    await replies.put(message_id(timedelta(days=RETENTION_DAYS + 1)), 1)
    assert await replies.get(message_id(timedelta(days=RETENTION_DAYS + 1))) is None
    for number in range(3):
        await replies.put(message_id(number=number), number)
    assert [await replies.get(message_id(number=number)) for number in range(3)] == [
        None,
        1,
        2,
    ]
