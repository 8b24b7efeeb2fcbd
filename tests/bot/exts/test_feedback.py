"""People say what they think of an answer."""

import pytest

from bot.services.query_service import Limits
from bot.storage.feedback import FeedbackStore, Reason
from bot.texts import ENGLISH
from tests.bot.newsroom import News, online
from tests.bot.samples import nothing
from tests.discord_server.deeds import RADIO_GROUP, CannotDo
from tests.discord_server.interactions import SHOW_MODAL

QUESTION = "Did *Trump* call Putin?"


async def ask(server, person):
    return await person.waits_for_answer(await person.slash(server.channel, "ask", question=QUESTION))


async def votes(bot):
    return await FeedbackStore(bot.database).votes()


async def test_a_thumb_up_is_noted_without_the_question(discord_server, bot, ada):
    seen = await ask(discord_server, ada)
    told = await ada.waits_for_answer(await ada.click(seen, "👍"))
    assert told.ephemeral
    assert told.text == ENGLISH("thanks-up")
    [vote] = await votes(bot)
    assert vote.good
    assert (vote.reason, vote.comment, vote.question) == (None, None, None)
    assert f":{vote.answer_id}:" in seen.custom_ids[0]


async def test_a_thumb_down_asks_why_and_says_who_reads_it(discord_server, bot, ada):
    seen = await ask(discord_server, ada)
    pressed = await ada.click(seen, "👎")
    modal = await ada.waits_for_modal(pressed)
    assert pressed.callback == SHOW_MODAL
    assert modal["components"][0]["component"]["type"] == RADIO_GROUP
    assert ENGLISH("why-who") in str(modal["components"])
    with pytest.raises(CannotDo, match="required"):
        await ada.submits(pressed)
    assert await votes(bot) == []
    sent = await ada.submits(pressed, {"reason": "wrong_side", "words": "  It is a *denial*.  "})
    assert (await ada.waits_for_answer(sent)).text == ENGLISH("thanks-down")
    [vote] = await votes(bot)
    assert not vote.good
    assert (vote.reason, vote.comment, vote.question) == (Reason.WRONG_SIDE, "It is a *denial*.", QUESTION)


async def test_a_reason_sent_after_a_restart_is_noted(discord_server, tmp_path, ada):
    async with online(discord_server, tmp_path):
        pressed = await ada.click(await ask(discord_server, ada), "👎")
        await ada.waits_for_modal(pressed)
    async with online(discord_server, tmp_path) as bot:
        await ada.waits_for_answer(await ada.submits(pressed, {"reason": "other"}))
        assert [vote.question for vote in await votes(bot)] == [QUESTION]


async def test_one_person_has_one_vote_and_the_last_one_counts(discord_server, bot, ada):
    ben = discord_server.person("Ben")
    seen = await ask(discord_server, ada)
    pressed = await ada.click(seen, "👎")
    await ada.waits_for_modal(pressed)
    await ada.waits_for_answer(await ada.submits(pressed, {"reason": "outdated"}))
    for person in (ada, ada, ben):
        await person.waits_for_answer(await person.click(seen, "👍"))
    assert [(vote.good, vote.question) for vote in await votes(bot)] == [(True, None)] * 2


async def test_silence_can_be_voted_on(discord_server, tmp_path, ada):
    async with online(discord_server, tmp_path, News(nothing())) as bot:
        pressed = await ada.click(await ask(discord_server, ada), "👎")
        await ada.waits_for_modal(pressed)
        await ada.waits_for_answer(await ada.submits(pressed, {"reason": "missing"}))
        assert [vote.reason for vote in await votes(bot)] == [Reason.MISSING]


async def test_votes_are_erased_for_who_gave_them(discord_server, bot, ada):
    ben = discord_server.person("Ben")
    for _ in range(2):
        seen = await ask(discord_server, ada)
        for person in (ada, ben):
            await person.waits_for_answer(await person.click(seen, "👍"))
    feedback = FeedbackStore(bot.database)
    assert await feedback.delete_person(ada.id) == 2
    assert len(await feedback.votes()) == 2
    assert await feedback.delete_person(ada.id) == 0


async def test_nobody_is_named_in_the_file(discord_server, tmp_path, ada):
    async with online(discord_server, tmp_path):
        await ada.waits_for_answer(await ada.click(await ask(discord_server, ada), "👍"))
    written = b"".join(path.read_bytes() for path in tmp_path.glob("bot.db*"))
    assert str(ada.id).encode() not in written
    assert b"Putin" not in written
    assert b"Ada" not in written


async def test_who_presses_too_often_is_told_to_wait(discord_server, tmp_path, ada):
    async with online(discord_server, tmp_path, limits=Limits(clicks=1)) as bot:
        seen = await ask(discord_server, ada)
        await ada.waits_for_answer(await ada.click(seen, "👍"))
        told = await ada.waits_for_answer(await ada.click(seen, "👎"))
        assert "Please wait" in told.text
        assert len(await votes(bot)) == 1


async def test_a_vote_that_cannot_be_written_is_a_fault_of_ours(discord_server, bot, ada, capsys):
    seen = await ask(discord_server, ada)
    await bot.database.execute("DROP TABLE feedback")
    told = await ada.waits_for_answer(await ada.click(seen, "👍"))
    assert "Something went wrong on our side" in told.text
    assert "Putin" not in capsys.readouterr().out
