"""Several sessions at once, each with a share of the guilds, as the gateway holds them apart."""

from contextlib import AsyncExitStack

import aiohttp
import pytest

from tests.discord_server.wire import Wire


@pytest.fixture
async def connect(discord_server):
    """Open connections to the gateway; they are closed at the end."""
    async with AsyncExitStack() as stack:
        web = await stack.enter_async_context(aiohttp.ClientSession())

        async def connection() -> Wire:
            return Wire(await stack.enter_async_context(web.ws_connect(discord_server.gateway_url)))

        yield connection


async def identified(connect, server, number, count):
    """A connection with this shard, after the guilds that it has."""
    wire = await connect()
    ready = await wire.identify(server.token, shard=[number, count])
    guilds = [(await wire.next())["d"]["name"] for _ in ready["d"]["guilds"]]
    assert ready["d"]["shard"] == [number, count]
    return wire, guilds


async def test_each_event_goes_to_its_shard_and_what_is_private_to_the_first(discord_server, connect):
    places = [await discord_server.new_guild(f"Guild {n}", shard=(n, 3)) for n in range(3)]
    sessions = [await identified(connect, discord_server, n, 3) for n in range(3)]
    for number, (_, guilds) in enumerate(sessions):
        assert f"Guild {number}" in guilds
        assert not {f"Guild {n}" for n in range(3) if n != number} & set(guilds)
    people = [discord_server.person(guild=place) for place in places]
    for number, place in enumerate(places):
        await people[number].mention(place.channels[0], f"question {number}")
    await people[2].dm("in private")
    for number, (wire, _) in enumerate(sessions):
        heard = await wire.next()
        assert heard["d"]["content"].endswith(f"question {number}")
    assert (await sessions[0][0].next())["d"]["content"] == "in private"


async def test_a_shard_that_identifies_twice_gets_everything_twice_and_is_counted(discord_server, connect):
    place = await discord_server.new_guild("Guild", shard=(1, 2))
    first, _ = await identified(connect, discord_server, 1, 2)
    assert discord_server.gateway.doubles == []
    second, _ = await identified(connect, discord_server, 1, 2)
    assert discord_server.gateway.doubles == [(1, 2)]
    await discord_server.person(guild=place).mention(place.channels[0], "hello")
    assert (await first.next())["d"]["content"] == (await second.next())["d"]["content"]


async def test_a_wave_has_its_turn_and_who_comes_too_soon_is_turned_away(discord_server, connect):
    gateway = discord_server.gateway
    gateway.counts_waves, gateway.max_concurrency = True, 2
    discord_server.clock.stop()
    for number in (0, 1):
        await identified(connect, discord_server, number, 4)
    hasty = await connect()
    assert (await hasty.identify(discord_server.token, shard=[2, 4]))["op"] == 9
    assert discord_server.violations == ["gateway: shard 2 identified 0.00 s after one of its wave"]
    discord_server.violations.clear()
    discord_server.clock.advance(5)
    for number in (2, 3):
        await identified(connect, discord_server, number, 4)


async def test_session_starts_are_told_and_run_out(discord_server, connect):
    discord_server.gateway.starts, discord_server.gateway.max_concurrency = 1, 16
    await identified(connect, discord_server, 0, 2)
    headers = {"Authorization": f"Bot {discord_server.token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as web,
        web.get(f"{discord_server.url}/gateway/bot") as told,
    ):
        assert (await told.json())["session_start_limit"] == {
            "total": 1, "remaining": 0, "reset_after": 86_400_000, "max_concurrency": 16,
        }  # fmt: skip
    late = await connect()
    assert await late.identify(discord_server.token, shard=[1, 2]) == {"closed": 4004}
    assert discord_server.violations == ["gateway: IDENTIFY though no session start is left today"]
    discord_server.violations.clear()


async def test_too_few_shards_are_refused(discord_server, connect):
    discord_server.gateway.least_shards = 2
    wire = await connect()
    assert await wire.identify(discord_server.token, shard=[0, 1]) == {"closed": 4011}
