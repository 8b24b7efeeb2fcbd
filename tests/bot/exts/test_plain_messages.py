"""People ask by message: in private, by mention, in a reply."""

import re

import pytest

from bot.services.query_service import Limits
from bot.texts import ENGLISH
from index.answering.answers import AnswerOutcome
from tests.bot.newsroom import News, online
from tests.bot.samples import answer, question
from tests.discord_server import state


def questions(bot):
    return [text for text, _ in bot.news.asked]


async def test_in_private_without_any_command(discord_server, bot, ada):
    seen = await ada.waits_for_reply(await ada.dm("Did Trump call Putin?"))
    assert seen.is_v2
    assert "### Denied" in seen.texts
    assert len(seen.links) == 3
    assert discord_server.pings == []


@pytest.mark.parametrize("words", ["help", ""])
async def test_who_calls_for_nothing_without_pause_is_told_to_wait(discord_server, tmp_path, ada, words):
    async with online(discord_server, tmp_path, limits=Limits(questions=1)):
        first = await ada.waits_for_reply(await ada.mention(discord_server.channel, words))
        assert "Please wait" not in first.text
        await ada.mention(discord_server.channel, words)
        await discord_server.until(lambda: ada.sees(ada.direct), "a word in private")
        assert "Please wait" in ada.sees(ada.direct)[0].text
        seen = [one for one in ada.sees(discord_server.channel) if one.message.author is discord_server.bot]
        assert [one.id for one in seen] == [first.id]


async def test_by_mention_in_a_channel_and_in_a_thread(discord_server, bot, ada):
    for place in (discord_server.channel, discord_server.thread(discord_server.channel)):
        asked = await ada.mention(place, "Did Trump call Putin?")
        seen = await ada.waits_for_reply(asked)
        assert "### Denied" in seen.texts
        assert seen.message.reference is asked
    assert questions(bot) == ["Did Trump call Putin?"] * 2
    assert discord_server.pings == []


async def test_the_card_is_the_same_everywhere(discord_server, bot, ada):
    private = await ada.waits_for_reply(await ada.dm("Did Trump call Putin?"))
    mention = await ada.waits_for_reply(await ada.mention(discord_server.channel, "Did Trump call Putin?"))
    asked = await ada.slash(discord_server.channel, "ask", question="Did Trump call Putin?")
    command = await ada.waits_for_answer(asked)
    assert private.texts == mention.texts == command.texts
    assert private.links == mention.links == command.links


async def test_a_reply_that_mentions_the_bot_is_a_question_and_one_that_does_not_is_none(
    discord_server, bot, ada
):
    seen = await ada.waits_for_reply(await ada.mention(discord_server.channel, "Did Trump call Putin?"))
    await ada.reply(seen, "I see", ping=False)
    again = await ada.reply(seen, "And what did Kyiv say?")
    await ada.waits_for_reply(again)
    assert questions(bot) == ["Did Trump call Putin?", "And what did Kyiv say?"]


async def test_what_is_not_for_the_bot_gets_no_answer(discord_server, bot, ada):
    other = discord_server.world.add_user("Other Bot", bot=True)
    channel, me = discord_server.channel, discord_server.bot
    await ada.says(channel, "Did it rain?")
    await ada.says(channel, "@everyone did it rain?", mentions=[discord_server.owner])
    machine = discord_server.person("Robot")
    machine.user = other
    await machine.says(channel, f"<@{me.id}> Did it rain?")
    last = await ada.mention(channel, "Did it snow?")
    await ada.waits_for_reply(last)
    assert questions(bot) == ["Did it snow?"]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("<@{me}>Did it rain?", "Did it rain?"),
        ("Did it rain, <@!{me}>?", "Did it rain,  ?"),
        ("<@{me}> ask <#123456> <:wave:123456> Did it rain?", "ask     Did it rain?"),
    ],
)
async def test_mentions_and_emoji_are_no_part_of_a_question(discord_server, bot, ada, written, asked):
    message = await ada.says(discord_server.channel, written.format(me=discord_server.bot.id))
    await ada.waits_for_reply(message)
    assert [" ".join(text.split()) for text in questions(bot)] == [" ".join(asked.split())]


