"""Takes out of a page what nobody reads in it: text for screen readers, hidden text, advertisements in sentences."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from index.parsing.markup.inline_elements import BLOCK_TAGS, drop_inline, take_out
from index.text.word_lists import alternation, load_words

MAX_STYLE_LENGTH = 500_000  # characters of style sheets that are read; judged
MAX_UNSEEN_SHARE = (
    0.3  # of a page's text; judged: what is hidden beyond it is opened by a script, and is the page
)
MAX_LABEL_LENGTH = 80  # characters; judged: a longer text is no label
MAX_LABEL_TEXTS = 8  # pieces of text that a label has; judged
MAX_AD_SHARE = 0.5  # of its paragraph's text; judged: a longer one is the paragraph
UNSEEN_TAGS = frozenset(
    {"style", "template", "svg", "iframe", "object", "canvas", "audio", "video", "datalist", "noframes"}
)
AD_LABELS = load_words("parsing/advertisement_labels")
AD_WORDS = load_words("parsing/advertisement_words")
SCREEN_READER_LABELS = load_words("parsing/screen_reader_labels")
# Classes of frameworks for what is not displayed (Bootstrap, Tailwind); beside one for some widths it is.
HIDING_CLASSES = frozenset({"hidden", "is-hidden", "d-none", "hide", "u-hidden", "invisible"})
# What follows a paragraph's text and is no more of it.
NOT_INLINE_TAGS = BLOCK_TAGS | UNSEEN_TAGS | {"script", "noscript", "br", "button", "input", "details"}
LABEL_TAGS = frozenset({"span", "small", "div", "aside", "ins", "section"})
INLINE_LABEL_TAGS = frozenset({"span", "small", "i", "sup"})
PARAGRAPH_TAGS = frozenset({"p", "li", "dd", "blockquote", "td", "figcaption", "h1", "h2", "h3", "h4"})

_UNSEEN_NAME = re.compile(alternation(load_words("parsing/unseen_class_names")))
# A style that hides: "position:absolute; left:-9999px", "display: none", "clip: rect(1px, 1px, 1px, 1px)", "font-size:0"
_HIDING_STYLE = re.compile(
    r"(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|em)?\s*(?:;|$|!)|"
    r"opacity\s*:\s*0?\.?0+\s*(?:;|$|!)|clip\s*:\s*rect|clip-path\s*:\s*inset\(\s*(?:50|100)%|"
    r"(?:left|right|top|text-indent|margin-left)\s*:\s*-\d{3,5}(?:px|em|rem))",
    re.IGNORECASE,
)
_STRIKING_STYLE = re.compile(r"text-decoration[\w-]*\s*:[^;]*\bline-through\b", re.IGNORECASE)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# A rule of a style sheet, or what opens or closes a group of them: "@media print{", ".a, .b{display:none}", "}"
_CSS_PART = re.compile(r"([^{}]*)([{}])")
# A selector that is one class: ".visually-hidden", "span.note"
_CLASS_SELECTOR = re.compile(r"\s*[a-z0-9]*\.([\w-]+)\s*", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[\W_]+")
# Attributes of advertisements: "data-ad", "data-ad-slot", "data-google-query-id"
_AD_ATTRIBUTE = re.compile(r"data-(?:ads?|advert|adslot|adunit|google-query|freestar)(?:-|$)")
# A camel case's inner capital: "topAdSlot" (before "A" and "S")
_INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def remove_unseen_text(tree: HtmlElement) -> None:
    """Remove from a page what its readers do not see, and the advertisements inside its paragraphs.

    The page's own style sheets count, except for rules that hold only for some media. A hidden element that
    holds much of the page stays: a script shows it. What an advertisement tore apart is joined.
    """
    hiding, striking = _style_classes(tree)
    total = len(tree.text_content())
    lengths: dict[HtmlElement, int] = {}  # of paragraphs, which may hold thousands of elements
    for element in list(tree.iter(etree.Element)):
        if element.tag in UNSEEN_TAGS or _is_for_screen_readers(element):
            _remove(element)
        elif _is_hidden(element, hiding):
            if len(element.text_content()) <= MAX_UNSEEN_SHARE * total or not _holds_blocks(element):
                _remove(element)
        elif not striking.isdisjoint((element.get("class") or "").split()):
            element.tag = "del" if element.tag not in BLOCK_TAGS else element.tag
            element.set("style", "text-decoration: line-through")
        elif _is_inner_ad(element, lengths):
            _remove(element)
    take_out(tree)


def _remove(element: HtmlElement) -> None:
    """Take an element out; the two parts of a paragraph that it parted become one."""
    before = element.getprevious()
    if before is None or not _parts_a_paragraph(element):
        drop_inline(element)
        return
    tail = element.tail or ""
    rest = list(_inline_siblings_after(element))
    if len(before):
        before[-1].tail = f"{before[-1].tail or ''} {tail.lstrip()}"
    else:
        before.text = f"{before.text or ''} {tail.lstrip()}"
    element.tail = None
    for sibling in rest:
        before.append(sibling)
    drop_inline(element)


def _inline_siblings_after(element: HtmlElement) -> Iterator[HtmlElement]:
    for sibling in element.itersiblings():
        if sibling.tag in BLOCK_TAGS:
            return
        yield sibling


def _holds_blocks(element: HtmlElement) -> bool:
    return element.tag in BLOCK_TAGS or any(inner.tag in BLOCK_TAGS for inner in element.iter(etree.Element))


def _is_for_screen_readers(element: HtmlElement) -> bool:
    if element.get("role") == "tooltip" or _is_label(element, INLINE_LABEL_TAGS, SCREEN_READER_LABELS):
        return True
    names = (element.get("class") or "").split()
    return any(
        _UNSEEN_NAME.search(_NOT_LETTERS.sub("", name).lower())
        for name in names
        if ":" not in name and not name.lower().startswith("not-")
    )


def _is_label(element: HtmlElement, tags: frozenset[str], labels: frozenset[str]) -> bool:
    """Return True if an element of `tags` holds one of some labels and nothing else, whatever marks are around it."""
    if element.tag not in tags:
        return False
    text = "".join(islice(element.itertext(), MAX_LABEL_TEXTS))[:MAX_LABEL_LENGTH]
    return _plain(text) in labels


def _plain(text: str) -> str:
    return _NOT_LETTERS.sub(" ", text).strip().lower()


def _is_hidden(element: HtmlElement, hiding: frozenset[str]) -> bool:
    """Return True if an element is not displayed: by its attribute, its style, the page's styles or its class."""
    if element.tag in {"html", "body", "head"}:
        return False
    if element.get("hidden") is not None or _HIDING_STYLE.search(element.get("style") or ""):
        return True
    names = (element.get("class") or "").split()
    if not hiding.isdisjoint(names):
        return True
    is_shown_somewhere = any(
        ":" in name or name.startswith(("d-", "visible-"))
        for name in names
        if name != "d-none" and "print" not in name
    )
    is_called_hidden = not HIDING_CLASSES.isdisjoint(names) and not is_shown_somewhere
    return is_called_hidden and element.tag not in BLOCK_TAGS and _paragraph(element) is not None


