"""A feed's bytes -> what it announces: RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed, sitemaps, pages that name feeds.

Hostile bytes may take long or break what reads them: call it through `index.parsing.worker_process`.
"""

import gzip
import io
import re
import zlib

from index.errors import BadFeed
from index.parsing.feeds.autodiscovery import read_page
from index.parsing.feeds.items import Feed
from index.parsing.feeds.json_feed import read_json_feed
from index.parsing.feeds.rss_atom import read_syndication
from index.parsing.feeds.sitemap import read_sitemap

LARGEST = 20_000_000  # bytes of a feed, unpacked
GZIP = b"\x1f\x8b"
HEAD = 8_192  # bytes in which a document's first element stands

_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_ROOT = re.compile(rb"<(?:!doctype\s+(?=html)|(?:[\w.-]{1,40}:)?)(?P<name>[a-z]{1,20})[\s>/]", re.IGNORECASE)


def read_feed(body: bytes, content_type: str, url: str) -> Feed:
    """Read what came from `url`; raises `BadFeed` in words when it is nothing that announces articles."""
    body = unpacked(body)
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if not start:
        raise BadFeed("the answer is empty", "feed-empty")
    if start in {b"{", b"["}:
        return read_json_feed(body, url)
    match root_of(body):
        case "urlset" | "sitemapindex":
            return read_sitemap(body, url)
        case "html":
            return read_page(body, content_type, url)
        case "opml":
            raise BadFeed("it is a list of feeds (OPML); give it to `verbatim feeds import`", "feed-list")
        case _:  # also a feed that is broken, or cut off at its beginning
            return read_syndication(body, content_type, url)


def unpacked(body: bytes) -> bytes:
    """Return the bytes, gunzipped when they are a gzip file; raises `BadFeed` when that is damaged or endless."""
    if not body.startswith(GZIP):
        return body
    try:
        with gzip.open(io.BytesIO(body)) as stream:
            plain = stream.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise BadFeed("it is packed (gzip) and damaged") from error
    if len(plain) > LARGEST:
        raise BadFeed(f"unpacked it is larger than {LARGEST // 1_000_000} MB")
    return plain


def root_of(body: bytes) -> str:
    """Name a document's first element, lower-case and without its prefix; the empty string if there is none."""
    head = _COMMENT.sub(b"", body[:HEAD].replace(b"\0", b""))  # without the NULs UTF-16 reads well enough
    found = _ROOT.search(head)
    return found["name"].decode().lower() if found else ""
