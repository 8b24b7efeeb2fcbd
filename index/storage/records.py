"""What the store returns: stored articles, entries of the list of all, watermarks of indexes."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.articles import Article, Span

Float16Vectors = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Watermark:
    """How far a derived index has come: to the sentences below `next`, the removals up to `removals`.

    `history` names the course of changes in which these numbers count: a restored store begins a new one. Only the
    watermark of an index that holds nothing may have none. `changes` counts the changes of articles' feeds
    (`CirclesMixin.regrouped`).
    """

    next: int = 0
    removals: int = 0
    history: str = ""
    changes: int = 0

    def reaches(self, other: "Watermark") -> bool:
        """Return True if what has come to `other` may be brought up to here by what is new since then."""
        same = self.history == other.history
        further = (
            self.next >= other.next and self.removals >= other.removals and self.changes >= other.changes
        )
        return same and further


class StoredEntry(NamedTuple):
    """What is held in memory of every article.

    Its sentences have the numbers from `first_sentence` up to, not including, `last_sentence`; the first is
    its headline. `published` is in seconds since 1970.
    """

    first_sentence: int
    last_sentence: int
    published: int | None
    outlet: str


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as read from the store.

    Its sentences have the numbers from `first_sentence` on, and `spans` are where they stand in its text; the
    first is its headline, with an empty span. `added` is when it first came in. Near-duplicates have the same
    `cluster_id`; None: it has not been compared yet.
    """

    article: Article
    first_sentence: int
    spans: tuple[Span, ...]
    added: datetime
    cluster_id: int | None

    def sentences(self) -> list[str]:
        """Return the sentences, the headline first."""
        text = self.article.text
        return [self.article.title, *(text[start:end] for start, end in self.spans[1:])]


def from_timestamp(seconds: float | None) -> datetime | None:
    """Return seconds since 1970 as an aware datetime in UTC; None as None."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def to_timestamp(time: datetime | None) -> int | None:
    """Return an aware datetime as whole seconds since 1970; None as None."""
    return None if time is None else int(time.timestamp())
