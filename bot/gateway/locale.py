"""Who sees an answer, and in which language: a person's own in private, the server's in public."""

from dataclasses import dataclass

import discord

from bot.cache import TTLCache
from bot.gateway.interactions import Interaction, may_share
from bot.storage.guild_settings import GuildSettingsStore
from bot.texts import Texts, texts_for, writes_day_first

MAX_PEOPLE, REMEMBERED_SECONDS = 10_000, 30 * 86_400.0  # whose language is remembered; judged


@dataclass(frozen=True, slots=True)
class Audience:
    """Who sees an answer: the asker alone, who may then `share` it or not, or everybody; the language."""

    private: bool
    share: bool
    texts: Texts


class Locales:
    """Chooses the texts for a reply.

    Discord tells a person's language with commands and clicks, not with messages. So it is remembered for
    direct messages, in memory only.
    """

    def __init__(self, guild_settings: GuildSettingsStore) -> None:
        self._people: TTLCache[int, str] = TTLCache(MAX_PEOPLE, REMEMBERED_SECONDS)
        self._guild_settings = guild_settings

    def for_interaction(self, interaction: Interaction, *, private: bool = False) -> Texts:
        """Return the texts for a reply to a command or a click, and remember the person's language."""
        own = str(interaction.locale)
        self._people.put(interaction.user.id, own)
        public = interaction.guild_locale if interaction.guild_id and not private else None
        return self.for_server(interaction.guild_id, str(public)) if public else texts_for(own)

    def audience(self, interaction: Interaction, private: bool | None) -> Audience:
        """Return who sees the answer: as the person chose with `private`, or else as the server did."""
        alone = self._guild_settings.get(interaction.guild_id).private if private is None else private
        return Audience(
            alone, alone and may_share(interaction), self.for_interaction(interaction, private=alone)
        )

    def for_message(self, message: discord.Message) -> Texts:
        """Return the texts for a reply to a message."""
        if message.guild is not None:
            return self.for_server(message.guild.id, str(message.guild.preferred_locale))
        return self.for_person(message.author)

    def day_first(self, person: discord.abc.User, interaction: Interaction | None = None) -> bool | None:
        """Return whether a person writes days before months, None where their language is not known."""
        return writes_day_first(str(interaction.locale) if interaction else self._people.get(person.id))

    def for_server(self, server: int | None, locale: str) -> Texts:
        """Return the texts for a public message on a server; `locale` is the server's on Discord."""
        return texts_for(self._guild_settings.get(server).language or locale)

    async def forget(self, person: int) -> None:
        """Remove a person's language."""
        self._people.discard(person)

    def for_person(self, person: discord.abc.User) -> Texts:
        """Return the texts for a direct message."""
        return texts_for(self._people.get(person.id))
