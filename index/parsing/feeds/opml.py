"""OPML 2.0 (http://opml.org/spec2.opml): lists of feeds, as feed readers exchange them."""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from index.errors import BadFeed
from index.parsing.feeds.items import feed_address, web_address
from index.text.cleaning import clean_line

MAX_OPML_BYTES = 5_000_000  # bytes
MOST = 5_000  # feeds of one list


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed in a list: its address, and a name if it has one."""

    url: str
    title: str = ""


def read_opml(body: bytes) -> list[Outline]:
    """Read the feeds of a list, folders within folders too, each once; raises `BadFeed`."""
    if len(body) > MAX_OPML_BYTES:
        raise BadFeed(f"the list is larger than {MAX_OPML_BYTES // 1_000_000} MB")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadFeed("the list is no OPML: its XML cannot be read") from error
    if root is None or str(root.tag).rpartition("}")[2].lower() != "opml":
        raise BadFeed("the list is no OPML")
    found: dict[str, Outline] = {}
    for element in root.iter("{*}outline"):
        names = {name.lower(): value for name, value in element.attrib.items()}
        url = web_address(feed_address(names.get("xmlurl", "")), "")
        if url and url not in found and len(found) < MOST:
            found[url] = Outline(url, clean_line(names.get("title") or names.get("text")))
    if not found:
        raise BadFeed("the list holds no feed")
    return list(found.values())


def write_opml(outlines: Iterable[Outline], title: str = "Verbatim") -> bytes:
    """Write a list that every feed reader can import."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for outline in outlines:
        name = clean_line(outline.title) or outline.url
        etree.SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=outline.url)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written
