"""People use the message command Check the news on what others wrote."""

import pytest

from bot.services.query_service import Limits
from bot.texts import ENGLISH
from index.answering.story_clusters import Story
from tests.bot.newsroom import News, online
from tests.bot.samples import HOSTILE, NOW, quote, story
from tests.discord_server.deeds import CannotDo
from tests.discord_server.interactions import SHOW_MODAL

MENU = "Check the news"
CLAIM = "Trump called Putin on Thursday"


@pytest.fixture
def ben(discord_server):
    return discord_server.person("Ben")


def proposed(modal):
    """The question as the form proposes it."""
    return modal["components"][0]["component"].get("value", "")


async def opened(person, message):
    """Use the command on a message, and give the interaction whose form is then open."""
    used = await person.uses(message, MENU)
    await person.waits_for_modal(used)
    return used


async def test_the_claim_in_a_message_is_checked_in_private(discord_server, bot, ada, ben):
    said = await ben.says(
        discord_server.channel, f"BREAKING: {CLAIM}!! https://rumours.example/1 <@{ada.id}>"
    )
    used = await opened(ada, said)
    assert used.callback == SHOW_MODAL
    assert proposed(used.modal) == f"BREAKING: {CLAIM}!!"
    seen = await ada.waits_for_answer(await ada.submits(used))
    assert seen.ephemeral
    assert "### Denied" in seen.texts
    assert bot.news.asked[0][0] == f"BREAKING: {CLAIM}!!"
    assert len(ben.sees(discord_server.channel)) == 1
    assert discord_server.pings == []


async def test_the_person_may_edit_the_question_and_show_the_answer_to_everybody(
    discord_server, bot, ada, ben
):
    said = await ben.says(discord_server.channel, f"{CLAIM}, says my aunt")
    sent = await ada.submits(await opened(ada, said), {"question": "Did Trump call Putin?", "private": False})
    seen = await ada.waits_for_answer(sent)
    assert not seen.ephemeral
    assert seen.texts[0].startswith("## Did Trump call Putin?\n")
    place = f"https://discord.com/channels/{discord_server.guild.id}/{discord_server.channel.id}/{said.id}"
    assert f"-# Checked: {place}" in seen.texts
    assert "Share" not in seen.labels
    assert len(ben.sees(discord_server.channel)) == 2


async def test_a_private_check_may_be_shared(discord_server, bot, ada, ben):
    said = await ben.says(discord_server.channel, CLAIM)
    seen = await ada.waits_for_answer(await ada.submits(await opened(ada, said)))
    shared = await ada.waits_for_answer(await ada.click(seen, "Share"))
    assert f"-# Shared by <@{ada.id}>" in shared.texts
    assert shared.id in [one.id for one in ben.sees(discord_server.channel)]


async def test_the_titles_of_its_embeds_are_claims_and_the_first_that_is_answered_counts(
    discord_server, bot, ada, ben
):
    said = await ben.says(
        discord_server.channel,
        "rain? https://paper.example/call",
        embeds=[{"title": "Trump **called** Putin", "description": "no claim"}, {"title": "Second"}],
    )
    used = await opened(ada, said)
    assert proposed(used.modal) == "rain?\nTrump called Putin\nSecond"
    bot.news.silent_on = {"rain?"}
    seen = await ada.waits_for_answer(await ada.submits(used))
    assert [text for text, _ in bot.news.asked] == ["rain?", "Trump called Putin"]
    assert seen.texts[0].startswith("## Trump called Putin\n")
    bot.news.silent_on = {"rain?", "Trump called Putin", "Second"}
    seen = await ada.waits_for_answer(await ada.submits(used))
    assert seen.texts[0].startswith(f"## rain?\n**{ENGLISH('nothing')}**")


async def test_a_forwarded_message_is_read(discord_server, bot, ada, ben):
    source = await ben.says(discord_server.channel, CLAIM)
    said = await ben.says(discord_server.channel, "", forwards=source)
    assert proposed((await opened(ada, said)).modal) == CLAIM


