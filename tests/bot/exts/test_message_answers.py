"""What a message gets: quotes, a check of the message it replies to, the news, the help, or a hint."""

from bot.texts import ENGLISH

CLAIM = "Did Trump call Putin?"


def questions(bot):
    return [text for text, _ in bot.news.asked]


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
