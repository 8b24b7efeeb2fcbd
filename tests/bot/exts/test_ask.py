"""People ask with /ask."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.services.query_service import Limits
from bot.texts import ENGLISH
from index.errors import BadQuestion
from index.stance.judgement import Stance
from tests.bot.newsroom import News, online
from tests.bot.samples import HOSTILE, answer, nothing, quote
from tests.discord_server.interactions import ANSWER, DEFER

ADA = "Ada"


@pytest.fixture
async def bot(discord_server, tmp_path):
    async with online(discord_server, tmp_path) as running:
        yield running


async def test_in_a_channel_the_card_comes_at_once(discord_server, bot):
    ada, ben = discord_server.person(ADA), discord_server.person("Ben")
    asked = await ada.slash(discord_server.channel, "ask", question="Did Trump call Putin?")
    seen = await ada.waits_for_answer(asked)
    assert asked.callback == ANSWER
    assert seen.is_v2
    assert seen.accents == [0xF0B232]
    assert seen.texts[0].startswith("## Did Trump call Putin?\n**Sources disagree.")
    assert [text for text in seen.texts if text.startswith("### ")] == [
        "### Reported",
        "### Denied",
        "### No comment",
    ]
    assert len(seen.links) == 3
    assert seen.links[0].startswith("https://news.example/sample-wire/1#:~:text=")
    assert [one.id for one in ben.sees(discord_server.channel)] == [seen.id]
    assert discord_server.pings == []


async def test_in_private_and_in_a_group_of_people_who_installed_it(discord_server, bot):
    ada, ben = discord_server.person(ADA, installed_app=True), discord_server.person("Ben")
    stranger = discord_server.stranger("Cem", installed_app=True)
    for person, channel in (
        (ada, ada.direct),
        (ada, discord_server.group(ada, ben)),
        (stranger, stranger.direct),
    ):
        asked = await person.slash(channel, "ask", question="Did Trump call Putin?")
        seen = await person.waits_for_answer(asked)
        assert "### Denied" in seen.texts


async def test_only_the_person_sees_a_private_answer(discord_server, bot):
    ada, ben = discord_server.person(ADA), discord_server.person("Ben")
    asked = await ada.slash(discord_server.channel, "ask", question="Did Trump call Putin?", private=True)
    seen = await ada.waits_for_answer(asked)
    assert seen.ephemeral
    assert "### Denied" in seen.texts
    assert ben.sees(discord_server.channel) == []


async def test_filters_reach_the_archive_and_are_told(discord_server, bot):
    ada = discord_server.person(ADA)
    asked = await ada.slash(
        discord_server.channel,
        "ask",
        question="Did Trump call Putin?",
        since="2024-11-01",
        until="7 Nov 2024",
        outlet="daily courier",
    )
    seen = await ada.waits_for_answer(asked)
    [(_, how)] = bot.news.asked
    assert how["since"] == datetime(2024, 11, 1, tzinfo=UTC)
    assert how["until"] == datetime(2024, 11, 8, tzinfo=UTC)
    assert how["outlets"] == ("Daily Courier",)
    assert "-# Searched: Daily Courier · 1–7 Nov 2024" in seen.text


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"since": "@everyone"}, r"I cannot read the date in since: "),
        ({"since": "2024-11-07", "until": "2024-11-01"}, "swap them"),
        ({"outlet": "Nowhere *Times*"}, r"I have no articles from “Nowhere \*Times\*”"),
        ({"question": "   "}, "That is not a question."),
    ],
)
async def test_what_cannot_be_asked_is_told_in_private(discord_server, bot, options, words):
    ada = discord_server.person(ADA)
    asked = await ada.slash(discord_server.channel, "ask", **{"question": "Did it rain?", **options})
    seen = await ada.waits_for_answer(asked)
    assert words in seen.text
    assert seen.ephemeral


async def test_outlets_are_offered_as_they_are_typed(discord_server, bot):
    ada = discord_server.person(ADA)
    for typed, offered in (("", ["Sample Wire", "Daily Courier"]), ("WIRE", ["Sample Wire"]), ("zzz", [])):
        choices = await ada.types(discord_server.channel, "ask", "outlet", typed, question="Did it rain?")
        assert [choice["value"] for choice in choices] == offered


async def test_a_slow_answer_is_acknowledged_and_then_given(discord_server, bot):
    ada = discord_server.person(ADA)
    bot.news.gate.clear()
    asked = await ada.slash(discord_server.channel, "ask", question="Did Trump call Putin?")
    await discord_server.until(lambda: asked.callback, "an acknowledgement")
    assert asked.callback == DEFER
    assert ada.sees(discord_server.channel)[0].loading
    bot.news.gate.set()
    seen = await ada.waits_for_answer(asked)
    assert "### Denied" in seen.texts
    assert len(ada.sees(discord_server.channel)) == 1


async def test_a_slow_private_answer_stays_private(discord_server, bot):
    ada, ben = discord_server.person(ADA), discord_server.person("Ben")
    bot.news.gate.clear()
    asked = await ada.slash(discord_server.channel, "ask", question="Did Trump call Putin?", private=True)
    await discord_server.until(lambda: asked.callback, "an acknowledgement")
    bot.news.gate.set()
    assert (await ada.waits_for_answer(asked)).ephemeral
    assert ben.sees(discord_server.channel) == []


async def test_the_loop_goes_on_while_the_archive_works(discord_server, bot):
    ada = discord_server.person(ADA)
    bot.news.gate.clear()
    asked = await ada.slash(discord_server.channel, "ask", question="Did Trump call Putin?")
    helped = await ada.slash(discord_server.channel, "help")
    assert "word for word" in (await ada.waits_for_answer(helped)).text
    choices = await ada.types(discord_server.channel, "ask", "outlet", "wire", question="x")
    assert len(choices) == 1
    assert asked.answer is None or asked.answer.loading
    bot.news.gate.set()
    await ada.waits_for_answer(asked)


async def test_an_archive_that_never_answers_is_given_up(discord_server, tmp_path):
    async with online(discord_server, tmp_path, limits=Limits(answer=0.2)) as bot:
        ada = discord_server.person(ADA)
        bot.news.gate.clear()
        asked = await ada.slash(discord_server.channel, "ask", question="Did Trump call Putin?")
        assert ENGLISH("error-too-slow") in (await ada.waits_for_answer(asked)).text


async def test_a_full_queue_is_told_in_private(discord_server, tmp_path):
    async with online(discord_server, tmp_path, limits=Limits(queue=1)) as bot:
        ada, ben = discord_server.person(ADA), discord_server.person("Ben")
        bot.news.gate.clear()
        first = await ada.slash(discord_server.channel, "ask", question="One?")
        await discord_server.until(lambda: bot.news.asked, "the first question at the archive")
        second = await ben.slash(discord_server.channel, "ask", question="Two?")
        refused = await ben.waits_for_answer(second)
        assert ENGLISH("error-busy") in refused.text
        assert refused.ephemeral
        bot.news.gate.set()
        await ada.waits_for_answer(first)


async def test_who_asks_too_fast_is_told_how_long_to_wait_and_others_are_not(discord_server, tmp_path):
    async with online(discord_server, tmp_path, limits=Limits(questions=2)):
        ada, ben = discord_server.person(ADA), discord_server.person("Ben")
        for _ in range(2):
            await ada.waits_for_answer(
                await ada.slash(discord_server.channel, "ask", question="Did it rain?")
            )
        refused = await ada.waits_for_answer(
            await ada.slash(discord_server.channel, "ask", question="Again?")
        )
        assert refused.ephemeral
        assert "Please wait 30 seconds." in refused.text or "Please wait 2" in refused.text
        other = await ben.waits_for_answer(
            await ben.slash(discord_server.channel, "ask", question="Did it rain?")
        )
        assert "### Denied" in other.texts


async def test_a_question_whose_dates_cannot_be_read_counts_and_another_counts_once(discord_server, tmp_path):
    async with online(discord_server, tmp_path, limits=Limits(questions=3)):
        ada, asking = discord_server.person(ADA), {"question": "Did it rain?"}
        told = []
        for since in ("2024-11-01", "2024-11-02", "x", "y"):
            asked = await ada.slash(discord_server.channel, "ask", since=since, **asking)
            told.append((await ada.waits_for_answer(asked)).text)
        assert ["### Denied" in text for text in told] == [True, True, False, False]
        assert "I cannot read the date" in told[2]
        assert "Please wait" in told[3]


@pytest.mark.parametrize("text", [*HOSTILE, "\U0001f600" * 50, "x" * 2000, "@everyone " * 150])
async def test_hostile_words_change_nothing(discord_server, tmp_path, text):
    made = answer((Stance.DENIED, quote(text, Stance.DENIED, outlet=text[:200])), denied_by=(text,))
    async with online(discord_server, tmp_path, News(made)):
        ada = discord_server.person(ADA)
        asked = await ada.slash(discord_server.channel, "ask", question=text.replace("\ud800", ""))
        seen = await ada.waits_for_answer(asked)
        assert seen.is_v2
        assert ENGLISH("footer") in seen.text
        assert discord_server.pings == []


async def test_a_fault_of_ours_is_told_by_its_number_and_logged_without_the_question(
    discord_server, bot, capsys
):
    ada = discord_server.person(ADA)
    bot.news.fault = RuntimeError("while reading the secret question")
    asked = await ada.slash(discord_server.channel, "ask", question="Did the secret question leak?")
    seen = await ada.waits_for_answer(asked)
    logged = capsys.readouterr().out
    assert seen.ephemeral
    number = seen.text.split("(")[1].split(")")[0].replace("\\", "")
    assert number in logged
    assert "secret" not in logged


async def test_no_article_answers(discord_server, tmp_path):
    async with online(discord_server, tmp_path, News(nothing())):
        ada = discord_server.person(ADA)
        asked = await ada.slash(discord_server.channel, "ask", question="Who won the cup in 1931?")
        seen = await ada.waits_for_answer(asked)
        assert ENGLISH("nothing") in seen.text
        assert "> " not in seen.text.replace("<t:1731326400:R>", "").replace("<t:1731326400:d>", "")
        assert len(seen.links) == 2


async def test_help_is_short_and_private(discord_server, bot):
    ada = discord_server.person(ADA)
    seen = await ada.waits_for_answer(await ada.slash(ada.direct, "help"))
    assert seen.ephemeral
    assert "`/ask question`" in seen.text
    assert len(seen.text) < 1300


async def test_many_people_at_once_each_get_their_own_answer(discord_server, bot):
    people = [discord_server.person(f"Person {number}") for number in range(8)]
    asked = [
        await person.slash(discord_server.channel, "ask", question=f"Question {number}?")
        for number, person in enumerate(people)
    ]
    seen = await asyncio.gather(
        *(person.waits_for_answer(one) for person, one in zip(people, asked, strict=True))
    )
    assert [one.texts[0].split("\n")[0] for one in seen] == [f"## Question {number}?" for number in range(8)]


async def test_a_bad_question_after_thinking_is_still_told(discord_server, bot):
    ada = discord_server.person(ADA)
    bot.news.gate.clear()
    bot.news.fault = BadQuestion("There are no words in it.")
    asked = await ada.slash(discord_server.channel, "ask", question="?!")
    await discord_server.until(lambda: asked.callback, "an acknowledgement")
    bot.news.gate.set()
    told = await ada.waits_for_followup(asked)
    assert told.text == "There are no words in it."
    assert told.ephemeral
    assert [one.id for one in ada.sees(discord_server.channel)] == [told.id]


@pytest.mark.parametrize(("locale", "day_first"), [("en-US", False), ("de", True), ("ja", None)])
async def test_dates_in_numbers_are_in_the_order_of_the_persons_language(
    discord_server, bot, locale, day_first
):
    ada = discord_server.person("Ada", locale=locale)
    asked = await ada.slash(discord_server.channel, "ask", question="What did Velia announce on 11/3/2026?")
    await ada.waits_for_answer(asked)
    await ada.waits_for_reply(await ada.dm("And on 12/3/2026?"))
    assert [how["day_first"] for _, how in bot.news.asked] == [day_first, day_first]


@pytest.mark.parametrize(("locale", "month"), [("en-US", 11), ("de", 3), ("ja", None)])
async def test_so_are_the_dates_of_its_options(discord_server, bot, locale, month):
    ada = discord_server.person("Ada", locale=locale)
    asked = await ada.slash(
        discord_server.channel, "ask", question="Did it rain?", since="11/3/2024", until="last Tuesday"
    )
    seen = await ada.waits_for_answer(asked)
    if month:
        [(_, how)] = bot.news.asked
        assert how["since"] == datetime(2024, month, 3 if month == 11 else 11, tzinfo=UTC)
        assert how["until"].weekday() == 2  # the midnight after a Tuesday
    else:
        assert "London" in seen.text
