"""People ask what is reported most."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.storage.answers import AnswerRef
from bot.texts import ENGLISH, LANGUAGES, Texts
from bot.ui.brief_card import brief_card
from bot.ui.card import CARD, MAX_COMPONENTS
from index.answering.story_clusters import Story
from index.archive import Archive
from tests.bot.newsroom import online
from tests.bot.samples import NOW, article, names
from tests.bot.samples import quotes as any_quotes

BRIDGE = "The harbour bridge in Norwick closed on Monday after engineers found cracks in its cables."
CRACKS = "Cracks in the cables of Norwick's harbour bridge forced its closing on Monday, engineers said."
WHEAT = "Wheat prices rose by nine percent in October, the national statistics office reported."


def fresh(text, outlet, hours=2, **rest):
    made = article(text, outlet=outlet, published=datetime.now(UTC) - timedelta(hours=hours), **rest)
    return replace(made, title=text[:40])


@pytest.fixture
def archive(tmp_path, models):
    with Archive.open(tmp_path / "news", models=models) as archive:
        old = fresh(
            "An old story about a lighthouse nobody needs to hear again.", "Sample Wire", hours=30, number=9
        )
        archive.add(
            [
                fresh(WHEAT, "Daily Courier"),
                fresh(BRIDGE, "Sample Wire"),
                fresh(CRACKS, "Evening Post"),
                old,
            ]
        )
        yield archive


@pytest.fixture
async def bot(discord_server, tmp_path, archive):
    async with online(discord_server, tmp_path, archive) as running:
        yield running


async def test_what_most_outlets_report_comes_first_in_the_words_of_one(discord_server, bot):
    ada = discord_server.person("Ada")
    seen = await ada.waits_for_answer(await ada.slash(discord_server.channel, "brief"))
    told = [text for text in seen.texts if "> " in text]
    assert len(told) == 2
    assert told[0].startswith(("**1. The harbour bridge", "**1. Cracks in the cables"))
    assert "-# 2 outlets: " in told[0]
    assert BRIDGE in told[0] or CRACKS in told[0].replace("\\", "")
    assert told[1].startswith("**2. Wheat prices")
    assert "outlets" not in told[1]
    assert "lighthouse" not in seen.text
    assert len(seen.links) == 2


async def test_only_one_outlet_and_only_for_me(discord_server, bot):
    ada = discord_server.person("Ada", locale="de")
    seen = await ada.waits_for_answer(
        await ada.slash(discord_server.channel, "brief", outlet="Daily Courier", private=True)
    )
    assert seen.ephemeral
    assert "Wheat prices" in seen.text
    assert "bridge" not in seen.text
    assert Texts("de")("brief-title") in seen.text
    assert seen.labels == [Texts("de")("context"), Texts("de")("share")]
    shared = await ada.waits_for_answer(await ada.click(seen, Texts("de")("share")))
    assert not shared.ephemeral
    assert shared.labels == [Texts("de")("context")]
    assert WHEAT in shared.text


async def test_a_story_can_be_read_on(discord_server, bot, archive):
    more = f"{WHEAT} Bakers said that bread would follow. Millers agreed with the bakers."
    archive.add([fresh(more, "Norwick News")])
    ada = discord_server.person("Ada")
    seen = await ada.waits_for_answer(await ada.slash(discord_server.channel, "brief", outlet="Norwick News"))
    around = await ada.waits_for_answer(await ada.click(seen, "Context"))
    assert "Bakers said that bread would follow. Millers agreed with the bakers." in around.text


async def test_a_day_without_articles_is_said(discord_server, bot, archive):
    for url in list(archive.stored_articles()):
        archive.remove(url)
    ada = discord_server.person("Ada")
    seen = await ada.waits_for_answer(await ada.slash(ada.direct, "brief"))
    assert ENGLISH("brief-nothing") in seen.text


stories = st.builds(
    Story,
    any_quotes(),
    st.lists(names, min_size=1, max_size=6).map(tuple),
    st.integers(1, 10**6),
    st.just(NOW),
)


@settings(deadline=None, max_examples=50)
@given(st.lists(stories, max_size=7), st.sampled_from(LANGUAGES))
def test_any_day_keeps_discords_limits(told, language):
    card = brief_card(told, NOW, Texts(language), AnswerRef("a" * 11, shareable=True), is_behind=True)
    assert card.size <= CARD.text
    assert card.components <= MAX_COMPONENTS
