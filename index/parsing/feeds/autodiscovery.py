"""A page -> the feeds it names (https://html.spec.whatwg.org/multipage/links.html#rel-alternate)."""

from urllib.parse import urljoin

from lxml.etree import LxmlError
from lxml.html import HtmlElement, document_fromstring

from index.errors import BadFeed
from index.parsing.feeds.items import Feed, FeedKind, web_address
from index.text.charset import decode_page
from index.text.cleaning import clean_line

HEAD = 1_000_000  # characters of a page in which its feeds are looked for
NAMED = 20  # feeds of one page
TYPES = frozenset(
    {
        *(
            "application/rss+xml",
            "application/atom+xml",
            "application/rdf+xml",
            "text/xml",
            "application/xml",
        ),
        *("application/feed+json", "application/json"),
    }
)


def read_page(body: bytes, content_type: str, url: str) -> Feed:
    """Read a page for the feeds it names, those of comments last; raises `BadFeed` when it names none."""
    html = decode_page(body, content_type)[:HEAD].replace("\0", "")
    try:
        tree = document_fromstring(html.encode("utf-8", "replace"))
    except (LxmlError, ValueError) as error:
        raise BadFeed("it is a web page that cannot be read") from error
    base = _base(tree, url)
    links = [link for link in tree.iter("link") if _names_a_feed(link)]
    links.sort(key=_about_comments)
    addresses = dict.fromkeys(filter(None, (web_address(link.get("href") or "", base) for link in links)))
    addresses.pop(web_address(url, url), None)  # a page that calls itself a feed would lead in a circle
    if not addresses:
        raise BadFeed(
            "it is a web page, and it names no feed; look there for an address of RSS or Atom", "feed-page"
        )
    title = clean_line(tree.findtext(".//title"))
    return Feed(FeedKind.PAGE, title, linked_feeds=tuple(addresses)[:NAMED])


def _names_a_feed(link: HtmlElement) -> bool:
    relations = (link.get("rel") or "").lower().split()
    kind = (link.get("type") or "").partition(";")[0].strip().lower()
    return "feed" in relations or ("alternate" in relations and kind in TYPES)


def _about_comments(link: HtmlElement) -> bool:
    return "comment" in f"{link.get('title')} {link.get('href')}".lower()


def _base(tree: HtmlElement, url: str) -> str:
    base: str = next((element.get("href") or "" for element in tree.iter("base")), "")
    try:
        return urljoin(url, base)
    except ValueError:
        return url
