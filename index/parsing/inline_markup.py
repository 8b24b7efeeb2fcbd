"""Inline markup that carries meaning -> text: what is struck out, exponents, notes, quotations, formulas.

Elements are only renamed here, and the two made-up names are taken out of the tree at once in the end, so that a
page of thousands of them is read in linear time.
"""

import re

from lxml import etree
from lxml.etree import LxmlError
from lxml.html import HtmlElement, fragment_fromstring

from index.text.word_lists import load_words

DROPPED_TAG, WRITTEN_TAG = "verbatim-dropped", "verbatim-written"
BLOCK_TAGS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "figcaption", "figure"}
    | {"footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol"}
    | {"p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
MAX_STEPS_BACK = 20  # neighbours of an element that are asked for the text before it; judged
MAX_MARK_LENGTH = 20  # characters of a superscript that may be a note or a number; judged
MAX_UNIT_LETTERS = 2  # of "m", "km", "ft", "mc": a longer word in front of a raised number has a note; judged
MAX_BASE_DIGITS = 3  # of a number that is raised to a power; a longer one is a year or a count; judged
MAX_NOTE_BRACKET = 25  # characters of "[citation needed]"; judged

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
_SUPERSCRIPTS = str.maketrans("0123456789+-−–=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ")
_SUBSCRIPTS = str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")
_RAISED_WORDS = {"TM": "™", "SM": "℠", "(R)": "®"}
_STRUCK_TAGS = frozenset({"s", "del", "strike"})
_RAISED_CLASSES = frozenset({"sup", "superscript"})
_NOTE_WORDS = frozenset(
    {"footnote", "footnotes", "fn", "fnref", "noteref", "reference", "citation", "cite", "endnote", "note"}
    | {"ftn", "ftnref", "notes"}
)

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
# Styles: "text-decoration: line-through", "vertical-align:super"
_STRUCK_STYLE = re.compile(r"text-decoration[\w-]*\s*:[^;]*\bline-through\b", re.IGNORECASE)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*super\b", re.IGNORECASE)
# "fn-ref_2" (its words)
_LETTERS = re.compile(r"[^\W\d_]+")
# Notes' marks: "[12]", "(a)", "*", "†", "1, 2", "3–5"
_NOTE_MARK = re.compile(r"[\[(].*[\])]|[*†‡§¶#]+|\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*")
# The same in letters, behind a mark: "a", "iv"
_NOTE_LETTERS = re.compile(r"[A-Za-z]|[ivx]{1,5}")
# What only a number has that is raised: "-6", "2+", "n-1", "3/2"
_SIGNED = re.compile(r"[+−–-]\s?[\dn]+|\d*[+−–-]|n\s?[+−–-]\s?\d+|\d+[/.]\d+")
# The number before it: "10", "6.02", of "1,200" and "2019" too much
_BASE = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?$")
# The one number that is raised across a blank: "10 "
_SPACED_TEN = re.compile(r"(?<![\w.,])10\s$")
# A word before it, with the number that it counts: "km", "5 in"
_UNIT = re.compile(r"(?P<number>\d[\s\u00a0]?)?(?<![^\W\d_])(?P<unit>[^\W\d_]+)$")
# A formula in brackets: "(a+b)"; a word of three letters would make it speech
_FORMULA = re.compile(r"\((?:(?![^\W\d_]{3})[^()]){1,20}\)$")
# The element of which a raised number before it tells the isotope: "U", "Cs"
_CHEMICAL_SYMBOL = re.compile(r"[A-Z][a-z]?(?![a-z])")
# Marks that close a phrase: " ,"
_CLOSING_MARK = re.compile(r"[,.;:!?)\]”’»]")
# Words of one or two letters that are no units.
_SHORT_WORDS = load_words("parsing/short_words")


def write_out_markup(tree: HtmlElement) -> None:
    """Change a page so that its text alone says what its inline markup says.

    What is struck out is no text; the number of a note is none either; a raised or lowered number becomes one
    of Unicode's, where it would otherwise join a number beside it; `<q>` gets its language's marks; readings
    of characters (`<rt>`) are left out.
    """
    _drop_struck_out(tree)
    _write_formulas(tree)
    for element in list(tree.iter(etree.Element)):
        if element.tag == "q":
            _write_quotation(element)
        elif element.tag == "sub":
            _write(element, _lowered(element))
        elif _is_raised(element):
            _write(element, _raised(element))
        elif element.tag in {"rt", "rp"} or _is_note_link(element):
            drop_inline(element)
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


def drop_inline(element: HtmlElement) -> None:
    """Mark an element as no part of the text; what stands around it is joined as if it had never been there."""
    if _CLOSING_MARK.match(
        _text_after(element)
    ):  # else "killed , four" would be left of "killed <s>eleven</s>, four"
        _strip_before(element)
    element.tag = DROPPED_TAG


def take_out(tree: HtmlElement) -> None:
    """Remove the elements that are marked, and the marks of those whose text stays."""
    etree.strip_elements(tree, DROPPED_TAG, with_tail=False)
    etree.strip_tags(tree, WRITTEN_TAG)


def class_words(element: HtmlElement) -> frozenset[str]:
    """Return the words in an element's class, id and role, in small letters: "fn-ref" has "fn" and "ref"."""
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    return frozenset(word.lower() for word in _LETTERS.findall(names))


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
    has_marks = text[:1] in {*"\"“„«‘‚'"} or _text_before(element)[-1:] in {*'"“„«‘‚'}
    if text and not has_marks:
        space = "\u00a0" if language == "fr" and opening == "«" else ""
        element.text = f"{opening}{space}{(element.text or '').lstrip()}"
        _append(element, f"{space}{closing}")
    element.tag = WRITTEN_TAG


def _append(element: HtmlElement, text: str) -> None:
    if len(element):
        last = element[-1]
        last.tail = (last.tail or "").rstrip() + text
    else:
        element.text = (element.text or "").rstrip() + text


def _write(element: HtmlElement, text: str | None) -> None:
    """Put `text` in the place of an element; nothing for "", what it holds for None."""
    if text == "":
        drop_inline(element)
        return
    if text is not None:
        for child in list(element):
            element.remove(child)
        element.text = text
    element.tag = WRITTEN_TAG


def _is_raised(element: HtmlElement) -> bool:
    return (
        element.tag == "sup"
        or not _RAISED_CLASSES.isdisjoint((element.get("class") or "").lower().split())
        or bool(_RAISED_STYLE.search(element.get("style") or ""))
    )


def _is_note_link(element: HtmlElement) -> bool:
    """Return True for a link to a note: of DPUB-ARIA's role, or a number whose class calls it one."""
    address = element.get("href") or ""
    if element.tag != "a" or "#" not in address:
        return False
    if element.get("role") == "doc-noteref":
        return True
    text = "".join(element.itertext()).strip()
    target = _LETTERS.findall(address.rpartition("#")[2].lower())
    is_called_note = not _NOTE_WORDS.isdisjoint(class_words(element).union(target))
    return is_called_note and len(text) <= MAX_MARK_LENGTH and bool(_NOTE_MARK.fullmatch(text))


def _raised(element: HtmlElement) -> str | None:
    """Return what to write for a superscript: "" for a note's mark, None for what it holds."""
    inner = "".join(element.itertext()).strip()
    before, after = _text_before(element), element.tail or ""
    if len(inner) > MAX_NOTE_BRACKET:
        return None
    if not inner or _is_note(element, inner):
        return ""
    if _SIGNED.fullmatch(inner) and before[-1:].isalnum():
        return _scripted(inner, _SUPERSCRIPTS)
    if inner.isdigit():
        return _scripted(inner, _SUPERSCRIPTS) if _is_power(before, inner, after) else ""
    if inner in {"n", "i"} and (before[-1:].isdigit() or _is_unit(before)):
        return _scripted(inner, _SUPERSCRIPTS)
    if _NOTE_MARK.fullmatch(inner):
        return ""
    if _NOTE_LETTERS.fullmatch(inner) and before[-1:] in {*".,;:!?”’)"}:
        return ""
    return _RAISED_WORDS.get(inner)


def _is_note(element: HtmlElement, inner: str) -> bool:
    """Return True if markup says that a superscript is a note's mark: a link of its own, or what it is called."""
    if len(inner) > MAX_MARK_LENGTH and not inner.startswith("["):
        return False
    parent = element.getparent()
    has_link = element.find(".//a") is not None or element.tag == "a"
    is_linked = parent is not None and parent.tag == "a" and "".join(parent.itertext()).strip() == inner
    return has_link or is_linked or not _NOTE_WORDS.isdisjoint(class_words(element))


def _is_power(before: str, inner: str, after: str) -> bool:
    """Return True if a raised number is an exponent, a fraction's or an isotope's number, not a note's."""
    if after[:1] in {"/", "⁄"} or _SPACED_TEN.search(before):
        return True
    last = before[-1:]
    if last.isdigit():
        base = _BASE.search(before[-MAX_MARK_LENGTH:])
        return base is not None and sum(map(str.isdigit, base[0])) <= MAX_BASE_DIGITS
    if last.isalpha():
        return _is_unit(before)
    if last == ")":
        return bool(_FORMULA.search(before[-MAX_MARK_LENGTH:]))
    symbol = _CHEMICAL_SYMBOL.match(after)
    is_first = not last or last.isspace() or last in {"-", "‑", "("}
    return symbol is not None and (len(inner) > 1 or symbol[0] in {"H", "He"}) and is_first


def _is_unit(before: str) -> bool:
    """Return True if a text ends with what is raised to powers: a unit or a variable."""
    found = _UNIT.search(before[-MAX_MARK_LENGTH:])
    if found is None or len(found["unit"]) > MAX_UNIT_LETTERS:
        return False
    unit: str = found["unit"]
    is_initials = len(unit) > 1 and unit.isupper()
    is_word = unit.lower() in _SHORT_WORDS or is_initials or not unit.isascii()
    return bool(found["number"]) or not is_word or (len(unit) == 1 and unit not in {"a", "I"})


def _lowered(element: HtmlElement) -> str | None:
    """Return what to write for a subscript: Unicode's number where a number stands beside it, else what it holds."""
    inner = "".join(element.itertext()).strip()
    before, after = _text_before(element)[-1:], (element.tail or "")[:1]
    if inner.isdigit() and (before.isdigit() or after.isdigit() or before in {"/", "⁄"}):
        return _scripted(inner, _SUBSCRIPTS)
    return None


def _scripted(text: str, table: dict[int, int]) -> str:
    """Return the characters of a number raised or lowered, or behind "^" where Unicode has none for them."""
    written = "".join(text.split()).translate(table)
    return f"^{text}" if any(character.isascii() for character in written) else written


def _text_before(element: HtmlElement) -> str:
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


def _text_after(element: HtmlElement) -> str:
    """Return the text right behind an element, also where it ends the link or the like that it stands in."""
    while not element.tail and element.getnext() is None:
        parent = element.getparent()
        if parent is None or parent.tag in BLOCK_TAGS:
            return ""
        element = parent
    return element.tail or ""


def _strip_before(element: HtmlElement) -> None:
    """Take away the white space right before an element."""
    before = element.getprevious()
    parent = element.getparent()
    if before is not None:
        before.tail = (before.tail or "").rstrip() or None
    elif parent is not None:
        parent.text = (parent.text or "").rstrip() or None
