"""The rest of a body that a page splits over several blocks, with advertisements between them."""

from collections import Counter

from lxml.html import HtmlElement

LONG = 80  # characters of a paragraph that is recognised again
MUCH = 1.3  # times the text: fewer, and what was found is kept as it is
PROSE = frozenset({"p", "h2", "h3", "h4", "ul", "ol", "blockquote"})


def whole_body(tree: HtmlElement, text: str) -> str:
    """Return `text`, or all of it when the extractor took only the first of several alike blocks.

    Blocks are alike when they have the tag and the whole class of the one that holds the most paragraphs of
    `text`.
    """
    known = {line for line in map(_flat, text.split("\n")) if len(line) >= LONG}
    parents = (one.getparent() for one in tree.iter("p") if _flat(one.text_content()) in known)
    homes = Counter(
        (home.tag, home.get("class")) for home in parents if home is not None and home.get("class")
    )
    if not homes:
        return text
    (tag, style), _ = homes.most_common(1)[0]
    blocks = [block for block in tree.iter(tag) if block.get("class") == style]
    if len(blocks) < 2:
        return text
    lines = [_flat(child.text_content()) for block in blocks for child in block if child.tag in PROSE]
    whole = "\n".join(dict.fromkeys(line for line in lines if line))
    return whole if len(whole) > MUCH * len(text) else text


def _flat(text: str) -> str:
    return " ".join(text.split())
