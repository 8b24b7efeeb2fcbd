"""The primary is killed while people ask and press buttons and news comes in: what they see, and what is kept."""

import asyncio
import time

import pytest

from bot.texts import ENGLISH
from index.archive import Archive
from index.feeds.subscriptions import Subscriptions
from tests.bot.fleet import PATIENT, fleet
from tests.bot.test_posts_of_several_processes import posts
from tests.bot.test_several_processes import patient  # noqa: F401 - a fixture
from tests.discord_server.state import ORDINARY
from tests.index.conftest import BRIDGE, WHEAT
from tests.postgres_cluster import PostgresCluster
from tests.web.newspaper import Newspaper

MANAGE_MESSAGES = 1 << 13
QUESTION = "Why did the harbour bridge in Norwick close?"
QUOTED = "cracks in two of its cables"
FOLLOWED = "When will the Ellwater dam be opened?"
NEWS = "The Ellwater dam will be opened on Friday, the water board of Norwick said after its meeting."
NOT_COMING_IN, NOT_SAVED = ENGLISH("no-news-comes-in"), ENGLISH("error-store-away")
UNCONFIRMED = ENGLISH("error-store-unconfirmed")  # the commit itself was cut off
THANKS = ENGLISH("thanks-up")


@pytest.fixture
def cluster():
    started = PostgresCluster()
    yield started
    started.close()


class Crowd:
    """People who ask and press all the time; `cards` are their answers, `votes` what they were told of their thumbs."""

    def __init__(self, server, people, place):
        self.server, self.people, self.place = server, people, place
        self.cards, self.contexts, self.votes = [], [], []

    async def ask(self, person):
        asked = await person.slash(self.place, "ask", question=QUESTION, private=True)
        card = await person.waits_for_answer(asked, PATIENT)
        assert QUOTED in card.text, card.text
        self.cards.append(card)
        return card

    async def press(self, person, card):
        shown = await person.waits_for_answer(await person.click(card, "Context"), PATIENT)
        assert "Mayor Ada Fenn" in shown.text, shown.text
        self.contexts.append(shown)

    async def vote(self, person, card):
        told = await person.waits_for_answer(await person.click(card, "👍"), PATIENT)
        self.votes.append(told.text)

    async def work(self, person):
        while True:
            card = await self.ask(person)
            await self.press(person, card)
            await self.vote(person, card)

    async def publish(self, press):
        for number in range(3):
            press.publish(f"item-{number}", f"Item {number} of the council was dealt with.")
            await asyncio.sleep(2)

    async def until(self, condition):
        await self.server.until(condition, "the crowd to see it", PATIENT)

    def later(self, seen, text):
        """Wait for one more of what is `seen` that holds a text."""
        before = len(seen)
        return self.until(lambda: any(text in str(getattr(one, "text", one)) for one in seen[before:]))


def stored(cluster, database, statement):
    import psycopg

    with psycopg.connect(cluster.primary.url(database)) as db:
        return db.execute(statement).fetchall()


async def in_thread(work, *values):
    return await asyncio.to_thread(work, *values)


async def test_nobody_is_left_without_an_answer_when_the_primary_is_killed(
    patient,  # noqa: F811
    tmp_path,
    models,
    encoder,
    cluster,
):
    server = patient
    server.gateway.max_concurrency = 2
    replica = await in_thread(cluster.add_replica)
    await in_thread(cluster.wait_for_replicas)
    address = cluster.new_database()
    database = address.url.rpartition("/")[2]
    (tmp_path / "models").symlink_to(models)
    guild = await server.new_guild("Elm", shard=(1, 2))
    place = guild.channels[0]
    people = [server.person(f"Ann {n}", guild=guild) for n in range(2)]
    mona = server.person("Mona", guild=guild, permissions=ORDINARY | MANAGE_MESSAGES)
    with Newspaper() as paper:
        with (
            Archive(tmp_path / "other", encoder, store=address) as archive,
            Subscriptions(address) as subscriptions,
        ):
            archive.add([BRIDGE, WHEAT])
            subscriptions.add(paper.press.feed(), time.time())
        settings = {
            "VERBATIM_STORE": address.url,
            "VERBATIM_READER": "none",
            "VERBATIM_OPEN_HOSTS": f"{paper.host}:{paper.port}",
        }
        async with fleet(server, tmp_path, **settings) as bots:
            bot = await bots.starts_in_a_hurry("run", "--shards", "0-1", "--shard-count", "2")
            await bots.has(2)
            await server.until(lambda: server.commands, "the commands", PATIENT)
            crowd = Crowd(server, people, place)
            followed = await mona.slash(place, "follow", question=FOLLOWED)
            await mona.waits_for_answer(followed, PATIENT)
            async with asyncio.TaskGroup() as at_work:
                tasks = [at_work.create_task(crowd.work(person)) for person in people]
                tasks.append(at_work.create_task(crowd.publish(paper.press)))
                await crowd.later(crowd.votes, THANKS)
                await in_thread(cluster.primary.kill)
                await crowd.later(crowd.cards, NOT_COMING_IN)
                await crowd.later(crowd.votes, NOT_SAVED)
                paper.press.publish("dam", NEWS, title="Ellwater dam")
                await in_thread(cluster.promote, replica)
                await crowd.later(crowd.votes, THANKS)
                await server.until(lambda: posts(server, "on Friday"), "what is followed", PATIENT)

                await in_thread(replica.kill)
                await crowd.later(crowd.cards, NOT_COMING_IN)
                await crowd.later(crowd.contexts, QUOTED)  # of a card that could not be saved
                await crowd.later(crowd.votes, NOT_SAVED)
                await in_thread(replica.start)
                await crowd.later(crowd.votes, THANKS)
                await crowd.until(lambda: NOT_COMING_IN not in crowd.cards[-1].text)
                for task in tasks:
                    task.cancel()
            assert {THANKS, NOT_SAVED} <= set(crowd.votes) <= {THANKS, NOT_SAVED, UNCONFIRMED}
            assert len(posts(server, "on Friday")) == 1
            assert await bot.stops() == 0, bot.said
            assert bot.count("fault") == 0, bot.said
        assert "p%40ss" not in bot.said
        assert "p@ss" not in bot.said
    votes = stored(
        cluster, database, "SELECT count(*), count(DISTINCT (answer, voter)) FROM verbatim.feedback"
    )
    assert votes[0][0] == votes[0][1] >= crowd.votes.count(THANKS)
    [(articles, urls)] = stored(
        cluster, database, "SELECT count(*), count(DISTINCT url) FROM verbatim.articles"
    )
    assert articles == urls > 3
