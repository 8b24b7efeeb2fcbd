"""What people do on the local Discord, each deed with the requests on its way, and what a person sees of it then."""

import asyncio
import functools
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.services.query_service import Limits
from bot.texts import ENGLISH
from tests.discord_server import Person, Seen
from tests.discord_server.clock import StandInAsyncio
from tests.discord_server.interactions import SHOW_MODAL
from tests.discord_server.state import EVERYTHING, Message

CALLBACK = "POST", "/callback$"
ORIGINAL, UNSAY = ("PATCH", "/messages/@original$"), ("DELETE", "/messages/@original$")
FURTHER, REPLACED = ("POST", r"/webhooks/\d+/[^/]+$"), ("PATCH", r"/webhooks/\d+/[^/]+/messages/\d+$")
WRITE, EDIT = ("POST", r"/channels/\d+/messages$"), ("PATCH", r"/channels/\d+/messages/\d+$")
LOOK, DELETE = ("GET", r"/channels/\d+/messages/\d+$"), ("DELETE", r"/channels/\d+/messages/\d+$")
QUESTION = "How long was the bridge?"
UNHURRIED = Limits(questions=10_000, server=10_000, clicks=10_000, answer=600.0)
AT_WORK = ("discord.py: on_", "CommandTree")  # how discord.py's tasks that handle events are called


class Scene:
    """A bot whose Discord has a clock of its own: it goes where discord.py and the bot wait, and where a fault is slow."""

    def __init__(self, server, bot, monkeypatch):
        self.server, self.bot, self.news = server, bot, bot.news
        self.channel = server.channel
        self._monkeypatch = monkeypatch
        server.clock.stop()
        for module in ("discord.http", "discord.webhook.async_", "bot.gateway.repeated_requests"):
            monkeypatch.setattr(f"{module}.asyncio", StandInAsyncio(server.clock))
        self.acknowledge_after(600.0)

    def acknowledge_after(self, seconds: float) -> None:
        self._monkeypatch.setattr("bot.gateway.interactions.ACKNOWLEDGE_AFTER", seconds)

    @asynccontextmanager
    async def line(self) -> AsyncIterator[None]:
        """Let questions wait in line within the block, until the gate opens; who asks is told at once."""
        with self._monkeypatch.context() as patch:
            patch.setattr("bot.services.query_service.MOMENT", 0.0)
            patch.setattr(sys.modules["bot.exts.plain_messages"], "LINE_AFTER", 0.0)
            self.news.gate.clear()
            service = self.bot.service
            wait = functools.partial(service.run_click, 0, lambda news: news.gate.wait(600))
            ahead = asyncio.gather(*(wait() for _ in range(UNHURRIED.workers)))
            try:
                yield
            finally:
                self.news.gate.set()
                await ahead

    async def settled(self) -> None:
        """Wait until the bot has nothing more to do for anybody."""
        await self.server.until(lambda: not at_work(), "the bot to be done")

    async def card(self, person: Person) -> Seen:
        """Give the person a card in public."""
        return (await self.answered(person))[1]

    async def answered(self, person: Person) -> tuple[Message, Seen]:
        """Let the person ask in public; return their message, and the card."""
        asked = await person.mention(self.channel, QUESTION)
        seen = await person.waits_for_reply(asked)
        await self.settled()
        return asked, seen

    def stands(self, person: Person) -> set[int]:
        return {seen.id for seen in self._by_the_bot(person)}

    def _by_the_bot(self, person: Person) -> list[Seen]:
        seen = [*person.sees(self.channel), *person.sees(person.direct)]
        return [one for one in seen if one.message.author is self.server.bot]

    async def called(self, begun: int) -> None:
        """Wait until the bot has asked something of Discord, and then until it is done."""
        await self.server.until(lambda: len(self.server.rest.calls) > begun, "a request of the bot")
        await self.settled()

    def outcome(self, person: Person, before: set[int], *others: str) -> str:
        """Say in words what is new on a person's screen."""
        new = [name_of(seen) for seen in self._by_the_bot(person) if seen.id not in before]
        return " and ".join(sorted([*others, *new])) or "nothing"


def at_work() -> list[str]:
    """Return the names of the tasks in which the bot handles events."""
    return [name for task in asyncio.all_tasks() if (name := task.get_name()).startswith(AT_WORK)]


def name_of(seen: Seen) -> str:
    if seen.loading:
        return "thinking"
    if seen.message.attachments:
        return "file"
    if seen.text == ENGLISH("thanks-up"):
        return "thanks"
    if not seen.is_v2:
        return "line"
    return "answer" if any(line.startswith("> ") for line in seen.text.splitlines()) else "reason"


