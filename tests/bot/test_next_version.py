"""Bots of this version beside one of the next, which brings the tables on a server up to date while they run."""

import asyncio
from dataclasses import replace

import psycopg
import pytest

from bot.context import TABLES
from bot.storage.database import Database
from bot.texts import ENGLISH
from index.archive import Archive
from index.storage import migrations
from index.storage.store import Store
from tests.bot.fleet import PATIENT, fleet
from tests.bot.test_another_model import BRIDGE, DAM, FERRY, NOT_COMING_IN, WHEAT, folders  # noqa: F401 - a fixture
from tests.bot.test_several_processes import patient  # noqa: F401 - a fixture
from tests.discord_server.state import ORDINARY

QUESTION, QUOTED = "Why did the harbour bridge in Norwick close?", "cracks in two of its cables"
FERRY_QUESTION, FERRY_QUOTED = "When did the ferry between Norwick and Oldport sail again?", "on Sunday"
THANKS, NOT_SAVED = ENGLISH("thanks-up"), ENGLISH("error-store-away")
MANAGE_MESSAGES = 1 << 13


class Guild:
    """A server whose people ask and vote, each of them once."""

    def __init__(self, server, guild):
        self.server, self.guild, self.place, self.number = server, guild, guild.channels[0], 0

    def person(self, **traits):
        self.number += 1
        return self.server.person(f"{self.guild.name} {self.number}", guild=self.guild, **traits)

    async def asks(self, question=QUESTION, quoted=QUOTED):
        person = self.person()
        card = await person.waits_for_answer(
            await person.slash(self.place, "ask", question=question), PATIENT
        )
        assert quoted in card.text, card.text
        return card

    async def votes(self, card):
        person = self.person()
        return (await person.waits_for_answer(await person.click(card, "👍"), PATIENT)).text

    async def asks_until_told(self, question, quoted):
        async with asyncio.timeout(PATIENT):
            while True:
                person = self.person()
                asked = await person.slash(self.place, "ask", question=question)
                if quoted in (await person.waits_for_answer(asked, PATIENT)).text:
                    return

    async def follows(self, question):
        mona = self.person(permissions=ORDINARY | MANAGE_MESSAGES)
        return (
            await mona.waits_for_answer(await mona.slash(self.place, "follow", question=question), PATIENT)
        ).text


def votes_at(address):
    with psycopg.connect(address.url) as db:
        return db.execute("SELECT count(*) FROM verbatim.feedback").fetchone()[0]


@pytest.fixture
async def guilds(patient):  # noqa: F811
    """Three servers, one for each shard."""
    patient.gateway.max_concurrency = 3
    patient.gateway.counts_waves = False
    return [Guild(patient, await patient.new_guild(f"Guild {n}", shard=(n, 3))) for n in range(3)]


