"""A bot that is started while there is no primary: it waits, or answers from a replica, and then does all it can."""

import asyncio
import time

import pytest

from bot.context import TABLES
from bot.storage.database import Database
from index.archive import Archive
from index.feeds.subscriptions import Subscriptions
from tests.bot.fleet import PATIENT, fleet
from tests.bot.test_failover import (
    FOLLOWED,
    NEWS,
    NOT_COMING_IN,
    NOT_SAVED,
    QUESTION,
    QUOTED,
    THANKS,
    cluster,  # noqa: F401 - a fixture
    in_thread,
)
from tests.bot.test_posts_of_several_processes import posts
from tests.bot.test_several_processes import patient  # noqa: F401 - a fixture
from tests.discord_server.state import ORDINARY
from tests.index.conftest import BRIDGE, WHEAT
from tests.web.newspaper import Newspaper

MANAGE_MESSAGES = 1 << 13
SHARDS = ("--shards", "0-1", "--shard-count", "2")


async def has_run_before(address, folder, encoder, feed=None):
    """Let a folder be that of a bot which has run."""

    def fill():
        with Archive(folder, encoder, store=address) as archive:
            archive.add([BRIDGE, WHEAT])
        if feed:
            with Subscriptions(address) as subscriptions:
                subscriptions.add(feed, time.time())

    await in_thread(fill)
    await (await Database.open(folder, TABLES, address)).close()


@pytest.fixture
async def guild(patient, tmp_path, models):  # noqa: F811
    patient.gateway.max_concurrency = 2
    (tmp_path / "models").symlink_to(models)
    return await patient.new_guild("Elm", shard=(1, 2))


async def ask(person, place):
    asked = await person.slash(place, "ask", question=QUESTION, private=True)
    card = await person.waits_for_answer(asked, PATIENT)
    assert QUOTED in card.text, card.text
    return card


async def vote(person, card):
    return (await person.waits_for_answer(await person.click(card, "👍"), PATIENT)).text


async def test_a_bot_that_is_there_before_its_database_waits_for_it(
    patient,  # noqa: F811
    guild,
    tmp_path,
    encoder,
    cluster,  # noqa: F811
):
    server = patient
    address = cluster.new_database()
    await has_run_before(address, tmp_path, encoder)
    await in_thread(cluster.primary.kill)
    settings = {"VERBATIM_STORE": address.url, "VERBATIM_READER": "none"}
    async with fleet(server, tmp_path, **settings) as bots:
        ends = await bots.starts("--shards", "0-1", "--shard-count", "2")
        bot = await bots.starts_in_a_hurry("run", *SHARDS)
        await server.until(lambda: bot.count("waiting for the database"), "it to say so", PATIENT)
        await server.until(lambda: ends.count("waiting for the database"), "it to say so", PATIENT)
        assert await ends.stops() == 0, ends.said
        await in_thread(cluster.primary.start)
        await bots.has(2)
        await server.until(lambda: server.commands, "the commands", PATIENT)
        ann = server.person("Ann", guild=guild)
        card = await ask(ann, guild.channels[0])
        assert NOT_COMING_IN not in card.text
        assert await vote(ann, card) == THANKS
        assert await bot.stops() == 0, bot.said
        assert bot.count("waiting for the database") == 1
        assert bot.count("fault") == 0, bot.said
        assert "p%40ss" not in bot.said + ends.said


async def test_a_bot_that_finds_a_replica_answers_and_goes_on_fully_when_there_is_a_primary(
    patient,  # noqa: F811
    guild,
    tmp_path,
    encoder,
    cluster,  # noqa: F811
):
    server, place = patient, guild.channels[0]
    replica = await in_thread(cluster.add_replica)
    await in_thread(cluster.wait_for_replicas)
    address = cluster.new_database()
    ann = server.person("Ann", guild=guild)
    mona = server.person("Mona", guild=guild, permissions=ORDINARY | MANAGE_MESSAGES)
    with Newspaper() as paper:
        await has_run_before(address, tmp_path, encoder, paper.press.feed())
        await in_thread(cluster.primary.kill)
        settings = {
            "VERBATIM_STORE": address.url,
            "VERBATIM_READER": "none",
            "VERBATIM_OPEN_HOSTS": f"{paper.host}:{paper.port}",
        }
        async with fleet(server, tmp_path, **settings) as bots:
            bot = await bots.starts_in_a_hurry("run", *SHARDS)
            await bots.has(2)
            await server.until(lambda: server.commands, "the commands", PATIENT)
            card = await ask(ann, place)
            assert NOT_COMING_IN in card.text
            assert await vote(ann, card) == NOT_SAVED

            await in_thread(cluster.promote, replica)
            async with asyncio.timeout(PATIENT):
                while await vote(ann, card) != THANKS:
                    pass
                while NOT_COMING_IN in (await ask(ann, place)).text:
                    pass
            await mona.waits_for_answer(await mona.slash(place, "follow", question=FOLLOWED), PATIENT)
            paper.press.publish("dam", NEWS, title="Ellwater dam")
            await server.until(lambda: posts(server, "on Friday"), "what is followed", PATIENT)
            again = await bots.starts(*SHARDS)
            assert await again.ends() == 2
            assert "Another process has shards 0-1 of 2 already" in again.said
            assert await bot.stops() == 0, bot.said
            assert bot.count("waiting for the database") == 0
            assert bot.count("fault") == 0, bot.said
