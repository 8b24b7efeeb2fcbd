"""The connection breaks at some point of an answer: exactly one right answer is there in the end."""

import pytest

from bot.texts import ENGLISH
from tests.bot.newsroom import News, online
from tests.bot.samples import story
from tests.discord_server.interactions import SHOW_MODAL

MESSAGES, MESSAGE, CALLBACK = r"/channels/\d+/messages$", r"/channels/\d+/messages/\d+$", "/callback$"
ORIGINAL, FOLLOW_UP = "/messages/@original$", r"/webhooks/\d+/[^/]+$"
QUESTION = "Did Trump call Putin?"
FAULTS = ["drop", "lose_answer"]


@pytest.fixture(autouse=True)
def second_responses_are_no_breach(discord_server):
    """A first response that is sent again is refused, as the bot expects."""
    yield
    discord_server.violations[:] = [one for one in discord_server.violations if "40060" not in one]


def by_the_bot(server, person, channel):
    return [seen for seen in person.sees(channel) if seen.message.author is server.bot]


async def settled(server, bot):
    """Wait until the bot has nothing more to do for anybody."""
    await server.until(lambda: not bot.service._in_flight, "the bot to be done")


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("fault", FAULTS)
async def test_a_mention_is_answered_once(discord_server, bot, ada, fault, times):
    broken = getattr(discord_server.faults, fault)("POST", MESSAGES, times=times)
    seen = await ada.waits_for_reply(await ada.mention(discord_server.channel, QUESTION))
    await settled(discord_server, bot)
    assert broken.used == times
    assert "### Denied" in seen.texts
    assert len(by_the_bot(discord_server, ada, discord_server.channel)) == 1


@pytest.mark.parametrize(("method", "path"), [("POST", MESSAGES), ("PATCH", MESSAGE)])
@pytest.mark.parametrize("fault", FAULTS)
async def test_a_direct_message_is_answered_once_and_in_full(discord_server, bot, ada, fault, method, path):
    getattr(discord_server.faults, fault)(method, path, times=2)
    seen = await ada.waits_for_reply(await ada.dm(QUESTION))
    await settled(discord_server, bot)
    assert "### Denied" in seen.texts
    assert len(by_the_bot(discord_server, ada, ada.direct)) == 1


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_line_that_cannot_be_edited_gives_way_to_the_answer(
    discord_server, bot, ada, fault, no_pauses
):
    getattr(discord_server.faults, fault)("PATCH", MESSAGE, times=99)
    seen = await ada.waits_for_reply(await ada.dm(QUESTION))
    await settled(discord_server, bot)
    [answer] = by_the_bot(discord_server, ada, ada.direct)
    assert answer.id == seen.id
    assert "### Denied" in answer.texts


@pytest.mark.parametrize("fault", FAULTS)
async def test_an_answer_goes_with_its_question(discord_server, bot, ada, fault):
    asked = await ada.mention(discord_server.channel, QUESTION)
    seen = await ada.waits_for_reply(asked)
    await settled(discord_server, bot)
    getattr(discord_server.faults, fault)("DELETE", MESSAGE, times=3)
    await ada.deletes(asked)
    await discord_server.until(lambda: seen.deleted, "the answer to go")


@pytest.mark.parametrize("fault", FAULTS)
async def test_an_edited_question_is_answered_anew(discord_server, bot, ada, fault):
    asked = await ada.mention(discord_server.channel, QUESTION)
    seen = await ada.waits_for_reply(asked)
    await settled(discord_server, bot)
    getattr(discord_server.faults, fault)("GET", MESSAGE, times=2)
    getattr(discord_server.faults, fault)("PATCH", MESSAGE, times=2)
    await ada.edits(asked, f"<@{discord_server.bot.id}> Did it rain?")
    await discord_server.until(lambda: "Did it rain?" in seen.text, "the new answer")


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("fault", FAULTS)
async def test_what_fills_thinking_arrives(discord_server, bot, ada, fault, private, times):
    getattr(discord_server.faults, fault)("PATCH", ORIGINAL, times=times)
    bot.news.gate.clear()
    asked = await ada.slash(discord_server.channel, "ask", question=QUESTION, private=private)
    await discord_server.until(lambda: asked.callback, "an acknowledgement")
    bot.news.gate.set()
    seen = await ada.waits_for_answer(asked)
    await settled(discord_server, bot)
    assert [one.id for one in ada.sees(discord_server.channel)] == [seen.id]
    assert "### Denied" in seen.texts


async def test_an_answer_that_stands_is_never_replaced_by_an_error(discord_server, bot, ada, no_pauses):
    discord_server.faults.lose_answer("PATCH", ORIGINAL, times=99)
    bot.news.gate.clear()
    asked = await ada.slash(discord_server.channel, "ask", question=QUESTION)
    await discord_server.until(lambda: asked.callback, "an acknowledgement")
    bot.news.gate.set()
    seen = await ada.waits_for_answer(asked)
    await settled(discord_server, bot)
    assert not seen.deleted
    assert "### Denied" in seen.texts
    assert asked.followups == []


async def test_where_discord_takes_nothing_the_person_reads_why(discord_server, bot, ada, no_pauses):
    discord_server.faults.drop("PATCH", ORIGINAL, times=99)
    bot.news.gate.clear()
    asked = await ada.slash(discord_server.channel, "ask", question=QUESTION)
    await discord_server.until(lambda: asked.callback, "an acknowledgement")
    bot.news.gate.set()
    told = await ada.waits_for_followup(asked)
    assert told.text == ENGLISH("connection-broke")
    assert told.ephemeral
    assert [one.id for one in ada.sees(discord_server.channel)] == [told.id]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("slowly", [False, True])
