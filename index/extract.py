"""A web page -> the article in it, or in words why there is none."""

import re
from urllib.parse import urljoin, urlsplit

import py3langid
from lxml.html import HtmlElement
from trafilatura import load_html
from trafilatura.core import bare_extraction
from trafilatura.settings import Document

from index.addresses import same_site
from index.articles import Article
from index.blocks import whole_body
from index.cleaning import clean_line, clean_text, make_article, outlet_of, read_date
from index.errors import RefusedArticle
from index.metadata import Metadata, read_metadata

LARGEST_PAGE = 5_000_000  # characters of HTML; real ones seldom have 2 million
MOST_TAGS = 60_000  # real pages have some thousand
SHORT = 150  # words: less may be a teaser, a notice or a consent form; more is an article
FEWEST = 25  # words of the shortest flash that is an article

_BY = re.compile(r"^by\s+", re.IGNORECASE)
_WORD = re.compile(r"\w+")
# What the visitor meets instead of the page. Each is enough only in a short text.
_CONSENT = re.compile(
    r"\b(?:we(?: and our \d* ?partners)? use cookies|before you continue|accept all|reject all|manage (?:my )?(?:cookies|options|"
    r"preferences|choices)|cookie (?:policy|settings|preferences)|your (?:privacy choices|consent)|"
    r"legitimate interest|withdraw your consent|store and/or access information)\b",
    re.IGNORECASE,
)
_ROBOT = re.compile(
    r"\b(?:are you a robot|verify(?:ing)? (?:that )?you are (?:a )?human|unusual (?:traffic|activity) from your|"
    r"checking your browser|enable javascript and cookies|please enable js|access (?:to this page has been )?denied|"
    r"attention required|complete the captcha|not a robot)\b",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"\b(?:subscribe (?:now )?to (?:continue|keep|read|unlock)|(?:to|and) (?:continue|keep) reading|"
    r"already a (?:subscriber|member)|for subscribers only|subscriber[- ]only|only for subscribers|"
    r"exclusive to subscribers|(?:article|story|content) is (?:for|available to|reserved for) (?:\w+ )?(?:subscribers|members)|"
    r"start your (?:free )?trial|unlock (?:this|the full) (?:article|story)|log ?in or subscribe|"
    r"register (?:for free )?to (?:continue|keep|read))\b",
    re.IGNORECASE,
)


def article_from_page(html: str, url: str, *, trusted: bool = False) -> Article:
    """Take the article out of a page that came from `url`.

    The address is the page's own canonical one when it lies on the same site, or anywhere when `trusted`
    (a saved file, whose `url` is only its place on disk). Without a title or an outlet in the page, the
    address names them. Raises `RefusedArticle` in words: no text, a paywall's teaser, a consent form, a robot
    check, a list of other pages, too large.
    """
    if len(html) > LARGEST_PAGE or html.count("<") > MOST_TAGS:
        raise RefusedArticle("the page is too large to be an article", url=url)
    tree = load_html(html)
    if tree is None:
        raise RefusedArticle("the page holds no HTML that can be read", url=url)
    meta = read_metadata(tree)
    address = _address(url, meta, trusted=trusted)
    found = _extract(tree, address)
    title = clean_line(meta.title or found.title or "")
    text = _body(whole_body(tree, found.text or ""), title)
    _check(text, title, meta, tree, address)
    return make_article(
        url=address,
        text=text,
        title=title,
        outlet=meta.site or found.sitename or outlet_of(address),
        author=_BY.sub("", meta.author or (found.author or "").replace("; ", ", ")),
        published=meta.published or read_date(found.date),
        language=_language(text) or meta.language or None,
    )


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


def _address(url: str, meta: Metadata, *, trusted: bool) -> str:
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


def _language(text: str) -> str | None:
    """Tell the language by the text, which is right more often than the template it sits in."""
    return str(py3langid.classify(text[:2_000])[0]) if len(text) >= 300 else None


def _check(text: str, title: str, meta: Metadata, tree: HtmlElement, url: str) -> None:
    """Raise `RefusedArticle` for what is no article."""
    reason = _reason(text, title, meta) or _listing(text, meta, tree, url)
    if reason:
        raise RefusedArticle(reason, url=url, title=title)


def _reason(text: str, title: str, meta: Metadata) -> str | None:
    words = _count(text[:20_000])
    shown = f"{title}\n{text[:20_000]}"
    if words >= SHORT:
        return None
    if _ROBOT.search(shown):
        return "the site asks whether we are a robot and shows no article"
    if len(set(map(str.casefold, _CONSENT.findall(shown)))) >= 2 or shown.casefold().count("cookie") >= 3:
        return "the page asks for consent to cookies and shows no article"
    if not meta.free or _PAYWALL.search(shown):
        return "only the beginning can be read without a subscription"
    if words < FEWEST:
        return "the page holds no article text"
    return None


def _count(text: str) -> int:
    """Count words; five letters make one where no spaces do (Chinese, Japanese, Thai)."""
    words = _WORD.findall(text)
    return max(len(words), sum(map(len, words)) // 5 if len(words) * 12 < sum(map(len, words)) else 0)


def _listing(text: str, meta: Metadata, tree: HtmlElement, url: str) -> str | None:
    """Tell a list of other pages by its links: far more headlines that link away than paragraphs."""
    parts = urlsplit(url)
    home = parts.scheme in {"http", "https"} and parts.path in {"", "/"} and not parts.query
    if home or (meta.listing and not meta.article):
        return "the page is a list of articles, not one"
    if meta.article:
        return None
    headlines = sum(1 for link in tree.iter("a") if len(link.text_content().split()) >= 5)
    paragraphs = sum(1 for line in text.split("\n") if len(line) >= 120)
    return (
        "the page is a list of articles, not one" if headlines >= 15 and paragraphs * 3 < headlines else None
    )
