"""What a page says of itself in JSON-LD and Open Graph: headline, site, author, time, address, access."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml.html import HtmlElement

from index.text.dates import parse_date

# https://schema.org/Article and its kinds that carry news.
ARTICLES = frozenset(
    {
        *("Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle"),
        *("BackgroundNewsArticle", "ReviewNewsArticle", "AskPublicNewsArticle", "AdvertiserContentArticle"),
        *("BlogPosting", "LiveBlogPosting", "Report", "SatiricalArticle", "ScholarlyArticle", "TechArticle"),
    }
)
LISTS = frozenset({"CollectionPage", "SearchResultsPage", "ProfilePage"})
NESTED = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item")
MOST_NODES = 2_000  # of JSON-LD that are looked at
DATES = """
    article:published_time og:article:published_time og:published_time datepublished date.published
    parsely-pub-date sailthru.date article.published pubdate publishdate publish-date publication_date
    dc.date.issued dc.date dcterms.created dcterms.date date
"""
PUBLISHED = tuple(DATES.split())
MODIFIED = (
    *("article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "lastmod"),
    *("last-modified", "dcterms.modified", "dc.date.modified", "revised"),
)
_CLASS = re.compile(r"\.([\w-]{1,80})")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What was found; None (or the empty string) where the page does not say.

    `article`, `listing`, `live` and `video` tell whether it calls itself one; `free` whether all may read it,
    `closed` the class of what only subscribers may, `words` how long the article is. `body` is its text.
    """

    title: str = ""
    site: str = ""
    author: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    canonical: str = ""
    language: str = ""
    image: str = ""
    body: str = ""
    words: int = 0
    article: bool = False
    listing: bool = False
    live: bool = False
    video: bool = False
    free: bool = True
    closed: str = ""


def read_metadata(tree: HtmlElement) -> PageMetadata:
    """Read a parsed page's own description of itself; never raises for what the page holds."""
    nodes = list(_nodes(tree))
    article = next((node for node in nodes if _kinds(node) & ARTICLES), {})
    meta = _meta(tree)
    kinds = {kind for node in nodes for kind in _kinds(node)}
    return PageMetadata(
        title=_text(article.get("headline")) or meta.get("og:title", ""),
        site=(meta.get("og:site_name", "") or _text(article.get("publisher"))).partition(" | ")[0],
        author=_text(article.get("author")) or meta.get("author", ""),
        published=_moment(tree, article, meta, "datePublished", PUBLISHED),
        modified=_moment(tree, article, meta, "dateModified", MODIFIED),
        canonical=_canonical(tree) or meta.get("og:url", "") or _own_address(article),
        language=_language(tree, article),
        image=_url(article.get("image")) or meta.get("og:image", "") or meta.get("twitter:image", ""),
        body=_body(article),
        words=_number(article.get("wordCount")),
        article=bool(article) or meta.get("og:type", "").lower() == "article" or PUBLISHED[0] in meta,
        listing=bool(kinds & LISTS),
        live="LiveBlogPosting" in kinds,
        video="VideoObject" in kinds or meta.get("og:type", "").lower().startswith("video"),
        free=str(article.get("isAccessibleForFree", "true")).lower() != "false",
        closed=_closed(article),
    )


def _meta(tree: HtmlElement) -> dict[str, str]:
    """Return the first value of every `<meta>`, by its lower-case name."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        value = html.unescape(element.get("content") or "").strip()  # escaped twice more often than not
        if name and value:
            found.setdefault(name.strip().lower(), value)
    return found


def _nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the objects of all JSON-LD in the page, in document order, as far as they can be read."""
    scripts = (one for one in tree.iter("script") if "ld+json" in (one.get("type") or "").lower())
    waiting: list[Any] = [_loads(script.text or "") for script in scripts]
    waiting.reverse()
    for _ in range(MOST_NODES):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(reversed(node[:MOST_NODES]))
        elif isinstance(node, dict):
            yield node
            waiting.extend(node[key] for key in reversed(NESTED) if key in node)


