"""Pages that are no article but a list of others: tells them by their teasers, a title with hardly any text below it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from index.parsing.page_stories import (
    HEADINGS,
    STORY_TAGS,
    groups_alike,
    has_byline,
    heading_level,
    is_called_byline,
)
from index.text.calendar_names import read_names
from index.urls import resolve_link, same_site

# All judged, by pages written to be one or the other.
MIN_TEASERS = 4  # of a list
FEW_TEASERS = 3  # of a page that holds hardly anything else
MIN_FEW_SHARE = 0.9  # of the letters of its text
MIN_LED_SHARE = 0.8  # of neighbours built alike, that begin with a link of their own
MAX_MORE_WORDS = 4  # of a link below each teaser: "Read more", "Continue reading"
MAX_TEASER_WORDS = 90  # with title, date and label
MIN_TITLE_WORDS = 3  # of a link that is a teaser's title
MIN_LISTED_SHARE = 0.6  # of the letters of a list's text, that stand in its teasers
MAX_COMPARED_LINES = 500  # of a text, that are looked for in teasers
MAX_DATE_WORDS = 8  # of a line that is a date: "Updated Monday, 28 November 2026, 10:30"
TEASER_HEADINGS = frozenset({*HEADINGS[1:], "dt"})
TEASER_TAGS = STORY_TAGS | {"a", "tr", "p"}

# " – "
_NOT_LETTERS = re.compile(r"[\W_]+")
# A class with a number: "card-3"
_NUMBERED = re.compile(r"\S*\d\S*")
# What may be a day and its month: "28. November", "Nov. 28" (the words are groups)
_DAY_AND_MONTH = re.compile(
    r"\b\d{1,2}(?:\.|st|nd|rd|th)?\s+(?:de\s+)?([^\W\d_]{3,10})|([^\W\d_]{3,10})\.?\s+\d{1,2}\b"
)
# A day in numbers, an hour, or how long ago: "28.11.2026", "2026-11-28", "10:30", "3 hours ago", "vor 3 Stunden"
_TIME = re.compile(
    r"\b\d{1,4}([./-])\d{1,2}\1\d{2,4}\b|\b\d{1,2}:\d{2}\b|"
    r"\b\d{1,2}\s?(?:m|h|d|min|minutes?|hours?|days?)\sago\b|\b(?:vor|il y a|hace|há)\s\d"
)


def is_list_of_teasers(tree: HtmlElement, text: str, url: str) -> bool:
    """Return True if most of the `text` of the page at `url` stands in four or more teasers, or nearly all in three.

    They are headings that lead elsewhere, or have a date or the same link below them ("Read more"), with hardly any
    text up to the next heading, or neighbours built alike that are a link and a date, or begin with a link each.
    """
    lines = list(dict.fromkeys(map(_squeezed, text.split("\n"))))[:MAX_COMPARED_LINES]
    total = sum(map(len, lines))
    for teasers in _lists_of_teasers(tree, url):
        if len(teasers) < FEW_TEASERS:
            continue
        share = MIN_LISTED_SHARE if len(teasers) >= MIN_TEASERS else MIN_FEW_SHARE
        inside = " ".join(map(_squeezed, teasers))
        listed = sum(len(line) for line in lines if line in inside)
        if listed >= share * total:
            return True
    return False


@dataclass(slots=True)
class _Piece:
    """What stands between a heading and the next one."""

    is_linked: bool = False
    is_dated: bool = False
    texts: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(
        default_factory=list
    )  # label and target of those that lead elsewhere


def _lists_of_teasers(tree: HtmlElement, url: str) -> Iterator[list[str]]:
    """Yield the texts of the teasers of every list that may be one."""
    pieces = _headed_pieces(tree, url)
    continued = _label_of_all(pieces)
    texts = (
        " ".join(piece.texts)
        for piece in pieces
        if piece.is_linked or piece.is_dated or (continued and continued == _last_label(piece))
    )
    yield [text for text in texts if MIN_TITLE_WORDS <= len(text.split()) <= MAX_TEASER_WORDS]
    for group in groups_alike(tree, TEASER_TAGS, _class_without_numbers):
        yield [element.text_content() for element in group if _is_dated_link(element, url)]
        led = [element for element in group if _is_led_by_link(element, url)]
        if len(led) >= MIN_LED_SHARE * len(group):
            yield [element.text_content() for element in led]


def _label_of_all(pieces: list[_Piece]) -> str:
    """Return the short label of the last link in most pieces, each of which leads elsewhere; "" if there is none."""
    last = [piece.links[-1] for piece in pieces if piece.links]
    label, count = Counter(label for label, _ in last).most_common(1)[0] if last else ("", 0)
    targets = {target for text, target in last if text == label}
    is_shared = count >= FEW_TEASERS and 2 * count > len(pieces) and len(targets) == count
    return label if is_shared and len(label.split()) <= MAX_MORE_WORDS else ""


def _last_label(piece: _Piece) -> str:
    return piece.links[-1][0] if piece.links else ""


def _headed_pieces(tree: HtmlElement, url: str) -> list[_Piece]:
    """Return the pieces of a page between its headings, in order; what is before the first belongs to none."""
    pieces: list[_Piece] = []
    heading: HtmlElement | None = None
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start" and element.tag in TEASER_HEADINGS:
            heading = element
            pieces.append(_Piece(is_linked=_is_linked_heading(element, url)))
        elif event == "start" and element.tag == "h1":
            pieces.append(_Piece())
        elif event == "end" and element is heading:
            heading = None
        text = element.text if event == "start" else element.tail
        if not pieces:
            continue
        if element.tag == "a" and event == "end" and heading is None and _leads_elsewhere(element, url):
            pieces[-1].links.append((_squeezed_words(element), element.get("href")))
        if heading is None and event == "start":
            pieces[-1].is_dated |= element.tag == "time" or is_called_byline(element)
        if text and text.strip():
            pieces[-1].texts.append(text)
            pieces[-1].is_dated |= heading is None and _is_date(text)
    return pieces


def _is_linked_heading(heading: HtmlElement, url: str) -> bool:
    links = [*heading.iter("a"), *heading.iterancestors("a")]
    words = len(heading.text_content().split())
    return any(
        2 * len(link.text_content().split()) >= words and _leads_elsewhere(link, url) for link in links
    )


def _leads_elsewhere(link: HtmlElement, url: str) -> bool:
    """Return True for a link to another page of the same site."""
    target = (link.get("href") or "").strip()
    if not target or target.startswith("#"):
        return False
    return "//" not in target or same_site(url, resolve_link(target, url) or "")


def _is_dated_link(element: HtmlElement, url: str) -> bool:
    """Return True for an element without a heading that is a title, which is a link, a date, and hardly more."""
    if len(element.text_content().split()) > MAX_TEASER_WORDS or heading_level(element):
        return False
    has_title = any(
        len(link.text_content().split()) >= MIN_TITLE_WORDS and _leads_elsewhere(link, url)
        for link in element.iter("a")
    )
    return has_title and (has_byline(element) or any(map(_is_date, element.itertext())))


def _is_led_by_link(element: HtmlElement, url: str) -> bool:
    """Return True for a short element that begins with a title which is a link, or is one altogether."""
    words = _squeezed_words(element)
    if not MIN_TITLE_WORDS <= len(words.split()) <= MAX_TEASER_WORDS:
        return False
    link = next((link for link in element.iter("a") if link.text_content().strip()), None)
    if link is None or not _leads_elsewhere(link, url):
        return False
    title = _squeezed_words(link)
    return len(title.split()) >= MIN_TITLE_WORDS and words.startswith(title)


def _squeezed_words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _is_date(text: str) -> bool:
    """Return True for a short line that has a date or an hour in it."""
    if len(text.split()) > MAX_DATE_WORDS or not any(map(str.isdecimal, text)):
        return False
    months = (match[1] or match[2] for match in _DAY_AND_MONTH.finditer(text))
    return bool(_TIME.search(text)) or any(map(_is_month, months))


def _is_month(word: str) -> bool:
    names = read_names([word.lower()], needs_month=True)
    return names is not None and names.month is not None


def _class_without_numbers(element: HtmlElement) -> str:
    return _NUMBERED.sub("", element.get("class") or "").strip()


def _squeezed(text: str) -> str:
    """Return the letters and digits of a text: the rest differs between what was extracted and what a page holds."""
    return _NOT_LETTERS.sub("", text).casefold()