async def test_a_first_response_arrives(discord_server, bot, ada, fault, slowly):
    getattr(discord_server.faults, fault)("POST", CALLBACK, times=3)
    if slowly:
        bot.news.gate.clear()
    asked = await ada.slash(discord_server.channel, "ask", question=QUESTION)
    if slowly:
        await discord_server.until(lambda: asked.callback, "an acknowledgement")
        bot.news.gate.set()
    await ada.waits_for_answer(asked)
    await settled(discord_server, bot)
    [seen] = ada.sees(discord_server.channel)
    assert "### Denied" in seen.texts


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_private_word_about_an_error_arrives(discord_server, bot, ada, fault):
    bot.news.fault = ZeroDivisionError()
    bot.news.gate.clear()
    asked = await ada.slash(discord_server.channel, "ask", question=QUESTION)
    await discord_server.until(lambda: asked.callback, "an acknowledgement")
    getattr(discord_server.faults, fault)("DELETE", ORIGINAL, times=2)
    discord_server.faults.drop("POST", FOLLOW_UP)
    bot.news.gate.set()
    told = await ada.waits_for_followup(asked)
    assert "Something went wrong" in told.text
    assert [one.id for one in ada.sees(discord_server.channel)] == [told.id]


@pytest.mark.parametrize("fault", FAULTS)
async def test_the_form_of_a_thumbs_down_opens_and_is_taken(discord_server, bot, ada, fault):
    seen = await ada.waits_for_reply(await ada.mention(discord_server.channel, QUESTION))
    getattr(discord_server.faults, fault)("POST", CALLBACK)
    pressed = await ada.click(seen, "👎")
    await ada.waits_for_modal(pressed)
    assert pressed.callback == SHOW_MODAL
    await settled(discord_server, bot)
    assert pressed.followups == []
    getattr(discord_server.faults, fault)("POST", CALLBACK)
    thanked = await ada.waits_for_answer(await ada.submits(pressed, {"reason": "missing", "words": "so"}))
    assert thanked.text == ENGLISH("thanks-down")


@pytest.mark.parametrize("fault", FAULTS)
async def test_the_form_of_check_the_news_opens(discord_server, bot, ada, fault):
    said = await discord_server.person("Ben").says(discord_server.channel, "Trump called Putin")
    getattr(discord_server.faults, fault)("POST", CALLBACK, times=2)
    used = await ada.uses(said, "Check the news")
    await ada.waits_for_modal(used)
    await settled(discord_server, bot)
    assert used.followups == []


@pytest.mark.parametrize(
    ("method", "path"), [("POST", CALLBACK), ("PATCH", r"/webhooks/\d+/[^/]+/messages/\d+$")]
)
@pytest.mark.parametrize("fault", FAULTS)
async def test_a_card_is_shared_once(discord_server, bot, ada, fault, method, path):
    asked = await ada.slash(discord_server.channel, "ask", question=QUESTION, private=True)
    seen = await ada.waits_for_answer(asked)
    getattr(discord_server.faults, fault)(method, path, times=2)
    shared = await ada.waits_for_answer(await ada.click(seen, "Share"))
    await discord_server.until(lambda: "Share" not in seen.labels, "the button to go")
    await settled(discord_server, bot)
    assert [one.id for one in discord_server.person("Ben").sees(discord_server.channel)] == [shared.id]


async def test_a_card_is_shared_once_however_often_the_button_is_pressed(discord_server, bot, ada):
    asked = await ada.slash(discord_server.channel, "ask", question=QUESTION, private=True)
    seen = await ada.waits_for_answer(asked)
    held = discord_server.faults.hold("PATCH", r"/webhooks/\d+/[^/]+/messages/\d+$")
    await ada.waits_for_answer(await ada.click(seen, "Share"))
    await ada.waits_for_answer(await ada.click(seen, "Share"))
    held.release()
    await settled(discord_server, bot)
    assert len(discord_server.person("Ben").sees(discord_server.channel)) == 1
    assert "Share" not in seen.labels


@pytest.mark.parametrize(("method", "path"), [("POST", CALLBACK), ("PATCH", ORIGINAL)])
@pytest.mark.parametrize("fault", FAULTS)
async def test_a_page_turns_once(discord_server, tmp_path, ada, fault, method, path):
    async with online(discord_server, tmp_path, News(story(30))) as bot:
        card = await ada.waits_for_reply(await ada.mention(discord_server.channel, QUESTION))
        page = await ada.waits_for_answer(await ada.click(card, "Timeline"))
        before = page.text
        bot.news.gate.clear()
        getattr(discord_server.faults, fault)(method, path, times=2)
        pressed = await ada.click(page, "Next")
        await discord_server.until(lambda: pressed.callback, "an acknowledgement")
        bot.news.gate.set()
        await discord_server.until(lambda: page.text != before, "the next page")
        await settled(discord_server, bot)
        assert pressed.followups == []


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_file_arrives_whole(discord_server, bot, fault):
    boss = discord_server.person("Bo", permissions=-1 & ((1 << 53) - 1))
    getattr(discord_server.faults, fault)("POST", CALLBACK)
    seen = await boss.waits_for_answer(await boss.slash(discord_server.channel, "feeds export"))
    assert seen.ephemeral
    [file] = seen.message.attachments
    sizes = {call.files[0]["size"] for call in discord_server.rest.calls if call.files}
    assert sizes == {file["size"]}
    assert file["size"] > 0


@pytest.fixture
def no_pauses(monkeypatch):
    """Repeat without waiting, so that a test of an outage is short."""
    monkeypatch.setattr("bot.gateway.repeated_requests.PAUSES", (0.0, 0.0))
