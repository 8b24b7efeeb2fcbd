"""A brief every day, at an hour somebody chose, wherever they live."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta
from unittest.mock import AsyncMock
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Refused, Stopping
from bot.storage.daily_briefs import (
    TABLE,
    DailyBrief,
    DailyBriefStore,
    known_zones,
    matching_zones,
    next_occurrence,
)
from bot.storage.database import Database
from bot.texts import ENGLISH
from bot.ui.markdown import unescape
from index.archive import Archive
from index.errors import BrokenIndex, BusyIndex, StoreAway
from tests.bot.newsroom import online
from tests.bot.samples import article
from tests.discord_server.state import ORDINARY

MANAGE_MESSAGES = 1 << 13
BRIDGE = "The harbour bridge in Norwick closed on Monday after engineers found cracks in its cables."


@pytest.fixture
async def bot(discord_server, tmp_path, models):
    with Archive.open(tmp_path / "news", models=models) as archive:
        archive.add([article(BRIDGE, published=datetime.now(UTC) - timedelta(hours=2))])
        async with online(discord_server, tmp_path, archive) as running:
            yield running


async def the_hour_comes(bot, late=10):
    now = int(datetime.now(UTC).timestamp())
    await bot.database.execute("UPDATE dailies SET next = ?", now - late)
    await bot.get_cog("FollowCog")._updater.update()


def briefs(server, person, channel):
    return [seen for seen in person.sees(channel) if seen.message.author is server.bot and not seen.ephemeral]


async def test_a_brief_comes_once_a_day_in_the_channel(discord_server, bot):
    mona = discord_server.person("Mona", permissions=ORDINARY | MANAGE_MESSAGES)
    choices = await mona.types(discord_server.channel, "daily", "zone", "berl", hour=8)
    assert choices[0]["value"] == "Europe/Berlin"
    said = await mona.waits_for_answer(
        await mona.slash(discord_server.channel, "daily", hour=8, zone="Europe/Berlin")
    )
    assert said.ephemeral
    assert "<t:" in said.text
    await the_hour_comes(bot)
    [seen] = briefs(discord_server, mona, discord_server.channel)
    assert seen.history[0]["content"].startswith("The day’s brief. Sample Wire: The harbour bridge")
    assert ENGLISH("brief-title") in seen.text
    await bot.get_cog("FollowCog")._updater.update()
    assert len(briefs(discord_server, mona, discord_server.channel)) == 1
    listed = await mona.waits_for_answer(await mona.slash(discord_server.channel, "following"))
    assert "08:00 (Europe/Berlin)" in unescape(listed.text)
    [value] = [option["value"] for option in listed.control("following:end:1")["options"]]
    await mona.waits_for_answer(await mona.chooses(listed, "following:end:1", value))
    await the_hour_comes(bot)
    assert len(briefs(discord_server, mona, discord_server.channel)) == 1


async def test_another_hour_takes_the_place_of_the_first(discord_server, bot):
    ada = discord_server.person("Ada")
    for hour in (7, 9):
        await ada.waits_for_answer(await ada.slash(ada.direct, "daily", hour=hour, zone="UTC"))
    [daily] = await bot.context.daily_briefs.visible_to(ada.id)
    assert daily.hour == 9
    await the_hour_comes(bot)
    assert len([seen for seen in briefs(discord_server, ada, ada.direct) if seen.history]) == 1


async def test_a_brief_hours_too_late_is_left_out(discord_server, bot):
    ada = discord_server.person("Ada")
    said = await ada.waits_for_answer(await ada.slash(ada.direct, "daily", hour=7, zone="UTC"))
    await the_hour_comes(bot, late=7 * 3600)
    assert [seen.id for seen in briefs(discord_server, ada, ada.direct) if not seen.ephemeral] in (
        [],
        [said.id],
    )


@pytest.mark.parametrize(("code", "kept"), [(10003, 0), (0, 1)])
async def test_a_daily_brief_ends_with_its_channel_alone(discord_server, bot, code, kept):
    ada = discord_server.person("Ada")
    await ada.waits_for_answer(await ada.slash(ada.direct, "daily", hour=7, zone="UTC"))
    discord_server.faults.error("POST", r"/channels/\d+/messages", status=404, code=code)
    await the_hour_comes(bot)
    assert len(await bot.context.daily_briefs.visible_to(ada.id)) == kept


async def test_a_brief_that_is_deleted_while_it_is_made_is_not_the_last(discord_server, bot):
    ada = discord_server.person("Ada")
    await ada.waits_for_answer(await ada.slash(ada.direct, "daily", hour=7, zone="UTC"))
    held = discord_server.faults.hold("PATCH", r"/channels/\d+/messages/\d+")
    sending = asyncio.create_task(the_hour_comes(bot))
    await discord_server.until(lambda: held.used, "the card on its way")
    await ada.deletes(briefs(discord_server, ada, ada.direct)[-1].message)
    held.release()
    await sending
    assert len(await bot.context.daily_briefs.visible_to(ada.id)) == 1
    await the_hour_comes(bot, late=20)
    assert ENGLISH("brief-title") in briefs(discord_server, ada, ada.direct)[-1].text


async def two_people_have_briefs(server):
    people = [server.person(name) for name in ("Ada", "Ben")]
    for person in people:
        await person.waits_for_answer(await person.slash(person.direct, "daily", hour=7, zone="UTC"))
    return people


def brief_failing_once(bot, monkeypatch, error):
    """Let the archive fail at the first brief that it is asked for."""
    brief, left = bot.news.brief, [error]

    def failing(*period, **how):
        if left:
            raise left.pop()
        return brief(*period, **how)

    monkeypatch.setattr(bot.news, "brief", failing)


@pytest.mark.parametrize(
    "error",
    [BusyIndex("away"), BrokenIndex("damaged"), sqlite3.OperationalError("locked"), OSError(5, "I/O")],
)
async def test_a_brief_that_cannot_be_read_for_the_moment_comes_later(
    discord_server, bot, monkeypatch, error
):
    ada, ben = await two_people_have_briefs(discord_server)
    brief_failing_once(bot, monkeypatch, error)

    def sent():
        return [
            any(ENGLISH("brief-title") in one.text for one in briefs(discord_server, person, person.direct))
            for person in (ada, ben)
        ]

    await the_hour_comes(bot)
    assert sent() == [False, True], "one that cannot be read keeps nobody waiting"
    await bot.get_cog("FollowCog")._updater.update()
    assert sent() == [True, True]
    assert await bot.database.fetch_all("SELECT id FROM dailies WHERE sending IS NOT NULL") == []


async def test_a_fault_over_one_brief_keeps_nobody_waiting(discord_server, bot, monkeypatch):
    _, ben = await two_people_have_briefs(discord_server)
    brief_failing_once(bot, monkeypatch, ZeroDivisionError())
    await the_hour_comes(bot)
    assert ENGLISH("brief-title") in briefs(discord_server, ben, ben.direct)[-1].text


async def test_a_brief_that_a_stopping_bot_has_taken_is_due_after_it(discord_server, bot, monkeypatch):
    ada, _ = await two_people_have_briefs(discord_server)
    brief_failing_once(bot, monkeypatch, Stopping())
    with pytest.raises(Stopping):
        await the_hour_comes(bot)
    [daily] = await bot.context.daily_briefs.visible_to(ada.id)
    assert daily.next_due < datetime.now(UTC).timestamp()


async def test_a_brief_that_could_not_be_put_back_comes_all_the_same(discord_server, bot, monkeypatch):
    ada, _ = await two_people_have_briefs(discord_server)
    brief_failing_once(bot, monkeypatch, StoreAway("away"))
    with monkeypatch.context() as patched:
        patched.setattr(DailyBriefStore, "set_due", AsyncMock(side_effect=StoreAway("away")))
        with pytest.raises(StoreAway):
            await the_hour_comes(bot)
    await bot.get_cog("FollowCog")._updater.update()
    assert ENGLISH("brief-title") in briefs(discord_server, ada, ada.direct)[-1].text


async def test_an_unknown_zone_is_refused(discord_server, bot):
    ada = discord_server.person("Ada")
    refused = await ada.waits_for_answer(await ada.slash(ada.direct, "daily", hour=7, zone="Mars/Olympus"))
    assert refused.text == ENGLISH("error-zone-unknown", zone="Mars/Olympus")


@settings(deadline=None)
@given(
    st.integers(0, 23),
    st.sampled_from(sorted(known_zones())),
    st.integers(0, 10**9 * 3).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
)
def test_the_next_time_is_the_next_time_clocks_show_the_hour(hour, zone, after):
    found = next_occurrence(hour, zone, after)
    assert after < found <= after + timedelta(hours=26)
    local = found.astimezone(ZoneInfo(zone))
    assert local.hour == hour or local.utcoffset() != (local - timedelta(hours=3)).utcoffset()


def test_the_hour_stays_when_clocks_change():
    before = next_occurrence(8, "Europe/Berlin", datetime(2026, 3, 27, 12, tzinfo=UTC))
    after = next_occurrence(8, "Europe/Berlin", datetime(2026, 3, 29, 12, tzinfo=UTC))
    assert (before.hour, after.hour) == (7, 6)


def test_zones_are_found_by_city():
    assert matching_zones("new york", 5)[0] == "America/New_York"
    assert matching_zones("kyiv", 5) == ["Europe/Kyiv"]
    assert len(matching_zones("", 25)) == 25
    assert matching_zones("atlantis", 5) == []


def test_a_zone_that_is_none_is_refused():
    with pytest.raises(Refused, match="Nowhere"):
        next_occurrence(8, "Nowhere", datetime(2026, 1, 1, tzinfo=UTC))


async def test_a_brief_that_a_killed_process_left_is_due_again(tmp_path):
    database = await Database.open(tmp_path, [TABLE])
    store, now = DailyBriefStore(database), datetime.now(UTC)
    for person in (1, 2):
        await store.put(DailyBrief(0, person, None, None, 8, "Europe/Berlin", "en"), now - timedelta(days=1))
    taking = store.take_due(now)
    first = await anext(taking)
    second = await anext(taking)  # it is killed while it sends the second
    assert await store.undo_unfinished() == 1
    assert [daily.id async for daily in store.take_due(now)] == [second.id]
    assert first.id != second.id
    assert await store.undo_unfinished() == 0
    await taking.aclose()
    await database.close()
