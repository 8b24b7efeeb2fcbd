"""What the pictures show: people asking the real bot about the bundled sample, on the local Discord."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.conftest import REPOSITORY
from tests.discord_server import DiscordServer, Person, Seen
from tests.discord_server.state import ORDINARY

SAMPLE = REPOSITORY / "index" / "sample" / "articles.jsonl"
NOW = datetime(
    2025, 10, 22, 16, 20, tzinfo=UTC
)  # what the clock shows: the day of the sample's newest article
MANAGE = 1 << 5 | 1 << 13  # the server, messages
Shown = Sequence[Seen | dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture's name, and what happens before it is taken: gives the messages that are on it.

    `kept` are its forms that the README shows: "" for dark, "-light", "-phone".
    """

    name: str
    act: Callable[[DiscordServer, Person], Awaitable[Shown]]
    kept: tuple[str, ...] = ()


def _asks(question: str, **options: Any) -> Callable[[DiscordServer, Person], Awaitable[Shown]]:
    async def act(server: DiscordServer, ada: Person) -> Shown:
        asked = await ada.slash(server.channel, "ask", question=question, **options)
        return [await ada.waits_for_answer(asked, within=30)]

    return act


async def _helped(server: DiscordServer, ada: Person) -> Shown:
    return [await ada.waits_for_answer(await ada.slash(server.channel, "help"))]


async def _mentioned(server: DiscordServer, ada: Person) -> Shown:
    asked = await ada.mention(server.channel, "How many people died in the fires of Los Angeles?")
    await ada.waits_for_reply(asked, within=30)
    return ada.sees(server.channel)[-2:]


async def _quoted(server: DiscordServer, ada: Person) -> Shown:
    words = "We never comment on private calls between President Trump and world leaders"
    asked = await ada.slash(server.channel, "quote", words=words)
    return [await ada.waits_for_answer(asked, within=30)]


async def _settled(server: DiscordServer, ada: Person) -> Shown:
    manager = server.person("Olga", permissions=ORDINARY | MANAGE)
    return [await manager.waits_for_answer(await manager.slash(server.channel, "settings"), within=30)]


async def _followed(server: DiscordServer, ada: Person) -> Shown:
    manager = server.person("Olga", permissions=ORDINARY | MANAGE)
    asked = await manager.slash(server.channel, "follow", question="When does the war in Ukraine end?")
    begun = await manager.waits_for_answer(asked, within=30)
    await manager.waits_for_answer(await manager.slash(server.channel, "daily", hour=8, zone="Europe/Berlin"))
    return [begun, await manager.waits_for_answer(await manager.slash(server.channel, "following"))]


SCENES = (
    Scene("disagreement", _asks("Did Trump call Putin?"), ("", "-light", "-phone")),
    Scene("answer", _asks("Who is the new pope?")),
    Scene("silence", _asks("Who won the chess championship of Andorra?"), ("",)),
    Scene("help", _helped),
    Scene("mention", _mentioned, ("",)),
    Scene("quote", _quoted, ("",)),
    Scene("settings", _settled),
    Scene("following", _followed),
)
