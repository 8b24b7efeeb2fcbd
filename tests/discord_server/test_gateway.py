"""The gateway on the wire, spoken to without discord.py, then with it."""

import asyncio
import json
import zlib

import aiohttp
import discord
import pytest

from tests.discord_server import running
from tests.discord_server.bare import BareClient
from tests.discord_server.wire import IDENTIFY, Wire


@pytest.fixture
async def web():
    async with aiohttp.ClientSession() as session:
        yield session


async def test_hello_identify_heartbeat(discord_server, web):
    async with web.ws_connect(discord_server.gateway_url) as socket:
        wire = Wire(socket)
        ready = await wire.login(discord_server.token)
        assert ready["user"]["id"] == str(discord_server.bot.id)
        await wire.send(1, None)
        assert (await wire.next())["op"] == 11
        discord_server.gateway.silent = True
        await wire.send(1, None)
        await discord_server.gateway.ask_to_reconnect()
        assert (await wire.next())["op"] == 7


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"token": "wrong"}, 4004),
        ({"shard": [2, 2]}, 4010),
        ({"intents": None}, 4013),
        ({"intents": 1 << 15}, 4014),
    ],
)
async def test_a_bad_identify_is_closed(discord_server, web, changes, code):
    async with web.ws_connect(discord_server.gateway_url) as socket:
        wire = Wire(socket)
        await wire.next()
        await wire.send(2, IDENTIFY | {"token": discord_server.token} | changes)
        assert await wire.next() == {"closed": code}


@pytest.mark.parametrize(
    ("text", "code"),
    [("{", 4002), ("x" * 5000, 4002), ('{"op": 3, "d": {}}', 4003)],
)
async def test_a_bad_payload_is_closed(discord_server, web, text, code):
    async with web.ws_connect(discord_server.gateway_url) as socket:
        wire = Wire(socket)
        await wire.next()
        await socket.send_str(text)
        assert await wire.next() == {"closed": code}


async def test_an_unknown_op_is_closed(discord_server, web):
    async with web.ws_connect(discord_server.gateway_url) as socket:
        wire = Wire(socket)
        await wire.login(discord_server.token)
        await wire.send(99, None)
        assert await wire.next() == {"closed": 4001}


async def test_a_session_nobody_knows_cannot_be_resumed(discord_server, web):
    async with web.ws_connect(discord_server.gateway_url) as socket:
        wire = Wire(socket)
        await wire.next()
        await wire.send(6, {"token": discord_server.token, "session_id": "none", "seq": 1})
        answer = await wire.next()
        assert (answer["op"], answer["d"]) == (9, False)


async def test_resuming_replays_what_was_missed_in_order(discord_server, web):
    async with web.ws_connect(discord_server.gateway_url) as socket:
        ready = await Wire(socket).login(discord_server.token)
        await asyncio.gather(discord_server.gateway.close(4000), socket.receive())
    ann = discord_server.person()
    for number in range(3):
        await ann.dm(f"note {number}")
    async with web.ws_connect(discord_server.gateway_url) as socket:
        wire = Wire(socket)
        await wire.next()
        await wire.send(6, {"token": discord_server.token, "session_id": ready["session_id"], "seq": 2})
        events = [await wire.next() for _ in range(4)]
    assert [event["d"].get("content") for event in events] == ["note 0", "note 1", "note 2", None]
    assert [event["s"] for event in events] == [3, 4, 5, 6]
    assert events[-1]["t"] == "RESUMED"


async def test_a_stream_is_compressed_when_asked(discord_server, web):
    async with web.ws_connect(discord_server.gateway_url + "?compress=zlib-stream") as socket:
        frame = await asyncio.wait_for(socket.receive_bytes(), 10)
        assert frame.endswith(b"\x00\x00\xff\xff")
        assert json.loads(zlib.decompressobj().decompress(frame))["op"] == 10


async def test_an_unreachable_gateway_answers_503(discord_server, web):
    discord_server.gateway.unreachable = True
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await web.ws_connect(discord_server.gateway_url)


@pytest.mark.parametrize("trouble", ["close", "cut", "reconnect", "invalid"])
async def test_discord_py_resumes_and_misses_nothing(discord_server, trouble):
    client, gateway = BareClient(), discord_server.gateway
    ann = discord_server.person()
    async with running(client, discord_server):
        await ann.dm("before")
        await discord_server.until(lambda: client.heard, "the first note")
        if trouble == "close":
            await gateway.close(4000)
        elif trouble == "cut":
            await gateway.cut()
        elif trouble == "reconnect":
            await gateway.ask_to_reconnect()
        else:
            await gateway.invalidate(resumable=True)
        await discord_server.until(
            lambda: any(s.resumed for s in gateway.sessions.values()), "a resumed session"
        )
        resumed = client.wait_for("message", timeout=10)
        await asyncio.gather(resumed, ann.dm("after"))
    assert [message.content for message in client.heard] == ["before", "after"]
    assert len(gateway.identified) == 1


async def test_a_refused_identify_ends_discord_py(discord_server):
    discord_server.gateway.refuse(4004)
    with pytest.raises(discord.ConnectionClosed) as caught:
        async with running(BareClient(), discord_server):
            pytest.fail("connected")
    assert caught.value.code == 4004
