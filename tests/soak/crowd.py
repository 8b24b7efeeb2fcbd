"""People on many servers who ask at a fixed rate, and what each of their questions came to."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.texts import ENGLISH
from tests.discord_server import DiscordServer, Person, Seen
from tests.discord_server.interactions import Interaction
from tests.discord_server.state import Channel, Message

QUESTIONS = (
    "Did Trump call Putin?",
    "Did the Kremlin deny the call?",
    "What did The Washington Post report?",
    "Who is the new pope?",
    "How many people died in the fires of Los Angeles?",
    "Is Notre-Dame open again?",
    "What did Steven Cheung say?",
    "How strong was the earthquake in Myanmar?",
    "Who won the chess championship of Andorra in 1931?",
)
PEOPLE_ON_A_SERVER = 20  # so that no server comes near its own limit
SURFACES = ("command", "command", "private command", "mention", "direct message", "direct message", "button")
LOOK_AGAIN = 0.02  # seconds
REASONS = {  # what may be said instead of an answer
    "busy": ENGLISH("error-busy"),
    "too slow": ENGLISH("error-too-slow"),
    "connection broke": ENGLISH("connection-broke"),
    "too often": ENGLISH("error-too-often", seconds=0).split(".")[0],
}


@dataclass
class Asked:
    """One question: on which surface, and after how many seconds its answer stood; None while it does not."""

    surface: str
    deed: Interaction | Message
    seconds: float | None = None


@dataclass
class Crowd:
    """`people` people on a local Discord, and all that they asked."""

    server: DiscordServer
    people: int
    patience: float  # seconds until a question without an answer counts as lost
    asked: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._random = random.Random(self.people)  # the same crowd every time
        self._members: list[tuple[Person, Channel]] = []
        self._cards: dict[int, Seen] = {}  # each person's last card with buttons

    async def gather(self) -> None:
        """Make the servers and their people."""
        for number in range(self.people):
            if number % PEOPLE_ON_A_SERVER == 0:
                guild = await self.server.new_guild(f"Server {number}")
            person = self.server.person(f"Person {number}", guild=guild)
            self._members.append((person, guild.channels[0]))
        self._random.shuffle(self._members)

    async def ask(self, questions: int, rate: float) -> None:
        """Ask so many questions, `rate` of them a second however long the answers take, and wait for all answers."""
        begun, running = time.monotonic(), []
        for number in range(questions):
            await asyncio.sleep(max(0.0, begun + number / rate - time.monotonic()))
            person, channel = self._members[number % len(self._members)]
            running.append(asyncio.create_task(self._one(person, channel, self._random.choice(SURFACES))))
        await asyncio.gather(*running)

    async def ask_at_once(self, questions: int) -> None:
        """Ask so many questions at the same moment, each by another person, by command and directly."""
        chosen = self._members[:questions]
        surfaces = ("command", "direct message")
        await asyncio.gather(
            *(self._one(person, place, surfaces[n % 2]) for n, (person, place) in enumerate(chosen))
        )

    async def _one(self, person: Person, channel: Channel, surface: str) -> None:
        """Ask one question and wait for its answer."""
        question, begun = self._random.choice(QUESTIONS), time.monotonic()
        card = self._cards.get(person.id)
        if surface == "button" and card is not None:
            deed: Interaction | Message = await person.click(
                card, self._random.choice(["Context", "Timeline"])
            )
        elif surface == "mention":
            deed = await person.mention(channel, question)
        elif surface == "direct message":
            deed = await person.dm(question)
        else:
            surface = "command" if surface == "button" else surface
            private = surface == "private command"
            deed = await person.slash(channel, "ask", question=question, private=private)
        asked = Asked(surface, deed)
        self.asked.append(asked)
        while time.monotonic() - begun < self.patience:
            standing = self.answers(asked)
            if standing and all(settled(message) for message in standing):
                asked.seconds = time.monotonic() - begun
                seen = Seen(standing[0], person.user)
                if {"Context", "Timeline"} <= set(seen.labels):
                    self._cards[person.id] = seen
                return
            await asyncio.sleep(LOOK_AGAIN)

    def answers(self, asked: Asked) -> list[Message]:
        """Return what stands now in answer to a question."""
        deed = asked.deed
        if isinstance(deed, Interaction):
            all_of_it = [*([deed.answer] if deed.answer else []), *deed.followups]
        else:
            all_of_it = self.server.world.replies.get(deed.id, [])
        return [message for message in all_of_it if not message.deleted]

    def outcome(self, asked: Asked) -> str:
        """Say what a question came to: an answer, a reason, or something that must not be."""
        standing = self.answers(asked)
        if asked.seconds is None or not standing:
            return "lost"
        if len(standing) > 1:
            return "doubled"
        words = Seen(standing[0], standing[0].author).text
        named = [name for name, reason in REASONS.items() if reason in words]
        return named[0] if named else "answered" if answers(words) else f"unexpected: {words[:80]}"


def settled(message: Message) -> bool:
    """Return True if a message is more than "thinking", that a question waits, or the line before a private answer."""
    seen = Seen(message, message.author)
    return not message.loading and not seen.announces and ENGLISH("wait-in-line") not in seen.text


def answers(words: str) -> bool:
    """Return True if a card quotes something, or says that no article answers."""
    return any(line.startswith("> ") for line in words.splitlines()) or ENGLISH("nothing") in words


def percentile(seconds: Sequence[float], share: float) -> float:
    """Return the time below which so large a share of some times lies; nan of none."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")
