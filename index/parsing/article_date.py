"""Which of the dates that different places state for an article is taken."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from index.articles import Article, DateSource
from index.text.dates import is_bare_day, may_be_same_day

_TRUST = tuple(DateSource)


class SourcedDate(NamedTuple):
    """A date of publication, aware and in UTC, and who says it; None for either where that is not known."""

    moment: datetime | None
    source: DateSource | None

    @classmethod
    def of(cls, article: Article) -> "SourcedDate":
        """Return the date that an article has."""
        return cls(article.published, article.date_source)


NO_DATE = SourcedDate(None, None)


def most_trusted(dates: Sequence[SourcedDate]) -> SourcedDate:
    """Return the date of the most trusted source, of equal ones the first; `NO_DATE` without any.

    Where it is a bare day, and a less trusted source gives an hour of the same day, that is returned.
    """
    known = [date for date in dates if date.moment and date.source]
    ordered = sorted(known, key=lambda date: _TRUST.index(date.source or DateSource.ELSEWHERE))
    if not ordered:
        return NO_DATE
    best = ordered[0]
    if best.source is DateSource.PERSON or not best.moment or not is_bare_day(best.moment):
        return best
    hours = (
        date
        for date in ordered[1:]
        if date.moment and not is_bare_day(date.moment) and may_be_same_day(best.moment, date.moment)
    )
    return next(hours, best)


def with_date(article: Article, date: SourcedDate) -> Article:
    """Return the article with another date."""
    return replace(article, published=date.moment, date_source=date.source)
