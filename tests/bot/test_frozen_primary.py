"""The primary says nothing while people ask and press buttons: it is frozen, or waits for a standby that is away."""

import asyncio
import signal

from bot.texts import ENGLISH
from index.archive import Archive
from tests.bot.fleet import PATIENT, fleet
from tests.bot.test_failover import (
    NOT_COMING_IN,
    NOT_SAVED,
    QUOTED,
    THANKS,
    Crowd,
    cluster,  # noqa: F401 - a fixture
    in_thread,
    stored,
)
from tests.bot.test_several_processes import patient  # noqa: F401 - a fixture
from tests.index.conftest import BRIDGE, WHEAT

UNCONFIRMED = ENGLISH("error-store-unconfirmed")


async def test_nobody_is_left_without_an_answer_when_the_primary_says_nothing(
    patient,  # noqa: F811
    tmp_path,
    models,
    encoder,
    cluster,  # noqa: F811
):
    server = patient
    server.gateway.max_concurrency = 2
    replica = await in_thread(cluster.add_replica)
    await in_thread(cluster.wait_for_replicas)
    address = cluster.new_database()
    (tmp_path / "models").symlink_to(models)
    guild = await server.new_guild("Elm", shard=(1, 2))
    people = [server.person(f"Ann {n}", guild=guild) for n in range(2)]
    with Archive(tmp_path / "other", encoder, store=address) as archive:
        archive.add([BRIDGE, WHEAT])
    settings = {"VERBATIM_STORE": address.url, "VERBATIM_READER": "none"}
    async with fleet(server, tmp_path, **settings) as bots:
        bot = await bots.starts_in_a_hurry("run", "--shards", "0-1", "--shard-count", "2")
        await bots.has(2)
        await server.until(lambda: server.commands, "the commands", PATIENT)
        crowd = Crowd(server, people, guild.channels[0])
        async with asyncio.TaskGroup() as at_work:
            tasks = [at_work.create_task(crowd.work(person)) for person in people]
            await crowd.later(crowd.votes, THANKS)
            await in_thread(cluster.primary.freeze)
            await crowd.later(crowd.cards, NOT_COMING_IN)
            await crowd.later(crowd.votes, NOT_SAVED)
            await in_thread(cluster.primary.thaw)
            await crowd.later(crowd.votes, THANKS)
            await crowd.until(lambda: NOT_COMING_IN not in crowd.cards[-1].text)

            await in_thread(replica.stop, signal.SIGQUIT)
            await crowd.later(crowd.votes, NOT_SAVED)
            await crowd.later(crowd.cards, QUOTED)
            await in_thread(replica.start)
            await crowd.later(crowd.votes, THANKS)
            for task in tasks:
                task.cancel()
        assert set(crowd.votes) <= {THANKS, NOT_SAVED, UNCONFIRMED}, bot.said
        assert await bot.stops() == 0, bot.said
        assert bot.count("fault") == 0, bot.said
    name = address.url.rpartition("/")[2]
    votes = await in_thread(
        stored, cluster, name, "SELECT count(*), count(DISTINCT (answer, voter)) FROM verbatim.feedback"
    )
    assert votes[0][0] == votes[0][1] >= crowd.votes.count(THANKS)
