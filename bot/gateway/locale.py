"""For whom an answer is, and in whose language: a person's own in private, the server's in public."""

from dataclasses import dataclass

import discord

from bot.cache import TTLCache
from bot.gateway.interactions import Interaction, may_share
from bot.storage.guild_settings import GuildSettingsStore
from bot.texts import Texts, texts_for

PEOPLE, SECONDS = 10_000, 30 * 86_400.0


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom an answer is: the asker alone, who may then `share` it or not, or everybody; and in which language."""

    private: bool
    share: bool
    texts: Texts


class Locales:
    """Which texts to use where. Discord tells a person's language with commands and clicks, not with messages.

    So it is kept in mind for direct messages, and never written down.
    """

    def __init__(self, servers: GuildSettingsStore) -> None:
        self._people: TTLCache[int, str] = TTLCache(PEOPLE, SECONDS)
        self._servers = servers

    def for_interaction(self, interaction: Interaction, *, private: bool = False) -> Texts:
        """Give the texts for answering a command or a click."""
        own = str(interaction.locale)
        self._people.put(interaction.user.id, own)
        public = interaction.guild_locale if interaction.guild_id and not private else None
        return self.for_server(interaction.guild_id, str(public)) if public else texts_for(own)

    def audience(self, interaction: Interaction, private: bool | None) -> Audience:
        """Say for whom an answer is: in private or not as the person chose, or else as the server did."""
        alone = self._servers.of(interaction.guild_id).private if private is None else private
        return Audience(
            alone, alone and may_share(interaction), self.for_interaction(interaction, private=alone)
        )

    def for_message(self, message: discord.Message) -> Texts:
        """Give the texts for answering a message."""
        if message.guild is not None:
            return self.for_server(message.guild.id, str(message.guild.preferred_locale))
        return self.for_person(message.author)

    def for_server(self, server: int | None, locale: str) -> Texts:
        """Give the texts for writing in public on a server, of which Discord says that it speaks `locale`."""
        return texts_for(self._servers.of(server).language or locale)

    async def forget(self, person: int) -> None:
        """Forget which language a person speaks."""
        self._people.discard(person)

    def for_person(self, person: discord.abc.User) -> Texts:
        """Give the texts for writing to a person in private."""
        return texts_for(self._people.get(person.id))
