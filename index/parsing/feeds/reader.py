"""Reads a feed of any format: RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed, sitemaps, pages that name feeds.

Hostile bytes may take long or crash the parser: call it through `index.parsing.worker_process`.
"""

import gzip
import io
import re
import zlib

from index.errors import BadFeed
from index.parsing.feeds.autodiscovery import discover_feeds
from index.parsing.feeds.items import Feed
from index.parsing.feeds.json_feed import read_json_feed
from index.parsing.feeds.rss_atom import read_rss_atom
from index.parsing.feeds.sitemap import read_sitemap
from index.parsing.file_type import GZIP_MAGIC
from index.text.charset import decode_feed

MAX_FEED_BYTES = 20_000_000  # decompressed; judged (sitemaps.org allows 50 MB)
UTF8_XML = "application/xml; charset=utf-8"  # what every feed is once it is decoded
ROOT_SEARCH_BYTES = 8_192  # judged: the root element stands behind the XML declaration and comments

# <!-- generated 2024-11-11 -->
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
# <rss version="2.0">, <atom:feed>, <!DOCTYPE html>
_ROOT_ELEMENT = re.compile(
    rb"<(?:!doctype\s+(?=html)|(?:[\w.-]{1,40}:)?)(?P<name>[a-z]{1,20})[\s>/]", re.IGNORECASE
)


def read_feed(body: bytes, content_type: str, url: str) -> Feed:
    """Parse the body that came from `url`, whose format is told by its first bytes.

    `content_type` is the Content-Type header, for the charset it declares. Raise BadFeed, in words, when the
    body announces no articles.
    """
    packed = gunzip(body)
    body = decode_feed(packed, content_type).encode("utf-8", "replace")
    start = body[:1]
    if not start:
        raise BadFeed("the answer is empty", "feed-empty")
    if start in {b"{", b"["}:
        return read_json_feed(body, url)
    match root_element(body):
        case "urlset" | "sitemapindex":
            return read_sitemap(body, url)
        case "html":
            return discover_feeds(packed, content_type, url)
        case "opml":
            raise BadFeed("it is a list of feeds (OPML); give it to `verbatim feeds import`", "feed-list")
        case _:  # also a feed that is broken, or cut off at its beginning
            return read_rss_atom(body, UTF8_XML, url)


def gunzip(body: bytes) -> bytes:
    """Return the body, decompressed if it is a gzip file; raise BadFeed if that is damaged or too large."""
    if not body.startswith(GZIP_MAGIC):
        return body
    try:
        with gzip.open(io.BytesIO(body)) as stream:
            plain = stream.read(MAX_FEED_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise BadFeed("it is packed (gzip) and damaged", "feed-packed") from error
    if len(plain) > MAX_FEED_BYTES:
        limit = MAX_FEED_BYTES // 1_000_000
        raise BadFeed(f"unpacked it is larger than {limit} MB", "feed-large", megabytes=limit)
    return plain


def root_element(body: bytes) -> str:
    """Return the name of a document's root element, lower-case, without prefix; "" if there is none."""
    head = _COMMENT.sub(b"", body[:ROOT_SEARCH_BYTES])
    found = _ROOT_ELEMENT.search(head)
    return found["name"].decode().lower() if found else ""