async def test_a_bare_mention_is_asked_what_it_wants(discord_server, bot, ada):
    seen = await ada.waits_for_reply(await ada.says(discord_server.channel, f"<@{discord_server.bot.id}>"))
    assert seen.text == ENGLISH("ask-something")
    assert questions(bot) == []


async def test_a_question_in_private_may_lean_on_the_one_before(discord_server, bot, ada):
    ben = discord_server.person("Ben")
    for person, text in ((ada, "Did Trump call Putin?"), (ben, "Did it rain?"), (ada, "And Kyiv?")):
        await person.waits_for_reply(await person.dm(text))
    asked = await ada.mention(discord_server.channel, "And Warsaw?")
    await ada.waits_for_reply(asked)
    assert [how["previous"] for _, how in bot.news.asked] == [None, None, "Did Trump call Putin?", None]


async def test_small_talk_is_answered_and_not_remembered(discord_server, tmp_path, ada):
    made = answer(outcome=AnswerOutcome.REPLY, asked=question())
    async with online(discord_server, tmp_path, News(made)) as bot:
        first = await ada.waits_for_reply(await ada.dm("Hello"))
        assert first.text == ENGLISH("help")
        await ada.waits_for_reply(await ada.dm("And Kyiv?"))
        assert [how["previous"] for _, how in bot.news.asked] == [None, None]


@pytest.mark.parametrize(
    "text", ["x" * 5000, "\U0001f600" * 300, "```\n@everyone\n```", "\u202e\u200b", "||" * 900]
)
async def test_odd_questions_get_an_answer(discord_server, bot, ada, text):
    await ada.waits_for_reply(await ada.dm(text))
    await ada.waits_for_reply(await ada.mention(discord_server.channel, text))
    assert discord_server.pings == []


async def test_typing_shows_while_it_takes_long(discord_server, bot, ada):
    bot.news.gate.clear()
    asked = await ada.dm("Did Trump call Putin?")
    await discord_server.until(
        lambda: [call for call in discord_server.rest.calls if call.path.endswith("/typing")], "typing"
    )
    bot.news.gate.set()
    await ada.waits_for_reply(asked)


async def test_typing_that_fails_does_not_stand_in_the_way(discord_server, bot, ada):
    fault = discord_server.faults.error("POST", "/typing", status=403, code=50013)
    bot.news.gate.clear()
    asked = await ada.dm("Did Trump call Putin?")
    await discord_server.until(lambda: fault.used, "typing")
    bot.news.gate.set()
    assert "### Denied" in (await ada.waits_for_reply(asked)).texts


async def test_where_it_may_not_write_it_says_so_in_private_and_once(discord_server, tmp_path, ada):
    silent = discord_server.place("silent", permissions=state.EVERYTHING & ~state.SEND_MESSAGES)
    async with online(discord_server, tmp_path) as bot:
        await ada.mention(silent, "Did Trump call Putin?")
        await discord_server.until(lambda: ada.sees(ada.direct), "a hint")
        await ada.mention(silent, "Did Trump call Putin?")
        await discord_server.until(lambda: len(questions(bot)) == 2, "the second question at the archive")
        await bot.service.stop(5)
        hints = [seen.text for seen in ada.sees(ada.direct)]
        assert len(hints) == 1
        assert r"\#silent" in hints[0]


async def test_a_person_who_takes_no_messages_changes_nothing(discord_server, tmp_path, ada):
    silent = discord_server.place("silent", permissions=state.EVERYTHING & ~state.SEND_MESSAGES)
    shy = discord_server.person("Shy", closed_to_messages=True)
    async with online(discord_server, tmp_path) as bot:
        await shy.mention(silent, "Did Trump call Putin?")
        await discord_server.until(
            lambda: [call for call in discord_server.rest.calls if call.body and "recipient_id" in call.body],
            "an attempt to write in private",
        )
        seen = await ada.waits_for_reply(await ada.dm("Did it rain?"))
        assert "### Denied" in seen.texts
        assert len(questions(bot)) == 2