def _is_inner_ad(element: HtmlElement, lengths: dict[HtmlElement, int]) -> bool:
    """Return True for an advertisement, or its label, that stands inside a paragraph or between its two parts."""
    paragraph = _paragraph(element)
    if element.tag in PARAGRAPH_TAGS or (paragraph is None and not _parts_a_paragraph(element)):
        return False
    text = " ".join(element.text_content().split())
    if text[:1].isupper() and _is_label(element, LABEL_TAGS, AD_LABELS):
        return True
    names = _INNER_CAPITAL.sub("-", f"{element.get('class') or ''} {element.get('id') or ''}")
    is_called_ad = (
        not AD_WORDS.isdisjoint(_NOT_LETTERS.split(names.lower()))
        or _plain(element.get("aria-label") or "") in AD_LABELS
        or any(map(_AD_ATTRIBUTE.match, element.keys()))
    )
    if not is_called_ad:
        return False
    if paragraph is None:
        return True
    if paragraph not in lengths:
        lengths[paragraph] = len(paragraph.text_content())
    return len(text) <= MAX_AD_SHARE * lengths[paragraph]


def _paragraph(element: HtmlElement) -> HtmlElement | None:
    """Return the paragraph that an element stands in; None when it stands in none."""
    for above in element.iterancestors():
        if above.tag in PARAGRAPH_TAGS:
            return above
        if above.tag in BLOCK_TAGS:
            return None
    return None


def _parts_a_paragraph(element: HtmlElement) -> bool:
    """Return True if an element stands between a paragraph and text that a parser put out of it."""
    before, after = element.getprevious(), element.getnext()
    if element.tag not in BLOCK_TAGS or before is None or before.tag != "p":
        return False
    is_followed = after is not None and isinstance(after.tag, str) and after.tag not in NOT_INLINE_TAGS
    return bool((element.tail or "").strip()) or (is_followed and bool("".join(after.itertext()).strip()))


def _style_classes(tree: HtmlElement) -> tuple[frozenset[str], frozenset[str]]:
    """Return the classes that the page's style sheets hide, and those that they strike out."""
    sheet = "\n".join(style.text or "" for style in tree.iter("style"))[:MAX_STYLE_LENGTH]
    hiding: set[str] = set()
    striking: set[str] = set()
    depth, selector = 0, ""
    for part, bracket in _CSS_PART.findall(_CSS_COMMENT.sub("", sheet)):
        if bracket == "{":
            depth += 1
            selector = part if depth == 1 else ""
            continue
        if selector and "@" not in selector:
            found = map(_CLASS_SELECTOR.fullmatch, selector.rpartition(";")[2].split(","))
            classes = {match[1] for match in found if match}
            hiding |= classes if _HIDING_STYLE.search(part) else set()
            striking |= classes if _STRIKING_STYLE.search(part) else set()
        depth, selector = max(depth - 1, 0), ""
    return frozenset(hiding), frozenset(striking)
