"""The dates of a feed's items: read together, because one tells how another is written; and what was odd about them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from index.text.cleaning import clean_line
from index.text.dates import EARLIEST_FEED_DATE, DateDoubt, DateReading, collect_hints, read_date
from index.text.language_id import article_language
from index.text.time_zones import DateHints

MAX_SAMPLE = 40  # characters of a date that a warning quotes; judged
MAX_TITLES_LENGTH = (
    1_000  # characters of titles that tell the language of a feed that does not state it; judged
)

# What is said of items whose date leaves a doubt, after "3 items" and before an example.
WARNINGS = {
    DateDoubt.IMPLAUSIBLE: "dated as cannot be true (before 1990, the future), not taken",
    DateDoubt.NOT_UNDERSTOOD: "with a date that is not understood, not taken",
    DateDoubt.UNKNOWN_ZONE: "with a time zone that is not known, not taken",
    DateDoubt.OPEN_ZONE: "with a time zone of several meanings, and nothing says which, not taken",
    DateDoubt.OPEN_ORDER: "with a date whose day and month may be either, and nothing says which, not taken",
    DateDoubt.NO_ZONE: "dated by a guess: without a time zone, taken for UTC",
    DateDoubt.INFERRED_ZONE: "dated by a guess: a time zone of several meanings, read as its other dates are",
    DateDoubt.INFERRED_ORDER: "dated by a guess: day and month may be either, read as in its other dates",
}


@dataclass(slots=True)
class DateLog:
    """Counts what was odd about the dates of a feed, with an example of each."""

    counts: dict[DateDoubt, int] = field(default_factory=dict)
    samples: dict[DateDoubt, str] = field(default_factory=dict)

    def add(self, doubt: DateDoubt, text: str) -> None:
        """Count one date that leaves a doubt."""
        self.counts[doubt] = self.counts.get(doubt, 0) + 1
        self.samples.setdefault(doubt, clean_line(text, MAX_SAMPLE))

    def warnings(self) -> tuple[str, ...]:
        """Return what was odd in words, those that are undated first."""
        return tuple(
            f"{self.counts[doubt]:,} {'item' if self.counts[doubt] == 1 else 'items'} {words} (“{self.samples[doubt]}”)"
            for doubt, words in WARNINGS.items()
            if doubt in self.counts
        )


def read_item_dates(
    items: Sequence[Sequence[str]], hints_from: Sequence[str], language: str, titles: Sequence[str]
) -> tuple[list[datetime | None], DateLog]:
    """Return the date of each item, in UTC, None for those undated; and what was odd.

    `items` are the dates as written of each: when published, then when changed; the first that can be read
    counts. `hints_from` are dates of the feed itself. Where the feed states no `language`, its `titles` tell it.
    """
    texts = [text for dates in items for text in dates]
    hints = collect_hints([*texts, *hints_from], language)
    if not language:
        detected = article_language(" ".join(titles)[:MAX_TITLES_LENGTH]) or ""
        hints = replace(hints, language="" if detected == "en" else detected)
    log = DateLog()
    return [_read_item(dates, hints, log) for dates in items], log


def _read_item(dates: Sequence[str], hints: DateHints, log: DateLog) -> datetime | None:
    for text in filter(None, map(str.strip, dates)):
        reading: DateReading = read_date(text, hints, earliest=EARLIEST_FEED_DATE)
        if reading.doubt:
            log.add(reading.doubt, text)
        if reading.moment:
            return reading.moment
    return None
