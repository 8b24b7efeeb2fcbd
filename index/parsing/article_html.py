"""A web page (HTML) -> the article in it, by trafilatura, or the reason in words why there is none."""

import re
from collections import Counter
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement
from trafilatura import load_html
from trafilatura.core import bare_extraction
from trafilatura.metadata import examine_meta, extract_author
from trafilatura.settings import Document

from index.articles import Article, ArticleKind, DateSource
from index.errors import RefusedArticle
from index.parsing.article_date import SourcedDate, most_trusted, with_date
from index.parsing.build_article import make_article, outlet_from_url
from index.parsing.byline_date import byline_date
from index.parsing.live_entries import live_entries
from index.parsing.markup.inline_markup import write_out_markup
from index.parsing.markup.unseen_text import remove_unseen_text
from index.parsing.page_metadata import PageMetadata, read_metadata
from index.parsing.page_stories import keep_main_story, stated_byline
from index.parsing.page_type import (
    SHORT_TEXT_WORDS,
    article_kind,
    count_words,
    is_live,
    rejection_reason,
)
from index.text.cleaning import clean_line, clean_text
from index.text.dates import parse_date
from index.text.language_id import article_language
from index.urls import resolve_link, same_site

MAX_PAGE_LENGTH = 5_000_000  # characters of HTML; judged: real pages seldom have 2 million
MAX_TAGS = 60_000  # judged: real pages have some thousand
MIN_KNOWN_PARAGRAPH_LENGTH = 80  # characters; judged: shorter ones ("Advertisement") stand in many blocks
MIN_GROWTH = 1.3  # judged: merged blocks must be so many times as long as the text to be worth more
MAX_LINKED_SHARE = (
    0.4  # of the letters of a list, that stand in links; judged: lists of other stories have .43 and .46
)
METADATA_GROWTH = 2  # judged: the metadata's text must have so many times the words of the page's own
LIST_TAGS = frozenset({"ul", "ol"})
PROSE_TAGS = frozenset({"p", "h2", "h3", "h4", *LIST_TAGS, "blockquote"})
# Odd markup breaks an assumption in trafilatura now and then, which shows as one of these.
TRAFILATURA_ERRORS = (
    *(ValueError, TypeError, AttributeError, KeyError),
    *(IndexError, RecursionError, AssertionError),
)

# Names of `<meta>` elements that state a time: "dc.date", "article:published_time", "copyright"
_DATE_META_NAME = re.compile(
    r"date|time|publi(?:cation|shed)|pub(?!li)|modif|created|issued|year|copyright", re.IGNORECASE
)


def article_from_page(html: str, url: str, *, trust_canonical: bool = False) -> Article:
    """Return the article of a page that came from `url`.

    Its address is the canonical one that the page names (RFC 6596) when that lies on the same site, or anywhere
    with `trust_canonical` (for a saved file, whose `url` is only its place on disk). Without a title or an
    outlet in the page, the address names them. Raise RefusedArticle in words: no text, a paywall's teaser, a
    consent form, a check for robots, a list of other pages, a bare video, too large.
    """
    if len(html) > MAX_PAGE_LENGTH or html.count("<") > MAX_TAGS:
        raise RefusedArticle("the page is too large to be an article", url=url)
    tree = load_html(html)
    if tree is None:
        raise RefusedArticle("the page holds no HTML that can be read", url=url)
    meta = read_metadata(tree)
    address = _article_url(url, meta, trust_canonical=trust_canonical)
    _drop_metadata(tree)
    remove_unseen_text(tree)
    write_out_markup(tree)
    heading = _keep_main_story(tree, meta, address)
    byline = byline_date(tree, meta.language_tag)
    extracted = _run_trafilatura(tree, address)
    title = clean_line(heading or meta.title or extracted.title or "")
    body = _body_or_metadata(merge_content_blocks(tree, extracted.text or ""), meta)
    text = _without_repeated_title(body, title)
    reason = rejection_reason(text, title, meta, tree, address)
    if reason:
        raise RefusedArticle(reason, url=address, title=title)
    kind = article_kind(text, title, meta, tree, address)
    article = make_article(
        url=address,
        text=text,
        title=title,
        outlet=meta.site_name or extracted.sitename or outlet_from_url(address),
        language=article_language(text) or meta.language or None,
        kind=kind,
        author=meta.author or _author(tree, extracted, kind),
        modified=meta.modified,
        image=resolve_link(meta.image, address),
    )
    dates = (
        SourcedDate(meta.published, DateSource.METADATA),
        SourcedDate(byline, DateSource.BYLINE),
        SourcedDate(_guessed_date(extracted.date), DateSource.ELSEWHERE),
    )
    return with_date(article, most_trusted(dates))


