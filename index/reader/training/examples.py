"""Examples to learn from: pairs of question and passage with what they should be given."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from index.reader.passage import Passage
from index.reader.reader import STANCES

REPORTS, DENIES, NO_COMMENT, OTHER = range(len(STANCES))
NOT_REPORTS = 4  # a source that only says "not supported": one of the other three, unknown which
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Example:
    """A passage with how well it answers (0 to 1, None: unknown) and its stance (UNKNOWN: none is given)."""

    passage: Passage
    answers: float | None
    stance: int = UNKNOWN


@dataclass(frozen=True, slots=True)
class ExampleGroup:
    """The examples of one question; `weight` is what the source's labels are worth beside others'."""

    source: str
    question: str
    examples: list[Example] = field(default_factory=list)
    weight: float = 1.0


Groups = Iterator[ExampleGroup]
