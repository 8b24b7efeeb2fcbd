"""Which language a reply is in, and who sees it."""

from types import SimpleNamespace

import discord
import pytest

from bot.gateway.locale import Locales
from bot.storage.guild_settings import GuildSettings


class Settings:
    def __init__(self, **known):
        self.known = {int(server[1:]): settings for server, settings in known.items()}

    def get(self, server):
        return self.known.get(server, GuildSettings())


def interaction(locale="de", guild=None, guild_locale="fr"):
    return SimpleNamespace(
        locale=locale,
        user=SimpleNamespace(id=7),
        guild_id=guild,
        guild_locale=guild_locale if guild else None,
        permissions=discord.Permissions(send_messages=True, use_external_apps=True),
        is_guild_integration=lambda: True,
        channel=None,
    )


@pytest.fixture
def locales():
    return Locales(Settings(_1=GuildSettings(private=True), _2=GuildSettings(language="uk")))


def test_a_private_reply_is_in_the_persons_language_and_a_public_one_in_the_servers(locales):
    assert locales.for_interaction(interaction()).language == "de"
    assert locales.for_interaction(interaction(guild=1)).language == "fr"
    assert locales.for_interaction(interaction(guild=1), private=True).language == "de"
    assert locales.for_interaction(interaction(guild=2)).language == "uk"


def test_the_person_decides_who_sees_an_answer_and_else_the_server(locales):
    assert locales.audience(interaction(guild=1), None).private
    assert not locales.audience(interaction(guild=1), private=False).private
    assert not locales.audience(interaction(guild=2), None).private
    assert locales.audience(interaction(guild=2), private=True).share


async def test_a_persons_language_is_remembered_until_it_is_forgotten(locales):
    person = SimpleNamespace(id=7)
    assert locales.for_person(person).language == "en"
    locales.for_interaction(interaction())
    assert locales.for_person(person).language == "de"
    await locales.forget(7)
    assert locales.for_person(person).language == "en"