def _loads(text: str) -> Any:  # noqa: ANN401 - it is whatever the page holds
    try:
        text = text.strip().removeprefix("//").strip().removeprefix("<![CDATA[").removesuffix("]]>")
        return json.loads(text.strip().removesuffix("//"), strict=False)
    except (ValueError, RecursionError):
        return None


def _kinds(node: dict[str, Any]) -> frozenset[str]:
    kinds = node.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    return frozenset(kind.rpartition("/")[2] for kind in named if isinstance(kind, str))


def _text(value: Any) -> str:  # noqa: ANN401 - see _loads
    """Return the text of a JSON-LD value: itself, its name, or those of a list, parted by commas."""
    match value:
        case str():
            return html.unescape(value).strip()  # many sites escape what JSON needs no escapes for
        case {"name": str(name)}:
            return html.unescape(name).strip()
        case list():
            return ", ".join(dict.fromkeys(name for name in map(_text, value[:10]) if name))
        case _:
            return ""


def _moment(
    tree: HtmlElement, article: dict[str, Any], meta: dict[str, str], key: str, names: tuple[str, ...]
) -> datetime | None:
    texts = [_text(article.get(key)), *(meta.get(name, "") for name in names)]
    texts += [
        element.get("datetime") or ""
        for element in tree.iter("time")
        if element.get("itemprop") == key or (key == "datePublished" and element.get("pubdate") is not None)
    ][:3]
    return next((moment for moment in map(parse_date, texts) if moment), None)


def _url(value: Any) -> str:  # noqa: ANN401 - see _loads
    """Return the address a JSON-LD value is or has, or that of a list's first."""
    match value:
        case str():
            return html.unescape(value).strip()
        case {"url": str(url)} | {"contentUrl": str(url)} | {"@id": str(url)}:
            return html.unescape(url).strip()
        case [first, *_] if not isinstance(first, list):
            return _url(first)
        case _:
            return ""


def _own_address(article: dict[str, Any]) -> str:
    return _url(article.get("mainEntityOfPage")) or _text(article.get("url"))


def _number(value: Any) -> int:  # noqa: ANN401 - see _loads
    text = str(value) if isinstance(value, int | str) else ""
    return int(text) if re.fullmatch(r"[1-9]\d{0,5}", text) else 0


def _body(article: dict[str, Any]) -> str:
    """Return the article's text, as paragraphs of the updates of a live blog where it is one."""
    updates = article.get("liveBlogUpdate")
    if isinstance(updates, list):
        pieces = [one for one in updates[:MOST_NODES] if isinstance(one, dict)]
        parts = [_text(one.get(key)) for one in pieces for key in ("headline", "articleBody")]
        return _plain("\n".join(part for part in parts if part))
    return _plain(_text(article.get("articleBody")))


def _plain(text: str) -> str:
    """Return text without the markup that some sites leave in it."""
    return re.sub(r"<[^<>]{0,500}>", " ", text) if "<" in text else text


def _closed(article: dict[str, Any]) -> str:
    """Return the class of the part for subscribers (https://schema.org/hasPart, as search engines ask for it)."""
    parts = article.get("hasPart")
    for part in parts[:10] if isinstance(parts, list) else [parts]:
        if isinstance(part, dict) and str(part.get("isAccessibleForFree")).lower() == "false":
            named = _CLASS.search(_text(part.get("cssSelector")))
            return named[1] if named else ""
    return ""


def _canonical(tree: HtmlElement) -> str:
    links = (link for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    return next(((link.get("href") or "").strip() for link in links), "")


def _language(tree: HtmlElement, article: dict[str, Any]) -> str:
    """Return the two- or three-letter code the page gives itself, or the empty string."""
    root = tree.getroottree().getroot()
    for value in (_text(article.get("inLanguage")), root.get("lang") or "", root.get("xml:lang") or ""):
        code = re.match(r"([A-Za-z]{2,3})(?:[-_]|$)", value.strip())
        if code:
            return code[1].lower()
    return ""