async def test_where_it_may_not_refer_to_messages_it_answers_without(discord_server, bot, ada):
    place = discord_server.place("forgetful", permissions=state.EVERYTHING & ~state.READ_HISTORY)
    seen = await ada.waits_for_reply(await ada.mention(place, "Did Trump call Putin?"))
    assert "### Denied" in seen.texts


async def test_where_a_card_is_refused_plain_text_is_sent(discord_server, bot, ada):
    discord_server.faults.error("POST", r"/channels/\d+/messages", status=403, code=50013, times=3)
    seen = await ada.waits_for_reply(await ada.mention(discord_server.channel, "Did Trump call Putin?"))
    assert not seen.is_v2
    assert not seen.embeds
    assert "> The Evening Post had claimed" in seen.content
    assert re.search(r"<https://news\.example/sample-wire/1#:~:text=\S+>", seen.content)


async def test_a_channel_that_refuses_everything_leads_to_a_private_hint(discord_server, bot, ada):
    path = rf"/channels/{discord_server.channel.id}/messages"
    discord_server.faults.error("POST", path, status=403, code=50013, times=9)
    await ada.mention(discord_server.channel, "Did Trump call Putin?")
    await discord_server.until(lambda: ada.sees(ada.direct), "a hint")
    assert "I may not write in" in ada.sees(ada.direct)[0].text


async def test_asking_too_fast_is_told_in_private_and_not_in_the_channel(discord_server, tmp_path, ada):
    async with online(discord_server, tmp_path, limits=Limits(questions=1)):
        await ada.waits_for_reply(await ada.mention(discord_server.channel, "Did it rain?"))
        for _ in range(3):
            await ada.mention(discord_server.channel, "Again?")
        await discord_server.until(lambda: ada.sees(ada.direct), "a private word")
        await ada.waits_for_reply(await ada.dm("And here?"))
        told = [seen.text for seen in ada.sees(ada.direct) if seen.message.author is discord_server.bot]
        assert all("Please wait" in text for text in told)
        assert len(told) == 2
        assert len(ada.sees(discord_server.channel)) == 1 + 4


async def test_a_crowded_server_is_told_in_private_to_who_asks(discord_server, tmp_path, ada):
    async with online(discord_server, tmp_path, limits=Limits(server=1)):
        ben = discord_server.person("Ben")
        await ada.waits_for_reply(await ada.mention(discord_server.channel, "Did it rain?"))
        await ben.mention(discord_server.channel, "Again?")
        await discord_server.until(lambda: ben.sees(ben.direct), "a private word")
        assert "Many people are asking on this server. Please wait" in ben.sees(ben.direct)[0].text
        asked = await ben.slash(discord_server.channel, "ask", question="Again?")
        refused = await ben.waits_for_answer(asked)
        assert refused.ephemeral
        assert "Many people are asking on this server." in refused.text
        assert "### Denied" in (await ben.waits_for_reply(await ben.dm("And here?"))).texts


async def test_a_fault_of_ours_is_told_by_its_number(discord_server, bot, ada, capsys):
    bot.news.fault = ZeroDivisionError("the secret question")
    seen = await ada.waits_for_reply(await ada.dm("Did the secret leak?"))
    assert "Something went wrong on our side" in seen.text
    logged = capsys.readouterr().out
    assert "ZeroDivisionError" in logged
    assert "secret" not in logged


async def test_server_errors_and_rate_limits_are_ridden_out(discord_server, bot, ada):
    discord_server.faults.error("POST", r"/channels/\d+/messages", status=502)
    discord_server.faults.rate_limit("POST", r"/channels/\d+/messages", retry_after=0.05)
    seen = await ada.waits_for_reply(await ada.dm("Did Trump call Putin?"))
    assert "### Denied" in seen.texts
    assert len([one for one in ada.sees(ada.direct) if one.message.author is discord_server.bot]) == 1
