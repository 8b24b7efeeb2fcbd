"""The date that readers see beside a headline: in the byline, in no metadata."""

import re
from collections.abc import Iterator
from datetime import datetime

from lxml.html import HtmlElement

from index.text.dates import find_date, parse_date
from index.text.time_zones import DateHints
from index.text.word_lists import alternation, load_words

MAX_SEARCHED_ELEMENTS = 40  # that look like a byline; judged
MAX_BYLINE_LENGTH = 200  # characters; judged: a longer text is a paragraph
CONTAINER_TAGS = frozenset({"article", "main"})
# Parts of a page that are about other things than its article.
OTHER_TAGS = frozenset({"aside", "footer", "form", "nav", "script", "style"})

# "byline", "article-date", "publishedAt", "post_meta", "timestamp"
_BYLINE_NAME = re.compile(r"byline|date|time(?!line)|publish|posted|author|meta", re.IGNORECASE)
# "related-stories", "comments", "teaser", "copyright"
_OTHER_NAME = re.compile(
    r"comment|related|recommend|teaser|promo|sidebar|footer|copyright|card|most-?read|newsletter|update|modif",
    re.IGNORECASE,
)
# "© 2026", "Copyright 2019-2026"
_COPYRIGHT = re.compile(r"©|\(c\)|\bcopyright\b|\brights reserved\b", re.IGNORECASE)
_UPDATE = alternation(load_words("parsing/update_words"))
_PUBLICATION = alternation(load_words("parsing/publication_words"))
# "Updated on 28 Nov 2026, first", up to where it says when it was published
_UPDATED = re.compile(
    rf"\b{_UPDATE}\b.*?(?=\b{_PUBLICATION}\b|$)",
    re.IGNORECASE,
)


def byline_date(tree: HtmlElement, language: str = "") -> datetime | None:
    """Return the date that a parsed page shows near its headline, in UTC; None where it shows none.

    `language` is the page's, for names of months and the order of day and month. Without a headline there is
    no byline.
    """
    hints = DateHints(language)
    for number, element in enumerate(_byline_elements(tree)):
        if number >= MAX_SEARCHED_ELEMENTS:
            return None
        stated = parse_date(element.get("datetime"), hints=hints) if element.tag == "time" else None
        if moment := stated or _shown_date(element, hints):
            return moment
    return None


def _shown_date(element: HtmlElement, hints: DateHints) -> datetime | None:
    text = " ".join(element.text_content()[: 10 * MAX_BYLINE_LENGTH].split())
    if len(text) > MAX_BYLINE_LENGTH or _COPYRIGHT.search(text):
        return None
    return find_date(_UPDATED.sub(" ", text), hints) or find_date(text, hints)


def _byline_elements(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements that may be a byline: in what holds the headline, or else behind it, in their order."""
    headline = next(tree.iter("h1"), None)
    if headline is None:
        return
    container = next((one for one in headline.iterancestors() if one.tag in CONTAINER_TAGS), None)
    reached = container is not None
    for element in (tree if container is None else container).iter():
        reached = reached or element is headline
        if reached and isinstance(element.tag, str) and _is_byline(element) and not _is_elsewhere(element):
            yield element


def _is_byline(element: HtmlElement) -> bool:
    return element.tag == "time" or bool(_BYLINE_NAME.search(_name_of(element)))


def _is_elsewhere(element: HtmlElement) -> bool:
    """Return True for an element within a part of the page that is about something else."""
    parts = (element, *element.iterancestors())
    return any(part.tag in OTHER_TAGS or _OTHER_NAME.search(_name_of(part)) for part in parts[:-2])


def _name_of(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"
