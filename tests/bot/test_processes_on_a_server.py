"""Several processes of one bot on one server of PostgreSQL, each with a data folder of its own, as on machines."""

import signal

from index.archive import Archive
from tests.bot.fleet import PATIENT, fleet
from tests.bot.samples import article
from tests.bot.test_several_processes import TEXT, asks, patient  # noqa: F401 - a fixture


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