def merge_content_blocks(tree: HtmlElement, text: str) -> str:
    """Return the text of all content blocks where trafilatura took only the first; else `text`.

    A page may part its article into several elements, with advertisements between them. They are the elements
    that have the tag and the whole class of the one that holds most paragraphs of `text`.
    """
    known = {
        line for line in map(_collapse_spaces, text.split("\n")) if len(line) >= MIN_KNOWN_PARAGRAPH_LENGTH
    }
    parents = (
        paragraph.getparent()
        for paragraph in tree.iter("p")
        if _collapse_spaces(paragraph.text_content()) in known
    )
    containers = Counter(
        (parent.tag, parent.get("class")) for parent in parents if parent is not None and parent.get("class")
    )
    if not containers:
        return text
    (tag, css_class), _ = containers.most_common(1)[0]
    blocks = [block for block in tree.iter(tag) if block.get("class") == css_class]
    if len(blocks) < 2:
        return text
    lines = [
        line for block in blocks for child in block if child.tag in PROSE_TAGS for line in _lines_of(child)
    ]
    merged = "\n".join(dict.fromkeys(line for line in lines if line))
    return merged if len(merged) > MIN_GROWTH * len(text) else text


def _lines_of(block: HtmlElement) -> list[str]:
    """Return the text of a paragraph, or that of each item of a list, marked as trafilatura does.

    A list that is links for the most part leads to other articles, and is none of this one's.
    """
    text = _collapse_spaces(block.text_content())
    if block.tag not in LIST_TAGS:
        return [text]
    if sum(len(_collapse_spaces(link.text_content())) for link in block.iter("a")) > MAX_LINKED_SHARE * len(
        text
    ):
        return []
    items = (_collapse_spaces(item.text_content()) for item in block.iterchildren("li"))
    return [f"- {item}" for item in items if item]


def _keep_main_story(tree: HtmlElement, meta: PageMetadata, url: str) -> str:
    """Leave one story of several on a page; return its heading, "" where the page is one (a live blog is, too)."""
    titles = (meta.title, str(tree.findtext(".//title") or ""))
    if meta.is_live_blog or is_live(url, titles[0] or titles[1]):
        return ""
    return keep_main_story(tree, titles, is_article=meta.is_article)


def _drop_metadata(tree: HtmlElement) -> None:
    """Remove what `read_metadata` has read and trafilatura must not.

    It would take text from JSON-LD that the page shows to subscribers alone, and make a day of a bare year or
    month.
    """
    for script in list(tree.iter("script")):
        script.drop_tree()
    for meta in list(tree.iter("meta")):
        if _DATE_META_NAME.search(f"{meta.get('name')} {meta.get('property')} {meta.get('itemprop')}"):
            meta.drop_tree()


def _run_trafilatura(tree: HtmlElement, url: str) -> Document:
    try:
        extracted = bare_extraction(
            tree,
            url=url,
            fast=True,
            include_comments=False,
            favor_recall=True,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except TRAFILATURA_ERRORS as error:
        raise RefusedArticle("the page's markup cannot be read", url=url) from error
    return extracted if isinstance(extracted, Document) else Document()


def _author(tree: HtmlElement, extracted: Document, kind: ArticleKind) -> str:
    """Return the author that a page names as its own, "" if it names none; the tree is of no use afterwards.

    Nobody who signs an entry of a live blog is. Where a page is one, what it shows is not asked at all: its first
    byline may be an entry's, however that is built.
    """
    entries = list(tree.iter("body")) if kind is ArticleKind.LIVE else live_entries(tree)
    if not entries:
        return _joined(extracted.author) or stated_byline(tree)
    for entry in entries:
        if entry.getparent() is not None:
            entry.drop_tree()
    try:
        return _joined(examine_meta(tree).author or extract_author(tree)) or stated_byline(tree)
    except TRAFILATURA_ERRORS:
        return ""


def _joined(authors: str | None) -> str:
    """Return authors as trafilatura parts them, parted by commas."""
    return (authors or "").replace("; ", ", ")


def _guessed_date(found: str | None) -> datetime | None:
    """Return the day that htmldate found; None for New Year, which is what it makes of a bare year."""
    day = parse_date(found)
    return None if day is None or (day.month, day.day) == (1, 1) else day


def _article_url(url: str, meta: PageMetadata, *, trust_canonical: bool) -> str:
    """Return the canonical address that the page names, or `url` where that may not be believed."""
    if not meta.canonical_url:
        return url
    try:
        canonical = urljoin(url, meta.canonical_url)
        is_home_page = urlsplit(canonical).path in {"", "/"}
    except ValueError:
        return url
    if is_home_page or not canonical.startswith(("http://", "https://")):
        return url  # a template's mistake: every page of the site would be the same article
    return canonical if trust_canonical or same_site(url, canonical) else url


def _body_or_metadata(text: str, meta: PageMetadata) -> str:
    """Return the text that the metadata carry where the page's own is short and theirs longer; else `text`."""
    described = meta.article_body if meta.is_free and count_words(text) < SHORT_TEXT_WORDS else ""
    return described if count_words(described) > METADATA_GROWTH * count_words(text) else text


def _without_repeated_title(text: str, title: str) -> str:
    """Return the text without its first paragraph where that repeats the title."""
    first, _, rest = clean_text(text).partition("\n")
    return rest if rest and first.casefold() == title.casefold() else f"{first}\n{rest}"


def _collapse_spaces(text: str) -> str:
    return " ".join(text.split())
