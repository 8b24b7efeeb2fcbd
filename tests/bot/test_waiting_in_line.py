"""Many ask at once: who waits in line is told so and then answered once, who finds the line full is told when to return."""

import asyncio
import sys

import pytest

from bot.services.query_service import Limits
from bot.texts import Texts
from tests.bot.newsroom import online
from tests.discord_server.interactions import ANSWER, DEFER

LANGUAGES = {"en-US": "en", "de": "de", "fr": "fr", "es-ES": "es", "pt-BR": "pt", "uk": "uk"}
ONE_AT_A_TIME = Limits(
    workers=1, queue=1 + len(LANGUAGES), answer=600.0, questions=1000, server=1000, clicks=1000
)
A_MINUTE = {"en": "a minute", "de": "einer Minute", "fr": "une minute", "es": "un minuto", "pt": "um minuto", "uk": "хвилину"}  # fmt: skip
QUESTION = "Did Trump call Putin?"


@pytest.fixture
async def busy(discord_server, tmp_path, monkeypatch):
    """A bot that works on somebody's question, so that the next one waits until `bot.news.gate` opens."""
    monkeypatch.setattr("bot.services.query_service.MOMENT", 0.0)
    monkeypatch.setattr("bot.gateway.interactions.ACKNOWLEDGE_AFTER", 0.3)
    async with online(discord_server, tmp_path, limits=ONE_AT_A_TIME) as bot:
        monkeypatch.setattr(sys.modules["bot.exts.plain_messages"], "LINE_AFTER", 0.3)
        bot.news.gate.clear()
        first = discord_server.person("First")
        bot.first = await first.slash(discord_server.channel, "ask", question="The first?", private=True)
        await discord_server.until(lambda: bot.news.asked, "the first question at the archive")
        yield bot


def note(locale):
    return Texts(LANGUAGES[locale])("wait-in-line")


@pytest.mark.parametrize("private", [False, True])
async def test_a_command_that_waits_says_so_and_becomes_the_answer(discord_server, busy, private):
    ada, ben = discord_server.person("Ada"), discord_server.person("Ben")
    asked = await ada.slash(discord_server.channel, "ask", question=QUESTION, private=private)
    waiting = await ada.waits_for_answer(asked)
    assert asked.callback == ANSWER
    assert note("en-US") in waiting.text
    assert waiting.ephemeral == private
    busy.news.gate.set()
    await discord_server.until(lambda: waiting.history, "the answer in its place")
    assert "### Denied" in waiting.texts
    assert [one.id for one in ada.sees(discord_server.channel)] == [waiting.id]
    assert [one.id for one in ben.sees(discord_server.channel)] == ([] if private else [waiting.id])
    assert waiting.ephemeral == private


async def test_whose_question_is_worked_on_sees_thinking(discord_server, busy):
    await discord_server.until(lambda: busy.first.callback, "an acknowledgement")
    assert busy.first.callback == DEFER


@pytest.mark.parametrize("direct", [False, True])
async def test_a_message_that_waits_is_told_so_and_then_answered_once(discord_server, busy, direct):
    ada = discord_server.person("Ada")
    place = ada.direct if direct else discord_server.channel
    asked = await (ada.dm(QUESTION) if direct else ada.mention(place, QUESTION))

    def own():
        return [one for one in ada.sees(place) if one.message.reference is asked]

    [waiting] = await discord_server.until(own, "a word that it waits")
    assert waiting.text == note("en-US")
    busy.news.gate.set()
    await discord_server.until(lambda: waiting.history, "the answer in its place")
    assert "### Denied" in waiting.texts
    assert [one.id for one in own()] == [waiting.id]
    assert discord_server.pings == []


async def test_a_question_that_is_taken_back_takes_the_word_that_it_waits_along(discord_server, busy):
    ada = discord_server.person("Ada")
    asked = await ada.mention(discord_server.channel, QUESTION)
    waiting = await ada.waits_for_reply(asked)
    await ada.deletes(asked)
    await asyncio.sleep(0.1)  # until the bot knows; whether or not, nothing may be left in the end
    busy.news.gate.set()
    await discord_server.until(lambda: waiting.deleted, "its end")


async def test_a_fault_after_the_wait_is_told_once_in_private(discord_server, busy):
    ada, ben = discord_server.person("Ada"), discord_server.person("Ben")
    asked = await ada.slash(discord_server.channel, "ask", question=QUESTION)
    waiting = await ada.waits_for_answer(asked)
    busy.news.fault = ZeroDivisionError()
    busy.news.gate.set()
    told = await ada.waits_for_followup(asked)
    assert waiting.deleted
    assert told.ephemeral
    assert [one.id for one in ada.sees(discord_server.channel)] == [told.id]
    assert ben.sees(discord_server.channel) == []


async def test_who_waits_and_who_is_refused_is_told_in_their_language(discord_server, busy):
    for locale in LANGUAGES:
        waits = discord_server.person(locale, locale=locale)
        asked = await waits.slash(discord_server.channel, "ask", question=QUESTION)
        assert note(locale) in (await waits.waits_for_answer(asked)).text
    for locale, language in LANGUAGES.items():
        refused = discord_server.person(locale, locale=locale)
        in_vain = await refused.slash(discord_server.channel, "ask", question=QUESTION)
        told = await refused.waits_for_answer(in_vain)  # at once: the gate is still closed
        assert in_vain.callback == ANSWER
        assert told.ephemeral
        assert Texts(language)("error-busy") in told.text
        assert A_MINUTE[language] in told.text
    assert [text for text, _ in busy.news.asked] == ["The first?"]
