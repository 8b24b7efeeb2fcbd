"""What happens to the servers while people ask: the primary is killed, the replica promoted, news comes in."""

import asyncio
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import NamedTuple

import psycopg

from index.archive import Archive
from index.encoding.encoder import load_encoder
from index.feeds.subscriptions import Subscriptions
from index.ingest.inputs import read_inputs
from tests.bot.fleet import PATIENT, Fleet, fleet
from tests.cluster.people import NOT_COMING_IN, QUESTIONS, Asker, Transcript
from tests.conftest import MODELS
from tests.discord_server import DiscordServer
from tests.postgres_cluster import PostgresCluster
from tests.soak.run import SAMPLE_NEWS
from tests.web.newspaper import Newspaper

ACKNOWLEDGE_WITHIN = 30.0  # seconds; Discord waits three, the machine may be busy with six servers at once
PROCESSES = {
    "bot 1": ("run", "--shards", "0", "--shard-count", "2"),
    "bot 2": ("run", "--shards", "1", "--shard-count", "2"),
    "fetcher 1": ("feeds", "watch"),
    "fetcher 2": ("feeds", "watch"),
}


class News(NamedTuple):
    """An article that comes in, what is asked for it, and what has to be quoted then."""

    name: str
    text: str
    question: str
    words: str


DAM = News(
    "dam",
    "The Ellwater dam will be opened on Friday, the water board of Norwick said after its meeting.",
    "When will the Ellwater dam be opened?",
    "will be opened on Friday",
)
TRAM = News(
    "tram",
    "The tram line to Harrowby will cost nine million crowns, the council said on Tuesday.",
    "What will the tram line to Harrowby cost?",
    "nine million crowns",
)


@dataclass
class Machines:
    """All that runs, and who asks it."""

    cluster: PostgresCluster
    database: str
    paper: Newspaper
    server: DiscordServer
    bots: Fleet
    askers: list[Asker]
    transcript: Transcript

    def tell(self, what):
        self.transcript.line("---", what)

    async def everyone(self, act):
        """Let everyone do something at the same time; give what came of it for each."""
        async with asyncio.TaskGroup() as group:
            tasks = {asker: group.create_task(act(asker)) for asker in self.askers}
        return {asker: task.result() for asker, task in tasks.items()}

    async def news_comes(self, news):
        """Publish an article, and ask for it until both bots quote it; give the cards."""
        self.tell(f"the newspaper publishes: {news.text}")
        begun = self.transcript.seconds
        self.paper.press.publish(news.name, news.text)
        cards = await self.everyone(lambda asker: asker.asks_until(news.question, news.words))
        self.tell(f"both bots quote it, {self.transcript.seconds - begun:.1f} s after it was published")
        return cards


def prepare(address, folder, paper):
    """Put the sample and the newspaper's feed into an empty database."""
    with (
        Archive(folder, load_encoder(None, MODELS), store=address) as archive,
        Subscriptions(address) as subscriptions,
    ):
        for _ in archive.add(read_inputs([str(SAMPLE_NEWS)])):
            pass
        subscriptions.add(paper.press.feed(), time.time())


async def start(stack, folder, transcript):
    """Start the servers, the processes and the people; they end with the stack."""
    cluster = await asyncio.to_thread(PostgresCluster)
    stack.callback(cluster.close)
    await asyncio.to_thread(cluster.add_replica)
    await asyncio.to_thread(cluster.wait_for_replicas)
    address = cluster.new_database()
    transcript.line("---", "a primary runs, and a replica that every commit waits for")
    paper = stack.enter_context(Newspaper())
    await asyncio.to_thread(prepare, address, folder, paper)
    transcript.line("---", "the sample's news is stored, the newspaper's feed is followed")
    server = await stack.enter_async_context(DiscordServer(patience=ACKNOWLEDGE_WITHIN))
    server.gateway.max_concurrency = 2
    askers = []
    for number, name in enumerate(("Ann", "Ben")):
        guild = await server.new_guild(f"{name}'s server", shard=(number, 2))
        person = server.person(name, guild=guild)
        askers.append(Asker(f"{name}, bot {number + 1}", person, guild.channels[0], transcript))
    settings = {"VERBATIM_STORE": address.url, "VERBATIM_OPEN_HOSTS": f"{paper.host}:{paper.port}"}
    bots = await stack.enter_async_context(fleet(server, folder, **settings))
    await start_processes(bots, folder)
    transcript.line("---", "two bots are connected, two fetchers look after the feed with them")
    database = address.url.rpartition("/")[2]
    return Machines(cluster, database, paper, server, bots, askers, transcript)


