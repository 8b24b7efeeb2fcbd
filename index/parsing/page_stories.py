"""Pages that are several articles or none: finds the one that a page is about, and tells lists of teasers.

A story is an element that has a heading of its own and paragraphs below it; a teaser is one with a heading or link
and hardly any text. Both show themselves by their neighbours, which are built alike.
"""

import re
from collections import defaultdict

from lxml import etree
from lxml.html import HtmlElement

from index.parsing.inline_markup import BLOCK_TAGS, class_words

# All judged, by pages written to be one or the other.
MIN_STORY_WORDS = 30  # of the paragraphs of a story
MIN_TEASERS = 4  # of a list
MAX_TEASER_WORDS = 90  # with title, date and label
MIN_TITLE_WORDS = 3  # of a link that is a teaser's title
MIN_LISTED_SHARE = 0.6  # of the letters of a list's text, that stand in its teasers
STORY_TAGS = frozenset({"article", "div", "section", "li", "td"})
HEADINGS = ("h1", "h2", "h3", "h4", "h5")
BYLINE_WORDS = frozenset(
    {"author", "byline", "date", "dateline", "published", "pubdate", "timestamp", "time"}
)

# "By Jo Berg" at the start of a line
_BYLINE = re.compile(r"(?:By|BY|Von|Par|Por)\s+[^\W\d_a-z][\w.’'-]*\s+[^\W\d_a-z]")
# A date or time: "28 November 2026", "Nov. 28", "28.11.2026", "2026-11-28", "10:30", "3 hours ago"
_DATE = re.compile(
    r"\b(?:\d{1,2}(?:\.|st|nd|rd|th)?\s+[^\W\d_]{3,10}\.?(?:\s+\d{4})?|[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,\s*\d{4})?|"
    r"\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}|\d{1,2}\s+(?:minutes?|hours?|days?)\s+ago)\b"
)


def keep_main_story(tree: HtmlElement, titles: tuple[str, ...], *, is_article: bool) -> str:
    """Remove all stories of a page but the one it is about; return that one's heading, "" if there is only one.

    It is the one whose heading is among `titles`, as the page states them, else the first. A page that calls
    itself an article (`is_article`) and has another title than any of them is one: they are its sections.
    """
    stories = _stories(tree)
    headings = [_heading_text(story) for story in stories]
    stated = " \n ".join(map(_plain, titles))
    matching = [at for at, heading in enumerate(headings) if heading and _plain(heading) in stated]
    if len(stories) < 2 or (is_article and not matching):
        return ""
    main = matching[0] if matching else 0
    for at, story in enumerate(stories):
        if at != main:
            story.drop_tree()
    return headings[main]


def is_list_of_teasers(tree: HtmlElement, text: str) -> bool:
    """Return True if most of a page's `text` stands in teasers: four or more neighbours that are built alike."""
    lines = {_squeezed(line.lstrip("-•* ")) for line in text.split("\n") if line.strip()}
    total = sum(map(len, lines))
    for group in _groups_alike(tree):
        teasers = [element for element in group if _is_teaser(element)]
        if len(teasers) < MIN_TEASERS:
            continue
        inside = " \n ".join(_squeezed(teaser.text_content()) for teaser in teasers)
        listed = sum(len(line) for line in lines if line in inside)
        if listed >= MIN_LISTED_SHARE * total:
            return True
    return False


def _stories(tree: HtmlElement) -> list[HtmlElement]:
    """Return the stories of a page in order; [] where it has one, or sections of one."""
    for group in _groups_alike(tree):
        headed = [element for element in group if _is_story(element)]
        if len(headed) < 2:
            continue
        levels = {_heading_level(story) for story in headed}
        has_own_titles = "h1" in levels or tree.find(".//h1") is None or all(map(_has_byline, headed))
        if len(levels) == 1 and (has_own_titles or headed[0].tag == "article"):
            return headed
    return []


def _groups_alike(tree: HtmlElement) -> list[list[HtmlElement]]:
    """Return the groups of neighbours with the same tag and class, the outermost first."""
    groups: dict[tuple[object, ...], list[HtmlElement]] = defaultdict(list)
    for element in tree.iter(*STORY_TAGS):
        parent = element.getparent()
        if parent is not None:
            css_class = element.get("class") if element.tag != "article" else ""
            groups[(parent, element.tag, css_class)].append(element)
    return [group for group in groups.values() if len(group) > 1]


def _is_story(element: HtmlElement) -> bool:
    paragraphs = element.iter("p")
    return bool(_heading_level(element)) and (
        sum(len(paragraph.text_content().split()) for paragraph in paragraphs) >= MIN_STORY_WORDS
    )


def _is_teaser(element: HtmlElement) -> bool:
    """Return True for a title, which is a link or has a date beside it, with hardly any text."""
    text = element.text_content()
    words = len(text.split())
    if not MIN_TITLE_WORDS <= words <= MAX_TEASER_WORDS:
        return False
    links = [link for link in element.iter("a") if not (link.get("href") or "#").startswith("#")]
    if _heading_level(element):
        return bool(links) or _has_byline(element) or bool(_DATE.search(text))
    has_title = any(len(link.text_content().split()) >= MIN_TITLE_WORDS for link in links)
    return has_title and (_has_byline(element) or bool(_DATE.search(text)))


def _heading_level(element: HtmlElement) -> str:
    """Return the tag of the highest heading in an element, "" if it has none."""
    present = {heading.tag for heading in element.iter(*HEADINGS)}
    return next((tag for tag in HEADINGS if tag in present), "")


def _heading_text(element: HtmlElement) -> str:
    level = _heading_level(element)
    return " ".join(next(element.iter(level)).text_content().split()) if level else ""


def _has_byline(element: HtmlElement) -> bool:
    """Return True if an element names its own author or date."""
    for part in element.iter(etree.Element):
        if (
            part.tag == "time"
            or part.get("rel") == "author"
            or not BYLINE_WORDS.isdisjoint(class_words(part))
        ):
            return True
        if part.tag in BLOCK_TAGS and part is not element and _BYLINE.match((part.text or "").strip()):
            return True
    return False


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _squeezed(text: str) -> str:
    """Return text without its white space, which differs between what was extracted and what the page holds."""
    return "".join(text.split()).casefold()
