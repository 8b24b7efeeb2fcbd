"""The entries of a live blog on a page: each has a stamp, and a byline that is its own and not the article's."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from index.parsing.markup.inline_elements import BLOCK_TAGS, class_words
from index.parsing.page_stories import is_byline_text

MIN_ENTRIES = 2  # judged: one more byline than a page's own may be that of a teaser
MIN_ENTRY_WORDS = 15  # of an entry with its stamp and its byline; judged: with fewer it is a line of a header
MAX_PARTS = 200  # elements of an entry that are read for its words; judged
MAX_STAMP_LENGTH = 60  # characters; judged: a longer text with an hour in it is a sentence
BYLINE_WORDS = frozenset({"author", "authors", "byline", "contributor", "reporter", "writer", "journalist"})

# An hour, or how long ago: "9:29 am", "14.05 Uhr", "9h30", "12 min ago", "3h ago", "vor 5 Minuten", "il y a 2 h"
_STAMP = re.compile(
    r"\b(?:[01]?\d|2[0-3])(?:[:.]|\s?[hH]\s?)[0-5]\d\b|\b\d{1,2}\s?[ap]\.?m\b|"
    r"\b\d{1,3}\s?(?:s|m|h|min|mins|secs?|seconds?|minutes?|hrs?|hours?)\s(?:ago|atrás)\b|"
    r"\b(?:just\snow|vor|il\sy\sa|hace|há)\s\d",
    re.IGNORECASE,
)
_HOUR_OF_TIME = re.compile(r"[T\s]\d{2}:\d{2}")  # in the attribute of a `<time>`: "2026-05-03T10:05Z"


def live_entries(tree: HtmlElement) -> list[HtmlElement]:
    """Return the elements of a page that are entries of a live blog, or the lines above them where they lie bare.

    Entries are neighbours, alike in tag and class or without elements of their own, that each have a stamp with an
    hour, a byline and text. What holds the page's headline is none. Comments are built so, too: who wrote them did
    not write the article either.
    """
    bylines, stamps = _with_ancestors(_bylines(tree)), _with_ancestors(_stamps(tree))
    headline = _with_ancestors(tree.iter("h1"))
    signed = bylines & stamps
    found = []
    for parent in dict.fromkeys(one.getparent() for one in bylines):
        if parent is None:
            continue
        wrapped = [
            child for child in parent if child in signed and child not in headline and _is_prose(child)
        ]
        bare = _headers(parent, bylines, stamps, headline)
        groups = [*_alike(wrapped), bare]
        found += [one for group in groups if len(group) >= MIN_ENTRIES for part in group for one in part]
    return found


def _alike(elements: Iterable[HtmlElement]) -> list[list[list[HtmlElement]]]:
    """Return the groups of elements that have the same tag and first class, each element as a list of its own."""
    groups: dict[tuple[str, str], list[list[HtmlElement]]] = defaultdict(list)
    for element in elements:
        first = next(iter((element.get("class") or "").split()), "")
        groups[(element.tag, re.sub(r"\d+", "", first))].append([element])
    return list(groups.values())


def _headers(
    parent: HtmlElement, bylines: set[HtmlElement], stamps: set[HtmlElement], headline: set[HtmlElement]
) -> list[list[HtmlElement]]:
    """Return, for each entry that lies bare among its neighbours, the lines before its text with stamp and byline."""
    headers: list[list[HtmlElement]] = []
    lines: list[HtmlElement] = []
    for child in parent.iterchildren(etree.Element):
        if child in headline:
            lines = []
        elif not _is_prose(child):
            lines.append(child)
        else:
            if not bylines.isdisjoint(lines) and not stamps.isdisjoint(lines):
                headers.append(lines)
            lines = []
    return headers


def _bylines(tree: HtmlElement) -> Iterator[HtmlElement]:
    for element in tree.iter(etree.Element):
        is_named = (
            element.get("rel") == "author"
            or "author" in (element.get("itemprop") or "")
            or not BYLINE_WORDS.isdisjoint(class_words(element))
        )
        is_line = element.tag in BLOCK_TAGS and is_byline_text(element.text or "")
        if (is_named or is_line) and not _is_prose(element):
            yield element


def _stamps(tree: HtmlElement) -> Iterator[HtmlElement]:
    for element in tree.iter(etree.Element):
        texts = (element.text, *(child.tail for child in element))
        stated = element.get("datetime") or "" if element.tag == "time" else ""
        if _HOUR_OF_TIME.search(stated) or any(map(_is_stamp, texts)):
            yield element


def _is_stamp(text: str | None) -> bool:
    return text is not None and len(text.strip()) <= MAX_STAMP_LENGTH and bool(_STAMP.search(text))


def _with_ancestors(elements: Iterable[HtmlElement]) -> set[HtmlElement]:
    """Return elements and all that hold one of them."""
    found: set[HtmlElement] = set()
    for element in elements:
        for one in (element, *element.iterancestors()):
            if one in found:
                break
            found.add(one)
    return found


def _is_prose(element: HtmlElement) -> bool:
    """Return True for an element of MIN_ENTRY_WORDS words or more; no more of it is read than that takes."""
    words = 0
    for part in islice(element.iter(etree.Element), MAX_PARTS):
        tail = part.tail if part is not element else ""
        words += sum(len(text.split(None, MIN_ENTRY_WORDS)) for text in (part.text, tail) if text)
        if words >= MIN_ENTRY_WORDS:
            return True
    return False
