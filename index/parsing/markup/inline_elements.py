"""Elements of a page that say something within its sentences: where they stand, and how they leave the tree.

Elements are only renamed here, and the two made-up names are taken out of the tree at once in the end, so that a
page of thousands of them is read in linear time.
"""

import re

from lxml import etree
from lxml.html import HtmlElement

DROPPED_TAG, WRITTEN_TAG = "verbatim-dropped", "verbatim-written"
BLOCK_TAGS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "figcaption", "figure"}
    | {"footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol"}
    | {"p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
MAX_STEPS_BACK = 20  # neighbours of an element that are asked for the text before it; judged

# "fn-ref_2" (its words)
_LETTERS = re.compile(r"[^\W\d_]+")
# Marks that close a phrase: " ,"
CLOSING_MARK = re.compile(r"[,.;:!?)\]”’»]")


def drop_inline(element: HtmlElement) -> None:
    """Mark an element as no part of the text; what stands around it is joined as if it had never been there."""
    if CLOSING_MARK.match(
        text_after(element)
    ):  # else "killed , four" would be left of "killed <s>eleven</s>, four"
        _strip_before(element)
    element.tag = DROPPED_TAG


def take_out(tree: HtmlElement) -> None:
    """Remove the elements that are marked, and the marks of those whose text stays."""
    etree.strip_elements(tree, DROPPED_TAG, with_tail=False)
    etree.strip_tags(tree, WRITTEN_TAG)


def write_out(element: HtmlElement, text: str | None) -> None:
    """Put `text` in the place of an element; nothing for "", what it holds for None."""
    if text == "":
        drop_inline(element)
        return
    if text is not None:
        for child in list(element):
            element.remove(child)
        element.text = text
    element.tag = WRITTEN_TAG


def class_words(element: HtmlElement) -> frozenset[str]:
    """Return the words in an element's class, id and role, in small letters: "fn-ref" has "fn" and "ref"."""
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    return frozenset(word.lower() for word in _LETTERS.findall(names))


def text_before(element: HtmlElement) -> str:
    """Return the text in front of an element in its paragraph, that of its nearest neighbour which has any."""
    for _ in range(MAX_STEPS_BACK):
        before = element.getprevious()
        if before is None:
            parent = element.getparent()
            if parent is None or parent.text or parent.tag in BLOCK_TAGS:
                return (parent.text if parent is not None else "") or ""
            element = parent
            continue
        if before.tail:
            return str(before.tail)
        if before.tag in BLOCK_TAGS or before.tag == "br":
            return ""
        text = "" if before.tag == DROPPED_TAG else "".join(before.itertext())
        if text:
            return text
        element = before
    return ""


def text_after(element: HtmlElement) -> str:
    """Return the text right behind an element, also where it ends the link or the like that it stands in."""
    while not element.tail and element.getnext() is None:
        parent = element.getparent()
        if parent is None or parent.tag in BLOCK_TAGS:
            return ""
        element = parent
    return element.tail or ""


def _strip_before(element: HtmlElement) -> None:
    """Take away the white space right before an element, also where it opens the link or the like that it stands in."""
    while element.getprevious() is None:
        parent = element.getparent()
        if parent is None:
            return
        parent.text = (parent.text or "").rstrip() or None
        if parent.text or parent.tag in BLOCK_TAGS:
            return
        element = parent
    before = element.getprevious()
    before.tail = (before.tail or "").rstrip() or None
