"""Metadata that a person states for an article, in place of what the page or file says."""

from dataclasses import dataclass, replace
from datetime import datetime

from index.articles import Article, DateSource
from index.text.cleaning import clean_line
from index.text.dates import parse_typed_date
from index.urls import canonical_url


@dataclass(frozen=True, slots=True)
class MetadataOverrides:
    """Metadata that a person states for an article; None where nothing is stated.

    They outrank what a page or a text says of itself; JSON lines take them for fields that are missing.
    `date` is as typed. `url` and `title` name one article, so they go with one input that is not JSON lines.
    """

    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    date: str | None = None
    author: str | None = None

    @property
    def published(self) -> datetime | None:
        """Return `date` as a moment in UTC; raise VerbatimError when it cannot be parsed."""
        return parse_typed_date(self.date) if self.date else None

    def apply_to(self, article: Article) -> Article:
        """Return the article with all that is stated; raise VerbatimError for a bad `date` or `url`."""
        published = self.published
        return replace(
            article,
            url=canonical_url(self.url) if self.url else article.url,
            outlet=clean_line(self.outlet) or article.outlet,
            title=clean_line(self.title) or article.title,
            author=clean_line(self.author) or article.author,
            published=published or article.published,
            date_source=DateSource.PERSON if published else article.date_source,
        )


NO_OVERRIDES = MetadataOverrides()
