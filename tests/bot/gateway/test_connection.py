"""The connection to Discord breaks in every way that it can: the bot comes back, and answers each question once."""

import asyncio
import gc
import logging
import threading
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import discord
import pytest

from bot.client import Verbatim
from bot.context import TABLES, BotContext
from bot.gateway.connection import FATAL_ERRORS, FatalGatewayError, GatewaySupervisor
from bot.services.conversation import Conversation
from bot.services.query_service import QueryService
from bot.storage.database import Database
from bot.storage.guild_settings import GuildSettingsStore
from index.feeds.manager import FeedManager
from index.fetching.settings import DEFAULT_FETCH_SETTINGS
from tests.bot.newsroom import PATIENT, News
from tests.discord_server.clock import StandInAsyncio

QUESTION = "Did Trump call Putin?"
ZOMBIE = 0.3  # seconds without a sign of life, after which discord.py takes the connection for dead


@pytest.fixture(autouse=True)
def no_waits(discord_server, monkeypatch):
    """Let discord.py and the bot wait on a clock that they push forward themselves."""
    discord_server.clock.stop()
    for module in ("discord.client", "discord.shard", "discord.gateway", "bot.gateway.connection"):
        monkeypatch.setattr(f"{module}.asyncio", StandInAsyncio(discord_server.clock))


@asynccontextmanager
async def supervised(server, folder):
    """Run the bot as `verbatim run` does, but in this process and with made-up news."""
    database = await Database.open(folder, TABLES)
    guild_settings = GuildSettingsStore(database)
    await guild_settings.load()
    service = QueryService(News(), PATIENT, outlet_policy=guild_settings.allowed_outlets)
    feeds = FeedManager(folder, DEFAULT_FETCH_SETTINGS)

    def make_client():
        context = BotContext.create(service, Conversation(), database, guild_settings, feeds)
        return Verbatim(context, folder)

    supervisor = GatewaySupervisor(make_client, server.token)
    supervisor.serving = supervisor.start()
    try:
        yield supervisor
    finally:
        await service.stop(5)
        await supervisor.stop()
        await database.close()
        feeds.close()


async def close_as_1001(server, supervisor):
    await server.gateway.close(1001)


async def close_as_4000(server, supervisor):
    await server.gateway.close(4000)


async def time_out_as_4009(server, supervisor):
    await server.gateway.close(4009, forget=True)


async def ask_to_reconnect(server, supervisor):
    await server.gateway.ask_to_reconnect()


async def invalidate(server, supervisor):
    await server.gateway.invalidate()


async def invalidate_resumably(server, supervisor):
    await server.gateway.invalidate(resumable=True)


async def cut(server, supervisor):
    await server.gateway.cut()


async def turn_into_a_zombie(server, supervisor):
    """Stop acknowledging heartbeats, on a connection that sends them often and has little patience."""
    gateway, connection = server.gateway, supervisor._bot._connection
    connection.heartbeat_timeout, usual = ZOMBIE, gateway.heartbeat_interval
    gateway.heartbeat_interval = ZOMBIE / 3
    await gateway.ask_to_reconnect()
    await server.until(
        lambda: any(session.resumed for session in gateway.sessions.values()), "the connection"
    )
    ended, gateway.silent = len(gateway.closings), True
    await server.until(lambda: len(gateway.closings) > ended, "the bot to end it")
    connection.heartbeat_timeout, gateway.heartbeat_interval, gateway.silent = 60.0, usual, False
    await gateway.ask_to_reconnect()  # should it have come back with little patience


async def become_unreachable(server, supervisor):
    server.gateway.unreachable = True
    await server.gateway.cut()
    await asyncio.sleep(0.05)
    server.gateway.unreachable = False


TROUBLE = {  # what happens, and whether events of meanwhile are lost
    close_as_1001: False,
    close_as_4000: False,
    time_out_as_4009: True,
    ask_to_reconnect: False,
    invalidate: True,
    invalidate_resumably: False,
    cut: False,
    turn_into_a_zombie: False,
    become_unreachable: True,
}


async def back(server, connections):
    """Wait for a connection that is none of those before."""
    await server.until(
        lambda: any(session.connection not in connections for session in server.gateway.online),
        "the bot to be back",
    )


