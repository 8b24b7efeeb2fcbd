"""What a message gets: quotes, a check of the message it replies to, the news, the help, or a hint."""

import pytest

from bot.texts import ENGLISH
from index.answering.story_clusters import Story
from tests.bot.samples import NOW, quote

CLAIM = "Did Trump call Putin?"


def questions(bot):
    return [text for text, _ in bot.news.asked]


@pytest.fixture
async def brief(discord_server, bot, ada):
    """A brief that everybody sees."""
    bot.news.brief = lambda *_, **__: [Story(quote("It rained."), ("Sample Wire",), 1, NOW)]
    return await ada.waits_for_answer(await ada.slash(discord_server.channel, "brief"))


async def test_a_reply_to_a_brief_does_not_lean_on_its_heading(bot, ada, brief):
    await ada.waits_for_reply(await ada.reply(brief, "What about Kyiv?"))
    assert [(text, how["previous"]) for text, how in bot.news.asked] == [("What about Kyiv?", None)]


async def test_is_this_true_on_a_brief_is_asked_back(bot, ada, brief):
    asked = await ada.reply(brief, "Is this true?")
    assert (await ada.waits_for_reply(asked)).text == ENGLISH("check-which")
    assert questions(bot) == []


async def test_a_reply_to_a_page_that_was_shared_leans_on_its_question(discord_server, bot, ada):
    card = await ada.waits_for_answer(await ada.slash(discord_server.channel, "ask", question=CLAIM))
    page = await ada.waits_for_answer(await ada.click(card, "Context"))
    shared = await ada.waits_for_answer(await ada.click(page, "Share"))
    await ada.waits_for_reply(await ada.reply(shared, "What about Kyiv?"))
    assert [how["previous"] for _, how in bot.news.asked] == [None, CLAIM]


async def test_is_this_true_on_a_card_asks_its_question_again(discord_server, bot, ada):
    card = await ada.waits_for_reply(await ada.mention(discord_server.channel, CLAIM))
    asked = await ada.reply(card, f"<@{discord_server.bot.id}> is this true?")
    assert "### Denied" in (await ada.waits_for_reply(asked)).texts
    assert questions(bot) == [CLAIM, CLAIM]


async def test_is_this_true_checks_a_message_whose_words_are_given(discord_server, bot, ada):
    first = await ada.mention(discord_server.channel, CLAIM)
    await ada.waits_for_reply(first)
    asked = await ada.reply(first, f"<@{discord_server.bot.id}> fact check")
    assert "### Denied" in (await ada.waits_for_reply(asked)).texts
    assert questions(bot) == [CLAIM, CLAIM]


async def test_where_the_words_are_hidden_the_menu_is_named(discord_server, bot, ada):
    said = await ada.says(discord_server.channel, CLAIM)
    asked = await ada.reply(said, f"<@{discord_server.bot.id}> is this true?")
    assert ENGLISH("menu-check-the-news") in (await ada.waits_for_reply(asked)).text
    assert questions(bot) == []


async def test_is_this_true_alone_is_asked_back(discord_server, bot, ada):
    seen = await ada.waits_for_reply(await ada.mention(discord_server.channel, "is this true?"))
    assert ENGLISH("menu-check-the-news") in seen.text
    assert questions(bot) == []


async def test_help_names_the_commands(discord_server, bot, ada):
    seen = await ada.waits_for_reply(await ada.dm("help"))
    assert "/daily" in seen.text
    assert questions(bot) == []


async def test_a_mention_without_words_is_asked_back(discord_server, bot, ada):
    seen = await ada.waits_for_reply(await ada.mention(discord_server.channel, ""))
    assert "What would you like to know?" in seen.text


@pytest.mark.parametrize("written", ["👍", "👎🏽", "❤️ 🎉", "1️⃣", "ℹ️", "<:wave:123456>", "!!"])
async def test_a_reply_without_a_word_is_a_reaction(discord_server, bot, ada, written):
    card = await ada.waits_for_reply(await ada.mention(discord_server.channel, CLAIM))
    await ada.reply(card, written)
    await ada.waits_for_reply(await ada.dm("Did it rain?"))
    await ada.dm(written)
    await ada.waits_for_reply(await ada.mention(discord_server.channel, "Did it snow?"))
    assert questions(bot) == [CLAIM, "Did it rain?", "Did it snow?"]
    assert len([seen for seen in ada.sees(ada.direct) if seen.message.author is discord_server.bot]) == 1
    me = discord_server.bot
    assert len([seen for seen in ada.sees(discord_server.channel) if seen.message.author is me]) == 2


async def test_a_question_mark_or_an_emoji_after_nothing_is_no_reaction(discord_server, bot, ada):
    await ada.waits_for_reply(await ada.dm("👍"))
    card = await ada.waits_for_reply(await ada.mention(discord_server.channel, CLAIM))
    await ada.waits_for_reply(await ada.reply(card, "👍?"))
    seen = await ada.waits_for_reply(await ada.reply(card, f"<@{discord_server.bot.id}>"))
    assert seen.text == ENGLISH("ask-something")
