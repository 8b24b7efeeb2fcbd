"""What a page states about itself in JSON-LD, Open Graph and other meta tags, read into `PageMetadata`.

The vocabularies: https://schema.org/Article and https://ogp.me.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml.html import HtmlElement

from index.parsing.markup.inline_markup import text_of_html
from index.text.dates import parse_date
from index.text.time_zones import DateHints
from index.text.word_lists import load_words

ARTICLE_TYPES = load_words("parsing/schema_org_article_types")
LISTING_TYPES = frozenset({"CollectionPage", "SearchResultsPage", "ProfilePage"})  # of schema.org
LIVE_TYPE = "LiveBlogPosting"
NESTING_KEYS = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item")
# Judged limits, far above what real pages have.
MAX_JSON_LD_NODES = 2_000
MAX_LISTED_NAMES = 10  # of a list of authors or publishers
MAX_PAYWALLED_PARTS = 10
MAX_TIME_ELEMENTS = 3
MAX_LANGUAGE_TAG = 35  # characters; RFC 5646, section 4.4.1

# Names of `<meta>` elements, the most trusted first.
PUBLISHED_META_NAMES = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished"),
    *("date.published", "parsely-pub-date", "sailthru.date", "article.published", "pubdate", "publishdate"),
    *("publish-date", "publication_date", "dc.date.issued", "dc.date", "dcterms.created", "dcterms.date"),
    "date",
)
MODIFIED_META_NAMES = (
    *("article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "lastmod"),
    *("last-modified", "dcterms.modified", "dc.date.modified", "revised"),
)

# ".paywall", "div.article-body__locked" (the class is the group)
_CSS_CLASS = re.compile(r"\.([\w-]{1,80})")
# "850"
_WORD_COUNT = re.compile(r"[1-9]\d{0,5}")
# "en", "de-AT", "fil_PH" (the code is the group)
_LANGUAGE_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_]|$)")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page states about itself; None (or "", or False) where it states nothing.

    `is_article`, `is_listing`, `is_live_blog` and `has_video` follow from the types it gives itself. `is_free`
    is schema.org's `isAccessibleForFree`, `paywalled_class` the CSS class of the part that is not. `word_count`
    is the length it states for the article, `language` the code and `language_tag` all of what it states as its
    language, `article_body` the article's text where it repeats that.
    """

    title: str = ""
    site_name: str = ""
    author: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    canonical_url: str = ""
    language: str = ""
    language_tag: str = ""
    image: str = ""
    article_body: str = ""
    word_count: int = 0
    is_article: bool = False
    is_listing: bool = False
    is_live_blog: bool = False
    has_video: bool = False
    is_free: bool = True
    paywalled_class: str = ""


def read_metadata(tree: HtmlElement) -> PageMetadata:
    """Return what a parsed page states about itself; nothing that the page holds makes it raise."""
    nodes = list(_json_ld_nodes(tree))
    articles = [node for node in nodes if _types(node) & ARTICLE_TYPES]
    live = (node for node in articles if LIVE_TYPE in _types(node))  # its entries may stand beside it
    article = next(live, next(iter(articles), {}))
    meta = _meta_tags(tree)
    language = _language_tag(tree, article)
    hints = DateHints(language)
    types = {name for node in nodes for name in _types(node)}
    og_type = meta.get("og:type", "").lower()
    return PageMetadata(
        title=_strip_tags(_text(article.get("headline"))) or meta.get("og:title", ""),
        # "Post | All the news": some put their slogan into the name
        site_name=(meta.get("og:site_name", "") or _text(article.get("publisher"))).partition(" | ")[0],
        author=_text(article.get("author")) or _meta_authors(tree),
        published=_first_date(tree, article, meta, "datePublished", PUBLISHED_META_NAMES, hints),
        modified=_first_date(tree, article, meta, "dateModified", MODIFIED_META_NAMES, hints),
        canonical_url=_canonical_link(tree) or meta.get("og:url", "") or _main_entity_url(article),
        language=_primary_language(language),
        language_tag=language,
        image=_url(article.get("image")) or meta.get("og:image", "") or meta.get("twitter:image", ""),
        article_body=_article_body(article),
        word_count=_word_count(article.get("wordCount")),
        is_article=bool(article) or og_type == "article" or PUBLISHED_META_NAMES[0] in meta,
        is_listing=bool(types & LISTING_TYPES),
        is_live_blog=LIVE_TYPE in types,
        has_video="VideoObject" in types or og_type.startswith("video"),
        is_free=str(article.get("isAccessibleForFree", "true")).lower() != "false",
        paywalled_class=_paywalled_class(article),
    )


def _meta_tags(tree: HtmlElement) -> dict[str, str]:
    """Return the first value of every `<meta>`, by its lower-case name."""
    values: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        value = html.unescape(element.get("content") or "").strip()  # escaped twice more often than not
        if name and value:
            values.setdefault(name.strip().lower(), value)
    return values


def _meta_authors(tree: HtmlElement) -> str:
    """Return the authors of every `<meta name="author">`, parted by commas: some pages have one for each."""
    metas = (meta for meta in tree.iter("meta") if (meta.get("name") or "").strip().lower() == "author")
    names = [html.unescape(meta.get("content") or "").strip() for meta in metas]
    return ", ".join(dict.fromkeys(name for name in names[:MAX_LISTED_NAMES] if name))


