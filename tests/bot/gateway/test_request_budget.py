"""Several clients of one bot keep together to what Discord allows it."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack

import aiohttp
import discord
import pytest

from bot.gateway import request_budget
from bot.gateway.repeated_requests import DiscordUnavailable
from bot.gateway.request_budget import RequestBudget
from bot.storage.request_counts import RequestCounts


@pytest.fixture
async def clients(discord_server, databases):
    """Two clients that are logged in, each with a budget of its own on one database that both have opened."""
    async with AsyncExitStack() as stack:
        made = []
        for database in databases[:2]:
            trace = RequestBudget(RequestCounts(database)).trace()
            client = await stack.enter_async_context(
                discord.Client(intents=discord.Intents.none(), http_trace=trace)
            )
            await client.login(discord_server.token)
            made.append(client)
        yield made


async def test_all_processes_together_send_no_more_than_discord_allows(discord_server, clients):
    before = len(discord_server.rest.calls)
    sent = [client.fetch_user(discord_server.owner.id) for client in clients for _ in range(40)]
    await asyncio.gather(*sent)
    assert len(discord_server.rest.calls[before:]) == 80
    assert discord_server.rest.most_within(1.0) <= 50


async def test_answers_to_interactions_wait_for_nothing(discord_server, database):
    await RequestCounts(database).take_turn(50.0)
    trace = RequestBudget(RequestCounts(database)).trace()
    async with aiohttp.ClientSession(trace_configs=[trace]) as web:
        async with web.post(
            f"{discord_server.url}/interactions/1/token/callback", json={"type": 6}
        ) as answer:
            assert answer.status == 404
        with pytest.raises(DiscordUnavailable, match="wait for their turn"):
            await web.get(f"{discord_server.url}/gateway")


async def test_refused_requests_of_all_processes_bar_all(discord_server, clients, monkeypatch, capsys):
    monkeypatch.setattr(request_budget, "MAX_REFUSED", 4)
    hidden = await discord_server.new_guild("Elsewhere", bot_inside=False)
    for client in [*clients, *clients]:
        with pytest.raises(discord.Forbidden):
            await client.fetch_guild(hidden.id)
    assert "too many requests are refused" in capsys.readouterr().out
    statuses = Counter(call.status for call in discord_server.rest.calls if "guilds" in call.path)
    for client in clients:  # whichever sent the last of them
        with pytest.raises(DiscordUnavailable, match="too many requests were refused"):
            await client.fetch_guild(hidden.id)
    assert statuses == {403: 4}
    assert len([call for call in discord_server.rest.calls if "guilds" in call.path]) == 4


async def test_who_waits_while_the_bot_stops_is_told_so(discord_server, database):
    trace = RequestBudget(RequestCounts(database), sleep=lambda seconds: web.close()).trace()
    web = aiohttp.ClientSession(trace_configs=[trace])
    await RequestCounts(database).take_turn(15.0)
    with pytest.raises(DiscordUnavailable, match="has stopped"):
        await web.get(f"{discord_server.url}/users/@me")
    assert discord_server.rest.calls == []