async def test_a_bot_goes_on_while_the_next_version_migrates_and_beside_it(
    patient,  # noqa: F811
    guilds,
    tmp_path,
    folders,  # noqa: F811
    models,
    encoder,
    postgres_address,
):
    server, (old, *new) = patient, guilds
    with Archive(tmp_path / "other", encoder, store=postgres_address) as archive:
        archive.add([BRIDGE, WHEAT, DAM])
        settings = {"VERBATIM_STORE": postgres_address.url, "VERBATIM_READER": "none"}
        async with fleet(server, tmp_path, **settings) as bots:

            def shard(number):
                return "--shards", str(number), "--shard-count", "3"

            async def starts_next(number, folder):
                module, options = "tests.bot.run_next_version", (str(tmp_path), *shard(number))
                return await bots.starts_by(module, server.url, *options, VERBATIM_DATA=str(folder))

            bot = await bots.starts(*shard(0), VERBATIM_DATA=str(folders[0]))
            await bots.has(1)
            await server.until(lambda: server.commands, "the commands", PATIENT)
            card = await old.asks()
            assert await old.votes(card) == THANKS
            (tmp_path / "three").mkdir()
            (tmp_path / "three" / "models").symlink_to(models)
            newer = [await starts_next(1, folders[1]), await starts_next(2, tmp_path / "three")]

            await server.until((tmp_path / "migrating-news").exists, "the migration of news", PATIENT)
            adding = asyncio.create_task(asyncio.to_thread(archive.add, [FERRY]))
            for _ in range(3):
                card = await old.asks()
                assert await old.votes(card) == THANKS
            (tmp_path / "go-news").touch()
            await server.until((tmp_path / "migrating-tables").exists, "that of the bot's tables", PATIENT)
            for _ in range(3):
                card = await old.asks()
                assert await old.votes(card) == NOT_SAVED
            (tmp_path / "go-tables").touch()
            await bots.has(3)
            assert (tmp_path / "migrating-news").read_text() == "news\n"
            assert (tmp_path / "migrating-tables").read_text() == "tables\n"

            assert [result.outcome for result in await adding] == ["added"]
            for guild in guilds:
                await guild.asks_until_told(FERRY_QUESTION, FERRY_QUOTED)
                card = await guild.asks()
                assert NOT_COMING_IN not in card.text
                assert await guild.votes(card) == THANKS
                assert NOT_SAVED not in await guild.follows(QUESTION)
            assert await new[0].votes(await new[0].asks()) == THANKS
            assert votes_at(postgres_address) == 1 + 3 + 3 + 1

            again = [await bots.starts(*shard(1), VERBATIM_DATA=str(folder)) for folder in folders]
            for one in again:
                assert await one.ends() == 2
                assert "made by a newer version of Verbatim; update Verbatim" in one.said
                assert "Traceback" not in one.said
            for one in (bot, *newer):
                assert await one.stops() == 0, one.said
                assert one.count("fault") == 0, one.said


def rename(tables, table):
    """Return the bot's tables as a version has them that cannot be written beside this one."""
    step = f"ALTER TABLE {table} RENAME TO another_{table}"
    return tuple(
        replace(one, migrations=(*one.migrations, step)) if one.name == table else one for one in tables
    )


async def test_what_a_newer_version_has_changed_is_neither_misread_nor_written(
    patient,  # noqa: F811
    guilds,
    tmp_path,
    folders,  # noqa: F811
    encoder,
    postgres_address,
    monkeypatch,
):
    server, guild = patient, guilds[0]
    with Archive(tmp_path / "other", encoder, store=postgres_address) as archive:
        archive.add([BRIDGE, WHEAT, DAM])
    settings = {"VERBATIM_STORE": postgres_address.url, "VERBATIM_READER": "none"}
    async with fleet(server, tmp_path, **settings) as bots:
        bot = await bots.starts("--shards", "0", "--shard-count", "3", VERBATIM_DATA=str(folders[0]))
        await bots.has(1)
        await server.until(lambda: server.commands, "the commands", PATIENT)
        card = await guild.asks()

        later = ("ALTER TABLE articles RENAME COLUMN outlet TO publisher",)
        monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, later))
        monkeypatch.setattr(migrations, "LATEST_VERSION", migrations.LATEST_VERSION + 1)
        await asyncio.to_thread(lambda: Store(postgres_address).close())
        newer = rename(TABLES, "feedback")
        await (await Database.open(tmp_path, newer, postgres_address)).close()
        async with asyncio.timeout(PATIENT):
            while NOT_COMING_IN not in (await guild.asks()).text:
                pass
        assert await guild.votes(card) == NOT_SAVED
        assert NOT_SAVED not in await guild.follows(QUESTION)  # whose table is as it was
        assert bot.count("a newer version has changed the database") == 2  # of news, and of the bot's tables
        assert "Update it, and start it again" in bot.said

        newer = rename(newer, "leases")
        await (await Database.open(tmp_path, newer, postgres_address)).close()
        assert await bot.ends() == 2
        assert bot.count("fault") == 0, bot.said
