"""The day's brief while the primary of the news is away, to whoever asks for it and every day to whoever ordered it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.storage.daily_briefs import DailyBrief, DailyBriefStore
from bot.texts import ENGLISH
from index.archive import Archive
from index.storage.postgres import connections
from tests.bot.fleet import PATIENT
from tests.bot.newsroom import online
from tests.bot.samples import article
from tests.discord_server.state import ORDINARY
from tests.postgres import wait_until
from tests.postgres_cluster import PostgresCluster

MANAGE_MESSAGES = 1 << 13
NO_NEWS = ENGLISH("no-news-comes-in")
WHEAT = "Wheat prices rose by nine percent in October, the national statistics office reported."


@pytest.fixture
def cluster(monkeypatch):
    monkeypatch.setattr(connections, "LOOK_TIMEOUT", 10)  # however slow the machine is
    started = PostgresCluster()
    yield started
    started.close()


@pytest.fixture
def replica(cluster):
    return cluster.add_replica()


@pytest.fixture
def archive(cluster, replica, encoder, tmp_path):
    cluster.wait_for_replicas()
    with Archive(tmp_path / "news", encoder, store=cluster.new_database()) as opened:
        hour_ago = datetime.now(UTC) - timedelta(hours=1)
        opened.add([article(WHEAT, outlet="Daily Courier", published=hour_ago)])
        yield opened


@pytest.fixture
async def bot(discord_server, tmp_path, archive):
    async with online(discord_server, tmp_path, archive) as running:
        yield running


async def becomes_due(bot, mona, server, hours):
    """Let a brief of the channel be due since so many full hours, and the bot look for what is due."""
    due = datetime.now(UTC) - timedelta(hours=hours)
    daily = DailyBrief(0, mona.user.id, server.guild.id, server.channel.id, due.hour, "UTC", "en")
    await DailyBriefStore(bot.database).put(daily, due - timedelta(hours=1))
    await bot.get_cog("FollowCog")._updater.update()


async def test_a_brief_says_that_no_news_comes_in_while_the_primary_is_away(
    discord_server, bot, archive, cluster, replica
):
    mona = discord_server.person("Mona", permissions=ORDINARY | MANAGE_MESSAGES)
    place = discord_server.channel

    def posts():
        return [
            one for one in mona.sees(place) if one.message.author is discord_server.bot and not one.ephemeral
        ]

    async def both():
        """The brief that somebody asks for, and the one that comes every day."""
        asked = await mona.slash(place, "brief", private=True)
        seen, before = await mona.waits_for_answer(asked, PATIENT), len(posts())
        await becomes_due(
            bot, mona, discord_server, before
        )  # another hour each time, so that it is another post
        await discord_server.until(lambda: len(posts()) > before, "the day's brief", PATIENT)
        assert all(WHEAT in one for one in (seen.text, posts()[-1].text))
        return seen.text, posts()[-1].text

    assert [NO_NEWS in text for text in await both()] == [False, False]
    cluster.primary.kill()
    await asyncio.to_thread(wait_until, archive.is_behind)
    assert [NO_NEWS in text for text in await both()] == [True, True]
    await asyncio.to_thread(cluster.promote, replica)
    await asyncio.to_thread(wait_until, lambda: not archive.is_behind())
    assert [NO_NEWS in text for text in await both()] == [False, False]
