"""Find time expressions in a question ("last week", "since Monday") and resolve them to periods.

`TimeGrammar` reads the dates. Here are the ranges and prepositions around them, which of them say when and
which are part of a name, and which words look like a time and were not understood.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from index.articles import Span
from index.query.calendar_stretches import UNITS, Grain, Stretch, neighbour
from index.query.named_times import ATTACK_DAYS, LAST, NEXT, Kind, Reading
from index.query.numeric_dates import NoDate, read_date, read_day
from index.query.time_grammar import TimeGrammar
from index.query.time_tokens import (
    TimeToken,
    month_number,
    ordinal,
    tokenize,
    unit_name,
    weekday_number,
    year_number,
)
from index.text.word_lists import alternation, load_words

__all__ = ["Grain", "Period", "Times", "read_times"]

_MAX_PHRASES = 4  # of a question that are resolved; judged
_FILTERS_FROM = frozenset({"since", "before", "after", "until", "till", "prior to"})
_AT = frozenset({"on", "in", "during", "over", "within", "from", "throughout", "around", "through"})
_NO_FEAST = frozenset({"in", "within"})  # "in Pentecost" is on an island
_JOINTS = frozenset({"and", "to", "until", "till", "through", "-", "–", "—"})
_NEXT_DAYS = frozenset({"today", "yesterday", "tonight", "tomorrow"})
# "exactly a year ago", "about two weeks ago": no narrower or wider than without
_ABOUT = frozenset({"about", "around", "roughly", "nearly", "almost", "exactly", "just", "some", "only"})
# What stands before "a year ago" where an earlier time is meant (True), or a later one.
_LIMITS = (
    *(((word, "than"), True) for word in ("more", "longer")),
    (("over",), True),
    (("at", "least"), True),
    *(((word, "than"), False) for word in ("less", "fewer")),
    (("under",), False),
    (("at", "most"), False),
    (("not", "even"), False),
)
_WORD_AFTER = alternation(load_words("query/words_after_time"))
# What may follow a phrase that stands for itself. After anything else ("the 2024 election", "the January 6
# attack", "last week's storm", "Sunday Times") the time is part of a name or of a fact.
_FREE = re.compile(rf"\s*(?:$|[.,;:!?)\]]|{_WORD_AFTER}\b)", re.IGNORECASE)
_FEAST = alternation(load_words("query/unread_feasts")).replace("s\\ day", "['’]?s['’]?\\ day")
_UNREAD_FEAST = re.compile(
    rf"\b(?:at|on|during|over|since|before|after|until|till|around|throughout|by|last|this|next)\s+({_FEAST})(?!\w)",
    re.IGNORECASE,
)
_JOINED = re.compile(r"[\w’'/%$-]|\.\d")  # what joins a phrase to the word behind it: "2021-22", "week's"
# "the", "first time": a time behind it belongs to a noun or a record
_AFTER_NAME = re.compile(
    r"(?:\bthe|\b(?:first|last|only|best|worst|highest|lowest|biggest|largest) time)\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time that a phrase names: `since` inclusive, `until` exclusive, both aware UTC.

    `span` is the phrase in the text it was found in. `since` is None for "before ...", `until` for "since
    ...". `deictic` is True if the phrase counts from the reader's now ("last week"), which no name does.
    """

    span: Span
    since: datetime | None
    until: datetime | None
    grain: Grain
    deictic: bool

    @property
    def open_ended(self) -> bool:
        """Return True if only one side is bounded ("since Monday", "before 2023")."""
        return self.since is None or self.until is None


class Times(NamedTuple):
    """The periods that a text names, in order, and the phrases that look like a time and were not understood.

    `coming` are the periods that have not begun yet.
    """

    periods: list[Period]
    unread: list[Span]
    coming: list[Period]


class _Phrase(NamedTuple):
    """A date or range with its preposition: tokens `start` to `end`."""

    start: int
    end: int
    how: str
    is_range: bool
    reading: Reading


