"""Whoever may manage a server says what holds there."""

from dataclasses import replace

import pytest

from bot.context import TABLES
from bot.storage.database import Database
from bot.storage.guild_settings import DEFAULT_SETTINGS, GuildSettings, GuildSettingsStore
from bot.texts import ENGLISH, LANGUAGES, Texts
from bot.ui.settings_panel import SettingsPanel, apply_choice
from tests.bot.newsroom import News, online
from tests.discord_server.deeds import CannotDo
from tests.discord_server.state import ORDINARY

MANAGE_GUILD = 1 << 5


@pytest.fixture
def olga(discord_server):
    return discord_server.person("Olga", permissions=ORDINARY | MANAGE_GUILD)


@pytest.fixture
async def bot(discord_server, tmp_path):
    async with online(discord_server, tmp_path) as running:
        yield running


def options(seen, name):
    return {option["label"]: option["value"] for option in seen.control(name)["options"]}


def chosen(seen, name):
    return [option["label"] for option in seen.control(name)["options"] if option.get("default")]


async def panel(server, person):
    return await person.waits_for_answer(await person.slash(server.channel, "settings"))


async def choose(person, seen, name, *labels):
    used = await person.chooses(seen, name, *(options(seen, name)[label] for label in labels))
    return await person.waits_for_answer(used)


async def test_the_panel_is_for_those_who_may_manage_the_server(discord_server, bot, olga):
    seen = await panel(discord_server, olga)
    assert seen.ephemeral
    assert seen.texts[0] == f"## {ENGLISH('settings-title')}"
    ada = discord_server.person("Ada")
    with pytest.raises(CannotDo):
        await ada.slash(discord_server.channel, "settings")
    with pytest.raises(CannotDo):
        await olga.slash(olga.direct, "settings")


async def test_a_permission_lost_meanwhile_no_longer_counts(discord_server, bot, olga):
    seen = await panel(discord_server, olga)
    olga.user.permissions = ORDINARY
    refused = await olga.chooses(seen, "settings:private:1", "yes")
    told = await olga.waits_for_answer(refused)
    assert told.text == ENGLISH("error-not-manager")
    assert bot.context.guild_settings.get(discord_server.guild.id) == DEFAULT_SETTINGS


async def test_outlets_chosen_are_the_only_ones_searched_and_offered(discord_server, bot, olga):
    ada = discord_server.person("Ada")
    seen = await choose(olga, await panel(discord_server, olga), "settings:outlets:1", "Daily Courier")
    assert chosen(seen, "settings:outlets:1") == ["Daily Courier"]
    await ada.waits_for_answer(
        await ada.slash(discord_server.channel, "ask", question="Did Trump call Putin?")
    )
    await ada.waits_for_reply(await ada.mention(discord_server.channel, "Did Trump call Putin?"))
    await ada.waits_for_answer(await ada.slash(ada.direct, "ask", question="Did Trump call Putin?"))
    assert [how["outlets"] for _, how in bot.news.asked] == [("Daily Courier",), ("Daily Courier",), ()]
    choices = await ada.types(discord_server.channel, "ask", "outlet", "", question="x")
    assert [choice["name"] for choice in choices] == ["Daily Courier"]
    other = await ada.slash(discord_server.channel, "ask", question="Why?", outlet="Sample Wire")
    assert "I have Daily Courier" in (await ada.waits_for_answer(other)).text
    seen = await choose(olga, seen, "settings:outlets:1")
    assert bot.context.guild_settings.get(discord_server.guild.id).outlets == ()


async def test_answers_can_be_private_unless_the_asker_chooses_otherwise(discord_server, bot, olga):
    ada = discord_server.person("Ada")
    await choose(
        olga, await panel(discord_server, olga), "settings:private:1", ENGLISH("settings-private-yes")
    )
    ask = {"name": "ask", "question": "Did Trump call Putin?"}
    assert (await ada.waits_for_answer(await ada.slash(discord_server.channel, **ask))).ephemeral
    public = await ada.slash(discord_server.channel, **ask, private=False)
    assert not (await ada.waits_for_answer(public)).ephemeral


async def test_the_language_in_public_can_be_another(discord_server, bot, olga):
    await choose(olga, await panel(discord_server, olga), "settings:language:1", "Українська")
    ada = discord_server.person("Ada")
    seen = await ada.waits_for_reply(await ada.mention(discord_server.channel, "Did Trump call Putin?"))
    assert f"### {Texts('uk')('heading-denied')}" in seen.texts


async def test_channels_and_limits_are_kept_over_a_restart(discord_server, tmp_path, olga):
    async with online(discord_server, tmp_path):
        seen = await panel(discord_server, olga)
        used = await olga.chooses_channels(seen, "settings:channels:1", discord_server.channel)
        seen = await olga.waits_for_answer(used)
        seen = await choose(olga, seen, "settings:follows:1", "5")
        await choose(olga, seen, "settings:daily:1", "4")
    async with online(discord_server, tmp_path) as again:
        kept = again.context.guild_settings.get(discord_server.guild.id)
        assert kept == GuildSettings(channels=(discord_server.channel.id,), follows=5, daily=4)
        seen = await panel(discord_server, olga)
        assert chosen(seen, "settings:daily:1") == ["4"]
        assert [str(one["id"]) for one in seen.control("settings:channels:1")["default_values"]] == [
            str(discord_server.channel.id)
        ]