async def start_processes(bots, folder):
    """Start two bots, each with one of two shards, and two fetchers, each with a data folder of its own."""
    for name, command in PROCESSES.items():
        (folder / name).mkdir()
        (folder / name / "models").symlink_to(MODELS)
        await bots.starts_in_a_hurry(*command, VERBATIM_DATA=str(folder / name))
    await bots.has(2)
    await bots.server.until(lambda: bots.server.commands, "the commands", PATIENT)
    followed = "following the feeds"
    await bots.server.until(lambda: all(one.count(followed) for one in bots.members), "fetchers", PATIENT)


async def fail_over(machines):
    """Kill the primary and promote the replica, while people ask and news comes in."""
    primary, replica = machines.cluster.servers
    before = await machines.news_comes(DAM)
    await machines.everyone(lambda asker: asker.votes_until(noted=True))

    await asyncio.to_thread(primary.kill)
    machines.tell("THE PRIMARY IS KILLED (SIGKILL)")
    since = await machines.everyone(lambda asker: asker.asks_until(DAM.question, NOT_COMING_IN))
    await machines.everyone(lambda asker: asker.reads_context(before[asker], DAM.words))
    await machines.everyone(lambda asker: asker.reads_context(since[asker], DAM.words))
    await machines.everyone(lambda asker: asker.votes_until(noted=False))
    await machines.everyone(lambda asker: asker.asks_more(len(QUESTIONS)))

    await asyncio.to_thread(machines.cluster.promote, replica)
    machines.tell("THE REPLICA IS PROMOTED")
    await machines.everyone(lambda asker: asker.votes_until(noted=True))
    cards = await machines.news_comes(TRAM)
    await machines.everyone(lambda asker: asker.reads_context(cards[asker], TRAM.words))


async def wrong_in_the_end(machines):
    """Stop the processes; say what they, or the database, should not have in the end."""
    processes = dict(zip(PROCESSES, machines.bots.members, strict=True))
    for name, process in processes.items():
        if (code := await process.stops()) != 0:
            yield f"{name} ended with exit code {code}"
        if process.count("fault") or "Traceback" in process.said:
            yield f"{name} has logged a fault"
    for breach in machines.server.violations:
        yield f"the bot broke a rule of Discord: {breach}"
    with psycopg.connect(machines.cluster.primary.url(machines.database)) as db:
        [(votes,)] = db.execute("SELECT count(*) FROM verbatim.feedback").fetchall()
        counts = db.execute("SELECT count(*), count(DISTINCT url) FROM verbatim.articles").fetchall()
    [(articles, urls)] = counts
    took = {name: process.count("articles taken in") for name, process in processes.items()}
    machines.tell(f"articles came in by {', '.join(name for name, number in took.items() if number)}")
    noted = len(machines.transcript.noted)
    machines.tell(f"of {noted} thumbs that were noted the new primary has {min(votes, noted)}")
    if votes < noted:
        yield f"{noted - votes} thumbs were noted and are lost"
    if articles != urls:
        yield f"{articles - urls} articles are stored twice"


async def story(folder, transcript):
    """Tell the whole story; return in words what was wrong in the end."""
    async with AsyncExitStack() as stack:
        machines = await start(stack, folder, transcript)
        async with asyncio.TaskGroup() as asking:
            for asker in machines.askers:
                asking.create_task(asker.keep_asking())
            await fail_over(machines)
            transcript.is_over = True
        return [wrong async for wrong in wrong_in_the_end(machines)]
