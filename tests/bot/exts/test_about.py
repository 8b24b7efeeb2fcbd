"""People ask what the bot is, what it has, and what it keeps of them."""

from contextlib import asynccontextmanager

import pytest

from bot.context import TABLES, BotContext
from bot.services.conversation import Conversation
from bot.services.peers import Peers
from bot.services.query_service import QueryService
from bot.shards import parse_shards
from bot.storage.database import Database
from bot.storage.feedback import FeedbackStore, Vote
from bot.storage.guild_settings import GuildSettingsStore
from bot.texts import ENGLISH, Texts
from index.archive import Archive
from index.feeds.manager import FeedManager
from index.fetching.settings import DEFAULT_FETCH_SETTINGS
from index.maintenance.stats import IndexStats, OutletSummary
from tests.bot.newsroom import PATIENT, News, online
from tests.bot.samples import DAY, article, call_answer

MANY = tuple(OutletSummary(f"Outlet {number} " + "*" * 90, number, DAY, DAY) for number in range(300, 0, -1))


def stats(outlets=MANY, articles=500):
    return IndexStats(articles, 5000, outlets, DAY, DAY, DAY, "model", 1)


@pytest.fixture
async def bot(discord_server, tmp_path, models):
    with Archive.open(tmp_path / "news", models=models) as archive:
        archive.add([article("The old bridge is closed until May.", outlet="Daily *Courier*")])
        async with online(discord_server, tmp_path, archive) as running:
            yield running


async def test_what_is_indexed_is_shown_in_private(discord_server, bot):
    ada = discord_server.person("Ada")
    seen = await ada.waits_for_answer(await ada.slash(discord_server.channel, "outlets"))
    assert seen.ephemeral
    assert "1 article · newest <t:" in seen.text
    assert r"**Daily \*Courier\*** · 1 article · newest <t:" in seen.text


async def test_the_bot_says_what_it_is(discord_server, bot):
    ada = discord_server.person("Ada", locale="uk")
    seen = await ada.waits_for_answer(await ada.slash(ada.direct, "about"))
    assert Texts("uk")("about-how") in seen.text
    assert "Verbatim 0." in seen.text


async def test_what_is_stored_is_said_and_erased(discord_server, bot):
    ada, ben = discord_server.person("Ada"), discord_server.person("Ben")
    votes = FeedbackStore(bot.database)
    for person in (ada, ben):
        await votes.save(Vote("an-answer", good=True), person.id)
    await ada.waits_for_reply(await ada.dm("What about the old bridge?"))
    seen = await ada.waits_for_answer(await ada.slash(discord_server.channel, "privacy"))
    assert seen.ephemeral
    for stored in ("questions", "answers", "feedback", "follows", "daily", "feeds"):
        assert ENGLISH(f"privacy-{stored}") in seen.text
    assert len(await votes.votes()) == 2
    erased = await ada.waits_for_answer(await ada.slash(discord_server.channel, "privacy", erase=True))
    assert erased.ephemeral
    assert erased.text == ENGLISH("privacy-erased")
    assert len(await votes.votes()) == 1, "only her own"
    assert bot.context.conversation.previous(ada.id) is None


async def test_every_outlet_can_be_seen(discord_server, bot, monkeypatch):
    ada = discord_server.person("Ada")
    monkeypatch.setattr(Archive, "stats", lambda archive, circle=None: stats())
    seen = await ada.waits_for_answer(await ada.slash(discord_server.channel, "outlets"))
    shown = []
    while True:
        shown += [line.split()[1] for line in seen.text.split("\n") if line.startswith("**Outlet")]
        if seen.control("Next").get("disabled"):
            break
        await ada.waits_for_answer(await ada.click(seen, "Next"))
    assert shown == [str(number) for number in range(300, 0, -1)]


@asynccontextmanager
async def contexts(folder, *shards):
    """What each of several processes has in its memory, around one database."""
    database = await Database.open(folder, TABLES)
    service, settings = QueryService(News(), PATIENT), GuildSettingsStore(database)
    feeds = FeedManager(folder, DEFAULT_FETCH_SETTINGS)
    made = []
    for own in shards:
        peers = Peers(folder, own, database)
        await peers.join(lambda: None)
        made.append(BotContext.create(service, Conversation(), database, settings, feeds, peers))
    yield made
    for context in made:
        await context.peers.leave()
    await service.stop(1)
    feeds.close()
    await database.close()


async def test_other_processes_forget_whom_one_has_erased(tmp_path):
    async with contexts(tmp_path, parse_shards("0", 2), parse_shards("1", 2)) as (one, two):
        for person in (1, 2):
            one.conversation.remember(person, call_answer())
        await two.erase_person(1)
        assert one.conversation.previous(1)
        await one.forget_erased()
        assert [bool(one.conversation.previous(person)) for person in (1, 2)] == [False, True]


async def test_a_bot_without_others_tells_nobody_whom_it_erased(tmp_path):
    async with contexts(tmp_path, None) as [only]:
        await only.erase_person(1)
        assert await only.database.fetch_all("SELECT * FROM erasures") == []