async def test_the_bots_own_card_gives_its_question(discord_server, bot, ada):
    card = await ada.waits_for_reply(await ada.mention(discord_server.channel, "Did it *rain* in_Kyiv?"))
    assert proposed((await opened(ada, card)).modal) == "Did it *rain* in_Kyiv?"


async def test_a_message_without_words_lets_the_person_write_them(discord_server, bot, ada, ben):
    said = await ben.says(discord_server.channel, "<:wave:123456789> https://pictures.example/1.png")
    used = await opened(ada, said)
    assert proposed(used.modal) == ""
    with pytest.raises(CannotDo, match="required"):
        await ada.submits(used)
    seen = await ada.waits_for_answer(await ada.submits(used, {"question": "Did it rain?"}))
    assert "### Denied" in seen.texts


async def test_in_private_and_in_a_group_of_people_who_installed_it(discord_server, bot, ben):
    cem = discord_server.stranger("Cem", installed_app=True)
    for place in (cem.direct, discord_server.group(cem, ben)):
        said = await cem.says(place, CLAIM)
        if place is cem.direct:
            await cem.waits_for_reply(said)
        sent = await cem.submits(await opened(cem, said), {"private": False})
        seen = await cem.waits_for_answer(sent)
        assert f"https://discord.com/channels/@me/{place.id}/{said.id}" in seen.text


async def test_a_form_that_was_open_during_a_restart_is_answered(discord_server, tmp_path, ada, ben):
    said = await ben.says(discord_server.channel, CLAIM)
    async with online(discord_server, tmp_path):
        used = await opened(ada, said)
    async with online(discord_server, tmp_path, News(story())):
        seen = await ada.waits_for_answer(await ada.submits(used))
        assert "More quotes (5)" in seen.labels


async def test_what_cannot_be_asked_is_told_in_private(discord_server, bot, ada, ben):
    said = await ben.says(discord_server.channel, CLAIM)
    sent = await ada.submits(await opened(ada, said), {"question": "   ", "private": False})
    seen = await ada.waits_for_answer(sent)
    assert seen.ephemeral
    assert "That is not a question." in seen.text


async def test_who_checks_too_fast_is_told_how_long_to_wait(discord_server, tmp_path, ada, ben):
    async with online(discord_server, tmp_path, limits=Limits(questions=1)):
        said = await ben.says(discord_server.channel, CLAIM)
        await ada.waits_for_answer(await ada.submits(await opened(ada, said)))
        refused = await ada.waits_for_answer(await ada.submits(await opened(ada, said), {"private": False}))
        assert refused.ephemeral
        assert "Please wait" in refused.text


async def test_the_form_is_in_the_persons_language(discord_server, bot, ben):
    eva = discord_server.person("Eva", locale="de")
    said = await ben.says(discord_server.channel, CLAIM)
    assert (await opened(eva, said)).modal["title"] == "Nachrichten prüfen"
    command = discord_server.commands[3, MENU]
    assert command["name_localizations"]["fr"] == "Vérifier dans l’actualité"


@pytest.mark.parametrize("text", [*HOSTILE, "x" * 4000, "[a](https://b.example) " * 100, "<@1>" * 500])
async def test_hostile_messages_open_a_form_all_the_same(discord_server, bot, ada, ben, text):
    said = await ben.says(discord_server.channel, text.replace("\ud800", ""))
    used = await opened(ada, said)
    assert len(proposed(used.modal)) <= 300
    seen = await ada.waits_for_answer(await ada.submits(used, {"question": "Did it rain?", "private": False}))
    assert ENGLISH("footer") in seen.text
    assert discord_server.pings == []


async def test_an_opened_form_is_not_kept_in_memory(discord_server, bot, ada, ben):
    said = await ben.says(discord_server.channel, CLAIM)
    for _ in range(3):
        await opened(ada, said)
    assert bot._connection._view_store._modals == {}


async def test_the_heading_of_a_brief_is_no_claim(discord_server, bot, ada):
    bot.news.brief = lambda *_, **__: [Story(quote("It rained."), ("Sample Wire",), 1, NOW)]
    seen = await ada.waits_for_answer(await ada.slash(discord_server.channel, "brief"))
    assert proposed((await opened(ada, seen)).modal) == ""
