"""An answer follows its question: announced, leaning on the card replied to, edited with it, deleted with it."""

import pytest

from bot.texts import ENGLISH
from tests.bot.newsroom import News, online
from tests.bot.samples import nothing

QUESTION = "Did Trump call Putin?"


def answers(server, person, channel):
    return [seen for seen in person.sees(channel) if seen.message.author is server.bot]


async def gone(server, seen):
    await server.until(lambda: seen.deleted, "the answer to be deleted")


# --- the text of a notification


async def test_in_private_a_line_of_text_comes_first_and_becomes_the_card(discord_server, bot, ada):
    seen = await ada.waits_for_reply(await ada.dm(QUESTION))
    assert seen.is_v2
    assert [body["content"] for body in seen.history] == [
        f"{QUESTION} Sources disagree. Reported by The Evening Post; denied by Ivan Petrov."
    ]
    assert len(answers(discord_server, ada, ada.direct)) == 1
    assert discord_server.pings == []


async def test_silence_is_announced_as_silence(discord_server, tmp_path, ada):
    async with online(discord_server, tmp_path, News(nothing())):
        seen = await ada.waits_for_reply(await ada.dm("Who won?"))
        assert seen.history[0]["content"] == f"Who won? {ENGLISH('nothing')}"


async def test_in_a_channel_the_card_comes_as_it_is(discord_server, bot, ada):
    seen = await ada.waits_for_reply(await ada.mention(discord_server.channel, QUESTION))
    assert seen.history == []


@pytest.mark.parametrize("refusals", [1, 2])
async def test_an_announced_answer_comes_in_the_form_that_is_taken(discord_server, bot, ada, refusals):
    discord_server.faults.error(
        "PATCH", r"/channels/\d+/messages/\d+", status=400, code=50035, times=refusals
    )
    seen = await ada.waits_for_reply(await ada.dm(QUESTION))
    assert not seen.is_v2
    assert bool(seen.embeds) is (refusals == 1)
    assert "### Denied" in seen.text
    assert len(answers(discord_server, ada, ada.direct)) == 1


# --- leaning


async def test_a_reply_to_a_card_leans_on_the_question_of_that_card(discord_server, bot, ada):
    ben = discord_server.person("Ben")
    first = await ada.waits_for_reply(await ada.mention(discord_server.channel, "Is *this* a_question?"))
    await ada.waits_for_reply(await ada.mention(discord_server.channel, "Did it rain?"))
    await ben.waits_for_reply(await ben.reply(first, "And Kyiv?"))
    text, how = bot.news.asked[-1]
    assert (text, how["previous"], how["outlets"]) == ("And Kyiv?", "Is *this* a_question?", ())


async def test_a_reply_to_an_answered_command_is_a_question_too(discord_server, bot, ada):
    asked = await ada.slash(discord_server.channel, "ask", question=QUESTION)
    await ada.waits_for_reply(await ada.reply(await ada.waits_for_answer(asked), "And Kyiv?"))
    assert bot.news.asked[-1][1]["previous"] == QUESTION


async def test_a_reply_to_somebody_else_leans_on_nothing(discord_server, bot, ada):
    other = await ada.says(discord_server.channel, "## Did it snow?")
    await ada.waits_for_reply(await ada.reply(other, f"<@{discord_server.bot.id}> And Kyiv?"))
    assert bot.news.asked[-1][1]["previous"] is None


async def test_a_reply_that_pings_nobody_is_left_alone(discord_server, bot, ada):
    seen = await ada.waits_for_reply(await ada.mention(discord_server.channel, QUESTION))
    await ada.reply(seen, "I see", ping=False)
    await ada.waits_for_reply(await ada.dm("Did it rain?"))
    assert [text for text, _ in bot.news.asked] == [QUESTION, "Did it rain?"]


async def test_a_remark_on_a_card_is_not_answered_with_silence_spelt_out(discord_server, bot, ada):
    card = await ada.waits_for_reply(await ada.mention(discord_server.channel, QUESTION))
    bot.news.silent_on = {"lol", "lol?", "hm what"}
    await ada.reply(card, "lol")
    asked = await ada.reply(card, "lol?")
    assert ENGLISH("nothing") in (await ada.waits_for_reply(asked)).text
    named = await ada.reply(card, f"<@{discord_server.bot.id}> hm what")
    assert ENGLISH("nothing") in (await ada.waits_for_reply(named)).text
    assert len(bot.news.asked) == 4
    assert len(answers(discord_server, ada, discord_server.channel)) == 3


# --- deleting


@pytest.mark.parametrize("restart", [False, True])
async def test_the_answer_is_deleted_with_its_question(discord_server, tmp_path, ada, restart):
    async with online(discord_server, tmp_path):
        asked = await ada.mention(discord_server.channel, QUESTION)
        seen = await ada.waits_for_reply(asked)
        note = await ada.dm(QUESTION)
        private = await ada.waits_for_reply(note)
        if not restart:
            await ada.deletes(asked)
            await ada.deletes(note)
            await gone(discord_server, seen)
            await gone(discord_server, private)
            return
    async with online(discord_server, tmp_path):
        await ada.deletes(asked)
        await gone(discord_server, seen)


async def test_answers_are_deleted_with_many_questions_at_once(discord_server, bot, ada):
    asked = [await ada.mention(discord_server.channel, f"Question {number}?") for number in range(3)]
    seen = [await ada.waits_for_reply(one) for one in asked]
    await ada.deletes(*asked[:2])
    await gone(discord_server, seen[0])
    await discord_server.until(
        lambda: len(answers(discord_server, ada, discord_server.channel)) == 1, "two answers to be deleted"
    )


