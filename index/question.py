"""Question text -> what is asked, of whom, since when, and which kind of answer would fit."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LONGEST = 2000  # characters; a Discord message is at most this long for most people


class Wants(StrEnum):
    """Which kind of thing would answer."""

    PERSON = "person"
    PLACE = "place"
    TIME = "time"
    NUMBER = "number"
    ORGANISATION = "organisation"
    REASON = "reason"
    QUOTE = "quote"  # what somebody said
    CLAIM = "claim"  # yes-or-no questions, "is it true that", a pasted headline
    THING = "thing"  # anything else


class SmallTalk(StrEnum):
    """What is not a question about the news; each gets a fixed reply."""

    GREETING = "greeting"
    THANKS = "thanks"
    IDENTITY = "identity"
    HELP = "help"
    OPINION = "opinion"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    `text` is what the person wrote; `topic` is what is searched for: without the filters that were read out
    of it, completed from the previous question when it leans on that one. `since` is inclusive and `until`
    exclusive, both aware UTC. `outlets` are names as indexed. `read_from_text` lists the phrases the filters
    were read from ("last week", "according to CNN"); empty when every filter was given as an option.
    """

    text: str
    topic: str
    now: datetime
    wants: Wants = Wants.THING
    since: datetime | None = None
    until: datetime | None = None
    outlets: tuple[str, ...] = ()
    read_from_text: tuple[str, ...] = ()
    small_talk: SmallTalk | None = None
    completed_from: str | None = None

    @property
    def claim(self) -> bool:
        """Say whether the question puts a claim that sources may report or deny."""
        return self.wants is Wants.CLAIM
