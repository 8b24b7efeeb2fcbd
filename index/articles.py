"""The basic values of the index: an article, and a span of its text."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of an article's text: `text[start:end]`, counted in characters."""

    start: int
    end: int


class ArticleKind(StrEnum):
    """What sort of page an article is, where a reader should be told."""

    STORY = "story"
    LIVE = "live"  # a live blog: its text grows and moves by the minute
    VIDEO = "video"  # the text beside a video, or its transcript
    EXCERPT = "excerpt"  # what can be read without a subscription


class DateSource(StrEnum):
    """Who says when an article was published, the most trusted first."""

    PERSON = "person"  # who added it
    METADATA = "metadata"  # the page's own, or the fields of a file of articles
    FEED = "feed"  # that announced it
    BYLINE = "byline"  # what readers see beside the headline: a guess
    ELSEWHERE = "elsewhere"  # its address, or other text of the page: a guess


@dataclass(frozen=True, slots=True)
class Article:
    """One published article.

    `text` is plain text, paragraphs separated by newlines; every quote is a span of it.
    `published` and `revised` are aware datetimes in UTC. An article of which only the day is known is
    published at noon UTC, which is that same day in nearly every reader's time zone.
    `revised` is set by the store when a corrected text replaced an earlier one; `modified` is what the outlet
    itself says of its last change. `date_source` is None without `published`, and where an earlier version did not keep it.
    `language` is an ISO 639-1 code, `image` the URL of the lead picture.
    """

    url: str
    outlet: str
    title: str
    text: str
    author: str | None = None
    published: datetime | None = None
    language: str | None = None
    revised: datetime | None = None
    kind: ArticleKind = ArticleKind.STORY
    modified: datetime | None = None
    image: str | None = None
    date_source: DateSource | None = None

    @property
    def digest(self) -> str:
        """Hex SHA-256 of what a reader is shown: two versions with the same digest are the same article."""
        shown = [self.outlet, self.title, self.author or "", str(self.published or ""), self.text]
        shown += [] if self.kind is ArticleKind.STORY else [self.kind]
        return hashlib.sha256("\x1f".join(shown).encode("utf-8", "surrogatepass")).hexdigest()
