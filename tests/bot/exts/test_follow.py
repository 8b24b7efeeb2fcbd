"""People follow questions: told once, in the right place, corrected, and no more when they say so."""

import asyncio
import re
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest

from bot.gateway import repeated_requests
from bot.storage.follows import MAX_FOLLOWS_PER_PERSON, Follow
from bot.storage.guild_settings import GuildSettings
from bot.storage.posts import Post
from bot.texts import ENGLISH, LANGUAGES, Texts
from bot.ui.markdown import unescape
from index.archive import Archive
from index.errors import BrokenIndex, BusyIndex, OtherEncoder, UnfinishedIndex
from index.feeds.subscriptions import Subscriptions
from index.ingest.origins import Announced
from index.storage.places import NEWS_FILE
from tests.bot.newsroom import online
from tests.bot.samples import article
from tests.discord_server.state import ORDINARY

MANAGE_MESSAGES = 1 << 13
QUESTION = "When will the harbour bridge in Norwick open again?"
OLD = "The harbour bridge in Norwick will open again in six weeks, mayor Ada Fenn said."
NEW = "The harbour bridge in Norwick will open again on Friday, the engineers said."
LATER = "The harbour bridge in Norwick will not open again before May, the engineers said after a test."
OTHER = "Wheat prices rose by nine percent in October, the national statistics office reported."


def report(text, outlet, number=1, hours=1):
    return article(text, outlet=outlet, number=number, published=datetime.now(UTC) - timedelta(hours=hours))


@pytest.fixture
def archive(tmp_path, models):
    with Archive.open(tmp_path / "news", models=models) as archive:
        archive.add([report(OLD, "Sample Wire", hours=5)])
        yield archive


@pytest.fixture
async def bot(discord_server, tmp_path, archive):
    async with online(discord_server, tmp_path, archive) as running:
        yield running


@pytest.fixture
def mona(discord_server):
    return discord_server.person("Mona", permissions=ORDINARY | MANAGE_MESSAGES)


async def goes_round(bot):
    await bot.get_cog("FollowCog")._updater.update()


async def comes(bot, archive, *articles):
    """Articles come in, and the bot looks at what came in."""
    archive.add(articles)
    await goes_round(bot)


async def an_hour_passes(bot):
    await bot.database.execute("UPDATE follows SET last = last - 90000")


def posts(server, person, channel=None):
    return [
        seen
        for seen in person.sees(channel or server.channel)
        if seen.message.author is server.bot and not seen.ephemeral
    ]


async def follows(person, channel, **options):
    return await person.waits_for_answer(
        await person.slash(channel, "follow", **{"question": QUESTION, **options})
    )


async def test_what_begins_is_told_in_a_sentence(discord_server, bot, mona):
    said = await follows(mona, discord_server.channel, private=True)
    told = f"I look for “{QUESTION}” in every new article from now on, and send you what I find in private."
    assert f"{told} `/following` ends it." in said.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_follow_is_told_without_a_list_of_its_parts(language):
    texts = Texts(language)
    for said in (
        texts("followed-private", question="Q"),
        texts("followed-channel", question="Q", channel="<#1>"),
    ):
        assert ":" not in said
        assert re.search(rf"[“„«]\s?Q\s?[”“»] .*`/{texts('name-following')}`", said)


async def test_a_channel_is_told_once_of_a_new_quote(discord_server, bot, archive, mona):
    said = await follows(mona, discord_server.channel)
    assert said.ephemeral
    assert f"<#{discord_server.channel.id}>" in said.text
    await goes_round(bot)
    assert posts(discord_server, mona) == [], "what was known before is no news"
    await comes(bot, archive, report(NEW, "Daily Courier"), report(OTHER, "Evening Post"))
    [post] = posts(discord_server, mona)
    assert post.history[0]["content"] == f"New on “{QUESTION}” from Daily Courier: {NEW}", (
        "phones show the first text"
    )
    assert post.is_v2
    assert f"> {NEW}" in post.text
    assert OLD not in post.text
    assert "wheat" not in post.text.lower()
    await an_hour_passes(bot)
    await comes(bot, archive, report(NEW, "Sample Gazette"))
    assert len(posts(discord_server, mona)) == 1, "the same words from another outlet are no news"
    assert discord_server.pings == []


