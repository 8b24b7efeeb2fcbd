"""The switches that make the server misbehave do so, as discord.py sees it."""

import asyncio

import aiohttp
import discord
import pytest

from tests.discord_server import running
from tests.discord_server.bare import BareClient

CREATE = ("POST", r"/channels/\d+/messages$")
CALLBACK = ("POST", r"/callback$")


@pytest.fixture
async def channel(discord_server):
    client = BareClient()

    @client.tree.command()
    async def ask(interaction: discord.Interaction) -> None:
        """Ask."""
        await interaction.response.send_message("answered")

    async with running(client, discord_server):
        channel = client.get_partial_messageable(discord_server.channel.id)
        channel.failures = client.failures
        yield channel


def _posts(server) -> list[int]:
    return [
        call.status for call in server.rest.calls if call.method == "POST" and call.path.endswith("/messages")
    ]


async def test_a_rate_limit_is_waited_for(discord_server, channel):
    fault = discord_server.faults.rate_limit(*CREATE, times=2)
    await channel.send("hello")
    assert fault.used == 2
    assert _posts(discord_server) == [429, 429, 200]
    assert len(discord_server.channel.messages) == 1


async def test_a_global_rate_limit_is_waited_for(discord_server, channel):
    discord_server.faults.rate_limit(*CREATE, everywhere=True)
    await channel.send("hello")
    assert len(discord_server.channel.messages) == 1


async def test_a_ban_in_front_is_not_retried(discord_server, channel):
    discord_server.faults.rate_limit(*CREATE, by_proxy=True)
    with pytest.raises(discord.HTTPException) as caught:
        await channel.send("hello")
    assert caught.value.status == 429


async def test_an_empty_bucket_is_announced(discord_server):
    discord_server.faults.exhaust("GET", "^/gateway$", reset_after=7)
    async with aiohttp.ClientSession() as web, web.get(f"{discord_server.url}/gateway") as answer:
        assert answer.status == 200
        assert answer.headers["X-RateLimit-Remaining"] == "0"
        assert answer.headers["X-RateLimit-Reset-After"] == "7"


async def test_an_error_does_nothing(discord_server, channel):
    discord_server.faults.error(*CREATE, status=503)
    with pytest.raises(discord.DiscordServerError):
        await channel.send("hello")
    assert not discord_server.channel.messages
    await channel.send("hello")
    assert len(discord_server.channel.messages) == 1


async def test_a_lost_answer_has_done_its_work_and_the_nonce_saves_from_doing_it_twice(
    discord_server, channel
):
    discord_server.faults.lose_answer(*CREATE, status=502)
    await channel.send("hello")
    assert _posts(discord_server) == [502, 200]
    assert len(discord_server.channel.messages) == 1


async def test_a_lost_acknowledgement_makes_the_retry_fail(discord_server, channel):
    discord_server.faults.lose_answer(*CALLBACK, status=502)
    ann = discord_server.person()
    asked = await ann.slash(discord_server.channel, "ask")
    await discord_server.until(lambda: channel.failures, "the retry's failure")
    assert channel.failures[0].code == 40060
    assert (await ann.waits_for_answer(asked)).text == "answered"


@pytest.mark.parametrize(("name", "done"), [("lose_answer", 1), ("drop", 0)])
async def test_a_broken_connection_is_seen_as_such(discord_server, channel, name, done):
    getattr(discord_server.faults, name)(*CREATE)
    with pytest.raises(aiohttp.ClientError):
        await channel.send("hello")
    assert len(discord_server.channel.messages) == done


async def test_a_held_request_is_overtaken(discord_server, channel):
    held = discord_server.faults.hold(*CREATE)
    slow = asyncio.create_task(channel.send("slow"))
    await discord_server.until(lambda: held.used, "the slow request")
    await channel.typing()
    assert not slow.done()
    assert not discord_server.channel.messages
    held.release()
    await slow
    assert len(discord_server.channel.messages) == 1


async def test_a_slow_answer_comes_in_the_end(discord_server, channel):
    fault = discord_server.faults.slow(*CREATE, seconds=0.05)
    await channel.send("slow")
    assert fault.used == 1
    assert len(discord_server.channel.messages) == 1