def read_times(text: str, now: datetime, *, day_first: bool | None = None, ahead: bool = False) -> Times:
    """Return the periods named in `text`, resolved against `now` (aware, in the reader's zone), and what is unread.

    Times that are part of a name are left out. `day_first` is the order of numbers in the reader's dates, None where
    it is not known. Where the text looks `ahead`, "on Friday" is the next one, else the last.
    """
    tokens = tokenize(text)
    grammar = TimeGrammar(tokens, now, day_first=day_first)
    phrases = list(_phrases(tokens, grammar, ahead=ahead))
    found: list[Period] = []
    unread: list[Span] = []
    for phrase in phrases:
        if not _stands_alone(phrase, tokens, text):
            continue
        if torn := _torn(phrase, tokens):
            unread.append(torn)
        elif period := _resolve(phrase, tokens):
            found.append(period)
    taken = [*(period.span for period in found), *unread]
    whole = [_span(tokens, phrase.start, phrase.end) for phrase in phrases]
    for span in [*_lookalikes(tokens, day_first=day_first), *_unread_feasts(text)]:
        within = any(other.start <= span.start and span.end <= other.end for other in whole)
        if not within and not _overlaps(span, taken):
            unread.append(span)
            taken.append(span)
    begun = [period for period in found if period.since is None or period.since <= now]
    coming = [period for period in found if period.since and period.since > now]
    return Times(begun[:_MAX_PHRASES], sorted(unread)[:_MAX_PHRASES], coming[:_MAX_PHRASES])


def _span(tokens: list[TimeToken], start: int, end: int) -> Span:
    return Span(tokens[start].span.start, tokens[end - 1].span.end)


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _phrases(tokens: list[TimeToken], grammar: TimeGrammar, *, ahead: bool) -> Iterator[_Phrase]:
    """Yield the dates and ranges of a text, each the longest at its place."""
    at = found = 0
    while at < len(tokens) and found < 2 * _MAX_PHRASES:
        phrase = _phrase_at(at, grammar, ahead=ahead)
        found += phrase is not None
        if phrase:
            yield phrase
        at = phrase.end if phrase else at + 1


def _phrase_at(start: int, grammar: TimeGrammar, *, ahead: bool) -> _Phrase | None:
    """Return what names a time from a place on; None for what lies beyond the ends of the calendar."""
    try:
        phrase = _dated(start, grammar) or (_in_so_long(start, grammar) if ahead else None)
        if phrase and ahead and not phrase.is_range:  # "on Friday" is the next one
            return phrase._replace(reading=grammar.next_of_name(phrase.reading))
    except (ValueError, OverflowError):
        return None
    return phrase


def _dated(start: int, grammar: TimeGrammar) -> _Phrase | None:
    """Return the date or range that begins at a place, with its preposition."""
    first = grammar.word(start)
    how, at = first if first in _FILTERS_FROM | _AT | {"between", "at"} else "", start
    if how in {"on", "in"} and grammar.word(at + 1) == "last":
        return None  # "what went on last month": what begins with "last" needs no preposition
    if limited := _limited_ago(start, grammar):
        return limited
    at += bool(how)
    if (how == "at" and not _is_feast(at, grammar)) or (how in _NO_FEAST and _is_feast(at, grammar)):
        return None
    if grammar.words(start, "prior", "to"):
        how, at = "prior to", start + 2
    if how not in _FILTERS_FROM and (ranged := _range(at, grammar, is_open=not how)):
        return _Phrase(start, ranged.end, how, is_range=True, reading=ranged)
    if how == "between":
        return None
    reading = grammar.date(at + (grammar.word(at) in _ABOUT and bool(grammar.amount(at + 1))))
    if reading is None or (reading.kind is Kind.BARE and _needs_more(at, how, grammar)):
        return None
    return _Phrase(start, reading.end, how, is_range=False, reading=reading)


def _is_feast(at: int, grammar: TimeGrammar) -> bool:
    return bool(grammar.feast_at(at + (grammar.word(at) in LAST | NEXT | {"this"})))


def _in_so_long(start: int, grammar: TimeGrammar) -> _Phrase | None:
    """Return "in two weeks", "by Friday" or "by 2030", which name a time only where the text looks ahead."""
    if grammar.word(start) == "in" and (amount := grammar.amount(start + 1)):
        return _Phrase(start, amount.end, "in", is_range=False, reading=grammar.after(amount))
    reading = grammar.date(start + 1) if grammar.word(start) == "by" else None
    return _Phrase(start, reading.end, "by", is_range=False, reading=reading) if reading else None


def _limited_ago(start: int, grammar: TimeGrammar) -> _Phrase | None:
    """Return "more than a year ago" or "less than two weeks ago", which lie on one side of a moment."""
    for words, is_longer in _LIMITS:
        at = start + len(words)
        amount = grammar.amount(at) if grammar.words(start, *words) else None
        if amount and grammar.word(amount.end) == "ago":
            reading = grammar.since(amount)
            how = "before" if is_longer else ""
            return _Phrase(start, amount.end + 1, how, is_range=False, reading=reading)
    return None


def _needs_more(at: int, how: str, grammar: TimeGrammar) -> bool:
    """Return True for a bare ordinal ("the 15th", "the third quarter") that nothing marks as a time."""
    behind_the = grammar.word(at + (grammar.word(at) == "the"))
    return ordinal(behind_the) is not None and not (how and grammar.word(at) == "the")


