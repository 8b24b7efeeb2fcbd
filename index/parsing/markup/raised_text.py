"""Raised and lowered text: exponents, isotopes and indices as Unicode writes them, the marks of notes as nothing."""

import re

from lxml.html import HtmlElement

from index.parsing.markup.inline_elements import class_words, text_before
from index.text.word_lists import load_words

MAX_MARK_LENGTH = 20  # characters of a superscript that may be a note or a number; judged
MAX_UNIT_LETTERS = 2  # of "m", "km", "ft", "mc": a longer word in front of a raised number has a note; judged
MAX_BASE_DIGITS = 3  # of a number that is raised to a power; a longer one is a year or a count; judged
MAX_NOTE_BRACKET = 25  # characters of "[citation needed]"; judged

_SUPERSCRIPTS = str.maketrans("0123456789+-−–=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ")
_SUBSCRIPTS = str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")
_RAISED_WORDS = {"TM": "™", "SM": "℠", "(R)": "®"}
_RAISED_CLASSES = frozenset({"sup", "superscript"})
_NOTE_WORDS = frozenset(
    {"footnote", "footnotes", "fn", "fnref", "noteref", "reference", "citation", "cite", "endnote", "note"}
    | {"ftn", "ftnref", "notes"}
)

# "fn-ref_2" (its words)
_LETTERS = re.compile(r"[^\W\d_]+")
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*super\b", re.IGNORECASE)
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
# Words of one or two letters that are no units.
_SHORT_WORDS = load_words("parsing/short_words")


def is_raised(element: HtmlElement) -> bool:
    """Return True for a superscript: by its tag, its class or its style."""
    return (
        element.tag == "sup"
        or not _RAISED_CLASSES.isdisjoint((element.get("class") or "").lower().split())
        or bool(_RAISED_STYLE.search(element.get("style") or ""))
    )


def is_note_link(element: HtmlElement) -> bool:
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


def raised_text(element: HtmlElement) -> str | None:
    """Return what to write for a superscript: "" for a note's mark, None for what it holds."""
    inner = "".join(element.itertext()).strip()
    before, after = text_before(element), element.tail or ""
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


def lowered_text(element: HtmlElement) -> str | None:
    """Return what to write for a subscript: Unicode's number where a number stands beside it, else what it holds."""
    inner = "".join(element.itertext()).strip()
    before, after = text_before(element)[-1:], (element.tail or "")[:1]
    if inner.isdigit() and (before.isdigit() or after.isdigit() or before in {"/", "⁄"}):
        return _scripted(inner, _SUBSCRIPTS)
    return None


def _scripted(text: str, table: dict[int, int]) -> str:
    """Return the characters of a number raised or lowered, or behind "^" where Unicode has none for them."""
    written = "".join(text.split()).translate(table)
    return f"^{text}" if any(character.isascii() for character in written) else written