@pytest.mark.parametrize("trouble", TROUBLE)
async def test_it_comes_back_and_answers_each_question_once(discord_server, tmp_path, trouble):
    ada = discord_server.person("Ada")
    async with supervised(discord_server, tmp_path) as supervisor:
        await discord_server.ready()
        await ada.waits_for_reply(await ada.dm(QUESTION))
        before = set(discord_server.gateway.connections)
        await trouble(discord_server, supervisor)
        meanwhile = None if TROUBLE[trouble] else await ada.mention(discord_server.channel, QUESTION)
        await back(discord_server, before)
        if meanwhile is not None:
            await ada.waits_for_reply(meanwhile)
        asked = await ada.slash(discord_server.channel, "ask", question=QUESTION)
        await ada.waits_for_answer(asked)
        await ada.waits_for_reply(await ada.dm(QUESTION))
        in_public = [
            one for one in ada.sees(discord_server.channel) if one.message.author is discord_server.bot
        ]
        in_private = [one for one in ada.sees(ada.direct) if one.message.author is discord_server.bot]
        assert (len(in_public), len(in_private)) == (1 if meanwhile is None else 2, 2)
        assert all("### Denied" in one.texts for one in [*in_public, *in_private])


async def test_a_night_of_trouble_leaves_one_client_one_heart_and_no_socket(discord_server, tmp_path, caplog):
    caplog.set_level(
        logging.CRITICAL, "discord"
    )  # else pytest keeps errors that are logged, and their frames
    ada = discord_server.person("Ada")
    of_before = held_gateways()  # what a test that failed, or pytest, holds of an earlier bot
    async with supervised(discord_server, tmp_path) as supervisor:
        await discord_server.ready()
        await ada.waits_for_reply(await ada.dm(QUESTION))
        open_before = open_sockets()
        for trouble in [*TROUBLE, *TROUBLE]:
            before = set(discord_server.gateway.connections)
            await trouble(discord_server, supervisor)
            await back(discord_server, before)
        await ada.waits_for_reply(await ada.dm(QUESTION))
        await discord_server.until(lambda: len(keep_alives()) == 1, "one heart alone to beat")
        await discord_server.until(
            lambda: open_sockets() <= open_before, "the sockets of before to be closed"
        )
        clients = [one for one in gc.get_objects() if type(one) is Verbatim and not one.is_closed()]
        assert len(clients) == 1
        gateways = [one for one in held_gateways() if all(one is not old for old in of_before)]
        assert sum(one.open for one in gateways) == 1
        # discord.py's client holds its last event, with the error whose frames hold the connection before this one.
        assert len(gateways) <= 2


def held_gateways():
    """Return the connections to the gateway that anything in this process still holds."""
    gc.collect()
    return [one for one in gc.get_objects() if type(one) is discord.gateway.DiscordWebSocket]


def open_sockets():
    """Return how many sockets this process has open: the bot's ends and the local Discord's."""
    links = []
    for one in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # that of the folder itself
            links.append(str(one.readlink()))
    return sum(link.startswith("socket:") for link in links)


def keep_alives():
    return [one for one in threading.enumerate() if one.name.startswith("keep-alive-handler")]


async def test_a_first_connection_that_fails_is_tried_again(discord_server, tmp_path):
    ada, tried = discord_server.person("Ada"), []
    discord_server.gateway.unreachable = True
    async with supervised(discord_server, tmp_path):
        await discord_server.until(lambda: discord_server.commands, "a login")
        while len(tried) < 5:
            tried.append(await asyncio.sleep(0.02))
        assert discord_server.gateway.online == []
        discord_server.gateway.unreachable = False
        await discord_server.ready()
        assert "### Denied" in (await ada.waits_for_reply(await ada.dm(QUESTION))).texts


@pytest.mark.parametrize("code", FATAL_ERRORS)
async def test_what_cannot_get_better_ends_with_what_to_do(discord_server, tmp_path, code):
    discord_server.gateway.refuse(code, times=9)
    async with supervised(discord_server, tmp_path) as supervisor:
        with pytest.raises(FatalGatewayError) as ended:
            await supervisor.serving
    assert str(ended.value) == FATAL_ERRORS[code]
    assert supervisor.status().is_connected is False
