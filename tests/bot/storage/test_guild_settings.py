"""Settings of servers, in memory and in the database."""

import asyncio
from dataclasses import replace

from bot.storage.guild_settings import DEFAULT_SETTINGS, GuildSettings, GuildSettingsStore


async def test_settings_outlive_a_restart(database):
    store = GuildSettingsStore(database)
    chosen = GuildSettings(
        outlets=("Sample Wire",), private=True, language="de", channels=(4,), follows=5, daily=1
    )
    await store.put(9, chosen)
    again = GuildSettingsStore(database)
    await again.load()
    assert again.get(9) == store.get(9) == chosen
    assert again.allowed_outlets(9) == ("Sample Wire",)
    assert again.get(10) == again.get(None) == DEFAULT_SETTINGS


async def test_a_server_that_is_left_is_deleted(database):
    store = GuildSettingsStore(database)
    await store.put(9, GuildSettings(private=True))
    await store.delete(9)
    assert store.get(9) == DEFAULT_SETTINGS
    assert await database.fetch_all("SELECT * FROM servers") == []


async def test_what_one_process_changes_the_others_have_once_they_look(databases):
    one, two, three = stores = [GuildSettingsStore(database) for database in databases]
    await one.put(9, GuildSettings(private=True))
    await two.put(10, GuildSettings(language="de"))
    for store in stores:
        await store.refresh()
        assert (store.get(9).private, store.get(10).language) == (True, "de")
    await three.delete(9)
    await three.put(10, GuildSettings(language="fr"))
    for store in stores:
        await store.refresh()
        assert (store.get(9), store.get(10).language) == (DEFAULT_SETTINGS, "fr")


async def test_settings_changed_at_the_same_time_are_all_kept(databases):
    stores = [GuildSettingsStore(database) for database in databases]
    await stores[0].put(9, GuildSettings(private=True))
    await asyncio.gather(
        stores[0].change(9, lambda known: replace(known, language="de")),
        stores[0].change(9, lambda known: replace(known, channels=(4,))),
        stores[1].change(9, lambda known: replace(known, follows=5)),
        stores[2].change(9, lambda known: replace(known, daily=1)),
    )
    for store in stores:
        await store.refresh()
        assert store.get(9) == GuildSettings((), True, "de", (4,), 5, 1)


async def test_settings_are_read_again_only_where_another_process_changed_them(databases):
    one, two = (GuildSettingsStore(database) for database in databases[:2])
    await one.load()
    await one.put(9, GuildSettings(private=True))
    await databases[1].execute("UPDATE servers SET settings = '{}'")
    await one.refresh()
    assert one.get(9).private
    await two.put(10, GuildSettings())
    await one.refresh()
    assert not one.get(9).private


async def test_what_cannot_be_parsed_counts_as_default(database):
    await database.execute("INSERT INTO servers VALUES (?, ?)", 9, '{"follows": "many"}')
    store = GuildSettingsStore(database)
    await store.load()
    assert store.get(9) == DEFAULT_SETTINGS
    await store.change(9, lambda known: replace(known, daily=1))
    assert store.get(9) == GuildSettings(daily=1)


def test_a_thread_is_allowed_with_its_channel():
    settings = GuildSettings(channels=(4,))
    assert settings.allows_posts_in(44, 4)
    assert not settings.allows_posts_in(5, None)
    assert DEFAULT_SETTINGS.allows_posts_in(5)
