"""People press the buttons under a card: at once, months later, after a restart, when articles are gone."""

import asyncio
from dataclasses import replace

import pytest

from bot.services.query_service import Limits
from bot.storage import answers
from bot.texts import ENGLISH
from bot.ui.markdown import unescape
from index.stance.judgement import Stance
from tests.bot.newsroom import News, online
from tests.bot.samples import answer, call_answer, nothing, quote, story
from tests.discord_server import state
from tests.discord_server.interactions import ANSWER, DEFER, DEFER_UPDATE, UPDATE

QUESTION = "Did Trump call Putin?"


@pytest.fixture
async def bot(discord_server, tmp_path):
    async with online(discord_server, tmp_path, News(story())) as running:
        yield running


async def ask(server, person, **options):
    asked = await person.slash(server.channel, "ask", question=QUESTION, **options)
    return await person.waits_for_answer(asked)


async def press(person, seen, name):
    return await person.waits_for_answer(await person.click(seen, name))


def quoted(seen):
    """The quoted lines of a card, as a reader sees them."""
    lines = seen.text.split("\n")
    return [unescape(line.removeprefix("> ")) for line in lines if line.startswith("> ")]


def numbers(seen):
    return [int(line.split()[2]) for line in quoted(seen)]


async def all_numbers(person, seen):
    """The numbers on all pages, turned over one by one."""
    found = numbers(seen)
    while "Next" in seen.labels and not seen.control("Next").get("disabled"):
        await person.waits_for_answer(await person.click(seen, "Next"))
        found += numbers(seen)
    return found


async def test_a_card_offers_what_there_is(discord_server, bot, ada):
    seen = await ask(discord_server, ada)
    assert seen.labels == ["More quotes (5)", "Context", "Timeline", "Newest first", "👍", "👎"]
    assert all(len(name) <= 100 for name in seen.custom_ids)


@pytest.mark.parametrize(
    ("made", "labels"),
    [
        (answer((None, quote("It rained."))), ["Context", "👍", "👎"]),
        (call_answer(), ["Context", "👍", "👎"]),
        (nothing(), ["👍", "👎"]),
    ],
)
async def test_a_card_offers_nothing_that_is_not_there(discord_server, tmp_path, ada, made, labels):
    async with online(discord_server, tmp_path, News(made)):
        assert (await ask(discord_server, ada)).labels == labels


async def test_more_quotes_are_shown_to_the_person_alone_and_none_of_them_twice(discord_server, bot, ada):
    ben = discord_server.person("Ben")
    seen = await ask(discord_server, ada)
    before = seen.texts
    more = await press(ben, seen, "More quotes (5)")
    assert more.ephemeral
    assert numbers(seen) == [8, 7, 6]
    assert numbers(more) == [5, 4, 3, 2, 1]
    assert f"## {QUESTION}\n**More quotes**\n-# 1–5 of 5" in more.text
    assert seen.texts == before
    assert [one.id for one in ada.sees(discord_server.channel)] == [seen.id]


async def test_many_quotes_are_turned_over_in_place(discord_server, tmp_path, ada):
    async with online(discord_server, tmp_path, News(story(30))):
        seen = await ask(discord_server, ada)
        first = await press(ada, seen, "Newest first")
        assert first.control("Back")["disabled"]
        assert await all_numbers(ada, first) == list(range(30, 0, -1))
        turned = await ada.click(first, "Back")
        await ada.waits_for_answer(turned)
        assert turned.callback == UPDATE
        await ada.waits_for_answer(await ada.click(first, "Back"))
        assert numbers(first)[-1] > 1
        assert len(ada.sees(discord_server.channel)) == 2


async def test_timeline_tells_the_story_day_by_day(discord_server, bot, ada):
    seen = await press(ada, await ask(discord_server, ada), "Timeline")
    days = [text for text in seen.texts if text.startswith("### <t:")]
    assert len(set(days)) == len(numbers(seen))
    assert days == sorted(days)
    assert await all_numbers(ada, seen) == list(range(1, 9))


async def test_what_a_quote_does_to_the_claim_is_said_where_no_heading_does(discord_server, tmp_path, ada):
    async with online(discord_server, tmp_path, News(story(5, Stance.DENIED))):
        seen = await press(ada, await ask(discord_server, ada), "Newest first")
        assert seen.text.count("Denied · **Paper") == 5


