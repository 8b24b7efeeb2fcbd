"""Pages that are several articles: finds the one that a page is about.

A story is an element that has a heading of its own and paragraphs below it; it shows itself by its neighbours, which
are built alike.
"""

import re
from collections import defaultdict
from collections.abc import Callable

from lxml import etree
from lxml.html import HtmlElement

from index.parsing.markup.inline_elements import BLOCK_TAGS, class_words

# All judged, by pages written to be one or the other.
MIN_STORY_WORDS = 30  # of the paragraphs of a story
MAX_BYLINE_WORDS = 15  # of a line that names an author
STORY_TAGS = frozenset({"article", "div", "section", "li", "td"})
HEADINGS = ("h1", "h2", "h3", "h4", "h5")
BYLINE_WORDS = frozenset(
    {"author", "byline", "date", "dateline", "published", "pubdate", "timestamp", "time"}
)

# "By Jo Berg" at the start of a line
_BYLINE = re.compile(r"(?:By|BY|Von|Par|Por)\s+[^\W\d_a-z][\w.’'-]*\s+[^\W\d_a-z]")


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


def stated_byline(tree: HtmlElement) -> str:
    """Return the first line of a page that says whom it is by ("By Jo Berg"), "" if none does."""
    for block in tree.iter(*BLOCK_TAGS):
        line = " ".join((block.text or "").split())
        if is_byline_text(line):
            return line
    return ""


def is_byline_text(text: str) -> bool:
    """Return True for a line that says whom something is by: "By Jo Berg"."""
    line = text.strip()
    return bool(_BYLINE.match(line)) and len(line.split()) <= MAX_BYLINE_WORDS


def groups_alike(
    tree: HtmlElement, tags: frozenset[str], name_of: Callable[[HtmlElement], str]
) -> list[list[HtmlElement]]:
    """Return the groups of neighbours that have the same tag, one of `tags`, and name, the outermost first."""
    groups: dict[tuple[object, ...], list[HtmlElement]] = defaultdict(list)
    for element in tree.iter(*tags):
        parent = element.getparent()
        if parent is not None:
            groups[(parent, element.tag, name_of(element))].append(element)
    return [group for group in groups.values() if len(group) > 1]


def heading_level(element: HtmlElement) -> str:
    """Return the tag of the highest heading in an element, "" if it has none."""
    present = {heading.tag for heading in element.iter(*HEADINGS)}
    return next((tag for tag in HEADINGS if tag in present), "")


def has_byline(element: HtmlElement) -> bool:
    """Return True if an element names its own author or date."""
    for part in element.iter(etree.Element):
        is_line = part.tag in BLOCK_TAGS and _BYLINE.match((part.text or "").strip())
        if part.tag == "time" or is_called_byline(part) or is_line:
            return True
    return False


def is_called_byline(element: HtmlElement) -> bool:
    """Return True if markup calls an element a byline."""
    return element.get("rel") == "author" or not BYLINE_WORDS.isdisjoint(class_words(element))


def _stories(tree: HtmlElement) -> list[HtmlElement]:
    """Return the stories of a page in order; [] where it has one, or sections of one."""
    _head_bold_titles(tree)
    _wrap_flat_stories(tree)
    for group in groups_alike(tree, STORY_TAGS, _class_of):
        headed = _headed_alike(group)
        has_own_titles = _have_own_titles(headed) or tree.find(".//h1") is None
        if headed and (has_own_titles or headed[0].tag == "article"):
            return headed
    for group in groups_alike(tree, STORY_TAGS, lambda _: ""):
        headed = _headed_alike(group)
        if headed and _have_own_titles(headed):
            return headed
    return []


def _headed_alike(group: list[HtmlElement]) -> list[HtmlElement]:
    """Return the elements that may be stories, [] where they are fewer than two or have headings of several levels."""
    headed = [element for element in group if _is_story(element)]
    return headed if len(headed) > 1 and len(set(map(heading_level, headed))) == 1 else []


def _have_own_titles(stories: list[HtmlElement]) -> bool:
    """Return True if stories are titled as pages are, or each names its author or date."""
    return "h1" in map(heading_level, stories) or all(map(has_byline, stories))


def _class_of(element: HtmlElement) -> str:
    return "" if element.tag == "article" else element.get("class") or ""


def _head_bold_titles(tree: HtmlElement) -> None:
    """Make headings of paragraphs in bold letters that a byline follows, where there are several."""
    for parent in dict.fromkeys(
        bold.getparent().getparent() for bold in tree.iter("b", "strong") if _is_alone(bold)
    ):
        titles = [] if parent is None else [line for line in parent.iterchildren("p") if _is_bold_title(line)]
        if len(titles) > 1:
            for title in titles:
                title.tag = "h2"


def _is_alone(bold: HtmlElement) -> bool:
    paragraph = bold.getparent()
    is_whole = paragraph is not None and paragraph.text_content().strip() == bold.text_content().strip()
    return is_whole and paragraph.tag == "p"


def _is_bold_title(line: HtmlElement) -> bool:
    after = line.getnext()
    is_bold = len(line) == 1 and line[0].tag in {"b", "strong"} and _is_alone(line[0])
    return is_bold and after is not None and has_byline(after)


def _wrap_flat_stories(tree: HtmlElement) -> None:
    """Put stories that follow each other without elements of their own into elements, where all have bylines.

    Without bylines they cannot be told from the parts of one: measured, real articles title those by `<h1>`, too.
    """
    for level in HEADINGS[:3]:
        for parent in dict.fromkeys(heading.getparent() for heading in tree.iter(level)):
            headings = [] if parent is None else parent.findall(level)
            pieces = [_with_followers(heading, level) for heading in headings]
            if len(pieces) < 2 or not all(any(map(has_byline, piece[1:3])) for piece in pieces):
                continue
            for piece in pieces:
                story = etree.SubElement(parent, "div")
                piece[0].addprevious(story)
                story.extend(piece)


def _with_followers(heading: HtmlElement, level: str) -> list[HtmlElement]:
    """Return a heading and its siblings up to the next of its level."""
    piece = [heading]
    for sibling in heading.itersiblings():
        if sibling.tag == level:
            break
        piece.append(sibling)
    return piece


def _is_story(element: HtmlElement) -> bool:
    paragraphs = element.iter("p")
    return bool(heading_level(element)) and (
        sum(len(paragraph.text_content().split()) for paragraph in paragraphs) >= MIN_STORY_WORDS
    )


def _heading_text(element: HtmlElement) -> str:
    level = heading_level(element)
    return " ".join(next(element.iter(level)).text_content().split()) if level else ""


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
