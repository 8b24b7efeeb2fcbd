"""Decide whether a time named in a question filters the search or is only preferred.

A time limits the search where the question asks for reports ("What did the Kremlin say last week?"). Where it
dates an event ("Who won on Tuesday?") articles of other days may answer as well, so it is a preference. A
claim about the past ("Did they speak last week?") cannot have been reported before it happened, so only older
articles are left out. A time that is given as a filter, apart from any question, limits the search as it is read.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from index.articles import Span
from index.query.named_times import Kind
from index.query.outlet_mentions import OutletMention
from index.query.time_expressions import Grain, Period, read_times
from index.query.time_grammar import TimeGrammar
from index.query.time_tokens import tokenize
from index.text.word_lists import alternation, load_words

_PRINT_DELAY = timedelta(days=1)  # judged: what happens on a day is often printed the day after
_RECENT = timedelta(days=7)  # half the width of "lately" and "this week"; judged
_MAX_FRAGMENT = 3  # words left of a fragment ("Ukraine last week"); judged
_MAX_CLAIM = 16  # words of a claim that its time filters; judged: a longer one tells of more than one time

_TELLING_VERB = alternation(load_words("query/telling_verbs"))
_REQUEST_WORD = alternation(load_words("query/request_words"))
_REQUESTED_REPORT = alternation(load_words("query/requested_reports"))
_QUESTION_OR_AUXILIARY = alternation(load_words("query/question_words") | load_words("query/auxiliaries"))
# "What happened in Paris?", "So what's the latest?", "What has the Kremlin said ...?"
_REPORTS = re.compile(
    r"^\W*(?:(?:so|and|but|then|ok|okay)\W+)?(?:what (?:has )?(?:happened|went on|gone on)"
    r"|what(?:['’]s| is| was| were| are| has been) (?:the (?:latest|news)|new|(?:\S+ ){0,3}?(?:said|reported|written"
    r"|published|announced|happening|going on|known))"
    rf"|(?:what|how|why) (?:did|does|do|has|have|had) (?:\S+ ){{1,8}}?{_TELLING_VERB})\b",
    re.IGNORECASE,
)
# "Show me the latest news", "any updates"
_NEWS_REQUEST = re.compile(rf"^\W*(?:{_REQUEST_WORD}\W+){{0,7}}{_REQUESTED_REPORT}\b", re.IGNORECASE)
# "Did they speak ...", "And was he ...", "is it true ..."
_PAST_CLAIM = re.compile(
    r"^\W*(?:(?:so|and|but)\W+)?(?:did|was|were|has|have|had|is it true)\b", re.IGNORECASE
)
# "... say about", "... happened after": the date behind it may be the event's
_ABOUT_EVENT = re.compile(
    r"\b(?:about|(?:said|say|says|saying|told|written|news) of|regarding|on the"
    r"|happened (?:to|after|when|with|during))\b",
    re.IGNORECASE,
)
_VERBAL = re.compile(rf"\b{_QUESTION_OR_AUXILIARY}\b", re.IGNORECASE)  # "did", "who": no fragment
# "this past week", "lately", "right now"; "Today" and "Tonight" with a capital may be programmes
_AROUND_NOW = re.compile(
    r"\b(?:this (?:past )?(?:week|month|year|weekend)|recent(?:ly)?|lately|latest|newest|currently|right now|these days"
    r"|nowadays|so far|breaking|(?-i:today|tonight|now))\b",
    re.IGNORECASE,
)
_CONNECTIVE = re.compile(  # "What about Ukraine?"
    r"^\W*(?:and|but|or|what about|how about)\b[\s?]*", re.IGNORECASE
)
_POSSESSIVE = re.compile(r"(?:s['’]|['’]s)\s+$")  # "the coach's last season" is a thing of the coach's
_MANY_SENTENCES = re.compile(r"[.!?]\s+\S")  # "He left. Did"


_EDGES = " .,;:!?"  # what may stand around a time that is given by itself


def read_period(text: str, now: datetime, *, day_first: bool | None = None) -> Period | None:
    """Return the time that the whole of `text` names: "last Tuesday", "November", "11.11.2024", "since Monday".

    None where it names none, or says something beside it. `now` and `day_first` are as for `read_times`; a time that
    is to come counts too.
    """
    times = read_times(text, now, day_first=day_first)
    for period in (*times.periods, *times.coming):
        if not (text[: period.span.start] + text[period.span.end :]).strip(_EDGES):
            return period
    tokens = tokenize(
        text
    )  # a bare name, which in a question may be anything: "2023", "May", "Christmas", "this week"
    found = TimeGrammar(tokens, now, day_first=day_first).wider_date(0)
    if found is None or found.end < len(tokens):
        return None
    since, until = (moment.astimezone(UTC) for moment in (found.stretch.start, found.stretch.end))
    return Period(Span(0, len(text)), since, until, found.stretch.grain, found.kind is Kind.NOW)


@dataclass(frozen=True, slots=True)
class TimeConstraint:
    """What the times named in a question ask of the search; all moments aware UTC.

    `since` (inclusive) and `until` (exclusive) limit it, and `phrase` is where they were read.
    `prefer_around` is a moment that answers should lie near, `prefer_within` half the width of the time
    meant. `unread` are the phrases that look like a time and were not understood. `coming` is a time that has not begun
    yet.
    """

    since: datetime | None = None
    until: datetime | None = None
    phrase: Span | None = None
    prefer_around: datetime | None = None
    prefer_within: timedelta | None = None
    unread: tuple[Span, ...] = ()
    coming: Period | None = None


def time_constraint(
    text: str,
    now: datetime,
    mentions: list[OutletMention],
    *,
    day_first: bool | None = None,
    ahead: bool = False,
) -> TimeConstraint:
    """Return what the times in `text` ask of the search.

    `now` is an aware moment in the reader's zone, `mentions` the outlets that the text names as its source,
    `day_first` the order of numbers in the reader's dates, None where it is not known; `ahead` is as for `read_times`.
    """
    found, unread, coming = read_times(text, now, day_first=day_first, ahead=ahead)
    constraint = _constraint(text, found, now, mentions)
    return replace(constraint, unread=tuple(unread), coming=next(iter(coming), None))


def _constraint(
    text: str, found: list[Period], now: datetime, mentions: list[OutletMention]
) -> TimeConstraint:
    """Return what the periods of a text ask of the search."""
    for period in sorted(found, key=lambda period: -period.span.end):
        bounds = _filter_bounds(text, period, has_outlet=bool(mentions))
        if bounds and not _POSSESSIVE.search(text[: period.span.start]):
            return TimeConstraint(bounds[0], _past_end(bounds[1], now), period.span)
    return _preference(text, found, now)


def _filter_bounds(
    text: str, period: Period, *, has_outlet: bool
) -> tuple[datetime | None, datetime | None] | None:
    """Return the bounds (since, until) that a period sets, or None when it does not limit the search."""
    rest = f"{text[: period.span.start]} {text[period.span.end :]}"
    if has_outlet or _REPORTS.match(rest) or _NEWS_REQUEST.match(rest) or _is_fragment(rest, period):
        return _report_bounds(text, period, has_outlet=has_outlet)
    outside = (text[: period.span.start], text[period.span.end :])
    at_the_edge = any(not part.strip(" .,;:!?)\"'”’") for part in outside)
    if not at_the_edge or _MANY_SENTENCES.search(text) or period.since is None or period.grain is Grain.YEAR:
        return None
    past_claim = _PAST_CLAIM.match(rest) and len(text.split()) <= _MAX_CLAIM
    since_then = period.until is None and not period.deictic and period.grain in {Grain.DAY, Grain.WEEK}
    return (period.since, None) if past_claim or since_then else None


def _report_bounds(text: str, period: Period, *, has_outlet: bool) -> tuple[datetime | None, datetime | None]:
    """Return the bounds of when a report appeared.

    A date behind "about" or "happened to" may be that of the event, which later reports tell of too: no end.
    """
    until = period.until
    about = _ABOUT_EVENT.search(text[: period.span.start])
    if about and not period.deictic and not period.open_ended:
        return period.since, None
    if until and period.since and not has_outlet and period.grain is Grain.DAY:
        until += _PRINT_DELAY
    return period.since, until


def _is_fragment(rest: str, period: Period) -> bool:
    """Return True if the rest is only a few words ("Ukraine last week"), so that the time can only be a filter."""
    words, connected = _CONNECTIVE.subn("", rest, count=1)
    few = len(words.split()) <= _MAX_FRAGMENT and bool(connected or words.strip())
    return few and not _VERBAL.search(words) and period.grain is not Grain.YEAR


def _past_end(until: datetime | None, now: datetime) -> datetime | None:
    """Return an end that is over, None for one that is still to come: that limits nothing."""
    return until if until and until <= now else None


def _preference(text: str, found: list[Period], now: datetime) -> TimeConstraint:
    """Return the time that is preferred: now, or the middle of the first period with two ends."""
    if _AROUND_NOW.search(text):
        return TimeConstraint(prefer_around=now.astimezone(UTC), prefer_within=_RECENT)
    for period in found:
        until = period.until or (now.astimezone(UTC) if period.deictic else None)
        if period.since and until:
            half = (until - period.since) / 2
            return TimeConstraint(
                prefer_around=min(period.since + half, now.astimezone(UTC)), prefer_within=half
            )
    return TimeConstraint()
