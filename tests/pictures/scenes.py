"""What the pictures show: people asking the real bot about the bundled sample, on the local Discord."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.conftest import REPOSITORY
from tests.discord_server import DiscordServer, Person, Seen
from tests.discord_server.state import MANAGE_GUILD, ORDINARY

SAMPLE = REPOSITORY / "index" / "sample" / "articles.jsonl"
NOW = datetime(
    2025, 10, 22, 16, 20, tzinfo=UTC
)  # what the clock shows: the day of the sample's newest article
Shown = Sequence[Seen | dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture's name, and what happens before it is taken: gives the messages that are on it.

    `kept` are its forms that README.md or docs/discord.md shows: "" for dark, "-light", "-phone".
    """

    name: str
    act: Callable[[DiscordServer, Person], Awaitable[Shown]]
    kept: tuple[str, ...] = ()


MANAGE_MESSAGES = 1 << 13
Act = Callable[[DiscordServer, Person], Awaitable[Shown]]
CALL = "Did Trump call Putin?"
MISQUOTED = "We never comment on private calls between President Trump and world leaders"


def reader(server: DiscordServer) -> Person:
    """Let somebody in who may manage the server and its messages."""
    return server.person("Ada", permissions=ORDINARY | MANAGE_GUILD | MANAGE_MESSAGES)


def _uses(command: str, **options: Any) -> Act:
    async def act(server: DiscordServer, ada: Person) -> Shown:
        return [await ada.waits_for_answer(await ada.slash(server.channel, command, **options))]

    return act


def _presses(*buttons: str) -> Act:
    """Ask, press these buttons one after the other, and show what the last one brought."""

    async def act(server: DiscordServer, ada: Person) -> Shown:
        (seen,) = await _uses("ask", question=CALL)(server, ada)
        for button in buttons:
            seen = await ada.waits_for_answer(await ada.click(seen, button))
        return [seen]

    return act


async def _dislikes(server: DiscordServer, ada: Person) -> Shown:
    (seen,) = await _uses("ask", question=CALL)(server, ada)
    return [await ada.waits_for_modal(await ada.click(seen, "👎"))]


async def _checks(server: DiscordServer, ada: Person) -> Shown:
    claim = await ada.says(server.channel, "lol did you hear, Trump has already phoned Putin about Ukraine!!")
    asked = await ada.uses(claim, "Check the news")
    modal = await ada.waits_for_modal(asked)
    return [Seen(claim, ada.user), modal]


async def _mentioned(server: DiscordServer, ada: Person) -> Shown:
    asked = await ada.mention(server.channel, "How many people died in the fires of Los Angeles?")
    await ada.waits_for_reply(asked)
    return ada.sees(server.channel)[-2:]


async def _follows(server: DiscordServer, ada: Person) -> Shown:
    (begun,) = await _uses("follow", question="When does the war in Ukraine end?")(server, ada)
    await _uses("daily", hour=8, zone="Europe/Berlin")(server, ada)
    return [begun, *await _uses("following")(server, ada)]


SCENES = (
    Scene("disagreement", _uses("ask", question=CALL), ("", "-light", "-phone")),
    Scene("answer", _uses("ask", question="Who is the new pope?")),
    Scene("silence", _uses("ask", question="Who won the chess championship of Andorra?"), ("",)),
    Scene("mention", _mentioned, ("",)),
    Scene("context", _presses("Context")),
    Scene("timeline", _presses("Timeline"), ("",)),
    Scene("newest", _presses("Newest first")),
    Scene("dislike", _dislikes),
    Scene("check", _checks),
    Scene("quote", _uses("quote", words=MISQUOTED), ("",)),
    Scene("following", _follows),
    Scene("settings", _uses("settings")),
    Scene("brief", _uses("brief")),
    Scene("outlets", _uses("outlets")),
    Scene("about", _uses("about")),
    Scene("privacy", _uses("privacy")),
    Scene("help", _uses("help")),
)