async def test_context_is_two_sentences_before_and_after_word_for_word(discord_server, bot, ada):
    seen = await press(ada, await ask(discord_server, ada), "Context")
    assert quoted(seen)[:3] == [
        "Just before.",
        "Right before 8. **On day 8 the bridge was 8 metres long.** Right after 8. Soon after.",
        "Just before.",
    ]
    assert len(seen.links) == 3
    for line in quoted(seen):
        assert any(line.replace("**", "") in text.text for text in bot.news.articles.values())


async def test_context_of_a_further_page_is_that_pages(discord_server, bot, ada):
    more = await press(ada, await ask(discord_server, ada), "More quotes (5)")
    seen = await press(ada, more, "Context")
    assert [f"On day {number} " in seen.text for number in range(1, 9)] == [True] * 5 + [False] * 3


@pytest.mark.parametrize("direct", [False, True])
async def test_an_old_card_answers_after_a_restart(discord_server, tmp_path, ada, direct):
    async with online(discord_server, tmp_path, News(story())):
        seen = await ask(discord_server, ada)
        if direct:
            seen = await ada.waits_for_reply(await ada.dm(QUESTION))
    async with online(discord_server, tmp_path, News(story())) as bot:
        more = await press(ada, seen, "More quotes (5)")
        assert numbers(more) == [5, 4, 3, 2, 1]
        assert bot.news.asked == []
    async with online(discord_server, tmp_path, News(story())):
        context = await press(ada, more, "Context")
        assert "Right after 5." in context.text
        assert (await press(ada, seen, "👍")).text == ENGLISH("thanks-up")


async def test_an_article_that_left_the_index_is_left_out_and_counted(discord_server, bot, ada):
    seen = await ask(discord_server, ada)
    del bot.news.articles["https://news.example/paper-4/4"]
    more = await press(ada, seen, "More quotes (5)")
    assert numbers(more) == [5, 3, 2, 1]
    assert "-# 1 quote is left out: its article has left the index" in more.text
    bot.news.articles.clear()
    assert (await press(ada, seen, "Timeline")).text == ENGLISH("all-gone")


async def test_a_corrected_article_is_quoted_as_it_is_now(discord_server, bot, ada):
    seen = await ask(discord_server, ada)
    for url, article in bot.news.articles.items():
        bot.news.articles[url] = replace(
            article, text=f"A correction.\n{article.text}", revised=article.published
        )
    more = await press(ada, seen, "More quotes (5)")
    assert numbers(more) == [5, 4, 3, 2, 1]
    assert more.text.count("corrected <t:") == 5


async def test_an_answer_that_is_no_longer_kept_says_so(discord_server, tmp_path, ada, monkeypatch):
    monkeypatch.setattr(answers, "MAX_ANSWERS", 1)
    monkeypatch.setattr(answers, "PRUNE_EVERY", 1)
    async with online(discord_server, tmp_path, News(story())):
        old, new = await ask(discord_server, ada), await ask(discord_server, ada)
        told = await press(ada, old, "Timeline")
        assert told.ephemeral
        assert told.text == ENGLISH("error-forgotten")
        assert await all_numbers(ada, await press(ada, new, "Timeline")) == list(range(1, 9))


async def test_a_private_answer_is_shared_as_it_stands_and_once(discord_server, bot, ada):
    ben = discord_server.person("Ben")
    seen = await ask(discord_server, ada, private=True)
    assert ben.sees(discord_server.channel) == []
    pressed = await ada.click(seen, "Share")
    shared = await ada.waits_for_answer(pressed)
    assert not shared.ephemeral
    assert shared.texts == [*seen.texts, f"-# Shared by <@{ada.id}>"]
    assert shared.links == seen.links
    assert shared.labels == ["More quotes (5)", "Context", "Timeline", "Newest first", "👍", "👎"]
    await discord_server.until(lambda: "Share" not in seen.labels, "the button to share to go")
    assert [one.id for one in ben.sees(discord_server.channel)] == [shared.id]
    assert numbers(await press(ben, shared, "More quotes (5)")) == [5, 4, 3, 2, 1]
    assert discord_server.pings == []


async def test_a_page_is_shared_without_the_buttons_that_turn_it(discord_server, tmp_path, ada):
    async with online(discord_server, tmp_path, News(story(30))):
        seen = await press(ada, await ask(discord_server, ada), "Timeline")
        shared = await ada.waits_for_answer(await ada.click(seen, "Share"))
        assert shared.labels == ["Context"]
        assert numbers(shared) == numbers(seen)
        await discord_server.until(
            lambda: seen.labels == ["Back", "Next", "Context"], "the button to share to go"
        )
        assert [bool(seen.control(name).get("disabled")) for name in ("Back", "Next")] == [True, False]


