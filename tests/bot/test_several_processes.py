"""Several processes of one bot on one data folder: who answers what, in whose turn, and when one is killed."""

import asyncio
import signal

import pytest

from index.archive import Archive
from tests.bot.fleet import PATIENT, fleet
from tests.bot.samples import article

QUESTION = "When will the harbour bridge in Norwick open again?"
TEXT = "The harbour bridge in Norwick will open again in six weeks, mayor Ada Fenn said on Monday."


@pytest.fixture
def data(tmp_path, models):
    """A data folder with an article in it."""
    (tmp_path / "models").symlink_to(models)
    with Archive.open(tmp_path, models=models) as archive:
        archive.add([article(TEXT, outlet="Sample Wire")])
    return tmp_path


@pytest.fixture
def patient(discord_server):
    """The local Discord, which waits for as long as a busy machine takes, and counts waves of identifications."""
    discord_server.patience = PATIENT
    discord_server.gateway.counts_waves = True
    return discord_server


async def asks(person, place):
    """Ask by command and by mention, or in private by message; give the answers."""
    by_command = await person.waits_for_answer(await person.slash(place, "ask", question=QUESTION), PATIENT)
    said = await (person.dm(QUESTION) if place is person.direct else person.mention(place, QUESTION))
    return [by_command, await person.waits_for_reply(said, PATIENT)]


def answers(server, person, place):
    return [one for one in person.sees(place) if one.message.author is server.bot]


async def test_each_server_is_answered_once_by_the_process_that_has_it(patient, data):
    server, gateway = patient, patient.gateway
    gateway.max_concurrency = 3
    guilds = [await server.new_guild(f"Guild {n}", shard=(n, 3)) for n in range(3)]
    places = [guild.channels[0] for guild in guilds]
    people = [server.person(f"Ann {n}", guild=guild) for n, guild in enumerate(guilds)]
    async with fleet(server, data) as bots:
        one = await bots.starts("--shards", "0", "--shard-count", "3")
        two = await bots.starts(VERBATIM_SHARDS="1-2", VERBATIM_SHARD_COUNT="3")
        await bots.has(3)
        await server.until(lambda: server.commands, "the commands", PATIENT)
        cards = [await asks(person, place) for person, place in zip(people, places, strict=True)]
        await asks(people[2], people[2].direct)
        for person, place in [*zip(people, places, strict=True), (people[2], people[2].direct)]:
            assert len(answers(server, person, place)) == 2
        assert (one.count("answered"), two.count("answered")) == (4, 4)

        assert await two.stops(signal.SIGKILL) == -signal.SIGKILL
        await server.until(lambda: len(gateway.online) == 1, "its connections to break", PATIENT)
        await asks(people[0], places[0])
        await asks(people[1], people[1].direct)
        assert one.count("answered") == 8

        # The ways that shards are shared out may change; cards stay.
        three = await bots.starts("--shards", "2", "--shard-count", "3")
        four = await bots.starts("--shards", "1", "--shard-count", "3")
        await bots.has(3)
        for number in (1, 2):
            pressed = await people[number].click(cards[number][0], "Context")
            assert "mayor Ada Fenn" in (await people[number].waits_for_answer(pressed, PATIENT)).text
            await asks(people[number], places[number])
            assert len(answers(server, people[number], places[number])) == 5
        assert [bot.count("answered") for bot in (one, three, four)] == [8, 2, 2]
        for bot in (one, three, four):
            assert await bot.stops() == 0, bot.said
            assert bot.count("fault") == 0, bot.said
    registered = [
        call for call in server.rest.calls if call.method == "PUT" and call.path.endswith("/commands")
    ]
    assert len(registered) == 1
    assert gateway.doubles == []


async def test_shards_identify_in_their_waves_whichever_process_they_are_in(patient, tmp_path):
    gateway = patient.gateway
    gateway.max_concurrency, gateway.shards, gateway.starts = 2, 5, 3
    gateway.starts_again_in = 1.0
    async with fleet(patient, tmp_path) as bots:
        for numbers in ("0,3", "1-2"):
            await bots.starts_made_up("--shards", numbers, "--shard-count", "4")
        await patient.until(
            lambda: any(bot.count("Discord allows no more logins for now; waiting") for bot in bots.members),
            "one to wait for the next day",
            PATIENT,
        )
        gateway.starts = 1000
        await bots.has(4)
        shards = sorted(identify["shard"] for identify in gateway.identified)
        assert shards == [[0, 4], [1, 4], [2, 4], [3, 4]]
        for bot in bots.members:
            assert bot.count("Discord recommends more shards") == 1


async def test_a_second_process_with_a_shard_says_so_and_ends_and_the_first_goes_on(patient, tmp_path):
    patient.gateway.max_concurrency = 4
    ann = patient.person("Ann")
    async with fleet(patient, tmp_path) as bots:
        first = await bots.starts_made_up("--shards", "0-1", "--shard-count", "2")
        await bots.has(2)
        second = await bots.starts_made_up("--shards", "1", "--shard-count", "2")
        other = await bots.starts_made_up("--shards", "2", "--shard-count", "4")
        whole = await bots.starts_made_up()
        codes = await asyncio.gather(*[bot.ends() for bot in (second, other, whole)])
        assert codes == [2, 2, 2]
        assert "Another process has shard 1 of 2 already, and goes on" in second.said
        assert "Another process of this bot has 2 shards in all" in other.said
        assert "Another process of this bot has 2 shards in all" in whole.said
        assert "Traceback" not in second.said + other.said + whole.said
        await asks(ann, ann.direct)
        assert first.count("answered") == 2
    assert len(patient.gateway.identified) == 2
    assert patient.gateway.doubles == []


async def test_a_bot_that_runs_already_is_not_started_again(patient, tmp_path):
    patient.gateway.counts_waves = False  # one without shards takes no turns, nor does Discord mind but once
    async with fleet(patient, tmp_path) as bots:
        first = await bots.starts_made_up()
        await bots.has(1)
        second = await bots.starts_made_up()
        assert await second.ends() == 2
        assert "This bot runs already, and goes on" in second.said
        assert await first.stops(signal.SIGKILL) == -signal.SIGKILL
        third = await bots.starts_made_up(VERBATIM_SHARD_COUNT="1")
        await patient.until(lambda: len(patient.gateway.identified) == 2, "the next", PATIENT)
        assert await third.stops() == 0


async def test_too_few_shards_end_the_bot_with_what_to_do(patient, tmp_path):
    patient.gateway.least_shards = 2
    async with fleet(patient, tmp_path) as bots:
        bot = await bots.starts_made_up("--shard-count", "1")
        assert await bot.ends() == 2
        assert "Raise --shard-count in every process" in bot.said
        assert "Traceback" not in bot.said