Begin = Callable[[], object]  # lets the fault begin
Act = Callable[[Scene, Begin], Awaitable[str]]


@dataclass(frozen=True)
class Deed:
    """What a person does, what they see when all goes well, and for each request on the way what else they may see.

    `never` is what they see where that request is never carried out, `unconfirmed` where it is, and Discord never
    says so, however often it is sent.
    """

    act: Act
    well: str
    steps: dict[tuple[str, str], tuple[str, str]]


async def in_line(scene: Scene, begin: Begin, **options) -> str:
    async with scene.line():
        return await command(scene, begin, slowly=True, **options)


async def in_line_in_vain(scene: Scene, begin: Begin) -> str:
    scene.news.fault = ZeroDivisionError()
    try:
        return await in_line(scene, begin)
    finally:
        scene.news.fault = None


async def private_in_line(scene: Scene, begin: Begin) -> str:
    return await in_line(scene, begin, private=True)


async def mention_in_line(scene: Scene, begin: Begin) -> str:
    person = scene.server.person()
    before, calls = scene.stands(person), len(scene.server.rest.calls)
    async with scene.line():
        begin()
        await person.mention(scene.channel, QUESTION)
        await scene.server.until(lambda: len(scene.server.rest.calls) > calls, "a word that it waits")
    await scene.called(calls)
    return scene.outcome(person, before)


async def command(scene: Scene, begin: Begin, *, slowly=False, person=None, name="ask", **options) -> str:
    person = person or scene.server.person()
    before, calls = scene.stands(person), len(scene.server.rest.calls)
    scene.acknowledge_after(0.0 if slowly else 600.0)
    if slowly:
        scene.news.gate.clear()
    begin()
    asked = await person.slash(
        scene.channel, name, **({"question": QUESTION} if name == "ask" else {}), **options
    )
    if slowly:
        scene.server.clock.advance(1.5)
        await scene.server.until(lambda: len(scene.server.rest.calls) > calls, "an acknowledgement")
        scene.news.gate.set()
    await scene.called(calls)
    return scene.outcome(person, before, *(() if asked.callback else ("no response",)))


async def slow_command(scene: Scene, begin: Begin) -> str:
    return await command(scene, begin, slowly=True)


async def slow_private_command(scene: Scene, begin: Begin) -> str:
    return await command(scene, begin, slowly=True, private=True)


async def failing_command(scene: Scene, begin: Begin) -> str:
    scene.news.fault = ZeroDivisionError()
    try:
        return await command(scene, begin, slowly=True)
    finally:
        scene.news.fault = None


async def file(scene: Scene, begin: Begin) -> str:
    boss = scene.server.person(permissions=EVERYTHING)
    return await command(scene, begin, person=boss, name="feeds export")


async def message(scene: Scene, begin: Begin, *, direct: bool) -> str:
    person = scene.server.person()
    before, calls = scene.stands(person), len(scene.server.rest.calls)
    begin()
    await (person.dm(QUESTION) if direct else person.mention(scene.channel, QUESTION))
    await scene.called(calls)
    return scene.outcome(person, before)


async def mention(scene: Scene, begin: Begin) -> str:
    return await message(scene, begin, direct=False)


async def direct_message(scene: Scene, begin: Begin) -> str:
    return await message(scene, begin, direct=True)


async def press(scene: Scene, begin: Begin, name: str) -> str:
    person = scene.server.person()
    card = await scene.card(person)
    before, calls = scene.stands(person), len(scene.server.rest.calls)
    scene.acknowledge_after(600.0)
    begin()
    pressed = await person.click(card, name)
    await scene.called(calls)
    seen = [] if pressed.callback else ["no response"]
    if pressed.callback == SHOW_MODAL:
        seen.append("form")
    return scene.outcome(person, before, *seen)


async def thumb_up(scene: Scene, begin: Begin) -> str:
    return await press(scene, begin, "👍")


async def thumb_down(scene: Scene, begin: Begin) -> str:
    return await press(scene, begin, "👎")


async def newest_first(scene: Scene, begin: Begin) -> str:
    return await press(scene, begin, "Newest first")