async def test_posts_do_not_come_faster_than_allowed_and_nothing_is_lost(discord_server, bot, archive, mona):
    await follows(mona, discord_server.channel)
    await comes(bot, archive, report(NEW, "Daily Courier"))
    await comes(bot, archive, report(LATER, "Evening Post"))
    assert len(posts(discord_server, mona)) == 1
    await an_hour_passes(bot)
    await goes_round(bot)
    assert LATER in posts(discord_server, mona)[-1].text


async def test_in_private_in_their_language_and_with_buttons_that_work(discord_server, bot, archive):
    ada = discord_server.person("Ada", locale="de")
    said = await follows(ada, discord_server.channel, private=True)
    assert Texts("de")("following-private") in said.text
    await comes(bot, archive, report(NEW, "Daily Courier"))
    [post] = posts(discord_server, ada, ada.direct)
    assert Texts("de")("footer") in post.text
    context = await ada.waits_for_answer(await ada.click(post, Texts("de")("context")))
    assert NEW in context.text


async def test_a_corrected_quote_is_corrected_where_it_stands(discord_server, bot, archive, mona):
    await follows(mona, discord_server.channel)
    first = report(NEW, "Daily Courier")
    await comes(bot, archive, first)
    [post] = posts(discord_server, mona)
    await comes(bot, archive, replace(first, text=NEW.replace("Friday", "Sunday")))
    correction = posts(discord_server, mona)[1]
    assert correction.message.reference is post.message
    assert ENGLISH("correction-now") in correction.text
    assert "on **Sunday**" in correction.text
    assert "“Friday” is “Sunday” in the article" in correction.text
    await comes(bot, archive, replace(first, text="Nothing is known of any opening, the office said."))
    assert ENGLISH("correction-gone") in posts(discord_server, mona)[2].text
    await comes(bot, archive, replace(first, text="Still nothing is known of any opening at all."))
    assert len(posts(discord_server, mona)) == 3, "what was corrected is not corrected again"


async def test_an_article_that_goes_breaks_nothing(discord_server, bot, archive, mona):
    await follows(mona, discord_server.channel)
    first = report(NEW, "Daily Courier")
    await comes(bot, archive, first)
    archive.remove(first.url)
    await comes(bot, archive, report(OTHER, "Evening Post"))
    assert len(posts(discord_server, mona)) == 1


async def test_old_articles_that_come_in_late_are_no_news(discord_server, bot, archive, mona):
    await follows(mona, discord_server.channel)
    await comes(bot, archive, report(NEW, "Daily Courier", hours=24 * 30))
    assert posts(discord_server, mona) == []


async def test_a_channel_is_told_of_its_servers_news_and_a_person_of_their_own(
    discord_server, bot, archive, mona, tmp_path
):
    await follows(mona, discord_server.channel)
    await follows(mona, discord_server.channel, private=True)

    async def brings(circle, text, number):
        with Subscriptions(tmp_path / "news" / NEWS_FILE) as subscriptions:
            subscriptions.add(f"https://{number}.example/feed", 0.0, circle=circle)
            feed = subscriptions.find(f"https://{number}.example/feed").id
        archive.add([Announced(report(text, "Daily Courier", number), frozenset({feed}))], requested=False)
        await an_hour_passes(bot)
        await goes_round(bot)
        return [any(NEW in post.text for post in posts(discord_server, mona, place)) for place in places]

    places = (discord_server.channel, mona.direct)
    assert await brings("guild:7", NEW, 21) == [False, False]
    assert await brings(f"guild:{discord_server.guild.id}", LATER, 22) == [False, False]
    assert [len(posts(discord_server, mona, place)) for place in places] == [1, 0]
    assert LATER in posts(discord_server, mona)[0].text
    assert await brings(f"user:{mona.id}", LATER, 23) == [False, False]
    assert [len(posts(discord_server, mona, place)) for place in places] == [1, 1]
    # What another server had first is news where the server's own feed brings it.
    with Subscriptions(tmp_path / "news" / NEWS_FILE) as subscriptions:
        own = subscriptions.find("https://22.example/feed").id
    archive.add([Announced(report(NEW, "Daily Courier", 21), frozenset({own}))], requested=False)
    await an_hour_passes(bot)
    await goes_round(bot)
    assert [len(posts(discord_server, mona, place)) for place in places] == [2, 1]
    assert NEW in posts(discord_server, mona)[1].text


async def test_who_may_not_manage_messages_follows_in_private_and_is_told_why(discord_server, bot):
    ada = discord_server.person("Ada")
    told = await follows(ada, discord_server.channel)
    assert ENGLISH("follow-not-here") in unescape(told.text)
    assert [one.channel for one in await bot.context.follows.all()] == [None]


