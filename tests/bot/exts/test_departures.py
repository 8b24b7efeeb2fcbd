"""A server removes the bot while it is away."""

import asyncio
import sys

from bot.storage.guild_settings import DEFAULT_SETTINGS, GuildSettings, stored_servers
from tests.bot.newsroom import News, online
from tests.discord_server import DiscordServer, aimed_at, payloads
from tests.discord_server.gateway import GUILDS

SHARDS = 2


class Circles(News):
    """News with circles of servers; it remembers which were removed."""

    def __init__(self, servers):
        super().__init__()
        self.keys = {"house", "user:5", *(f"guild:{server}" for server in servers)}

    def circles(self):
        return frozenset(self.keys)

    def remove_circle(self, circle):
        self.keys.discard(circle)


class Paused:
    """Stands in for the module asyncio: who sleeps sleeps until the test says that the time is over."""

    def __init__(self):
        self.slept, self.over = [], asyncio.Event()

    def __getattr__(self, name):
        return getattr(asyncio, name)

    async def sleep(self, seconds):
        self.slept.append(seconds)
        await self.over.wait()


async def guilds_on_every_shard(server):
    """New servers until each shard has one."""
    found = {}
    while len(found) < SHARDS:
        guild = await server.new_guild("Elm")
        found.setdefault((guild.id >> 22) % SHARDS, guild)
    return list(found.values())


async def store(bot, guild, *, with_settings):
    """What a server leaves: settings or not, a followed question, a daily brief."""
    if with_settings:
        await bot.context.guild_settings.put(guild.id, GuildSettings(private=True))
    await bot.database.execute(
        "INSERT INTO follows (person, server, channel, question, language, mark) VALUES (1, ?, ?, 'x', 'en', 0)",
        *(guild.id, guild.channels[0].id),
    )
    await bot.database.execute(
        "INSERT INTO dailies (person, server, channel, hour, zone, language, next)"
        " VALUES (1, ?, ?, 8, 'UTC', 'en', 99999999999)",
        *(guild.id, guild.channels[0].id),
    )


async def look(bot, monkeypatch):
    """Let the bot look who is gone; return where it waits."""
    paused = Paused()
    monkeypatch.setattr(sys.modules["bot.exts.departures"], "asyncio", paused)
    bot.dispatch("ready")
    return paused


async def test_it_is_forgotten_after_a_while_and_no_other_is(tmp_path, monkeypatch):
    async with DiscordServer(shards=SHARDS) as server:
        gone = await guilds_on_every_shard(server)
        out, back, stays = [await server.new_guild(name) for name in ("Oak", "Ash", "Fir")]
        ids = {guild.id for guild in (*gone, out, back, stays)}
        news = Circles(ids)
        with aimed_at(server.url):
            async with online(server, tmp_path, news) as bot:
                for guild in (*gone, out, back, stays):
                    await store(bot, guild, with_settings=guild is not gone[0])
            for guild in (*gone, back):
                guild.bot_inside = False
            out.available = False
            async with online(server, tmp_path, news) as bot:
                paused = await look(bot, monkeypatch)
                await server.until(lambda: paused.slept, "the bot to see who is gone")
                assert paused.slept[0] >= 3600
                assert await stored_servers(bot.database) == ids, "not at once"
                back.bot_inside = True
                joined = payloads.guild(back, server.bot)
                del joined["unavailable"]
                await server.gateway.tell("GUILD_CREATE", joined, back, GUILDS)
                await server.until(lambda: bot.get_guild(back.id), "the bot to be back there")
                paused.over.set()
                left = ids - {guild.id for guild in gone}
                await server.until(lambda: len(news.keys) == 2 + len(left), "the servers to be forgotten")
                assert news.keys == {"house", "user:5", *(f"guild:{one}" for one in left)}
                async with asyncio.timeout(60):
                    while await stored_servers(bot.database) != left:  # noqa: ASYNC110 - it is in a file
                        await asyncio.sleep(0.02)
                settings = bot.context.guild_settings
                assert [settings.get(guild.id) == DEFAULT_SETTINGS for guild in gone] == [True, True]
                assert settings.get(out.id).private
        assert server.violations == []


async def test_a_server_of_another_processs_shards_is_none_of_its_own(discord_server, bot, monkeypatch):
    guild = await discord_server.new_guild("Oak", bot_inside=False)
    await store(bot, guild, with_settings=True)
    with monkeypatch.context() as patch:
        patch.setattr(type(bot), "shards", {1: None})
        paused = await look(bot, monkeypatch)
        for _ in range(20):
            await asyncio.sleep(0.01)
        assert paused.slept == []
    paused = await look(bot, monkeypatch)
    await discord_server.until(lambda: paused.slept, "its own to be seen")
    assert await stored_servers(bot.database) == {guild.id}
