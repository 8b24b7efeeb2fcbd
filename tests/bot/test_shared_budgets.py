"""What Discord counts per bot or address is kept by several processes on a server together, as the local Discord counts it."""

from contextlib import asynccontextmanager

import pytest

from tests.bot.fleet import PATIENT, fleet
from tests.bot.test_several_processes import patient  # noqa: F401 - a fixture

COUNT = 3
PLENTY = 1_000_000
QUESTION = "Did Trump call Putin?"


@pytest.fixture
async def guilds(patient):  # noqa: F811
    """A server for each shard."""
    patient.gateway.max_concurrency = COUNT
    return [await patient.new_guild(f"Guild {n}", shard=(n, COUNT)) for n in range(COUNT)]


@pytest.fixture
def bots(patient, tmp_path, postgres_address):  # noqa: F811
    """A function that runs a process for each shard, with a data folder of its own, on one database."""

    @asynccontextmanager
    async def run(*, spacing=1 / 45, refused=PLENTY):
        async with fleet(patient, tmp_path, VERBATIM_STORE=postgres_address.url) as members:

            async def starts(shard):
                folder = tmp_path / f"machine-{shard}"
                folder.mkdir(exist_ok=True)
                arguments = (patient.url, str(folder), patient.token, str(spacing), str(refused))
                options = ("--shards", str(shard), "--shard-count", str(COUNT))
                return await members.starts_by("tests.bot.run_limited", *arguments, *options)

            members.starts_shard = starts
            for shard in range(COUNT):
                await starts(shard)
            yield members

    return run


async def test_requests_of_all_processes_together_stay_below_what_discord_allows(patient, guilds, bots):  # noqa: F811
    server, allowed, seconds = patient, 20, 1.0  # of which half are used: late ones come closer together
    async with bots(spacing=0.1) as members:
        await members.has(COUNT)
        asked = set()
        for number in range(3 * 20):
            guild = guilds[number % COUNT]
            person = server.person(f"Person {number}", guild=guild)
            asked.add(await person.mention(guild.channels[0], QUESTION))

        def answered():
            return {one.reference for one in server.world.messages.values() if one.author is server.bot}

        await server.until(lambda: asked <= answered(), "all answers", PATIENT)
        for guild in guilds:  # what answers commands waits for nothing
            person = server.person(guild=guild)
            command = await person.slash(guild.channels[0], "ask", question=QUESTION)
            await person.waits_for_answer(command, PATIENT)
        for bot in members.members:
            assert bot.count("answered") == 20 + 1
            assert await bot.stops() == 0, bot.said
            assert bot.count("fault") == 0, bot.said
    assert len(server.rest.counted()) > len(asked)
    assert server.rest.most_within(seconds) <= allowed


async def test_processes_that_start_anew_do_not_use_up_more_logins_than_are_left(patient, guilds, bots):  # noqa: F811
    gateway = patient.gateway
    gateway.starts, gateway.starts_again_in = 2 * COUNT - 1, 1.0
    said = "Discord allows no more logins for now; waiting"
    async with bots() as members:
        await members.has(COUNT)
        for bot in tuple(members.members):
            assert await bot.stops() == 0, bot.said
        again = [await members.starts_shard(shard) for shard in range(COUNT)]
        for bot in again:
            await patient.until(lambda bot=bot: bot.count(said), "it to say that no start is left", PATIENT)
        assert len(gateway.identified) <= gateway.starts
        gateway.starts = 1000
        await members.has(COUNT)
        assert len(gateway.identified) == 2 * COUNT


async def test_waves_hold_over_processes(patient, guilds, bots):  # noqa: F811
    patient.gateway.max_concurrency = 1
    async with bots() as members:
        await members.has(COUNT)
    assert sorted(one["shard"][0] for one in patient.gateway.identified) == [0, 1, 2]
    assert patient.gateway.doubles == []  # and that none came too soon is what the local Discord looks at


async def test_all_processes_hold_back_when_too_many_requests_of_all_are_refused(patient, guilds, bots):  # noqa: F811
    server, most = patient, 12
    said = "too many requests are refused; sending none for a while"
    people = [server.person(f"Ann {number}", guild=guild) for number, guild in enumerate(guilds)]
    async with bots(refused=most) as members:
        await members.has(COUNT)
        await server.until(lambda: server.commands, "the commands", PATIENT)
        server.faults.error("POST", r"/channels/", status=403, times=PLENTY)

        def refused(*of_guilds):
            paths = tuple(f"/channels/{guild.channels[0].id}/" for guild in of_guilds)
            return sum(call.status == 403 and call.path.startswith(paths) for call in server.rest.counted())

        async def mentions(number):
            """Let a bot be asked, which sends something that is refused, or says that it does not."""
            bot, before = members.members[number], refused(guilds[number])
            held = bot.count(said)
            await people[number].mention(guilds[number].channels[0], QUESTION)
            await server.until(
                lambda: refused(guilds[number]) > before or bot.count(said) > held, "a refusal", PATIENT
            )

        while not members.members[0].count(said):
            await mentions(0)
        for number in (1, 2):  # of which none was refused anything
            await mentions(number)
            assert members.members[number].count(said)
        assert refused(*guilds[1:]) == 0
        assert refused(guilds[0]) < most + 5  # what was under way
        for bot in members.members:
            assert await bot.stops() == 0, bot.said
            assert bot.count("fault") == 0, bot.said