async def test_a_question_deleted_before_its_answer_gets_none(discord_server, bot, ada):
    bot.news.gate.clear()
    asked = await ada.mention(discord_server.channel, QUESTION)
    await discord_server.until(lambda: bot.news.asked, "the question at the archive")
    await ada.deletes(asked)
    other = await ada.mention(discord_server.channel, "Did it rain?")
    bot.news.gate.set()
    seen = await ada.waits_for_reply(other)
    await bot.service.stop(5)
    assert [one.id for one in answers(discord_server, ada, discord_server.channel)] == [seen.id]


async def test_a_question_deleted_while_its_answer_is_being_sent_takes_it_along(discord_server, bot, ada):
    held = discord_server.faults.hold("POST", r"/channels/\d+/messages")
    asked = await ada.mention(discord_server.channel, QUESTION)
    await discord_server.until(lambda: held.used, "the answer on its way")
    await ada.deletes(asked)
    held.release()
    await discord_server.until(
        lambda: [call for call in discord_server.rest.calls if call.method == "DELETE"], "a deletion"
    )
    await bot.service.stop(5)
    assert answers(discord_server, ada, discord_server.channel) == []


async def test_deleting_what_was_no_question_changes_nothing(discord_server, bot, ada):
    seen = await ada.waits_for_reply(await ada.mention(discord_server.channel, QUESTION))
    await ada.deletes(await ada.says(discord_server.channel, "something else"))
    await ada.waits_for_reply(await ada.dm("Did it rain?"))
    assert not seen.deleted


async def test_an_answer_somebody_deleted_before_is_no_trouble(discord_server, bot, ada, capsys):
    asked = await ada.mention(discord_server.channel, QUESTION)
    await ada.deletes((await ada.waits_for_reply(asked)).message)
    await ada.deletes(asked)
    await ada.waits_for_reply(await ada.dm("Did it rain?"))
    assert "fault" not in capsys.readouterr().out
    discord_server.violations.clear()


# --- editing


async def test_an_edited_question_is_answered_anew_in_the_same_place(discord_server, bot, ada):
    for asked in (
        await ada.mention(discord_server.channel, "Did Trump cal Putin?"),
        await ada.dm("Did it rian?"),
    ):
        seen = await ada.waits_for_reply(asked)
        edits = len(seen.history)
        text = f"<@{discord_server.bot.id}> Did it rain?" if asked.channel.guild else "Did it rain?"
        await ada.edits(asked, text)
        await discord_server.until(lambda seen=seen, edits=edits: len(seen.history) > edits, "an edit")
        assert seen.texts[0].startswith("## Did it rain?\n")
        assert len(answers(discord_server, ada, asked.channel)) == 1
    assert discord_server.pings == []


async def test_a_question_edited_while_it_is_answered_ends_with_the_answer_to_the_last_words(
    discord_server, bot, ada
):
    bot.news.gate.clear()
    asked = await ada.dm("Did it rian?")
    await discord_server.until(lambda: bot.news.asked, "the question at the archive")
    for text in ("Did it rain", "Did it rain?", "Did it snow?"):
        await ada.edits(asked, text)
    bot.news.gate.set()
    seen = await ada.waits_for_reply(asked)
    await discord_server.until(lambda: seen.texts[0].startswith("## Did it snow?\n"), "the last answer")
    assert len(answers(discord_server, ada, ada.direct)) == 1


async def test_a_question_deleted_while_its_edit_is_answered_takes_the_answer_along(discord_server, bot, ada):
    asked = await ada.mention(discord_server.channel, QUESTION)
    seen = await ada.waits_for_reply(asked)
    bot.news.gate.clear()
    await ada.edits(asked, f"<@{discord_server.bot.id}> Did it rain?")
    await discord_server.until(lambda: len(bot.news.asked) == 2, "the edited question at the archive")
    await ada.deletes(asked)
    await gone(discord_server, seen)
    bot.news.gate.set()
    await bot.service.stop(5)
    assert answers(discord_server, ada, discord_server.channel) == []
    discord_server.violations.clear()  # the edit of what is no more


async def test_an_address_that_unfolds_is_no_edit(discord_server, bot, ada):
    asked = await ada.mention(discord_server.channel, "Is this true? https://news.example/1")
    seen = await ada.waits_for_reply(asked)
    await discord_server.gateway.tell_message("MESSAGE_UPDATE", asked)
    asked.edited_at = discord_server.world.now()
    await discord_server.gateway.tell_message("MESSAGE_UPDATE", asked)
    await ada.waits_for_reply(await ada.dm("Did it rain?"))
    await bot.service.stop(5)
    assert seen.history == []
    assert len(bot.news.asked) == 2


async def test_a_message_edited_into_a_question_later_is_left_alone(discord_server, bot, ada):
    said = await ada.says(discord_server.channel, "Hello")
    await ada.edits(said, f"<@{discord_server.bot.id}> {QUESTION}")
    await ada.waits_for_reply(await ada.dm("Did it rain?"))
    assert [text for text, _ in bot.news.asked] == ["Did it rain?"]


async def test_an_edit_where_the_bot_may_no_longer_write_does_not_end_it(discord_server, bot, ada):
    asked = await ada.mention(discord_server.channel, QUESTION)
    seen = await ada.waits_for_reply(asked)
    fault = discord_server.faults.error("PATCH", r"/channels/\d+/messages/\d+", status=403, code=50013)
    await ada.edits(asked, f"<@{discord_server.bot.id}> Did it rain?")
    await discord_server.until(lambda: fault.used, "an edit")
    await ada.waits_for_reply(await ada.dm("Did it snow?"))
    assert QUESTION in seen.text
