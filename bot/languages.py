"""In whose language to answer: a person's own in private, the server's in public."""

import discord

from bot.memory import ShortMemory
from bot.servers import Servers
from bot.texts import Texts, texts_for

PEOPLE, SECONDS = 10_000, 30 * 86_400.0


class Languages:
    """Which texts to use where. Discord tells a person's language with commands and clicks, not with messages.

    So it is kept in mind for direct messages, and never written down.
    """

    def __init__(self, servers: Servers) -> None:
        self._people: ShortMemory[int, str] = ShortMemory(PEOPLE, SECONDS)
        self._servers = servers

    def of(self, interaction: "discord.Interaction[discord.Client]", *, private: bool = False) -> Texts:
        """Give the texts for answering a command or a click."""
        own = str(interaction.locale)
        self._people.put(interaction.user.id, own)
        public = interaction.guild_locale if interaction.guild_id and not private else None
        return self.of_server(interaction.guild_id, str(public)) if public else texts_for(own)

    def of_message(self, message: discord.Message) -> Texts:
        """Give the texts for answering a message."""
        if message.guild is not None:
            return self.of_server(message.guild.id, str(message.guild.preferred_locale))
        return self.of_person(message.author)

    def of_server(self, server: int | None, locale: str) -> Texts:
        """Give the texts for writing in public on a server, of which Discord says that it speaks `locale`."""
        return texts_for(self._servers.of(server).language or locale)

    async def forget(self, person: int) -> None:
        """Forget which language a person speaks."""
        self._people.drop(person)

    def of_person(self, person: discord.abc.User) -> Texts:
        """Give the texts for writing to a person in private."""
        return texts_for(self._people.get(person.id))
