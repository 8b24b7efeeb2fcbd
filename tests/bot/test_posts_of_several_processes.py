"""What is followed is posted once, whichever process runs, and by another when one is killed at it."""

import asyncio
import signal
from datetime import UTC, datetime, timedelta

from bot.context import TABLES
from bot.storage.database import Database
from bot.storage.guild_settings import GuildSettings, GuildSettingsStore
from index.archive import Archive
from tests.bot.fleet import PATIENT, fleet
from tests.bot.samples import article
from tests.bot.test_several_processes import data, patient  # noqa: F401 - fixtures
from tests.discord_server.state import ORDINARY

MANAGE_MESSAGES = 1 << 13
QUESTION = "When will the harbour bridge in Norwick open again?"
NEWS = "The harbour bridge in Norwick will open again on Friday, the engineers said."


def news_comes(folder):
    with Archive.open(folder) as archive:
        published = datetime.now(UTC) - timedelta(hours=1)
        archive.add([article(NEWS, outlet="Daily Courier", published=published)])


def posts(server, words):
    """The messages of the bot, on any screen, that show these words and answer nobody."""
    found = [
        one for one in server.world.messages.values() if one.author is server.bot and one.interaction is None
    ]
    return [one for one in found if words in str(one.components)]


async def test_each_post_is_made_once_though_its_process_is_killed_at_it(patient, data):  # noqa: F811
    server = patient
    server.gateway.max_concurrency = 2
    guild = await server.new_guild("Elm", shard=(1, 2))
    place = guild.channels[0]
    thread = server.thread(place)
    mona = server.person("Mona", guild=guild, permissions=ORDINARY | MANAGE_MESSAGES)
    cleo = server.person("Cleo", guild=guild)
    async with fleet(server, data) as bots:
        first = await bots.starts_hasty("--shards", "0", "--shard-count", "2")
        await bots.has(1)
        second = await bots.starts_hasty("--shards", "1", "--shard-count", "2")
        await bots.has(2)
        for person, where in ((mona, thread), (cleo, cleo.direct)):
            asked = await person.slash(where, "follow", question=QUESTION)
            await person.waits_for_answer(asked, PATIENT)
        await only_in(data, guild, place)
        held = server.faults.hold("POST", r"/channels/\d+/messages$", after=True)
        await asyncio.to_thread(news_comes, data)
        await server.until(lambda: held.used, "a post", PATIENT)
        await server.until(lambda: server.world.by_nonce, "Discord to take it", PATIENT)
        await first.stops(signal.SIGKILL)  # it began to run first, and so it posts
        held.release()
        await server.until(lambda: len(posts(server, "on Friday")) == 2, "both posts", PATIENT)
        assert {one.channel for one in posts(server, "on Friday")} == {thread, cleo.direct}
        assert second.count("posting what a process left unfinished") == 1
        assert await second.stops() == 0
        assert second.count("fault") == 0, second.said


async def only_in(folder, guild, channel):
    """Let posts go to one channel of a server alone, as another process would."""
    database = await Database.open(folder, TABLES)
    await GuildSettingsStore(database).put(guild.id, GuildSettings(channels=(channel.id,)))
    await database.close()
