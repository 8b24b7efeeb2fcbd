"""The buttons over the real archive: what a card's quotes become later is what they were, or they are gone."""

import re

import pytest

from bot.texts import ENGLISH
from bot.ui.card import CARD
from bot.ui.markdown import unescape
from bot.ui.quote_block import quote_block
from index.archive import Archive
from index.ingest.inputs import read_inputs
from tests.bot.newsroom import online
from tests.conftest import REPOSITORY

SAMPLE = REPOSITORY / "index" / "sample" / "articles.jsonl"
QUESTION = "Did Trump call Putin?"
pytestmark = pytest.mark.usefixtures("fixed_date")


@pytest.fixture
def archive(models, tmp_path):
    with Archive.open(tmp_path / "data", models=models) as opened:
        assert all(added.reason is None for added in opened.add(read_inputs([str(SAMPLE)])))
        yield opened


async def pages(person, seen, name):
    """The texts of all pages that a button opens."""
    page = await person.waits_for_answer(await person.click(seen, name))
    found = [page.text]
    while "Next" in page.labels and not page.control("Next").get("disabled"):
        await person.waits_for_answer(await person.click(page, "Next"))
        found.append(page.text)
    return "\n".join(found)


async def test_every_quote_is_written_again_as_it_was(discord_server, tmp_path, archive):
    ada = discord_server.person("Ada")
    answer = archive.ask(QUESTION)
    blocks = [quote_block(quote, CARD, ENGLISH).text for quote in answer.quotes]
    assert len(blocks) > 3
    async with online(discord_server, tmp_path, archive):
        asked = await ada.slash(discord_server.channel, "ask", question=QUESTION)
        seen = await ada.waits_for_answer(asked)
    async with online(discord_server, tmp_path, archive):
        more = await pages(ada, seen, f"More quotes ({len(blocks) - 3})")
        assert [block in seen.text or block in more for block in blocks] == [True] * len(blocks)
        newest = await pages(ada, seen, "Newest first")
        assert all(block.split("\n**")[0] in newest for block in blocks)


async def test_context_is_the_articles_own_text(discord_server, tmp_path, archive):
    ada = discord_server.person("Ada")
    sources = [
        " ".join(article.text.split())
        for article in {quote.article for quote in archive.ask(QUESTION).quotes}
    ]
    async with online(discord_server, tmp_path, archive):
        asked = await ada.slash(discord_server.channel, "ask", question=QUESTION)
        seen = await ada.waits_for_answer(asked)
        context = await pages(ada, seen, "Context")
        runs = re.findall(r"(?:^> .*\n?)+", context, re.MULTILINE)
        assert len(runs) == 3
        for run in runs:
            said = unescape(run.replace("> ", "").replace("**", "").replace("\n", " ")).strip()
            assert any(said in source for source in sources)


async def test_what_is_removed_from_the_archive_leaves_every_button(discord_server, tmp_path, archive):
    ada = discord_server.person("Ada")
    async with online(discord_server, tmp_path, archive):
        asked = await ada.slash(discord_server.channel, "ask", question=QUESTION, private=True)
        seen = await ada.waits_for_answer(asked)
        url = seen.links[0].partition("#")[0]
        words = seen.texts[2].split("\n")[0]
        assert words in await pages(ada, seen, "Timeline")
        archive.remove(url)
        for name in ("Timeline", "Newest first", "Context"):
            later = await pages(ada, seen, name)
            assert words not in later
            assert "left the index" in later
        told = await ada.waits_for_answer(await ada.click(seen, "Share"))
        assert told.text == ENGLISH("error-gone")
