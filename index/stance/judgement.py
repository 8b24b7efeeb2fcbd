"""What a sentence does to a claim: reports it, denies it, withholds comment, or none of these."""

from dataclasses import dataclass
from enum import StrEnum


class Stance(StrEnum):
    """What a sentence does to the claim in a question. Never whether the claim is true."""

    REPORTED = "reported"
    DENIED = "denied"
    NO_COMMENT = "no_comment"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A stance, the words in the sentence that decided it, and how sure we are (0 to 1)."""

    stance: Stance
    cue: str | None = None
    confidence: float = 0.0
