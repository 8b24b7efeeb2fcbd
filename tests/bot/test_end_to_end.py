"""From the bundled sample to cards on people's screens: the real archive, the real bot, the real command."""

import asyncio
import json
import os
import re
import signal
import sys

import pytest

from bot.texts import ENGLISH
from bot.ui.answer_card import answer_card
from bot.ui.card import CARD
from bot.ui.markdown import to_one_line, unescape
from index.archive import Archive
from index.ingest.inputs import read_inputs
from index.ingest.pipeline import IngestOutcome
from tests.bot.newsroom import online
from tests.conftest import REPOSITORY

SAMPLE = REPOSITORY / "index" / "sample" / "articles.jsonl"
ARTICLES = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
WORDS = to_one_line(" ".join(article["text"] for article in ARTICLES))
pytestmark = pytest.mark.usefixtures("fixed_date")


@pytest.fixture(scope="module")
def data(models, tmp_path_factory):
    """A data folder with the sample in it."""
    folder = tmp_path_factory.mktemp("data")
    with Archive.open(folder, models=models) as archive:
        results = [added.outcome for added in archive.add(read_inputs([str(SAMPLE)]))]
    assert results == [IngestOutcome.ADDED] * len(ARTICLES)
    (folder / "models").symlink_to(models)
    return folder


@pytest.fixture
def archive(data, models):
    with Archive.open(data, models=models) as opened:
        yield opened


def quoted(text):
    """Give every quoted line of a card as a reader sees it."""
    return [unescape(line) for line in re.findall(r"^> (?:-# )?(.*)$", text, re.MULTILINE)]


def is_the_disagreement(seen):
    assert "### Reported" in seen.texts
    assert "### Denied" in seen.texts
    assert len(quoted(seen.text)) >= 2
    assert all(line in WORDS for line in quoted(seen.text))
    urls = [article["url"] for article in ARTICLES]
    assert all(link.split("#:~:text=")[0] in urls for link in seen.links)
    return True


async def test_the_question_of_the_demo_gets_both_sides_everywhere(discord_server, tmp_path, archive):
    async with online(discord_server, tmp_path, archive):
        ada = discord_server.person("Ada")
        asked = await ada.slash(discord_server.channel, "ask", question="Did Trump call Putin?")
        assert is_the_disagreement(await ada.waits_for_answer(asked))
        assert is_the_disagreement(await ada.waits_for_reply(await ada.dm("Did Trump call Putin?")))
        mention = await ada.mention(discord_server.channel, "Did Trump call Putin?")
        assert is_the_disagreement(await ada.waits_for_reply(mention))


async def test_a_typing_error_gets_the_card_that_was_meant_and_is_told(discord_server, tmp_path, archive):
    async with online(discord_server, tmp_path, archive):
        ada = discord_server.person("Ada")
        asked = await ada.slash(discord_server.channel, "ask", question="Did Trmup call Putin?")
        seen = await ada.waits_for_answer(asked)
        assert is_the_disagreement(seen)
        assert seen.texts[0].startswith("## Did Trmup call Putin?\n")
        assert seen.text.count("-# Read “Trmup” as “Trump”.") == 1
        asked = await ada.slash(
            discord_server.channel, "ask", question="Who won the presidnet chess cup of 1931?"
        )
        seen = await ada.waits_for_answer(asked)
        assert ENGLISH("nothing") in seen.text
        assert "-# Read “presidnet” as “president”." in seen.text


async def test_filters_and_silence_and_bad_questions(discord_server, tmp_path, archive):
    outlet = "Sample Wire"
    async with online(discord_server, tmp_path, archive):
        ada = discord_server.person("Ada")
        channel = discord_server.channel
        only = await ada.slash(channel, "ask", question="Did Trump call Putin?", outlet=outlet.upper())
        seen = await ada.waits_for_answer(only)
        assert f"-# Searched: {outlet}" in seen.text
        assert set(re.findall(r"^\*\*([^*]+)\*\* ·", seen.text, re.MULTILINE)) == {outlet}
        none = await ada.slash(channel, "ask", question="Who won the chess championship of Andorra in 1931?")
        assert ENGLISH("nothing") in (await ada.waits_for_answer(none)).text
        bad = await ada.slash(channel, "ask", question="?!")
        assert (await ada.waits_for_answer(bad)).ephemeral
        long = await ada.dm("x" * 5000)
        assert (await ada.waits_for_reply(long)).text


def test_every_card_of_the_sample_keeps_to_the_articles_words(archive):
    number = 0
    for article in ARTICLES:
        card = answer_card(archive.ask(article["title"]))
        assert card.size <= CARD.text
        lines = quoted(card.text())
        assert all(line in WORDS for line in lines)
        number += len(lines)
    assert number >= 2 * len(ARTICLES)


async def test_verbatim_run(discord_server, data):
    """The command a person types, as a process of its own."""
    environment = os.environ | {"DISCORD_TOKEN": discord_server.token, "VERBATIM_DATA": str(data)}
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.discord_server.launch", discord_server.url, "run",
        cwd=REPOSITORY, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        await discord_server.ready()
        ada = discord_server.person("Ada")
        asked = await ada.slash(discord_server.channel, "ask", question="Did Trump call Putin?")
        assert is_the_disagreement(await ada.waits_for_answer(asked))
        running.send_signal(signal.SIGTERM)
        async with asyncio.timeout(60):
            output = (await running.communicate())[0].decode()
    finally:
        if running.returncode is None:
            running.kill()
            await running.wait()
    assert running.returncode == 0, output
    assert "Traceback" not in output
    assert "Did Trump" not in output
    assert discord_server.gateway.closings == [1000]