async def test_a_setting_changed_while_another_is_chosen_is_kept(discord_server, bot, olga, monkeypatch):
    seen = await panel(discord_server, olga)
    server, kept, outlets = discord_server.guild.id, bot.context.guild_settings, bot.service.outlets

    async def meanwhile(circle):
        """Somebody else changes another setting while the outlets are read."""
        monkeypatch.setattr(bot.service, "outlets", outlets)
        await kept.put(server, replace(kept.get(server), daily=4))
        return await outlets(circle)

    monkeypatch.setattr(bot.service, "outlets", meanwhile)
    await choose(olga, seen, "settings:follows:1", "5")
    assert kept.get(server) == GuildSettings(follows=5, daily=4)


async def test_a_server_that_puts_the_bot_out_is_forgotten(discord_server, bot):
    guild = await discord_server.new_guild("Other")
    await bot.context.guild_settings.put(guild.id, GuildSettings(private=True))
    await discord_server.expel_bot(guild)
    await discord_server.until(
        lambda: bot.context.guild_settings.get(guild.id) == DEFAULT_SETTINGS, "the server to be forgotten"
    )


async def test_what_cannot_be_read_any_more_counts_as_not_chosen(tmp_path):
    database = await Database.open(tmp_path, TABLES)
    await database.execute(
        "INSERT INTO servers VALUES (1, 'rubbish'), (2, '{\"private\": true, \"gone\": 1}')"
    )
    servers = GuildSettingsStore(database)
    await servers.load()
    assert servers.get(1) == DEFAULT_SETTINGS
    assert servers.get(2).private
    await database.close()


def test_odd_choices_change_nothing():
    server = GuildSettings(outlets=("A",), channels=(1,), language="de")
    for setting, values in [
        ("language", ["xx"]),
        ("follows", ["-1"]),
        ("daily", []),
        ("private", ["?"]),
        ("?", ["1"]),
    ]:
        assert apply_choice(server, setting, values, ("A", "B"), ()) == server
    assert apply_choice(server, "outlets", ["rubbish"], ("A", "B"), ()).outlets == ("A",)
    assert apply_choice(server, "channels", ["x", "5"], (), ()).channels == (5,)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_panel_of_many_outlets_keeps_discords_limits(discord_server, tmp_path, language):
    news = News()
    news.outlets = lambda circle=None: tuple(f"Outlet {number} {'*' * 110}" for number in range(60))
    async with online(discord_server, tmp_path, news) as bot:
        olga = discord_server.person(
            "Olga", permissions=ORDINARY | MANAGE_GUILD, locale={"pt": "pt-BR"}.get(language, language)
        )
        await bot.context.guild_settings.put(
            discord_server.guild.id, GuildSettings(outlets=(news.outlets()[50],), daily=7)
        )
        seen = await panel(discord_server, olga)
        assert len(seen.control("settings:outlets:1")["options"]) == 25
        assert chosen(seen, "settings:outlets:1") == []
        for _ in range(2):
            seen = await olga.waits_for_answer(await olga.click(seen, Texts(language)("next-page")))
        assert len(seen.control("settings:outlets:3")["options"]) == 10
    assert len(chosen(seen, "settings:outlets:3")) == 1
    assert seen.texts[0] == f"## {Texts(language)('settings-title')}"


async def test_outlets_beyond_the_first_page_can_be_chosen_and_none_is_lost(discord_server, tmp_path, olga):
    news = News()
    names = [f"Outlet {number:02}" for number in range(60)]
    news.outlets = lambda circle: tuple(names)
    async with online(discord_server, tmp_path, news) as bot:

        def kept():
            return bot.context.guild_settings.get(discord_server.guild.id).outlets

        seen = await choose(olga, await panel(discord_server, olga), "settings:outlets:1", names[3])
        names.insert(0, "Outlet that came meanwhile")
        seen = await olga.waits_for_answer(await olga.click(seen, "Next"))
        assert seen.control("settings:outlets:2")["placeholder"] == ENGLISH("settings-outlets-none")
        seen = await choose(olga, seen, "settings:outlets:2", "Outlet 30", "Outlet 31")
        assert kept() == ("Outlet 03", "Outlet 30", "Outlet 31")
        assert "-# Outlet 03, Outlet 30 and Outlet 31" in seen.text
        seen = await choose(olga, seen, "settings:private:2", ENGLISH("settings-private-yes"))
        seen = await choose(olga, seen, "settings:outlets:2", "Outlet 31")
        assert kept() == ("Outlet 03", "Outlet 31")
        seen = await olga.waits_for_answer(await olga.click(seen, "Back"))
        assert chosen(seen, "settings:outlets:1") == ["Outlet 03"]
        await choose(olga, seen, "settings:outlets:1")
        assert kept() == ("Outlet 31",)


async def test_without_outlets_the_panel_still_opens():
    assert SettingsPanel(DEFAULT_SETTINGS, (), ENGLISH).view().to_components()
