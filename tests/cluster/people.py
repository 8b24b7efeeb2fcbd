"""People who ask a bot all the time and press its buttons, and a transcript of what they see."""

import asyncio
import itertools
import time
from collections import Counter
from dataclasses import dataclass, field

from bot.texts import ENGLISH
from tests.discord_server import Person, Seen
from tests.discord_server.state import Channel
from tests.soak.crowd import answers

LOST_AFTER = 45.0  # seconds until a question without an answer counts as lost, on however busy a machine
PAUSE = 1.0  # seconds between a person's questions
NOT_COMING_IN, NOT_SAVED, THANKS = (
    ENGLISH(key) for key in ("no-news-comes-in", "error-store-away", "thanks-up")
)
# what people ask all the time, and words that the answer quotes whatever becomes of the servers
QUESTIONS = {
    "Did the Kremlin deny the call?": "denied that President Vladimir Putin had spoken",
    "Who is the new pope?": "first American pope",
    "Is Notre-Dame open again?": "reopened",
    "Who survived the crash of the Air India jet?": "Ramesh",
}


class Lost(Exception):  # noqa: N818 - it is the question that is lost
    """A person was left without an answer, or with one that is none."""


@dataclass
class Transcript:
    """Prints a line at once for everything that happens, with the seconds since the beginning, and counts."""

    begun: float = field(default_factory=time.monotonic)
    counts: Counter[str] = field(default_factory=Counter)
    noted: set[int] = field(default_factory=set)  # cards whose thumb was noted
    is_over: bool = False

    @property
    def seconds(self):
        """How long ago it began."""
        return time.monotonic() - self.begun

    @property
    def lost(self):
        """How many questions and presses came to nothing."""
        ends = ("answered", "shown", "noted", "not saved")
        return self.counts["asked"] + self.counts["pressed"] - sum(self.counts[end] for end in ends)

    def line(self, who, what):
        print(f"{self.seconds:6.1f} s  {who:<13} {what}", flush=True)  # noqa: T201 - what the command is for


@dataclass(eq=False)
class Asker:
    """A person on a server that one of the bots has."""

    name: str
    person: Person
    place: Channel
    transcript: Transcript
    cards: list[Seen] = field(default_factory=list)

    async def ask(self, question, words=""):
        """Ask a question, and look whether the answer quotes these words; return the card. Raise Lost."""
        begun = self.transcript.seconds
        self.transcript.counts["asked"] += 1
        asked = await self.person.slash(self.place, "ask", question=question, private=True)
        card = await self._answer(asked, question)
        if not answers(card.text) or words not in card.text:
            raise Lost(f"{self.name} asked “{question}” and was told: {card.text}")
        self.transcript.counts["answered"] += 1
        away = "  [no news is coming in]" if NOT_COMING_IN in card.text else ""
        self.transcript.counts["old news"] += bool(away)
        seconds = self.transcript.seconds - begun
        self.transcript.line(self.name, f"{question} {said(card.text)} ({seconds:.1f} s){away}")
        self.cards.append(card)
        return card

    async def keep_asking(self):
        """Ask one question after the other until it is all over."""
        for question, words in itertools.cycle(QUESTIONS.items()):
            if self.transcript.is_over:
                return
            await self.ask(question, words)
            await asyncio.sleep(PAUSE)

    async def asks_more(self, number):
        """Wait until so many more questions were answered."""
        until = len(self.cards) + number
        await self.person.server.until(lambda: len(self.cards) >= until, "more answers", LOST_AFTER)

    async def asks_until(self, question, words):
        """Ask until the answer has these words; return the card."""
        while True:
            card = await self.ask(question)
            if words in card.text:
                return card
            await asyncio.sleep(PAUSE)

    async def reads_context(self, card, words):
        """Press Context below a card, which has to show these words. Raise Lost."""
        shown = await self._press(card, "Context")
        if words not in shown:
            raise Lost(f"{self.name} pressed Context and was told: {shown}")
        self.transcript.counts["shown"] += 1
        self.transcript.line(self.name, f"[Context] {said(shown)}")

    async def votes(self, card):
        """Press the thumb below a card; return whether it was noted, or nothing can be saved. Raise Lost."""
        told = await self._press(card, "👍")
        if told not in (THANKS, NOT_SAVED):
            raise Lost(f"{self.name} pressed 👍 and was told: {told}")
        self.transcript.counts["noted" if told == THANKS else "not saved"] += 1
        self.transcript.noted.update({card.id} if told == THANKS else ())
        self.transcript.line(self.name, f"[👍] {told}")
        return told == THANKS

    async def votes_until(self, noted):
        """Press the thumb below the latest card until it is noted, or until it cannot be."""
        while True:
            if await self.votes(self.cards[-1]) == noted:
                return
            await asyncio.sleep(PAUSE)

    async def _press(self, card, button):
        self.transcript.counts["pressed"] += 1
        return (await self._answer(await self.person.click(card, button), f"[{button}]")).text

    async def _answer(self, interaction, what):
        try:
            return await self.person.waits_for_answer(interaction, LOST_AFTER)
        except TimeoutError:
            raise Lost(f"{self.name} was left without an answer to {what}") from None


def said(text):
    """The beginning of what a message quotes, or else says."""
    lines = text.splitlines()
    plain = [line for line in lines if not line.startswith("#")] or lines
    line = next((line.removeprefix("> ") for line in lines if line.startswith("> ")), plain[0])
    return f"→ {line[:70]}{'…' * (len(line) > 70)}"