async def next_page(scene: Scene, begin: Begin) -> str:
    person = scene.server.person()
    card = await scene.card(person)
    page = await person.waits_for_answer(await person.click(card, "Newest first"))
    await scene.settled()
    before, calls, words = scene.stands(person), len(scene.server.rest.calls), page.text
    scene.acknowledge_after(0.0)
    scene.news.gate.clear()
    begin()
    pressed = await person.click(page, "Next")
    scene.server.clock.advance(1.5)
    await scene.server.until(lambda: len(scene.server.rest.calls) > calls, "an acknowledgement")
    scene.news.gate.set()
    await scene.called(calls)
    seen = [] if pressed.callback else ["no response"]
    return scene.outcome(person, before, *seen, *(["turned"] if page.text != words else []))


async def share(scene: Scene, begin: Begin) -> str:
    person, other = scene.server.person(), scene.server.person()
    scene.acknowledge_after(600.0)
    asked = await person.slash(scene.channel, "ask", question=QUESTION, private=True)
    seen = await person.waits_for_answer(asked)
    await scene.settled()
    before, calls = scene.stands(other) | scene.stands(person), len(scene.server.rest.calls)
    begin()
    pressed = await person.click(seen, "Share")
    await scene.called(calls)
    public = scene.outcome(other, before)
    mine = scene.outcome(person, before, *([] if pressed.callback else ["no response"]))
    return mine if public in (mine, "nothing") else f"{public}, but {mine} for who pressed"


async def changed_question(scene: Scene, begin: Begin) -> str:
    person = scene.server.person()
    asked, seen = await scene.answered(person)
    before, calls = scene.stands(person), len(scene.server.rest.calls)
    begin()
    await person.edits(asked, f"<@{scene.server.bot.id}> How wide was the bridge?")
    await scene.called(calls)
    return scene.outcome(person, before, "changed" if "How wide" in seen.text else "unchanged")


async def deleted_question(scene: Scene, begin: Begin) -> str:
    person = scene.server.person()
    asked, seen = await scene.answered(person)
    before, calls = scene.stands(person), len(scene.server.rest.calls)
    begin()
    await person.deletes(asked)
    await scene.called(calls)
    return scene.outcome(person, before, "gone" if seen.deleted else "stays")


DEEDS = {
    "a quick command": Deed(command, "answer", {CALLBACK: ("no response", "answer")}),
    "a slow command": Deed(
        slow_command, "answer", {CALLBACK: ("no response", "answer"), ORIGINAL: ("reason", "answer")}
    ),
    "a slow private command": Deed(
        slow_private_command, "answer", {CALLBACK: ("no response", "answer"), ORIGINAL: ("reason", "answer")}
    ),
    # Discord knows no key by which a further message could be recognized: a word about an error may come twice.
    "a command that fails": Deed(
        failing_command,
        "reason",
        {
            CALLBACK: ("no response", "reason"),
            UNSAY: ("reason", "reason"),
            FURTHER: ("nothing", "reason and reason"),
        },
    ),
    "a command in line": Deed(
        in_line, "answer", {CALLBACK: ("no response", "answer"), ORIGINAL: ("reason", "answer")}
    ),
    "a private command in line": Deed(
        private_in_line, "answer", {CALLBACK: ("no response", "answer"), ORIGINAL: ("reason", "answer")}
    ),
    "a command in line that fails": Deed(
        in_line_in_vain,
        "reason",
        {
            CALLBACK: ("no response", "reason"),
            UNSAY: ("reason", "reason"),
            FURTHER: ("nothing", "reason and reason"),
        },
    ),
    "a mention in line": Deed(
        mention_in_line, "answer", {WRITE: ("nothing", "line"), EDIT: ("answer", "answer")}
    ),
    "a file": Deed(file, "file", {CALLBACK: ("no response", "file")}),
    "a mention": Deed(mention, "answer", {WRITE: ("nothing", "answer")}),
    "a direct message": Deed(
        direct_message, "answer", {WRITE: ("nothing", "line"), EDIT: ("answer", "answer")}
    ),
    "a thumb up": Deed(thumb_up, "thanks", {CALLBACK: ("no response", "thanks")}),
    "a thumb down": Deed(thumb_down, "form", {CALLBACK: ("no response", "form")}),
    "a page": Deed(newest_first, "answer", {CALLBACK: ("no response", "answer")}),
    "the next page": Deed(
        next_page, "turned", {CALLBACK: ("no response", "turned"), ORIGINAL: ("reason", "turned")}
    ),
    "sharing": Deed(share, "answer", {CALLBACK: ("no response", "answer"), REPLACED: ("answer", "answer")}),
    "a changed question": Deed(
        changed_question, "changed", {LOOK: ("unchanged", "unchanged"), EDIT: ("unchanged", "changed")}
    ),
    "a deleted question": Deed(deleted_question, "gone", {DELETE: ("stays", "gone")}),
}