async def test_the_servers_settings_hold(discord_server, bot, archive, mona):
    place = discord_server.place("elsewhere")
    await bot.context.guild_settings.put(
        discord_server.guild.id, GuildSettings(channels=(place.id,), follows=1, outlets=("Daily Courier",))
    )
    assert ENGLISH("error-follow-elsewhere") in (await follows(mona, discord_server.channel)).text
    await follows(mona, place)
    assert unescape((await follows(mona, place, question="What did Ada Fenn say?")).text) == ENGLISH(
        "error-server-follows", most=1
    )
    await comes(bot, archive, report(LATER, "Evening Post"))
    assert posts(discord_server, mona, place) == [], "an outlet that is not allowed there"
    await bot.context.guild_settings.put(
        discord_server.guild.id, GuildSettings(channels=(discord_server.channel.id,))
    )
    await comes(bot, archive, report(NEW, "Daily Courier"))
    assert posts(discord_server, mona, place) == [], "a channel that is no longer allowed"


async def test_small_talk_and_too_many_are_refused(discord_server, bot):
    ada = discord_server.person("Ada")
    assert ENGLISH("error-follow-small-talk") in (await follows(ada, ada.direct, question="Hello!")).text
    kept = bot.context.follows
    for number in range(MAX_FOLLOWS_PER_PERSON):
        await kept.add(Follow(0, ada.id, None, None, f"Question {number}?", "en", 0), [], 20)
    assert (
        ENGLISH("error-too-many-follows", most=MAX_FOLLOWS_PER_PERSON)
        in (await follows(ada, ada.direct)).text
    )


async def test_what_is_followed_is_listed_changed_and_ended(discord_server, bot, archive, mona):
    ada = discord_server.person("Ada")
    await follows(mona, discord_server.channel)
    await follows(ada, ada.direct, question="What did Ada Fenn say?")
    listed = await ada.waits_for_answer(await ada.slash(ada.direct, "following"))
    assert "What did Ada Fenn say?" in listed.text
    assert QUESTION not in listed.text
    seen = await mona.waits_for_answer(await mona.slash(discord_server.channel, "following"))
    [value] = [option["value"] for option in seen.control("following:edit:1")["options"]]
    used = await mona.chooses(seen, "following:edit:1", value)
    await mona.waits_for_modal(used)
    changed = await mona.waits_for_answer(
        await mona.submits(used, {"question": "What did the statistics office report about wheat?"})
    )
    assert "What did the statistics office report about wheat?" in changed.text
    await comes(bot, archive, report(NEW, "Daily Courier"))
    assert posts(discord_server, mona) == []
    await comes(bot, archive, report(OTHER, "Evening Post"))
    assert OTHER in posts(discord_server, mona)[0].text
    ended = await mona.waits_for_answer(await mona.chooses(seen, "following:end:1", value))
    assert ENGLISH("following-none").split("`")[0] in ended.text
    kept = await bot.context.follows.all()
    assert [follow.person for follow in kept] == [ada.id]


async def test_nobody_ends_what_is_not_theirs(discord_server, bot, mona):
    ada = discord_server.person("Ada")
    await follows(mona, mona.direct)
    await follows(ada, ada.direct, question="What did Ada Fenn say?")
    seen = await ada.waits_for_answer(await ada.slash(ada.direct, "following"))
    kept = bot.context.follows
    hers = next(follow for follow in await kept.all() if follow.person == mona.id)
    for option in seen.control("following:end:1")["options"]:
        option["value"] = f"f{hers.id}"
    refused = await ada.waits_for_answer(await ada.chooses(seen, "following:end:1", f"f{hers.id}"))
    assert refused.text == ENGLISH("error-follow-gone")
    assert len(await kept.all()) == 2


async def test_where_it_may_not_write_a_follow_rests_after_some_tries(discord_server, bot, archive, mona):
    place = discord_server.place("locked")
    await follows(mona, place)
    place.bot_permissions = 0
    for number in range(4):
        await comes(bot, archive, report(NEW, "Daily Courier", number=number + 5))
        await an_hour_passes(bot)
    seen = await mona.waits_for_answer(await mona.slash(discord_server.channel, "following"))
    assert ENGLISH("following-rests") in seen.text


