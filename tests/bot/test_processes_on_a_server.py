"""Several processes of one bot on one server of PostgreSQL, each with a data folder of its own, as on machines."""

import asyncio
import signal
import time

from bot.context import TABLES
from bot.storage.database import Database
from bot.storage.guild_settings import GuildSettings, GuildSettingsStore
from bot.texts import texts_for
from index.archive import Archive
from tests.bot.fleet import PATIENT, fleet
from tests.bot.samples import article
from tests.bot.test_several_processes import QUESTION, TEXT, asks, patient  # noqa: F401 - a fixture


async def told(person, place):
    """What the answer to a command shows."""
    asked = await person.slash(place, "ask", question=QUESTION)
    return (await person.waits_for_answer(asked, PATIENT)).text


async def count_elsewhere(database, kind, number, used):
    """Let so many uses be counted, as another process does."""
    await database.execute(
        "INSERT INTO uses VALUES (?, ?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET used = excluded.used",
        *(kind, number, int(time.time() * 1000), used),
    )


async def what_another_process_counts_and_chooses_holds(server, folder, address, guilds):
    """Let this process be one more of the bot, on the same database."""
    database = await Database.open(folder, TABLES, address)
    bea, cas = server.person("Bea", guild=guilds[0]), server.person("Cas", guild=guilds[1])
    await count_elsewhere(database, "question", bea.user.id, 6)
    assert "You are asking faster than I can read" in await told(bea, guilds[0].channels[0])
    await count_elsewhere(database, "server", guilds[1].id, 60)
    assert "Many people are asking on this server" in await told(cas, guilds[1].channels[0])
    await database.execute("DELETE FROM uses")
    await GuildSettingsStore(database).put(guilds[0].id, GuildSettings(language="de"))
    await database.close()
    number = 0
    async with asyncio.timeout(PATIENT):
        while texts_for("de")("footer") not in await told(
            server.person(f"Person {number}", guild=guilds[0]), guilds[0].channels[0]
        ):
            number += 1


async def test_processes_with_folders_of_their_own_share_shards_answers_and_turns(
    patient,  # noqa: F811
    tmp_path,
    models,
    postgres_address,
):
    server = patient
    folders = [tmp_path / name for name in ("one", "two", "three")]
    for folder in folders:
        folder.mkdir()
        (folder / "models").symlink_to(models)
    with Archive.open(folders[0], models=models, store=postgres_address) as archive:
        archive.add([article(TEXT, outlet="Sample Wire")])
    guilds = [await server.new_guild(f"Guild {n}", shard=(n, 2)) for n in range(2)]
    places, people = (
        [guild.channels[0] for guild in guilds],
        [server.person("Ann", guild=one) for one in guilds],
    )
    async with fleet(server, tmp_path, VERBATIM_STORE=postgres_address.url) as bots:

        async def starts(shard, folder):
            return await bots.starts("--shards", str(shard), "--shard-count", "2", VERBATIM_DATA=str(folder))

        one, two = await starts(0, folders[0]), await starts(1, folders[1])
        await bots.has(2)
        await server.until(lambda: server.commands, "the commands", PATIENT)
        cards = [await asks(person, place) for person, place in zip(people, places, strict=True)]
        assert (one.count("answered"), two.count("answered")) == (2, 2)
        await what_another_process_counts_and_chooses_holds(server, folders[2], postgres_address, guilds)

        again = await starts(1, folders[2])
        assert await again.ends() == 2
        assert "Another process has shard 1 of 2 already, and goes on" in again.said
        await asks(people[1], places[1])

        await two.stops(signal.SIGKILL)
        await server.until(lambda: len(server.gateway.online) == 1, "its connection to break", PATIENT)
        await asks(people[0], places[0])
        three = await starts(1, folders[2])
        await bots.has(2)
        pressed = await people[1].click(cards[1][0], "Context")
        assert "mayor Ada Fenn" in (await people[1].waits_for_answer(pressed, PATIENT)).text
        for bot in (one, three):
            assert await bot.stops() == 0, bot.said
            assert bot.count("fault") == 0, bot.said
    assert server.gateway.doubles == []