def _range(at: int, grammar: TimeGrammar, *, is_open: bool) -> Reading | None:
    """Return the range that begins at a place: "3 to 5 May 2024", "Monday and Wednesday", "last Friday to today".

    `is_open` says that no preposition opens it: then "and" joins two times, not the ends of one.
    """
    start = grammar.date(at)
    number = grammar.day_number(at + (grammar.word(at) == "the"))
    number = None if grammar.word(at + 2 + (grammar.word(at) == "the")) == "last" else number
    middle = start.end if start else at + 1 + (grammar.word(at) == "the")
    if (not start and not number) or grammar.word(middle) not in _JOINTS - ({"and"} if is_open else set()):
        return None
    end = grammar.date(middle + 1)
    if end is None and start and (day := grammar.day_number(middle + 1)):  # "November 3 to 5"
        last = neighbour(start.stretch, "day", day - start.stretch.start.day)
        end = Reading(last, middle + 2, start.kind) if start.stretch.grain is Grain.DAY else None
    if end is None or Kind.ROLLING in {end.kind, start.kind if start else None}:
        return None
    first = start.stretch if start else None
    if start is None and number and end.stretch.grain is Grain.DAY:
        first = neighbour(end.stretch, "day", number - end.stretch.start.day)
    elif start and start.within and _spells_year(end, middle + 1, grammar):
        year = end.stretch.start.replace(month=1, day=1)
        first = start.within(Stretch(year, year.replace(year=year.year + 1), Grain.YEAR)) or first
    if first is None:
        return None
    first = _before(first, end.stretch, is_weekday=bool(start and start.kind is Kind.BARE))
    return Reading(Stretch(first.start, end.stretch.end, end.stretch.grain), end.end, _joint_kind(start, end))


def _joint_kind(start: Reading | None, end: Reading) -> Kind:
    kinds = {end.kind, start.kind if start else end.kind}
    return Kind.NOW if kinds == {Kind.NOW} else Kind.DATE


def _spells_year(reading: Reading, start: int, grammar: TimeGrammar) -> bool:
    return any(year_number(grammar.word(at)) for at in range(start, reading.end))


def _before(first: Stretch, end: Stretch, *, is_weekday: bool) -> Stretch:
    """Return the beginning of a range, a week or a year earlier where it would lie behind the end."""
    if first.start < end.end:
        return first
    return neighbour(first, "week" if is_weekday and first.grain is Grain.DAY else "year", -1)


def _stands_alone(phrase: _Phrase, tokens: list[TimeToken], text: str) -> bool:
    """Return True if a phrase says when, False if it is part of a name or of a fact ("the 2024 election")."""
    span, kind = _span(tokens, phrase.start, phrase.end), phrase.reading.kind
    before = text[max(0, span.start - 40) : span.start]
    if not _FREE.match(text, span.end) or _JOINED.match(text, span.end) or _AFTER_NAME.search(before):
        return False
    if before[-1:] in {"-", "'", "’", "/"} or (phrase.is_range and phrase.how):
        return phrase.is_range and bool(phrase.how)
    if phrase.how or kind is Kind.ROLLING:
        return text[span.start : span.end].lower() not in {"before may", "in march"} or "March" in text
    written = tokens[phrase.start].written
    if written[:1].isupper() and re.search(
        r"\w\s+$" if kind is Kind.NOW and phrase.end == phrase.start + 1 else r"\b[A-Z]\w*\s+$", before
    ):
        return False  # "USA Today", "Black Friday"
    ends = not text[span.end :].strip(" .,;:!?)")
    is_weekday = weekday_number(tokens[phrase.start].word) is not None
    return kind is Kind.NOW or (ends and (kind is Kind.DATE or is_weekday))


def _torn(phrase: _Phrase, tokens: list[TimeToken]) -> Span | None:
    """Return the whole phrase where only a part of it was read: words of time stand on one of its sides."""
    start, end = phrase.start, phrase.end
    before = tokens[start - 1].word if start else ""
    behind, second, third, *_ = [*(one.word for one in tokens[end : end + 3]), "", "", ""]
    if not phrase.how and (before in {"ago", "time", *_NEXT_DAYS} or _counts(before) or _names_time(before)):
        start -= 1
        while start and (
            _counts(tokens[start - 1].word)
            or _names_time(tokens[start - 1].word)
            or tokens[start - 1].word == "this"
        ):
            start -= 1
    elif before == "of" and start > 1 and _names_time(tokens[start - 2].word) and not phrase.how:
        marked = start > 2 and (ordinal(tokens[start - 3].word) is not None)
        start -= 3 if marked else 0
    if behind == "ago" or _names_time(behind) or behind in _NEXT_DAYS:
        end += 1
    elif f"{behind} {second}" == "but one" and third in {"", "in", "on", "at", ",", "?"}:
        end += 2  # "last week but one"
    return _span(tokens, start, end) if (start, end) != (phrase.start, phrase.end) else None


