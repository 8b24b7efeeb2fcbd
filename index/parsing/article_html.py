"""A web page -> the article in it, or in words why there is none."""

import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement
from trafilatura import load_html
from trafilatura.core import bare_extraction
from trafilatura.settings import Document

from index.articles import Article
from index.errors import RefusedArticle
from index.parsing.build_article import make_article, outlet_of
from index.parsing.page_metadata import PageMetadata, read_metadata
from index.parsing.page_type import SHORT, count_words, page_kind, rejection_reason
from index.text.cleaning import clean_line, clean_text
from index.text.dates import parse_date
from index.text.language_id import article_language
from index.urls import resolve_link, same_site

LARGEST_PAGE = 5_000_000  # characters of HTML; real ones seldom have 2 million
MOST_TAGS = 60_000  # real pages have some thousand
_BY = re.compile(r"^by\s+", re.IGNORECASE)


def article_from_page(html: str, url: str, *, trusted: bool = False) -> Article:
    """Take the article out of a page that came from `url`.

    The address is the page's own canonical one when it lies on the same site, or anywhere when `trusted`
    (a saved file, whose `url` is only its place on disk). Without a title or an outlet in the page, the
    address names them. Raises `RefusedArticle` in words: no text, a paywall's teaser, a consent form, a robot
    check, a list of other pages, a bare video, too large.
    """
    if len(html) > LARGEST_PAGE or html.count("<") > MOST_TAGS:
        raise RefusedArticle("the page is too large to be an article", url=url)
    tree = load_html(html)
    if tree is None:
        raise RefusedArticle("the page holds no HTML that can be read", url=url)
    meta = read_metadata(tree)
    address = _address(url, meta, trusted=trusted)
    _drop_descriptions(tree)
    found = _extract(tree, address)
    title = clean_line(meta.title or found.title or "")
    text = _body(_longer(merge_content_blocks(tree, found.text or ""), meta), title)
    reason = rejection_reason(text, title, meta, tree, address)
    if reason:
        raise RefusedArticle(reason, url=address, title=title)
    return make_article(
        url=address,
        text=text,
        title=title,
        outlet=meta.site or found.sitename or outlet_of(address),
        author=_BY.sub("", meta.author or (found.author or "").replace("; ", ", ")),
        published=meta.published or parse_date(found.date),
        language=article_language(text) or meta.language or None,
        kind=page_kind(text, title, meta, tree, address),
        modified=meta.modified,
        image=resolve_link(meta.image, address),
    )


def _drop_descriptions(tree: HtmlElement) -> None:
    """Take out the JSON-LD: the extractor would quote from it what subscribers alone may see on the page."""
    for script in list(tree.iter("script")):
        script.drop_tree()


def _extract(tree: HtmlElement, url: str) -> Document:
    try:
        found = bare_extraction(
            tree, url=url, fast=True, include_comments=False, favor_recall=True, with_metadata=True
        )
    except (
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        IndexError,
        RecursionError,
        AssertionError,
    ) as error:
        # Odd markup breaks an assumption in the library now and then; it must not end the run.
        raise RefusedArticle("the page's markup cannot be read", url=url) from error
    return found if isinstance(found, Document) else Document()


def _address(url: str, meta: PageMetadata, *, trusted: bool) -> str:
    if not meta.canonical:
        return url
    try:
        canonical = urljoin(url, meta.canonical)
        home = urlsplit(canonical).path in {"", "/"}
    except ValueError:
        return url
    if home or not canonical.startswith(("http://", "https://")):
        return url  # a template's mistake: every page of the site would be the same article
    return canonical if trusted or same_site(url, canonical) else url


def _body(text: str, title: str) -> str:
    """Return the text without the headline, when the page repeats it as the first paragraph."""
    first, _, rest = clean_text(text).partition("\n")
    return rest if rest and first.casefold() == title.casefold() else f"{first}\n{rest}"


def _longer(text: str, meta: PageMetadata) -> str:
    """Return the text the page's own description carries where the page itself shows next to none to a machine."""
    told = meta.body if meta.free and count_words(text) < SHORT else ""
    return told if count_words(told) > 2 * count_words(text) else text


RECOGNISED_LENGTH = 80  # characters of a paragraph that is recognised again


MIN_GROWTH = 1.3  # times the text: fewer, and what was found is kept as it is


PROSE = frozenset({"p", "h2", "h3", "h4", "ul", "ol", "blockquote"})


def merge_content_blocks(tree: HtmlElement, text: str) -> str:
    """Return `text`, or all of it when the extractor took only the first of several alike blocks.

    Blocks are alike when they have the tag and the whole class of the one that holds the most paragraphs of
    `text`.
    """
    known = {line for line in map(_flat, text.split("\n")) if len(line) >= RECOGNISED_LENGTH}
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
    return whole if len(whole) > MIN_GROWTH * len(text) else text


def _flat(text: str) -> str:
    return " ".join(text.split())
