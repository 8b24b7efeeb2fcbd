"""OPML 2.0 (http://opml.org/spec2.opml): lists of feeds, as feed readers exchange them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from index.errors import BadFeed
from index.parsing.feeds.items import complete_feed_url, resolve_http_url
from index.text.charset import decode_feed
from index.text.cleaning import clean_line

MAX_OPML_BYTES = 5_000_000  # judged: about as much as 20,000 feeds take
MAX_OPML_FEEDS = 5_000  # feeds that are read of one list; judged
# A character that is none, half of a pair, written as a number: lxml passes it on, and fails when it is read.
_HALF_OF_PAIR = re.compile(
    r"&#(?:x0*d[89a-f][0-9a-f]{2}|0*(?:5529[6-9]|55[3-9]\d{2}|56\d{3}|57[0-2]\d{2}|573[0-3]\d|5734[0-3]));",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed in a list (OPML's term): its address, and its title if it has one."""

    url: str
    title: str = ""


def read_opml(body: bytes) -> list[Outline]:
    """Return the feeds of a list, nested folders included, each once.

    Raise BadFeed when the list is too large, no OPML, or holds no feed.
    """
    if len(body) > MAX_OPML_BYTES:
        limit = MAX_OPML_BYTES // 1_000_000
        raise BadFeed(f"The list is larger than {limit} MB.", "opml-large", megabytes=limit)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    try:
        text = _HALF_OF_PAIR.sub("\ufffd", decode_feed(body))
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadFeed(
            "The file is no list of feeds (OPML): its XML cannot be read.", "opml-broken"
        ) from error
    if root is None or str(root.tag).rpartition("}")[2].lower() != "opml":
        raise BadFeed("The file is no list of feeds (OPML).", "opml-broken")
    outlines: dict[str, Outline] = {}
    for element in root.iter("{*}outline"):
        attributes = {name.lower(): value for name, value in element.attrib.items()}
        url = resolve_http_url(complete_feed_url(attributes.get("xmlurl", "")), "")
        if url and url not in outlines and len(outlines) < MAX_OPML_FEEDS:
            outlines[url] = Outline(url, clean_line(attributes.get("title") or attributes.get("text")))
    if not outlines:
        raise BadFeed("The list holds no feed.", "opml-empty")
    return list(outlines.values())


def write_opml(outlines: Iterable[Outline], title: str = "Verbatim") -> bytes:
    """Return the list as OPML 2.0, in UTF-8, which every feed reader can import."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for outline in outlines:
        name = clean_line(outline.title) or outline.url
        etree.SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=outline.url)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written