def _counts(word: str) -> bool:
    return word.isdigit() or (ordinal(word) or 0) > 0


def _names_time(word: str) -> bool:
    return (
        weekday_number(word) is not None
        or (unit_name(word) in UNITS and word not in {"min", "mo", "half"})
        or (month_number(word) is not None and word not in {"may", "march", "mar"})
    )


def _resolve(phrase: _Phrase, tokens: list[TimeToken]) -> Period | None:
    """Return the period that a phrase names, in UTC; None for an empty one."""
    since, until = _bounds(phrase)
    if since and until and since >= until:
        return None
    reading = phrase.reading
    try:
        return Period(
            _span(tokens, phrase.start, phrase.end),
            since.astimezone(UTC) if since else None,
            until.astimezone(UTC) if until else None,
            reading.stretch.grain,
            not phrase.is_range and reading.kind in {Kind.NOW, Kind.ROLLING},
        )
    except (ValueError, OverflowError):  # the ends of the calendar
        return None


def _bounds(phrase: _Phrase) -> tuple[datetime | None, datetime | None]:
    """Return what a phrase's preposition leaves of its stretch, in the reader's zone."""
    stretch, kind = phrase.reading.stretch, phrase.reading.kind
    if phrase.is_range:
        return stretch.start, stretch.end
    if kind is Kind.ROLLING:
        return (None, stretch.start) if phrase.how == "before" else (stretch.start, None)
    match phrase.how:
        case "since":
            return stretch.start, None
        case "after":
            return stretch.earliest_end, None
        case "before" | "prior to":
            return None, stretch.latest_start
        case "until" | "till":
            return None, stretch.end
    return stretch.start, stretch.end


def _lookalikes(tokens: list[TimeToken], *, day_first: bool | None) -> Iterator[Span]:
    """Yield what looks like a time: numbers like a date that are none, "three Lents ago", "the last but one week"."""
    for at, token in enumerate(tokens):
        if token.word == "ago" and at:
            start = at - 1
            while start > max(0, at - 4) and not _counts(tokens[start].word) and tokens[start].word.isalpha():
                if tokens[start].word in {"a", "an", "two", "three", "four", "some", "many", "few"}:
                    break
                start -= 1
            yield _span(tokens, start, at + 1)
        elif read_date(token.word, day_first=day_first) is NoDate.UNREADABLE or (
            at and tokens[at - 1].word in {"on", "since"} and _may_be_two_days(token.word, day_first)
        ):
            yield token.span
        elif ordinal(token.word) is not None and at + 3 < len(tokens) and tokens[at + 2].word == "of":
            if _names_time(tokens[at + 1].word) and _is_date_word(tokens[at + 3].word):
                yield _span(tokens, at, at + 4)
        elif _counts(token.word) and (end := _behind_month(tokens, at + 1)):
            yield _span(tokens, at, end)


def _may_be_two_days(word: str, day_first: bool | None) -> bool:
    """Return True for "3/11", where nothing says which of the two is the month; not for "9/11"."""
    ways = [read_day(word, 2000, day_first=order) for order in (False, True)]
    days = {(day.month, day.day) for day in ways if not isinstance(day, NoDate)}
    return read_day(word, 2000, day_first=day_first) is NoDate.UNREADABLE and not days & ATTACK_DAYS


def _unread_feasts(text: str) -> Iterator[Span]:
    """Yield the feasts behind "at", "during", "last" whose days are not known here: "during Ramadan"."""
    for match in _UNREAD_FEAST.finditer(text):
        if _FREE.match(text, match.end()) and not _JOINED.match(text, match.end()):
            yield Span(match.start(1), match.end(1))


def _behind_month(tokens: list[TimeToken], at: int) -> int | None:
    """Return the place behind "February", "of February 2024"; None where no month stands."""
    words = [token.word for token in tokens[at : at + 3]] + ["", "", ""]
    of = words[0] == "of"
    return at + of + 1 + bool(year_number(words[of + 1])) if month_number(words[of]) else None


def _is_date_word(word: str) -> bool:
    return _names_time(word) or bool(year_number(word)) or bool(month_number(word)) or word in LAST
