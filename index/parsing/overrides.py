"""What a person says of an article beforehand."""

from dataclasses import dataclass, replace
from datetime import datetime

from index.articles import Article
from index.text.cleaning import clean_line
from index.text.dates import parse_typed_date
from index.urls import canonical_url


@dataclass(frozen=True, slots=True)
class MetadataOverrides:
    """What a person says of an article beforehand.

    They outrank what a page or a text says of itself; JSON lines take them for fields that are missing.
    `date` is as typed. `url` and `title` name one article, so they go with one input that is no JSON lines.
    """

    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    date: str | None = None
    author: str | None = None

    @property
    def published(self) -> datetime | None:
        """Give `date` as a moment in UTC; raises `VerbatimError` when it cannot be read."""
        return parse_typed_date(self.date) if self.date else None

    def apply_to(self, article: Article) -> Article:
        """Return the article with everything that was said beforehand."""
        return replace(
            article,
            url=canonical_url(self.url) if self.url else article.url,
            outlet=clean_line(self.outlet) or article.outlet,
            title=clean_line(self.title) or article.title,
            author=clean_line(self.author) or article.author,
            published=self.published or article.published,
        )


NO_OVERRIDES = MetadataOverrides()
