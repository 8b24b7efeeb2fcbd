"""The local newspaper publishes, corrects and withdraws while a person asks about it on the local Discord."""

import asyncio
import time

from index.archive import Archive
from index.feeds.schedule import PollSchedule
from index.feeds.subscriptions import Subscriptions
from index.feeds.worker import FeedWorker
from index.storage.places import NEWS_FILE
from tests.bot.newsroom import online
from tests.web.newspaper import Newspaper

QUICK = PollSchedule(min_interval=0.2, max_interval=0.2, min_refetch_delay=0.0, not_found_recheck_delay=0.2)
PATIENT = 120.0  # seconds after which something waited for will not come any more
QUESTION = "When will the Ellwater dam be opened?"
FIRST = "The Ellwater dam will be opened on Friday, the water board of Norwick said after its meeting."
CORRECTED = "The Ellwater dam will be opened on Sunday, the water board of Norwick said in a correction."


def quoted(seen):
    return "\n".join(line for line in seen.text.splitlines() if line.startswith("> "))


async def asks_until(server, person, holds, what):
    """Ask until the card is as it should be; give the card."""
    end = time.monotonic() + PATIENT
    while True:
        asked = await person.slash(server.channel, "ask", question=QUESTION, private=True)
        seen = await person.waits_for_answer(asked)
        if holds(seen):
            return seen
        assert time.monotonic() < end, f"no {what}: {seen.text}"
        await asyncio.sleep(0.1)


async def test_a_question_follows_the_news(discord_server, tmp_path, models):
    ada = discord_server.person("Ada")
    with (
        Newspaper() as paper,
        Archive.open(tmp_path, models=models) as archive,
        Subscriptions(tmp_path / NEWS_FILE, QUICK) as subscriptions,
    ):
        subscriptions.add(paper.press.feed(), time.time())
        watch = FeedWorker(archive, tmp_path, paper.settings(), QUICK)
        async with online(discord_server, tmp_path, archive):
            watch.start()
            await asks_until(discord_server, ada, lambda seen: "no articles" in seen.text, "silence at first")
            paper.press.publish("ferry", "The ferry of Norwick is out of service.", title="The ferry")
            url = paper.press.publish("dam", FIRST, title="Ellwater dam")
            seen = await asks_until(discord_server, ada, lambda seen: "on Friday" in quoted(seen), "answer")
            assert any(link.startswith(f"{url}#:~:text=") for link in seen.links)
            assert "corrected" not in seen.text
            paper.press.correct("dam", CORRECTED)
            seen = await asks_until(
                discord_server, ada, lambda seen: "on Sunday" in quoted(seen), "correction"
            )
            assert "corrected" in seen.text
            assert "on Friday" not in quoted(seen)
            paper.press.withdraw("dam")
            await asks_until(
                discord_server, ada, lambda seen: "Ellwater dam" not in quoted(seen), "withdrawal"
            )
            assert await watch.stop(PATIENT)
