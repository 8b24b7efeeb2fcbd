"""What is followed is posted once, whichever process runs, and by another when one is killed at it."""

import asyncio
import signal
from datetime import UTC, datetime, timedelta

import pytest

from bot.context import TABLES
from bot.storage.daily_briefs import DailyBrief, DailyBriefStore
from bot.storage.database import Database
from bot.storage.guild_settings import GuildSettings, GuildSettingsStore
from index.archive import Archive
from tests.bot.fleet import PATIENT, fleet
from tests.bot.samples import article
from tests.bot.test_several_processes import QUESTION, TEXT, patient  # noqa: F401 - a fixture
from tests.discord_server.state import ORDINARY

MANAGE_MESSAGES = 1 << 13
NEWS = "The harbour bridge in Norwick will open again on Friday, the engineers said."


@pytest.fixture
def folders(tmp_path, models, store):
    """The data folders of two processes, with an article: the same, or each its own where a server has the news."""
    folders = [tmp_path, tmp_path] if store is None else [tmp_path / "one", tmp_path / "two"]
    for folder in {tmp_path, *folders}:
        folder.mkdir(exist_ok=True)
        (folder / "models").symlink_to(models)
    with Archive.open(tmp_path, models=models, store=store) as archive:
        archive.add([article(TEXT, outlet="Sample Wire")])
    return folders


def news_comes(folder, store):
    with Archive.open(folder, store=store) as archive:
        published = datetime.now(UTC) - timedelta(hours=1)
        archive.add([article(NEWS, outlet="Daily Courier", published=published)])


def posts(server, words):
    """The messages of the bot, on any screen, that show these words and answer nobody."""
    found = [
        one for one in server.world.messages.values() if one.author is server.bot and one.interaction is None
    ]
    return [one for one in found if words in str(one.components)]


async def test_each_post_is_made_once_though_its_process_is_killed_at_it(
    patient,  # noqa: F811
    tmp_path,
    folders,
    store,
):
    server = patient
    server.gateway.max_concurrency = 2
    guild = await server.new_guild("Elm", shard=(1, 2))
    place = guild.channels[0]
    thread = server.thread(place)
    mona = server.person("Mona", guild=guild, permissions=ORDINARY | MANAGE_MESSAGES)
    cleo = server.person("Cleo", guild=guild)
    async with fleet(server, tmp_path, **({} if store is None else {"VERBATIM_STORE": store.url})) as bots:

        async def starts(shard, folder):
            options = ("--shards", str(shard), "--shard-count", "2")
            return await bots.starts_hasty(*options, VERBATIM_DATA=str(folder))

        first = await starts(0, folders[0])
        await bots.has(1)
        second = await starts(1, folders[1])
        await bots.has(2)
        for person, where in ((mona, thread), (cleo, cleo.direct)):
            asked = await person.slash(where, "follow", question=QUESTION)
            await person.waits_for_answer(asked, PATIENT)
        database = await Database.open(tmp_path, TABLES, store)  # as another process has it
        await GuildSettingsStore(database).put(guild.id, GuildSettings(channels=(place.id,)))
        held = server.faults.hold("POST", r"/channels/\d+/messages$", after=True)
        await asyncio.to_thread(news_comes, tmp_path, store)
        await server.until(lambda: held.used, "a post", PATIENT)
        await server.until(lambda: server.world.by_nonce, "Discord to take it", PATIENT)
        await brief_is_due(database, guild, place, mona)
        await database.close()
        await first.stops(signal.SIGKILL)  # it began to run first, and so it posts
        held.release()
        await server.until(lambda: len(posts(server, "on Friday")) == 3, "all posts", PATIENT)
        assert {one.channel for one in posts(server, "on Friday")} == {thread, cleo.direct, place}
        assert second.count("posting what a process left unfinished") == 1
        assert await second.stops() == 0
        assert second.count("fault") == 0, second.said


async def brief_is_due(database, guild, channel, person):
    """Let a channel's daily brief be due at the full hour, which is past."""
    now = datetime.now(UTC)
    daily = DailyBrief(0, person.user.id, guild.id, channel.id, now.hour, "UTC", "en")
    await DailyBriefStore(database).put(daily, now - timedelta(hours=1))
