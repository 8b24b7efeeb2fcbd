"""A web page -> the feeds it links to (WHATWG HTML, link types "alternate" and "feed").

The rule: https://html.spec.whatwg.org/multipage/links.html#rel-alternate
"""

from urllib.parse import urljoin

from lxml.etree import LxmlError
from lxml.html import HtmlElement, document_fromstring

from index.errors import BadFeed
from index.parsing.feeds.items import Feed, FeedKind, resolve_http_url
from index.text.charset import decode_page
from index.text.cleaning import clean_line
from index.text.word_lists import load_words

MAX_SEARCHED_LENGTH = 1_000_000  # characters of a page that are searched; judged: links stand in its head
MAX_FEEDS_PER_PAGE = 20  # judged: those that stand first are the main ones
FEED_MEDIA_TYPES = load_words("parsing/feed_media_types")


def discover_feeds(body: bytes, content_type: str, url: str) -> Feed:
    """Return the feeds that the page at `url` links to as `linked_feeds`, those of comments last.

    Raise BadFeed when the page cannot be read or links to no feed.
    """
    html = decode_page(body, content_type)[:MAX_SEARCHED_LENGTH].replace("\0", "")
    try:
        tree = document_fromstring(html.encode("utf-8", "replace"))
    except (LxmlError, ValueError) as error:
        raise BadFeed("it is a web page that cannot be read", "feed-page-broken") from error
    base = _base_url(tree, url)
    links = [link for link in tree.iter("link") if _is_feed_link(link)]
    links.sort(key=_is_comment_feed)
    urls = dict.fromkeys(filter(None, (resolve_http_url(link.get("href") or "", base) for link in links)))
    urls.pop(resolve_http_url(url, url), None)  # a page that names itself as its feed would be a loop
    if not urls:
        raise BadFeed(
            "it is a web page, and it names no feed; look there for an address of RSS or Atom", "feed-page"
        )
    title = clean_line(tree.findtext(".//title"))
    return Feed(FeedKind.PAGE, title, linked_feeds=tuple(urls)[:MAX_FEEDS_PER_PAGE])


def _is_feed_link(link: HtmlElement) -> bool:
    relations = (link.get("rel") or "").lower().split()
    media_type = (link.get("type") or "").partition(";")[0].strip().lower()
    return "feed" in relations or ("alternate" in relations and media_type in FEED_MEDIA_TYPES)


def _is_comment_feed(link: HtmlElement) -> bool:
    return "comment" in f"{link.get('title')} {link.get('href')}".lower()


def _base_url(tree: HtmlElement, url: str) -> str:
    """Return the address that the page's links are relative to: its `<base>`, or its own."""
    base: str = next((element.get("href") or "" for element in tree.iter("base")), "")
    try:
        return urljoin(url, base)
    except ValueError:
        return url