async def test_what_has_left_the_index_is_not_shared(discord_server, bot, ada):
    seen = await ask(discord_server, ada, private=True)
    del bot.news.articles["https://news.example/paper-8/8"]
    told = await press(ada, seen, "Share")
    assert told.text == ENGLISH("error-gone")
    assert discord_server.person("Ben").sees(discord_server.channel) == []


async def test_who_may_not_write_is_not_offered_to_share_and_cannot(discord_server, bot, ada):
    seen = await ask(discord_server, ada, private=True)
    ada.user.permissions &= ~state.SEND_MESSAGES
    assert (await press(ada, seen, "Share")).text == ENGLISH("error-may-not-share")
    assert "Share" not in (await ask(discord_server, ada, private=True)).labels
    assert discord_server.person("Ben").sees(discord_server.channel) == []


async def test_in_a_thread_it_is_the_right_to_write_in_threads_that_counts(discord_server, tmp_path, ada):
    thread = discord_server.thread(discord_server.channel)
    async with online(discord_server, tmp_path, News(story())):
        for lacking, shares in ((state.SEND_MESSAGES, True), (state.SEND_IN_THREADS, False)):
            ada.user.permissions = state.ORDINARY & ~lacking
            asked = await ada.slash(thread, "ask", question=QUESTION, private=True)
            assert ("Share" in (await ada.waits_for_answer(asked)).labels) is shares


async def test_in_a_group_of_people_what_one_sees_is_shared_with_the_others(discord_server, bot):
    cem, ben = discord_server.stranger("Cem", installed_app=True), discord_server.person("Ben")
    group = discord_server.group(cem, ben)
    asked = await cem.slash(group, "ask", question=QUESTION, private=True)
    shared = await cem.waits_for_answer(await cem.click(await cem.waits_for_answer(asked), "Share"))
    assert [one.id for one in ben.sees(group)] == [shared.id]
    assert (await press(ben, shared, "More quotes (5)")).ephemeral


async def test_a_server_that_keeps_foreign_apps_quiet_is_not_offered_to_share(discord_server, tmp_path):
    guild = await discord_server.new_guild("Elsewhere", bot_inside=False)
    cem = discord_server.person("Cem", guild=guild, installed_app=True)
    async with online(discord_server, tmp_path, News(story())):
        seen = await cem.waits_for_answer(
            await cem.slash(guild.channels[0], "ask", question=QUESTION, private=True)
        )
        assert "Share" in seen.labels
        cem.user.permissions &= ~state.USE_EXTERNAL_APPS
        for private in (True, False):
            asked = await cem.slash(guild.channels[0], "ask", question=QUESTION, private=private)
            seen = await cem.waits_for_answer(asked)
            assert seen.ephemeral
            assert "Share" not in seen.labels


async def test_sharing_that_fails_leaves_the_button(discord_server, bot, ada):
    seen = await ask(discord_server, ada, private=True)
    discord_server.faults.error("POST", "/callback", status=403, code=50013)
    told = await ada.waits_for_answer(await ada.click(seen, "Share"))
    assert told.text == ENGLISH("error-may-not-share")
    assert told.ephemeral
    assert "Share" in seen.labels


async def test_a_slow_page_is_promised_to_the_person_alone(discord_server, bot, ada):
    seen = await ask(discord_server, ada)
    bot.news.gate.clear()
    pressed = await ada.click(seen, "Timeline")
    await discord_server.until(lambda: pressed.callback, "an acknowledgement")
    assert pressed.callback == DEFER
    bot.news.gate.set()
    shown = await ada.waits_for_answer(pressed)
    assert shown.ephemeral
    assert await all_numbers(ada, shown) == list(range(1, 9))


async def test_a_card_that_is_shared_slowly_is_promised_and_shared_once(discord_server, bot, ada):
    ben = discord_server.person("Ben")
    seen = await ask(discord_server, ada, private=True)
    bot.news.gate.clear()
    pressed = await ada.click(seen, "Share")
    await discord_server.until(lambda: pressed.callback, "an acknowledgement")
    assert pressed.callback == DEFER
    again = await ada.click(seen, "Share")
    await discord_server.until(lambda: again.callback, "an acknowledgement")
    assert again.callback == DEFER_UPDATE
    bot.news.gate.set()
    shared = await ada.waits_for_answer(pressed)
    await discord_server.until(lambda: "Share" not in seen.labels, "the button to share to go")
    assert [one.id for one in ben.sees(discord_server.channel)] == [shared.id]
    assert shared.texts == [*seen.texts, f"-# Shared by <@{ada.id}>"]


