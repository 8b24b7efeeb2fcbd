"""Two servers and a person on the local Discord, answered from the same index: what each of them is shown."""

import asyncio
import re
import sqlite3
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from bot.exts.answer_buttons import PAGE_ACTIONS
from index.archive import Archive
from index.circles import HOUSE
from index.feeds.manager import FeedManager
from index.feeds.subscriptions import Subscriptions
from index.feeds.worker import FeedWorker
from index.storage.places import NEWS_FILE
from tests.bot.newsroom import online
from tests.discord_server.people import Person
from tests.discord_server.state import MANAGE_GUILD, ORDINARY
from tests.index.feeds.harness import QUICK, found

ASKED_AT = re.compile(r"<t:\d+:f>")
CALM = replace(  # however busy a machine: a page is tried until it comes
    QUICK,
    min_interval=1.0,
    max_interval=1.0,
    failures_before_pause=1000,
    retry_delays=(0.5,) * 500,
    recheck_delays=(300.0,),
)
PATIENT = 300.0  # seconds after which something waited for will not come any more, on however busy a machine
QUESTION = "What did the water board of Norwick say about the Ellwater dam?"
WORDS = "the water board of Norwick said after its meeting"


async def until(condition, what):
    end = time.monotonic() + PATIENT
    while not (result := await asyncio.to_thread(condition)):
        assert time.monotonic() < end, f"no {what}"
        await asyncio.sleep(0.2)
    return result


@dataclass
class Neighbours:
    """Ada manages the server Elm, Ben the server Oak; Cleo has the bot in private. `liar` is a newspaper that lies."""

    discord: object
    bot: object
    archive: Archive
    folder: object
    ada: Person
    ben: Person
    cleo: Person
    elm: object
    oak: object

    def place(self, person):
        return {self.ada: self.elm, self.ben: self.oak}.get(person, person.direct)

    async def runs(self, person, command, place=None, **options):
        """What the answer to a command shows."""
        asked = await person.slash(place or self.place(person), command, **options)
        return await person.waits_for_answer(asked)

    async def everything(self, person):
        """The texts and links of all that a person can be shown about the news."""
        place = self.place(person)
        asked = await self.runs(person, "ask", question=QUESTION)
        buttons = [one for one in asked.custom_ids if one.split(":")[1] in PAGE_ACTIONS]
        pressed = [await person.click(asked, button) for button in buttons]
        shown = [asked, *[await person.waits_for_answer(one) for one in pressed]]
        for command, options in (
            ("quote", {"words": WORDS}),
            ("brief", {}),
            ("about", {}),
            ("outlets", {}),
        ):
            shown.append(await self.runs(person, command, **options))
        if place is person.direct:
            shown.append(await person.waits_for_reply(await person.dm(QUESTION)))
        else:
            shown.append(await person.waits_for_reply(await person.mention(place, QUESTION)))
        claim = await person.says(place, WORDS)
        form = await person.uses(claim, "Check the news")
        await person.waits_for_modal(form)
        shown.append(await person.waits_for_answer(await person.submits(form)))
        offered = await person.types(place, "ask", "outlet", "", question="x")
        texts = [ASKED_AT.sub("<now>", one.text) for one in shown]  # of a brief: until when it reaches
        return [*texts, *(one.links for one in shown), [one["name"] for one in offered]]

    async def settled(self, paper):
        """Wait until a newspaper's feed was read some times, and what it announces is dealt with."""
        seen = paper.seen["/feed"]
        database = sqlite3.connect(self.folder / NEWS_FILE, check_same_thread=False)
        waiting = "SELECT 1 FROM pages WHERE state = 'waiting' AND due IS NOT NULL"
        moved = f"SELECT 1 FROM feeds WHERE url LIKE '{paper.origin}%'"

        def is_settled():
            read = paper.seen["/feed"] > seen + 2 or not database.execute(moved).fetchall()
            return read and not database.execute(waiting).fetchall()

        with database:
            database.execute("UPDATE feeds SET inside = 1")
        try:
            await until(is_settled, f"end of what {paper.origin} announces")
        finally:
            database.close()


@asynccontextmanager
async def neighbours(discord, folder, models, monkeypatch, paper, *others):
    """Run the bot for all three; the house follows `paper`. Newspapers lie where only the owner's feeds may lead."""
    looking = FeedManager.preview
    monkeypatch.setattr(FeedManager, "preview", lambda desk, url, **_: looking(desk, url))
    hosts = frozenset(f"{one.host}:{one.port}" for one in (paper, *others))
    settings = paper.settings(open_hosts=hosts)
    discord.patience = PATIENT  # what is shown is tested here, not how soon
    manages = ORDINARY | MANAGE_GUILD
    elm, oak = discord.guild, await discord.new_guild("Oak")
    ada = discord.person("Ada", guild=elm, permissions=manages)
    ben = discord.person("Ben", guild=oak, permissions=manages)
    cleo = discord.stranger("Cleo", installed_app=True)
    with (
        Archive.open(folder, models=models) as archive,
        Subscriptions(folder / NEWS_FILE, CALM) as subscriptions,
    ):
        subscriptions.add(paper.press.feed(), 0.0, circle=HOUSE)
        worker = FeedWorker(archive, folder, settings, CALM)
        worker.start()
        try:
            async with online(discord, folder, archive, fetching=settings) as bot:
                places = (discord.channel, oak.channels[0])
                yield Neighbours(discord, bot, archive, folder, ada, ben, cleo, *places)
        finally:
            assert await worker.stop(PATIENT)


__all__ = ["QUESTION", "WORDS", "Neighbours", "found", "neighbours", "until"]
