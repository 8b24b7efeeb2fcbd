"""Which of the times and outlets named in a question limit the search, and which are only preferred.

A time limits the search where the question asks for reports ("What did the Kremlin say last week?"). Where it dates
an event ("Who won on Tuesday?") articles of other days may answer as well, so it is a preference. A claim about the
past ("Did they speak last week?") cannot have been reported before it happened, so only older articles are left out.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from index.articles import Span
from index.query.outlet_mentions import OutletMention
from index.query.time_expressions import Grain, Period, periods
from index.text.word_lists import alternation, load_words

_NEXT_DAY = timedelta(days=1)  # what happens on a day is often printed the day after
_FRAGMENT = 3  # words
_SHORT_CLAIM = 16  # words; a longer one tells of more than one time

_TELLING = alternation(load_words("query/telling_verbs"))
_REPORTS = re.compile(
    r"^\W*(?:(?:so|and|but|then|ok|okay)\W+)?(?:what (?:has )?(?:happened|went on|gone on)"
    r"|what(?:['’]s| is| was| were| are| has been) (?:the (?:latest|news)|new|(?:\S+ ){0,3}?(?:said|reported|written"
    r"|published|announced|happening|going on|known))"
    rf"|(?:what|how|why) (?:did|does|do|has|have|had) (?:\S+ ){{1,8}}?{_TELLING})\b",
    re.IGNORECASE,
)
_REQUEST_WORDS = alternation(load_words("query/request_words"))
_REQUESTED_REPORTS = alternation(load_words("query/requested_reports"))
_NEWS = re.compile(
    rf"^\W*(?:{_REQUEST_WORDS}\W+){{0,7}}{_REQUESTED_REPORTS}\b",
    re.IGNORECASE,
)
_PAST_CLAIM = re.compile(
    r"^\W*(?:(?:so|and|but)\W+)?(?:did|was|were|has|have|had|is it true)\b", re.IGNORECASE
)
_QUESTION_WORDS_AND_AUXILIARIES = alternation(
    load_words("query/question_words") | load_words("query/auxiliaries")
)
_VERBAL = re.compile(
    rf"\b{_QUESTION_WORDS_AND_AUXILIARIES}\b",
    re.IGNORECASE,
)
_AROUND_NOW = re.compile(
    r"\b(?:this (?:past )?(?:week|month|year|weekend)|recent(?:ly)?|lately|latest|newest|currently|right now|these days"
    r"|nowadays|so far|breaking|(?-i:today|tonight|now))\b",
    re.IGNORECASE,
)
_CONNECTED = re.compile(r"^\W*(?:and|but|or|what about|how about)\b[\s?]*", re.IGNORECASE)
_MANY_SENTENCES = re.compile(r"[.!?]\s+\S")


@dataclass(frozen=True, slots=True)
class TimeConstraint:
    """What the times named in a question ask of the search; all moments aware UTC.

    `since` (inclusive) and `until` (exclusive) limit it, and `phrase` is where they were read. `around` is a
    moment that answers should lie near, `within` half the width of the time meant.
    """

    since: datetime | None = None
    until: datetime | None = None
    phrase: Span | None = None
    around: datetime | None = None
    within: timedelta | None = None


def time_constraint(text: str, now: datetime, named: list[OutletMention]) -> TimeConstraint:
    """Read what the times in `text` ask of the search, as `now` makes them out; `named` are its sources."""
    found = periods(text, now)
    for period in sorted(found, key=lambda period: -period.span.end):
        bounds = _filter(text, period, bool(named))
        if bounds:
            return TimeConstraint(bounds[0], _past(bounds[1], now), period.span)
    return _preference(text, found, now)


def _filter(text: str, period: Period, named: bool) -> tuple[datetime | None, datetime | None] | None:
    """Give the bounds that a period sets, or None when it does not limit the search."""
    rest = f"{text[: period.span.start]} {text[period.span.end :]}"
    if named or _REPORTS.match(rest) or _NEWS.match(rest) or _fragment(rest, period):
        return _reported(text, period, named)
    outside = (text[: period.span.start], text[period.span.end :])
    aside = any(not part.strip(" .,;:!?)\"'”’") for part in outside)  # said first or last
    if not aside or _MANY_SENTENCES.search(text) or period.since is None or period.grain is Grain.YEAR:
        return None
    past_claim = _PAST_CLAIM.match(rest) and len(text.split()) <= _SHORT_CLAIM
    since_then = period.until is None and not period.deictic and period.grain in {Grain.DAY, Grain.WEEK}
    return (period.since, None) if past_claim or since_then else None


def _reported(text: str, period: Period, named: bool) -> tuple[datetime | None, datetime | None]:
    """Bound the day of the report: a date told after "about" or "happened to" may be that of the event, so it sets no end."""
    until = period.until
    about = re.search(
        r"\b(?:about|(?:said|say|says|saying|told|written|news) of|regarding|on the|happened (?:to|after|when|with|during))\b",
        text[: period.span.start],
        re.IGNORECASE,
    )
    if about and not period.deictic and not period.open_ended:
        return period.since, None
    if until and period.since and not named and period.grain is Grain.DAY:
        until += _NEXT_DAY
    return period.since, until


def _fragment(rest: str, period: Period) -> bool:
    """Say whether the rest is but a few words ("Ukraine last week"), so that the time can only be a limit."""
    words, connected = _CONNECTED.subn("", rest, count=1)
    few = len(words.split()) <= _FRAGMENT and bool(connected or words.strip())
    return few and not _VERBAL.search(words) and period.grain is not Grain.YEAR


def _past(until: datetime | None, now: datetime) -> datetime | None:
    """Drop an end that is still to come: it limits nothing."""
    return until if until and until <= now else None


def _preference(text: str, found: list[Period], now: datetime) -> TimeConstraint:
    if _AROUND_NOW.search(text):
        return TimeConstraint(around=now.astimezone(UTC), within=timedelta(days=7))
    for period in found:
        until = period.until or (now.astimezone(UTC) if period.deictic else None)
        if period.since and until:
            half = (until - period.since) / 2
            return TimeConstraint(around=min(period.since + half, now.astimezone(UTC)), within=half)
    return TimeConstraint()