async def test_a_thread_may_be_posted_in_as_the_channel_it_is_in(discord_server, bot, archive, mona):
    place, other = discord_server.place("news"), discord_server.place("other")
    inside, outside = discord_server.thread(place), discord_server.thread(other)
    for thread in (inside, outside):
        await discord_server.announce(thread)
    await bot.context.guild_settings.put(discord_server.guild.id, GuildSettings(channels=(place.id,)))
    assert ENGLISH("error-follow-elsewhere") in (await follows(mona, outside)).text
    await follows(mona, inside)
    await comes(bot, archive, report(NEW, "Daily Courier"))
    assert NEW in posts(discord_server, mona, inside)[0].text


async def test_a_channel_that_is_gone_is_followed_in_no_more(discord_server, bot, archive, mona):
    await follows(mona, discord_server.channel)
    discord_server.faults.error(
        "POST", rf"/channels/{discord_server.channel.id}/messages", status=404, code=10003
    )
    await comes(bot, archive, report(NEW, "Daily Courier"))
    assert await bot.context.follows.all() == []


async def test_what_is_not_found_for_another_reason_ends_no_follow(discord_server, bot, archive, mona):
    await follows(mona, discord_server.channel)
    discord_server.faults.error("POST", rf"/channels/{discord_server.channel.id}/messages", status=404)
    await comes(bot, archive, report(NEW, "Daily Courier"))
    assert [follow.failures for follow in await bot.context.follows.all()] == [1]
    await goes_round(bot)
    assert NEW in posts(discord_server, mona)[0].text


async def test_a_post_that_is_deleted_while_it_is_made_ends_no_follow(discord_server, bot, archive, mona):
    await follows(mona, discord_server.channel)
    held = discord_server.faults.hold("PATCH", r"/channels/\d+/messages/\d+")
    going_round = asyncio.create_task(comes(bot, archive, report(NEW, "Daily Courier")))
    await discord_server.until(lambda: held.used, "the card on its way")
    await mona.deletes(posts(discord_server, mona)[0].message)
    held.release()
    await going_round
    assert [follow.failures for follow in await bot.context.follows.all()] == [0]
    await an_hour_passes(bot)
    await comes(bot, archive, report(LATER, "Evening Post"))
    [post] = posts(discord_server, mona)
    assert LATER in post.text
    assert NEW not in post.text


async def test_a_follow_is_looked_after_by_whoever_comes_first(discord_server, bot, mona):
    await follows(mona, discord_server.channel)
    kept = bot.context.follows
    [follow] = await kept.all()
    post = Post(follow.id, "https://news.example/1", 0, "Some words.")
    assert await kept.advance(follow, follow.cursor + 5, [post])
    assert not await kept.advance(follow, follow.cursor + 9, [post])
    await kept.undo_advance(follow, [post], refused=False)
    assert await kept.all() == [follow]


async def test_what_discord_does_not_take_for_the_moment_is_posted_later(discord_server, bot, archive, mona):
    await follows(mona, discord_server.channel)
    discord_server.faults.drop("POST", rf"/channels/{discord_server.channel.id}/messages", times=1)
    await comes(bot, archive, report(NEW, "Daily Courier"))
    await goes_round(bot)
    assert len(posts(discord_server, mona)) == 1


async def test_a_person_who_cannot_be_reached_keeps_nobody_waiting(discord_server, bot, archive, mona):
    ada = discord_server.person("Ada")
    await follows(ada, ada.direct)
    await follows(mona, discord_server.channel)
    discord_server.faults.error("POST", "/users/@me/channels", status=403, code=50007, times=1)
    await comes(bot, archive, report(NEW, "Daily Courier"))
    assert len(posts(discord_server, mona)) == 1
    kept = {follow.person: follow for follow in await bot.context.follows.all()}
    assert (kept[ada.id].failures, kept[mona.id].failures) == (1, 0)


async def test_a_fault_over_one_question_keeps_nobody_waiting(
    discord_server, bot, archive, mona, monkeypatch
):
    ada = discord_server.person("Ada")
    await follows(ada, ada.direct, question="What did Ada Fenn say?")
    await follows(mona, discord_server.channel)
    answer_from = archive.answer_from
    monkeypatch.setattr(
        archive,
        "answer_from",
        lambda text, fresh, **rest: answer_from(text, fresh, **rest) if text == QUESTION else 1 / 0,
    )
    for number in range(4):
        await comes(bot, archive, report(f"{NEW} Part {number}.", "Daily Courier", number=number))
        await an_hour_passes(bot)
    assert posts(discord_server, mona)
    assert [follow.is_paused for follow in await bot.context.follows.visible_to(ada.id)] == [True]


