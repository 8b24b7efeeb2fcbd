"""Small documents that mean large ones: each is read in bounded memory, or refused in words."""

import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import RefusedArticle, VerbatimError
from index.ingest.inputs import read_inputs
from index.parsing.feeds.opml import MAX_OPML_FEEDS
from index.parsing.worker_process import ParserProcess

URL = "https://post.example/feed"
SECRET = "the-owners-own-words"
LIMIT = 2_000_000  # characters in all that a result of these small documents may hold


@pytest.fixture(scope="module")
def parser() -> Iterator[ParserProcess]:
    with ParserProcess() as parser:
        yield parser


def laughs(root: str, use: str) -> str:
    """Write a document whose entities stand for a billion words ("billion laughs")."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return (
        f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY l0 "laugh ">{entities}]>{use.replace("@", "&l9;")}'
    )


def long_entity(root: str, use: str) -> str:
    """Write a document that repeats one long entity ("quadratic blowup")."""
    return f'<!DOCTYPE {root} [<!ENTITY a "{"a" * 50_000}">]>{use.replace("@", "&a;" * 50_000)}'


def outside(root: str, use: str, place: str) -> str:
    """Write a document that asks for the text at a place of its own choice ("XXE")."""
    return f'<!DOCTYPE {root} [<!ENTITY x SYSTEM "{place}"><!ENTITY % y SYSTEM "{place}"> %y;]>{use.replace("@", "&x;")}'


RSS = "<rss version='2.0'><channel><title>@</title><item><title>@</title><link>https://post.example/1</link><description>@</description></item></channel></rss>"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><title>@</title><entry><title>@</title><link href='https://post.example/1'/><content>@</content></entry></feed>"
SITEMAP = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>https://post.example/1</loc><n:news><n:title>@</n:title></n:news></url></urlset>"
OPML = "<opml version='2.0'><body><outline text='@' xmlUrl='https://post.example/f'/></body></opml>"
PAGE = "<html><body><article><h1>@</h1><p>The harbour bridge in Norwick closed on Monday. @</p></article></body></html>"
DOCUMENTS = {"rss": RSS, "feed": ATOM, "urlset": SITEMAP, "opml": OPML, "html": PAGE}


def read(parser: ParserProcess, root: str, document: str | bytes) -> str:
    """Read a document with the parser of its kind; return all that it gave, or the words that refuse it."""
    body = document if isinstance(document, bytes) else document.encode()
    try:
        if root == "html":
            return repr(parser.parse_page(body.decode(), "https://post.example/1"))
        return repr(parser.parse_opml(body) if root == "opml" else parser.parse_feed(body, "", URL))
    except VerbatimError as refusal:
        return str(refusal)


@pytest.mark.parametrize("root", DOCUMENTS)
@pytest.mark.parametrize("bomb", [laughs, long_entity])
def test_entities_swell_no_document(parser: ParserProcess, root: str, bomb) -> None:  # type: ignore[no-untyped-def]
    found = read(parser, root, bomb(root, DOCUMENTS[root]))
    assert len(found) < LIMIT
    assert "laugh laugh" not in found


@pytest.mark.parametrize("root", DOCUMENTS)
def test_no_document_reads_a_file_or_an_address(parser: ParserProcess, root: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    for place in (secret.as_uri(), str(secret), "http://169.254.169.254/latest/meta-data/"):
        assert SECRET not in read(parser, root, outside(root, DOCUMENTS[root], place))
    include = f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}" parse="text"/>'
    assert SECRET not in read(parser, root, DOCUMENTS[root].replace("@", include))


@pytest.mark.parametrize(
    ("root", "document"),
    [
        ("html", "<div>" * 59_000 + "The bridge closed on Monday."),
        ("html", "<p>" + "<b><i><font>" * 15_000 + "The bridge closed." + "</p>" * 3_000),
        ("html", "<table><tr><td>" * 15_000),
        ("html", "<a title='" + "x" * 4_900_000 + "'>"),
        ("html", "<ul><li>" * 20_000 + "The bridge closed on Monday."),
        ("html", "&amp;" * 900_000),
        ("html", "<svg><foreignObject><math><annotation-xml>" * 9_000),
        ("html", '<script type="application/ld+json">' + "[" * 500_000 + "</script><p>The bridge closed."),
        ("html", '<script type="application/ld+json">' + '{"@graph":[' * 100_000 + "</script><p>The bridge closed."),
        ("rss", "<rss><channel>" + "<item>" * 200_000),
        ("rss", "<rss><channel><item>" + "<a>" * 300_000),
        ("rss", RSS.replace("@", "&lt;b&gt;" * 200_000)),
        ("rss", "<rss><channel>" + "<item><link>https://post.example/1</link></item>" * 100_000),
        ("feed", "<feed xmlns='http://www.w3.org/2005/Atom'" + "".join(f" a{n}='x'" for n in range(100_000)) + "><entry/></feed>"),
        ("urlset", "<urlset>" + "<url>" * 300_000),
        ("urlset", "<urlset>" + "<url><loc>https://post.example/1</loc></url>" * 100_000 + "</urlset>"),
        ("opml", "<opml>" + "<outline>" * 300_000),
        ("rss", '{"items":' + "[" * 500_000),
        ("rss", '{"items":[' + '{"url":"https://post.example/1","title":"x"},' * 50_000 + "{}]}"),
        ("rss", '{"version":"x","items":[{"url":"https://post.example/1","id":' + "9" * 1_000_000 + "}]}"),
    ],
    ids=range(20),
)  # fmt: skip
def test_nesting_and_numbers_swell_no_document(parser: ParserProcess, root: str, document: str) -> None:
    assert len(read(parser, root, document)) < LIMIT


def test_a_list_names_so_many_feeds_and_no_more(parser: ParserProcess) -> None:
    lines = "".join(f'<outline xmlUrl="https://post.example/{n}"/>' for n in range(MAX_OPML_FEEDS + 500))
    assert len(parser.parse_opml(f"<opml>{lines}</opml>".encode())) == MAX_OPML_FEEDS


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../articles.jsonl", b"0" * 50_000_000)
    return file.getvalue()


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.html.gz", "a.txt.gz", "a.md.gz", "a.zip"])
def test_a_packed_file_is_read_up_to_its_limit(tmp_path: Path, name: str) -> None:
    body = b'{"url": "' if name == "a.jsonl.gz" else b"<html>" if name == "a.html.gz" else b"words "
    (tmp_path / name).write_bytes(
        zipped() if name == "a.zip" else gzip.compress(body + b"x" * 120_000_000, 9)
    )
    found = list(read_inputs([str(tmp_path / name)]))
    assert found
    assert all(isinstance(one, RefusedArticle) for one in found)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_a_packed_feed_is_unpacked_once_and_up_to_its_limit(parser: ParserProcess, layers: int) -> None:
    body = RSS.replace("@", "x" * 30_000_000).encode()
    for _ in range(layers):
        body = gzip.compress(body, 9)
    assert len(read(parser, "rss", body)) < LIMIT