def _json_ld_nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the objects of all JSON-LD in the page, in document order, as far as they can be parsed."""
    scripts = (script for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower())
    stack: list[Any] = [_parse_json(script.text or "") for script in scripts]
    stack.reverse()
    for _ in range(MAX_JSON_LD_NODES):
        if not stack:
            return
        node = stack.pop()
        if isinstance(node, list):
            stack.extend(reversed(node[:MAX_JSON_LD_NODES]))
        elif isinstance(node, dict):
            yield node
            stack.extend(node[key] for key in reversed(NESTING_KEYS) if key in node)


def _parse_json(text: str) -> Any:  # noqa: ANN401 - it is whatever the page holds
    """Parse a script's JSON, within a commented CDATA section too; None when it is damaged."""
    try:
        text = text.strip().removeprefix("//").strip().removeprefix("<![CDATA[").removesuffix("]]>")
        return json.loads(text.strip().removesuffix("//"), strict=False)
    except (ValueError, RecursionError):
        return None


def _types(node: dict[str, Any]) -> frozenset[str]:
    """Return a node's schema.org types, without the address that may stand before them."""
    value = node.get("@type")
    types = value if isinstance(value, list) else [value]
    return frozenset(name.rpartition("/")[2] for name in types if isinstance(name, str))


def _text(value: Any) -> str:  # noqa: ANN401 - see _parse_json
    """Return the text of a JSON-LD value: itself, its name, or those of a list, parted by commas."""
    match value:
        case str():
            return html.unescape(value).strip()  # many sites escape what JSON needs no escapes for
        case {"name": str(name)}:
            return html.unescape(name).strip()
        case list():
            names = map(_text, value[:MAX_LISTED_NAMES])
            return ", ".join(dict.fromkeys(name for name in names if name))
        case _:
            return ""


def _first_date(
    tree: HtmlElement,
    article: dict[str, Any],
    meta: dict[str, str],
    key: str,
    meta_names: tuple[str, ...],
    hints: DateHints,
) -> datetime | None:
    """Return the first plausible date: of the JSON-LD's `key`, of `<meta>` elements, of `<time>` elements."""
    texts = [_text(article.get(key)), *(meta.get(name, "") for name in meta_names)]
    texts += [
        element.get("datetime") or ""
        for element in tree.iter("time")
        if element.get("itemprop") == key or (key == "datePublished" and element.get("pubdate") is not None)
    ][:MAX_TIME_ELEMENTS]
    return next((moment for text in texts if (moment := parse_date(text, hints=hints))), None)


def _url(value: Any) -> str:  # noqa: ANN401 - see _parse_json
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


def _main_entity_url(article: dict[str, Any]) -> str:
    return _url(article.get("mainEntityOfPage")) or _text(article.get("url"))


def _word_count(value: Any) -> int:  # noqa: ANN401 - see _parse_json
    text = str(value) if isinstance(value, int | str) else ""
    return int(text) if _WORD_COUNT.fullmatch(text) else 0


def _article_body(article: dict[str, Any]) -> str:
    """Return the article's text; of a live blog the headlines and texts of its updates, each a line."""
    updates = article.get("liveBlogUpdate")
    if isinstance(updates, list):
        posts = [update for update in updates[:MAX_JSON_LD_NODES] if isinstance(update, dict)]
        parts = [_text(post.get(key)) for post in posts for key in ("headline", "articleBody")]
        return _strip_tags("\n".join(part for part in parts if part))
    return _strip_tags(_text(article.get("articleBody")))


def _strip_tags(text: str) -> str:
    """Return text without the markup that some sites leave in it."""
    return text_of_html(text) if "<" in text else text


def _paywalled_class(article: dict[str, Any]) -> str:
    """Return the CSS class of the part for subscribers, "" if none is stated.

    Google's markup for paywalled content asks for it, as a schema.org `hasPart` with a `cssSelector`:
    https://developers.google.com/search/docs/appearance/structured-data/paywalled-content
    """
    parts = article.get("hasPart")
    for part in parts[:MAX_PAYWALLED_PARTS] if isinstance(parts, list) else [parts]:
        if isinstance(part, dict) and str(part.get("isAccessibleForFree")).lower() == "false":
            selector = _CSS_CLASS.search(_text(part.get("cssSelector")))
            return selector[1] if selector else ""
    return ""


def _canonical_link(tree: HtmlElement) -> str:
    links = (link for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    return next(((link.get("href") or "").strip() for link in links), "")


def _language_tag(tree: HtmlElement, article: dict[str, Any]) -> str:
    """Return the tag of the language that the page states, as it is written ("en-IN"), or ""."""
    root = tree.getroottree().getroot()
    stated = (_text(article.get("inLanguage")), root.get("lang") or "", root.get("xml:lang") or "")
    tags = (value.strip() for value in stated)
    return next((tag[:MAX_LANGUAGE_TAG] for tag in tags if _LANGUAGE_CODE.match(tag)), "")


def _primary_language(tag: str) -> str:
    """Return the two- or three-letter code of a language tag, or ""."""
    code = _LANGUAGE_CODE.match(tag)
    return code[1].lower() if code else ""