@pytest.mark.parametrize(
    "error",
    [
        UnfinishedIndex(40),
        BusyIndex("away"),
        BrokenIndex("damaged"),
        OtherEncoder("another model"),
        sqlite3.OperationalError("disk I/O error"),
        OSError(5, "Input/output error"),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_an_index_that_is_not_there_for_the_moment_is_no_fault_of_a_follow(
    discord_server, bot, archive, mona, monkeypatch, error
):
    await follows(mona, discord_server.channel)
    with monkeypatch.context() as patched:
        patched.setattr(archive, "answer_from", Mock(side_effect=error))
        for number in range(4):
            await comes(bot, archive, report(f"{NEW} Part {number}.", "Daily Courier", number=number))
    [follow] = await bot.context.follows.all()
    assert follow.failures == 0
    assert posts(discord_server, mona) == []
    await goes_round(bot)
    assert len(posts(discord_server, mona)) == 1


async def test_a_channel_that_discord_does_not_tell_of_for_the_moment_is_posted_in_later(
    discord_server, bot, archive, mona, monkeypatch
):
    place = discord_server.place("news")
    thread = discord_server.thread(place)
    await discord_server.announce(thread)
    await bot.context.guild_settings.put(discord_server.guild.id, GuildSettings(channels=(place.id,)))
    await follows(mona, thread)
    monkeypatch.setattr(bot, "get_guild", lambda server: None)  # as where another process has the server
    monkeypatch.setattr(repeated_requests, "PAUSES", ())
    # The library does not repeat what this status answers.
    fault = discord_server.faults.error("GET", rf"/channels/{thread.id}$", status=501)
    await comes(bot, archive, report(NEW, "Daily Courier"))
    assert fault.used
    assert [follow.failures for follow in await bot.context.follows.all()] == [0]
    await goes_round(bot)
    assert NEW in posts(discord_server, mona, thread)[0].text


async def test_following_goes_on_after_a_restart(discord_server, tmp_path, archive, mona):
    async with online(discord_server, tmp_path, archive):
        await follows(mona, discord_server.channel)
    archive.add([report(NEW, "Daily Courier")])
    async with online(discord_server, tmp_path, archive) as bot:
        await goes_round(bot)
        await discord_server.until(lambda: posts(discord_server, mona), "a post")
        await goes_round(bot)
        assert len(posts(discord_server, mona)) == 1


async def test_erasing_ends_what_a_person_follows(discord_server, bot, mona):
    ada = discord_server.person("Ada")
    await follows(mona, mona.direct)
    await follows(ada, ada.direct)
    await ada.waits_for_answer(await ada.slash(ada.direct, "daily", hour=8, zone="Europe/Berlin"))
    await ada.waits_for_answer(await ada.slash(ada.direct, "privacy", erase=True))
    assert [follow.person for follow in await bot.context.follows.all()] == [mona.id]
    assert await bot.context.daily_briefs.visible_to(ada.id) == []
    assert (
        await bot.database.fetch_all("SELECT * FROM posts WHERE follow NOT IN (SELECT id FROM follows)") == []
    )


async def test_what_is_followed_beyond_the_first_page_is_changed_and_ended_there(discord_server, bot, mona):
    kept = bot.context.follows
    for number in range(1, 28):
        follow = Follow(
            0, number, discord_server.guild.id, discord_server.channel.id, f"Why {number}?", "en", 0
        )
        await kept.add(follow, [], 100)
    await mona.waits_for_answer(
        await mona.slash(discord_server.channel, "daily", hour=8, zone="Europe/Berlin")
    )
    seen = await mona.waits_for_answer(await mona.slash(discord_server.channel, "following"))
    assert seen.text.count("\n- ") == 25
    assert "Why 26?" not in seen.text
    seen = await mona.waits_for_answer(await mona.click(seen, "Next"))
    assert [option["label"] for option in seen.control("following:end:2")["options"]] == [
        "Why 26?",
        "Why 27?",
        "Brief every day at 08:00 (Europe/Berlin)",
    ]
    first, last = (option["value"] for option in seen.control("following:edit:2")["options"])
    used = await mona.chooses(seen, "following:edit:2", first)
    await mona.waits_for_modal(used)
    seen = await mona.waits_for_answer(await mona.submits(used, {"question": "Who paid for the bridge?"}))
    assert "Who paid for the bridge?" in seen.text
    seen = await mona.waits_for_answer(await mona.chooses(seen, "following:end:2", last))
    assert "Why 27?" not in seen.text
    assert len(await kept.all()) == 26