async def test_a_card_that_cannot_be_shared_in_time_is_told_in_private(discord_server, tmp_path, ada):
    async with online(discord_server, tmp_path, News(story()), Limits(answer=2.0)) as bot:
        seen = await ask(discord_server, ada, private=True)
        bot.news.gate.clear()
        told = await ada.waits_for_followup(await ada.click(seen, "Share"))
        assert told.ephemeral
        assert told.text == ENGLISH("error-too-slow")
        assert "Share" in seen.labels
        assert discord_server.person("Ben").sees(discord_server.channel) == []


@pytest.mark.parametrize("gone", [False, True])
async def test_a_page_that_turns_slowly_stays_until_the_next_is_there(discord_server, tmp_path, ada, gone):
    async with online(discord_server, tmp_path, News(story(30)), Limits(answer=1.0 + 2.0 * gone)) as bot:
        seen = await press(ada, await ask(discord_server, ada), "Timeline")
        first = numbers(seen)
        bot.news.gate.clear()
        pressed = await ada.click(seen, "Next")
        if gone:  # the archive does not answer in time: the page stays, and the person is told
            told = await ada.waits_for_followup(pressed)
            assert told.ephemeral
            assert told.text == ENGLISH("error-too-slow")
            assert numbers(seen) == first
            assert not seen.deleted
            return
        told = await ada.waits_for_answer(pressed)
        assert pressed.callback == ANSWER
        assert told.text == ENGLISH("error-too-slow")
        assert numbers(seen) == first


async def test_a_page_that_comes_late_takes_its_place(discord_server, tmp_path, ada):
    async with online(discord_server, tmp_path, News(story(30))) as bot:
        seen = await press(ada, await ask(discord_server, ada), "Timeline")
        first = numbers(seen)
        bot.news.gate.clear()
        pressed = await ada.click(seen, "Next")
        await discord_server.until(lambda: pressed.callback, "an acknowledgement")
        assert pressed.callback == DEFER_UPDATE
        bot.news.gate.set()
        await ada.waits_for_answer(pressed)
        assert numbers(seen)[0] == first[-1] + 1


async def test_who_presses_too_often_is_told_how_long_to_wait(discord_server, tmp_path, ada):
    async with online(discord_server, tmp_path, News(story()), Limits(clicks=1)):
        seen = await ask(discord_server, ada)
        await press(ada, seen, "Timeline")
        told = await press(ada, seen, "Context")
        assert told.ephemeral
        assert "Please wait" in told.text


async def test_buttons_stand_under_an_embed_and_under_plain_text_too(discord_server, bot, ada):
    for refusals in (2, 3):
        discord_server.faults.error("POST", r"/channels/\d+/messages", status=403, code=50013, times=refusals)
        seen = await ada.waits_for_reply(await ada.mention(discord_server.channel, QUESTION))
        assert not seen.is_v2
        assert bool(seen.embeds) is (refusals == 2)
        more = await press(ada, seen, "More quotes (5)")
        assert f"## {QUESTION}\n**More quotes**" in more.text
        assert sorted(numbers(seen) + numbers(more)) == list(range(1, 9))


async def test_buttons_cost_no_memory_and_all_kinds_go_on_working(discord_server, bot, ada):
    seen = await ask(discord_server, ada, private=True)
    for name in ("Timeline", "Newest first", "Context", "More quotes (5)"):
        await press(ada, seen, name)
    await ada.waits_for_answer(await ada.click(seen, "Share"))
    store = bot._connection._view_store
    assert store._views == {}
    assert store._modals == {}
    assert store._synced_message_views == {}
    assert store._dynamic_items == {}


async def test_pages_come_in_the_readers_own_language(discord_server, bot):
    eva = discord_server.person("Eva", locale="de")
    seen = await ask(discord_server, eva)
    assert "Timeline" in seen.labels  # the server's language, for everybody
    shown = await press(eva, seen, "Timeline")
    assert "Zeitverlauf" in shown.text
    assert "Wörtliche Zitate." in shown.text


async def test_an_answer_that_cannot_be_kept_is_given_without_buttons(discord_server, bot, ada):
    await bot.database.execute("DROP TABLE answers")
    seen = await ask(discord_server, ada)
    assert numbers(seen) == [8, 7, 6]
    assert seen.labels == []


async def test_many_people_press_at_once(discord_server, bot, ada):
    seen = await ask(discord_server, ada)
    people = [discord_server.person(f"P{number}") for number in range(8)]
    pages = await asyncio.gather(*(press(person, seen, "More quotes (5)") for person in people))
    assert all(numbers(shown) == [5, 4, 3, 2, 1] for shown in pages)
