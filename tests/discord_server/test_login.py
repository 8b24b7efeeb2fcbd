"""A bare discord.py client finds its feet here, and is turned away where Discord would."""

import asyncio

import discord
import pytest
from discord import app_commands
from discord.http import Route

from tests.discord_server import DiscordServer, aimed_at, running
from tests.discord_server.bare import INTENTS, BareClient


async def test_a_client_logs_in_and_sees_its_guild(discord_server):
    client = BareClient()
    async with running(client, discord_server):
        await asyncio.wait_for(client.wait_until_ready(), 10)
        assert client.user.id == discord_server.bot.id
        assert [guild.name for guild in client.guilds] == ["Newsroom"]
        assert [channel.name for channel in client.guilds[0].text_channels] == ["general"]
        assert client.guilds[0].me.id == client.user.id
    assert len(discord_server.gateway.closings) == 1
    assert discord_server.gateway.closings != [1006]


async def test_a_wrong_token_is_refused(discord_server):
    client = BareClient()
    with pytest.raises(discord.LoginFailure):
        await client.login("wrong")
    await client.close()


async def test_privileged_intents_need_approval(discord_server):
    client = BareClient(discord.Intents(guilds=True, message_content=True))
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with running(client, discord_server):
            pytest.fail("connected")


async def test_commands_keep_their_ids_when_synced_again(discord_server):
    client = BareClient()

    @client.tree.command()
    @app_commands.allowed_contexts(guilds=True, dms=True)
    async def ask(interaction: discord.Interaction, question: str) -> None:
        """Ask the news."""

    async with running(client, discord_server):
        before = discord_server.commands[1, "ask"]["id"]
        synced = await client.tree.sync()
        assert [str(command.id) for command in synced] == [before]
        assert [command.name for command in await client.tree.fetch_commands()] == ["ask"]


class Hasty(discord.AutoShardedClient):
    """Leaves out the five seconds between the shards' logins; nobody counts them here."""

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        pass


async def test_a_sharded_client_hears_each_message_once():
    async with DiscordServer(shards=2) as server:
        with aimed_at(server.url):
            client, heard = Hasty(intents=INTENTS), []
            client.event(_appending(heard))
            async with running(client, server):
                ann = server.person()
                await ann.dm("hello")
                await ann.mention(server.channel, "hello")
                await server.until(lambda: len(heard) >= 2, "both messages")
                await ann.dm("goodbye")
                await server.until(lambda: "goodbye" in heard, "the last message")
                shards = sorted(identify["shard"] for identify in server.gateway.identified)
            assert sorted(heard) == sorted(["hello", f"<@{server.bot.id}> hello", "goodbye"])
            assert shards == [[0, 2], [1, 2]]
            assert server.violations == []


def _appending(heard: list[str]):
    async def on_message(message: discord.Message) -> None:
        heard.append(message.content)

    return on_message


async def test_the_guild_a_bot_joins_and_leaves(discord_server):
    client = BareClient()
    async with running(client, discord_server):
        await asyncio.wait_for(client.wait_until_ready(), 10)
        joined = client.wait_for("guild_join", timeout=10)
        guild, _ = await asyncio.gather(joined, discord_server.new_guild("Evening paper"))
        assert guild.name == "Evening paper"
        left = client.wait_for("guild_remove", timeout=10)
        place = discord_server.world.guilds[guild.id]
        gone, _ = await asyncio.gather(left, discord_server.expel_bot(place))
        assert gone.id == guild.id


async def test_what_the_server_does_not_have_is_a_violation(discord_server):
    client = BareClient()
    async with running(client, discord_server):
        with pytest.raises(discord.NotFound):
            await client.http.request(Route("GET", "/stage-instances/1"))
        with pytest.raises(discord.NotFound):
            await client.fetch_channel(1)
    assert discord_server.violations == ["GET /api/v10/stage-instances/1: no such route here"]
    discord_server.violations.clear()
