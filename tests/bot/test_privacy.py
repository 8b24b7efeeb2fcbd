"""A person does everything that the bot offers, erases, and is nowhere any more: docs/privacy.md, kept to the letter.

The bot is a process of its own, looked at from outside: its data folder byte by byte, its log, and, by a probe, its
memory.
"""

import asyncio
import json
import os
import re
import signal
import sqlite3
import sys
from contextlib import asynccontextmanager, closing

import pytest

from bot.storage.database import DATABASE_FILE
from bot.texts import ENGLISH
from index.archive import Archive
from index.ingest.inputs import read_inputs
from tests.conftest import REPOSITORY
from tests.discord_server.interactions import WAIT
from tests.discord_server.state import EVERYTHING, VIEW_CHANNEL

SAMPLE = REPOSITORY / "index" / "sample" / "articles.jsonl"
CALL = "Did Trump call Putin"  # what the sample answers; each question has a word of its own besides
WORDS = {  # where each is written, in pieces
    "a command": ("Xan", "thippe"),
    "in private": ("Quetzal", "coatlina"),
    "a follow-up": ("Ruri", "tanova"),
    "a mention": ("Zeb", "ruloid"),
    "a changed message": ("Oxy", "gonalis"),
    "a checked message": ("Vel", "ociraptra"),
    "a filled form": ("Myr", "midonia"),
    "a vote": ("Phil", "odendrona"),
    "a quotation": ("Bar", "quentino"),
    "a follow": ("Krak", "atoana"),
    "an outlet": ("Hesper", "idesia"),
    "a place": ("Thau", "maturga"),
}


def word(where):
    return "".join(WORDS[where])


class Watched:
    """A bot that runs, and the means to look into it."""

    def __init__(self, process, folder, data):
        self.process, self.folder, self.data = process, folder, data
        self.log = ""

    async def remembers(self, ids):
        """Return of which words its memory holds the texts, with these, and how often it holds each of the ids."""
        halves = [[one >> 32, one & 0xFFFFFFFF] for one in ids]
        (self.folder / "marks.json").write_text(
            json.dumps({"texts": list(WORDS.values()), "numbers": halves})
        )
        self.process.send_signal(signal.SIGUSR1)
        found = json.loads(await self._written("found.json"))
        texts = {
            where: [text for text in held if len(text.split()) > 1]  # caches of the index hold single words
            for where, held in zip(WORDS, found["texts"], strict=True)
        }
        return {where: held for where, held in texts.items() if held}, found["numbers"]

    async def goes_on(self, seconds):
        """Put its clock forward."""
        (self.folder / "seconds").write_text(str(seconds))
        self.process.send_signal(signal.SIGUSR2)
        async with asyncio.timeout(WAIT):
            while (self.folder / "seconds").exists():  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.02)

    async def _written(self, name):
        async with asyncio.timeout(WAIT):
            while not (self.folder / name).exists():  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.02)
        text = (self.folder / name).read_text()
        (self.folder / name).unlink()
        return text

    def stored(self, ids):
        """Return what the data folder holds of the words, whatever their case, and of the ids, in digits or bytes."""
        found = []
        for path in self.data.rglob("*"):
            if path.is_symlink() or not path.is_file() or "models" in path.parts:
                continue
            content = path.read_bytes()
            found += [
                (path.name, where) for where in WORDS if word(where).lower().encode() in content.lower()
            ]
            for one in ids:
                if str(one).encode() in content or one.to_bytes(8) in content:
                    found.append((path.name, one))
        return found


@pytest.fixture(scope="module")
def news(models, tmp_path_factory):
    """A data folder with the sample in it."""
    folder = tmp_path_factory.mktemp("data")
    with Archive.open(folder, models=models) as archive:
        for _ in archive.add(read_inputs([str(SAMPLE)])):
            pass
    (folder / "models").symlink_to(models)
    return folder


@asynccontextmanager
async def watched(server, data, folder):
    folder.mkdir()
    settings = {"DISCORD_TOKEN": server.token, "VERBATIM_DATA": str(data), "VERBATIM_LOG_LEVEL": "DEBUG"}
    log = folder / "log"
    with log.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bot.run_probed", server.url, str(folder),
            cwd=REPOSITORY, env=os.environ | settings, stdout=file, stderr=file,
        )  # fmt: skip
        bot = Watched(process, folder, data)
        try:
            await server.ready()
            yield bot
            process.terminate()
            async with asyncio.timeout(WAIT):
                assert await process.wait() == 0, log.read_text()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
            bot.log = log.read_text()


async def answer(person, doing):
    return await person.waits_for_answer(await doing)


async def asks(server, ada):
    """Ask by command, in all its ways, and press what stands below."""
    place = server.channel
    shown = await answer(ada, ada.slash(place, "ask", question=f"{CALL}, {word('a command')}?", private=True))
    for name in ("Context", "Timeline", "Newest first"):
        page = await answer(ada, ada.click(shown, name))
        if "Next" in page.labels and not page.control("Next").get("disabled"):
            await answer(ada, ada.click(page, "Next"))
    await answer(ada, ada.click(shown, "Share"))
    narrowed = {"since": "1 Nov 2024", "until": "30 Nov 2024", "outlet": "Sample Wire"}
    await answer(ada, ada.slash(place, "ask", question=f"{CALL}, {word('a command')}?", **narrowed))
    await answer(ada, ada.slash(place, "ask", question="What?", outlet=word("an outlet")))
    await ada.types(place, "ask", "outlet", word("an outlet"), question=word("a command"))
    await answer(ada, ada.slash(place, "quote", words=f"We never comment on {word('a quotation')} calls"))
    await answer(ada, ada.slash(place, "brief"))
    return shown


