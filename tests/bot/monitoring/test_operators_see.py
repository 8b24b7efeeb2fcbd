"""A bot in a process of its own, asked by people and watched by its operator: nothing of the people is seen."""

import asyncio
import json
import re
import signal

from prometheus_client.parser import text_string_to_metric_families

from bot.config import HttpAddress
from tests.bot.monitoring.test_http_server import free_port, get
from tests.bot.test_client import process

SECRETS = (
    "Did the zebra Xanthippe resign?",
    "Has Quetzalcoatl been sold to Ruritania?",
    "Xylophonia fell silent",
)
KNOWN = re.compile(r"[a-z0-9.+-]{1,20}|\+Inf|[A-Z]?Python|3\.\d+\.\S+|[0-9e.+-]+")


def samples(text):
    """Return what was served: (name, labels) -> value."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def ask_everywhere(server, ada, ben):
    """Ask in all the ways that there are, good and bad."""
    channel = server.channel
    asked = await ada.slash(channel, "ask", question=SECRETS[0])
    seen = await ada.waits_for_answer(asked)
    await ben.waits_for_reply(await ben.mention(channel, SECRETS[1]))
    said = await ben.says(channel, SECRETS[2])
    form = await ada.uses(said, "Check the news")
    await ada.waits_for_modal(form)
    await ada.waits_for_answer(await ada.submits(form, {"question": SECRETS[2]}))
    await ada.waits_for_answer(await ada.slash(channel, "ask", question=SECRETS[0], outlet="Nowhereland"))
    await ada.waits_for_answer(await ada.click(seen, "Context"))


async def test_an_operator_sees_figures_and_no_people(discord_server, tmp_path):
    ada, ben = discord_server.person("Ada Lovelace"), discord_server.person("Benedikta")
    address = HttpAddress("127.0.0.1", free_port())
    async with process(
        discord_server, tmp_path, VERBATIM_HTTP=str(address), VERBATIM_LOG_FORMAT="json"
    ) as bot:
        await discord_server.ready()
        await until_ready(address)
        await ask_everywhere(discord_server, ada, ben)
        served = (await get(address, "/metrics"))[1]
        everything = served + (await get(address, "/readyz"))[1] + (await get(address, "/healthz"))[1]
        bot.gets(signal.SIGTERM)
        assert await bot.ends() == 0, bot.output
    value = samples(served)
    for labels in (
        {"surface": "command", "outcome": "disagree"},
        {"surface": "message", "outcome": "disagree"},
        {"surface": "check", "outcome": "disagree"},
        {"surface": "button", "outcome": "served"},
    ):
        assert value["verbatim_answers_total", frozenset(labels.items())] == 1, labels
    refused = {"surface": "command", "reason": "bad-request"}
    assert value["verbatim_refusals_total", frozenset(refused.items())] == 1
    assert value["verbatim_gateway_connected", frozenset()] == 1
    assert value["process_resident_memory_bytes", frozenset()] > 10e6
    nothing_personal(discord_server, everything, value, (ada, ben))
    lines = [json.loads(line) for line in bot.output.splitlines()]
    assert {"ready", "answered", "refused", "stopped"} <= {line["event"] for line in lines}
    for words in (*SECRETS, "Xanthippe", "Ada Lovelace", "Benedikta"):
        assert words not in bot.output


def nothing_personal(server, everything, value, people):
    """Check that what was served has no id, no name and no words of people, and only labels of closed sets."""
    ids = {str(one.user.id) for one in people} | {
        str(server.guild.id),
        str(server.channel.id),
        str(server.bot.id),
    }
    assert not [one for one in ids if one in everything]
    words = {word for text in SECRETS for word in re.findall(r"\w{5,}", text)}
    words |= {"Lovelace", "Benedikta", "Newsroom", "Nowhereland", "Sample Wire", server.token}
    assert not [word for word in words if word.casefold() in everything.casefold()]
    for _, labels in value:
        for name, text in labels:
            assert KNOWN.fullmatch(text), (name, text)


async def until_ready(address):
    async with asyncio.timeout(30):
        while (await get(address, "/readyz"))[0] != 200:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.05)


async def test_a_lost_connection_is_seen_and_counted(discord_server, tmp_path):
    address = HttpAddress("127.0.0.1", free_port())
    async with process(discord_server, tmp_path, VERBATIM_HTTP=str(address)) as bot:
        await discord_server.ready()
        await until_ready(address)
        discord_server.gateway.unreachable = True
        await discord_server.gateway.cut()
        async with asyncio.timeout(30):
            while (await get(address, "/readyz"))[0] == 200:  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.05)
        assert "discord: not connected" in (await get(address, "/readyz"))[1]
        assert (await get(address, "/healthz"))[0] == 200
        value = samples((await get(address, "/metrics"))[1])
        assert value["verbatim_gateway_connected", frozenset()] == 0
        assert value["verbatim_gateway_disconnects_total", frozenset()] >= 1
        discord_server.gateway.unreachable = False
        await until_ready(address)
        bot.gets(signal.SIGTERM)
        assert await bot.ends() == 0, bot.output
