"""Inline markup that carries meaning -> text: what is struck out, exponents, notes, quotations, formulas."""

import re

from lxml import etree
from lxml.etree import LxmlError
from lxml.html import HtmlElement, fragment_fromstring

from index.parsing.markup.inline_elements import (
    BLOCK_TAGS,
    CLOSING_MARK,
    WRITTEN_TAG,
    drop_inline,
    take_out,
    text_after,
    text_before,
    write_out,
)
from index.parsing.markup.raised_text import is_note_link, is_raised, lowered_text, raised_text

# The outer and inner marks of a language (CLDR 46, "delimiters"); of any other as in English.
QUOTATION_MARKS = {
    "en": "“”‘’",
    "de": "„“‚‘",
    "fr": "«»“”",
    "es": "«»“”",
    "pt": "“”‘’",
    "uk": "«»„“",
    "ru": "«»„“",
    "it": "«»“”",
    "pl": "„”«»",
}
# Elements that trafilatura leaves out, as bylines and forms have them.
_CONTROL_TAGS = frozenset({"time", "button", "label", "output"})
_SENTENCE_TAGS = frozenset({"p", "li", "blockquote", "dd", "td"})
MAX_CONTROL_LENGTH = 80  # characters of one that is a word or two of a sentence; judged
_STRUCK_TAGS = frozenset({"s", "del", "strike"})

# "line-through" (its words)
_LETTERS = re.compile(r"[^\W\d_]+")
# "<p>", "</a>"
_TAG = re.compile(r"<[^<>]{0,500}>")
# A tag that `write_out_markup` changes something for: "<s>", "<sup class='x'>"
MEANINGFUL_TAG = re.compile(r"<(?:s|del|strike|sup|sub|q|ruby|math)\b[^<>]{0,500}>", re.IGNORECASE)
# Classes of what is struck out, without marks: "strike", "textdecorationlinethrough", "struckout"
_STRUCK_NAME = re.compile(
    r"(?:^|text)(?:strike|struck|strikeout)$|linethrough$|(?:strike|struck)(?:through|out)"
)
# A class that holds only in some state or width, or takes the line away: "hover:line-through", "no-strike"
_CONDITIONAL_NAME = re.compile(r".*:|no(?:t|ne)?-")
# A style: "text-decoration: line-through"
_STRUCK_STYLE = re.compile(r"text-decoration[\w-]*\s*:[^;]*\bline-through\b", re.IGNORECASE)


def write_out_markup(tree: HtmlElement) -> None:
    """Change a page so that its text alone says what its inline markup says.

    What is struck out is no text; the number of a note is none either; a raised or lowered number becomes one
    of Unicode's, where it would otherwise join a number beside it; `<q>` gets its language's marks; readings
    of characters (`<rt>`) are left out. A word of a sentence stays one where it can be pressed, or is a moment.
    """
    _drop_struck_out(tree)
    _write_formulas(tree)
    for element in list(tree.iter(etree.Element)):
        if element.tag == "q":
            _write_quotation(element)
        elif element.tag == "sub":
            write_out(element, lowered_text(element))
        elif is_raised(element):
            write_out(element, raised_text(element))
        elif element.tag in {"rt", "rp"} or is_note_link(element):
            drop_inline(element)
        elif element.tag == "math" or (element.tag in _CONTROL_TAGS and _is_in_sentence(element)):
            element.tag = WRITTEN_TAG
    take_out(tree)


def text_of_html(fragment: str) -> str:
    """Return the text of a piece of HTML, what its inline markup says written out, each block on a line of its own."""
    if not MEANINGFUL_TAG.search(fragment):
        return _TAG.sub(" ", fragment)
    try:
        tree = fragment_fromstring(fragment.replace("\0", ""), create_parent="div")
    except (LxmlError, ValueError):
        return _TAG.sub(" ", fragment)
    write_out_markup(tree)
    for element in tree.iter(*BLOCK_TAGS, "br"):
        element.tail = f"\n{element.tail or ''}"
    return str(tree.text_content())


def _drop_struck_out(tree: HtmlElement) -> None:
    for element in list(tree.iter(etree.Element)):
        if (
            element.tag in _STRUCK_TAGS
            or _has_struck_class(element)
            or _STRUCK_STYLE.search(element.get("style") or "")
        ):
            drop_inline(element)
    take_out(tree)


def _has_struck_class(element: HtmlElement) -> bool:
    names = (element.get("class") or "").lower().split()
    stated = (name for name in names if not _CONDITIONAL_NAME.match(name))
    return any(_STRUCK_NAME.search("".join(_LETTERS.findall(name))) for name in stated)


def _write_formulas(tree: HtmlElement) -> None:
    """Write powers, indices and fractions of MathML as HTML would have them."""
    for script, tag in (("msup", "sup"), ("msub", "sub")):
        for element in tree.iter(script):
            if len(element) > 1:
                element[1].tag = tag
    for fraction in tree.iter("mfrac"):
        if len(fraction) > 1:
            fraction[0].tail = "/"
    for name in ("annotation", "annotation-xml"):
        for element in list(tree.iter(name)):
            drop_inline(element)


def _write_quotation(element: HtmlElement) -> None:
    outer = next((above for above in element.iterancestors() if above.get("lang")), element)
    language = (element.get("lang") or outer.get("lang") or "en")[:2].lower()
    marks = QUOTATION_MARKS.get(language, QUOTATION_MARKS["en"])
    nested = element.get("data-depth") == "inner"
    opening, closing = (marks[2], marks[3]) if nested else (marks[0], marks[1])
    for inner in element.iter("q"):
        if inner is not element:
            inner.set("data-depth", "outer" if nested else "inner")
    text = "".join(element.itertext()).strip()
    has_marks = text[:1] in {*"\"“„«‘‚'"} or text_before(element)[-1:] in {*'"“„«‘‚'}
    if text and not has_marks:
        space = "\u00a0" if language == "fr" and opening == "«" else ""
        element.text = f"{opening}{space}{(element.text or '').lstrip()}"
        _append(element, f"{space}{closing}")
    element.tag = WRITTEN_TAG


def _is_in_sentence(element: HtmlElement) -> bool:
    """Return True if a sentence goes on behind an element: in small letters, or with a mark."""
    block = next((above for above in element.iterancestors() if above.tag in BLOCK_TAGS), None)
    if block is None or block.tag not in _SENTENCE_TAGS:
        return False
    rest = text_after(element).lstrip()
    goes_on = bool(CLOSING_MARK.match(rest)) or (rest[:1].isalpha() and not rest[:1].isupper())
    return goes_on and 0 < len("".join(element.itertext()).strip()) <= MAX_CONTROL_LENGTH


def _append(element: HtmlElement, text: str) -> None:
    if len(element):
        last = element[-1]
        last.tail = (last.tail or "").rstrip() + text
    else:
        element.text = (element.text or "").rstrip() + text
