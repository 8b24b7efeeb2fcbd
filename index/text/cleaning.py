"""Whatever arrives -> the text, titles and dates that are stored. Nothing is changed after this."""

import re
from datetime import UTC, datetime, time, timedelta
from email.utils import parsedate_to_datetime

from index.articles import Article, Kind
from index.errors import RefusedArticle, VerbatimError
from index.text.language_id import language_of
from index.urls import canonical_url

LONGEST_TEXT = 1_000_000  # characters; a long novel's worth, far above any news article
LONGEST_LINE = 500  # characters of a title, an outlet or an author that are kept
EARLIEST = datetime(1600, 1, 1, tzinfo=UTC)  # the first newspapers
# A clock at zero, or seconds taken for milliseconds, says 1970; no date at all is more honest.
UNSET = (datetime(1969, 12, 31, tzinfo=UTC), datetime(1971, 1, 1, tzinfo=UTC))
AHEAD = timedelta(days=2)  # how far in the future a date may lie: time zones and fast clocks

_BREAKS = re.compile("[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Controls, lone surrogates, non-characters, and marks no reader sees that part words or turn their order.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_DAY = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_RFC_5322 = re.compile(
    r"(?:[A-Za-z]{3,9}, *)?\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4} +\d{1,2}:\d\d(?::\d\d)?(?: +(?:[+-]\d{4}|[A-Z]{1,5}))?"
)
_BLANKS = re.compile("[\t\xa0\u2000-\u200a\u202f\u205f\u3000]")


def clean_text(text: str) -> str:
    """Return `text` as it is stored: line feeds, single spaces, no unseen marks, at most one blank line.

    Applying it again changes nothing, and the result can always be encoded as UTF-8.
    """
    text = _UNSEEN.sub("", _BREAKS.sub("\n", text.replace("\r\n", "\n")))
    text = _shrink(_BLANKS.sub(" ", text), "  ", " ")
    text = text.replace(" \n", "\n").replace("\n ", "\n")
    return _shrink(text, "\n\n\n", "\n\n").strip()


def _shrink(text: str, many: str, few: str) -> str:
    # Plain replacing is four times as fast as a pattern, and each round shortens every run by a third or more.
    while many in text:
        text = text.replace(many, few)
    return text


def clean_line(text: str | None, longest: int = LONGEST_LINE) -> str:
    """Return `text` as one line of at most `longest` characters; the empty string when there is nothing."""
    line = " ".join(clean_text((text or "")[: 8 * longest]).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def read_date(text: str | None, now: datetime | None = None) -> datetime | None:
    """Read a machine's date: ISO 8601, `2020/07/02`, or RFC 5322; aware UTC, or None when it says none.

    A bare day is noon UTC (see `Article`), so is midnight without a zone: that is how machines write a day.
    A time without a zone is taken for UTC. Dates that cannot be true (1970, far future) are None.
    """
    text = (text or "").strip()[:100]
    moment = _iso(text) or _mail(text)
    return plausible(moment, now) if moment else None


def plausible(moment: datetime, now: datetime | None = None) -> datetime | None:
    """Return `moment` in UTC when an article can have been published then, else None."""
    latest = (now or datetime.now(UTC)) + AHEAD
    try:
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return None
    unset = UNSET[0] <= moment < UNSET[1]
    return moment if EARLIEST <= moment <= latest and not unset else None


def written_date(text: str | None) -> datetime | None:
    """Read the date a row states: a machine's, or in English words ("November 11, 2024"); None when it is none."""
    return read_date(text) or (_in_words(text, ["absolute-time"]) if text and text.strip() else None)


def asked_date(text: str) -> datetime:
    """Read a date a person typed ("11 Nov 2024", "2024-11-11"), or raise `VerbatimError`."""
    moment = read_date(text) or _in_words(text, ["absolute-time", "relative-time"])
    if moment is None:
        raise VerbatimError(f"I cannot read “{clean_line(text, 60)}” as a date. Write it like 2024-11-30.")
    return moment


def make_article(
    *,
    url: str,
    text: str,
    title: str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    published: datetime | None = None,
    language: str | None = None,
    kind: Kind = Kind.STORY,
    modified: datetime | None = None,
    image: str | None = None,
) -> Article:
    """Build an article out of raw parts, cleaned; the only way in.

    A missing title is the text's first line, a missing outlet the host of `url`.
    Raises `RefusedArticle` when there is no text, or too much, or when `url` is no address.
    """
    if len(text) > LONGEST_TEXT:
        raise RefusedArticle(f"its text is longer than {LONGEST_TEXT:,} characters: split it up")
    text = clean_text(text)
    if not any(character.isalnum() for character in text):
        raise RefusedArticle("it has no text")
    url = canonical_url(url)
    return Article(
        url=url,
        outlet=clean_line(outlet, 120) or outlet_of(url),
        title=clean_line(title) or clean_line(text.partition("\n")[0], 120),
        text=text,
        author=clean_line(author) or None,
        published=plausible(published) if published else None,
        language=language or language_of(text),
        kind=kind,
        modified=plausible(modified) if modified else None,
        image=image,
    )


def outlet_of(url: str) -> str:
    """Name the outlet of an address when nothing better is known: its host, or "Local file"."""
    host = re.match(r"https?://(?:www\.)?([^/:?#]+)", url)
    return host[1] if host else "Local file"


def _padded(day: re.Match[str]) -> str:
    return f"{day[1]}-{day[2]:0>2}-{day[3]:0>2}"


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(_DAY.sub(_padded, text))
    except ValueError:
        return None
    return _at_noon(moment)


def _at_noon(moment: datetime) -> datetime:
    """Return a bare day's noon; every other moment as it is."""
    bare = moment.tzinfo is None and moment.time() == time()
    return moment.replace(hour=12) if bare else moment


def _mail(text: str) -> datetime | None:
    if not _RFC_5322.fullmatch(text):
        return None  # the standard library would read "November 11, 2024 6:00 PM" as six in the morning
    try:
        return parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None


def _in_words(text: str, parsers: list[str]) -> datetime | None:
    # Loading dateparser takes half a second, and few dates are in words.
    from dateparser import parse

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": parsers, "TIMEZONE": "UTC"}
    found = parse(text[:100], languages=["en"], settings=settings)
    return plausible(_at_noon(found)) if found else None
