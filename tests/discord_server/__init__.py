"""A small local Discord for tests: real sockets, the real protocol, the unmodified discord.py on the other side."""

from tests.discord_server.aim import aimed_at
from tests.discord_server.deeds import CannotDo
from tests.discord_server.people import Person
from tests.discord_server.running import running
from tests.discord_server.seen import Seen
from tests.discord_server.server import DiscordServer

__all__ = ["CannotDo", "DiscordServer", "Person", "Seen", "aimed_at", "running"]