async def writes(server, ada):
    """Ask by messages: in private and leaning on it, by mention, changed, in reply; and where the bot may not write."""
    await ada.waits_for_reply(await ada.dm(f"{CALL}, {word('in private')}?"))
    await ada.waits_for_reply(await ada.dm(f"And what did the Kremlin say, {word('a follow-up')}?"))
    asked = await ada.mention(server.channel, f"{CALL}, {word('a mention')}?")
    card = await ada.waits_for_reply(asked)
    changed = f"<@{server.bot.id}> {CALL}, {word('a changed message')}?"
    await ada.edits(asked, changed)
    await server.until(lambda: word("a changed message") in card.text, "the new answer")
    await ada.waits_for_reply(await ada.reply(card, f"And why, {word('a follow-up')}?"))
    gone = await ada.mention(server.channel, f"{CALL}, {word('a mention')}?")
    await ada.waits_for_reply(gone)
    await ada.deletes(gone)
    dumb = next(one for one in server.guild.channels if one.name == word("a place"))
    told = len(ada.sees(ada.direct))
    await ada.mention(dumb, f"{CALL}, {word('a mention')}?")
    await server.until(lambda: len(ada.sees(ada.direct)) > told, "the hint in private")
    return card


async def checks_and_votes(server, ada, card):
    """Check a message, and say that an answer is good, and another bad."""
    said = await ada.says(server.channel, f"Trump called Putin, {word('a checked message')}.")
    used = await ada.uses(said, "Check the news")
    await ada.waits_for_modal(used)
    await answer(ada, ada.submits(used, {"question": f"Trump called Putin, {word('a filled form')}"}))
    await answer(ada, ada.click(card, "👍"))
    pressed = await ada.click(card, "👎")
    await ada.waits_for_modal(pressed)
    await answer(ada, ada.submits(pressed, {"reason": "missing", "words": word("a vote")}))


async def follows_and_manages(server, ada):
    """Follow in public and in private, have briefs sent, and look at everything that there is to look at."""
    place = server.channel
    await answer(ada, ada.slash(place, "follow", question=f"{CALL}, {word('a follow')}?"))
    await answer(ada, ada.slash(place, "follow", question=f"{CALL} {word('a follow')}?", private=True))
    await answer(ada, ada.slash(place, "daily", hour=7, zone="Europe/Berlin", private=True))
    await answer(ada, ada.slash(place, "daily", hour=8, zone="Europe/Berlin"))
    for name in ("following", "settings", "feeds list", "outlets", "about", "help", "privacy"):
        await answer(ada, ada.slash(place, name))


async def test_who_erases_is_nowhere_any_more(discord_server, tmp_path, news):
    server = discord_server
    server.place(word("a place"), permissions=VIEW_CHANNEL)
    ada = server.person("Ada Quillfeather", permissions=EVERYTHING, locale="en-GB")
    ids = [ada.id, ada.direct.id]
    async with watched(server, news, tmp_path / "probe") as bot:
        await asks(server, ada)
        await checks_and_votes(server, ada, await writes(server, ada))
        await follows_and_manages(server, ada)
        remembered, numbers = await bot.remembers(ids)
        assert {"a follow-up"} <= remembered.keys()  # else the probe sees nothing
        assert numbers[0] > 0
        stored = {where for _, where in bot.stored(ids)}
        assert {"a vote", "a follow", ada.id} <= stored
        erased = await answer(ada, ada.slash(server.channel, "privacy", erase=True))
        assert ENGLISH("privacy-erased") in erased.text
        assert bot.stored(ids) == []
        remembered, _ = await bot.remembers(ids)
        assert remembered == {}
        await bot.goes_on(
            3700
        )  # how often she asked, and what she was told in private, is forgotten in an hour
        await asyncio.sleep(0.5)
        remembered, numbers = await bot.remembers(ids)
        assert remembered == {}
        assert numbers[0] == 0  # discord.py knows channels by their number, for rate limits
    assert bot.stored(ids) == []
    for told in (*WORDS, "Ada Quillfeather", *map(str, ids)):
        assert (word(told) if told in WORDS else told) not in bot.log
    assert not re.search("aW50ZXJhY3Rpb2", bot.log)
    rows_left(news)


def rows_left(data):
    """Check that nobody's rows were left in the tables that are about people."""
    with closing(sqlite3.connect(data / DATABASE_FILE)) as db:
        for table in ("follows", "posts", "dailies", "feedback"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


async def test_who_does_not_erase_is_forgotten_in_time(discord_server, tmp_path, news):
    ben = discord_server.person("Ben", locale="fr")
    async with watched(discord_server, news, tmp_path / "probe") as bot:
        await answer(ben, ben.slash(discord_server.channel, "help"))
        await ben.waits_for_reply(await ben.dm(f"{CALL}, {word('in private')}?"))
        assert "in private" in (await bot.remembers([ben.id]))[0]
        await bot.goes_on(660)
        await asyncio.sleep(0.5)
        assert (await bot.remembers([ben.id]))[0] == {}
        await bot.goes_on(31 * 86_400)
        await asyncio.sleep(0.5)
        assert await bot.remembers([ben.id]) == ({}, [0])
