import gzip
import io
import json
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles import Article, DateSource
from index.errors import RefusedArticle, VerbatimError
from index.ingest.inputs import MetadataOverrides, read_inputs
from index.parsing import article_jsonl
from index.parsing.overrides import NO_OVERRIDES
from index.parsing.worker_process import ParserProcess
from index.text.language_id import article_language
from tests.web import pages
from tests.web.newspaper import Newspaper

ROW = {
    "url": "https://example.com/bridge",
    "outlet": "Sample Post",
    "title": "Bridge opens",
    "author": "Jo Berg",
    "published": "2020/07/02",
    "text": "The bridge opens again.\n\nIt was late.",
}


def row(**changes: object) -> str:
    return json.dumps({**ROW, **changes}) + "\n"


def read(
    *inputs: str | Path, overrides: MetadataOverrides = NO_OVERRIDES, stdin: bytes = b""
) -> list[Article | RefusedArticle]:
    return list(read_inputs([str(name) for name in inputs], overrides, stdin=io.BytesIO(stdin)))


def refusal(item: Article | RefusedArticle) -> str:
    assert isinstance(item, RefusedArticle)
    return str(item)


def article(item: Article | RefusedArticle) -> Article:
    assert isinstance(item, Article), item
    return item


@pytest.fixture
def paper() -> Iterator[Newspaper]:
    with Newspaper() as paper:
        yield paper


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", ["news.jsonl", "news.txt", "news"])
def test_json_lines_are_told_by_what_they_hold(tmp_path: Path, name: str, packed: bool) -> None:
    body = row().encode()
    (tmp_path / name).write_bytes(gzip.compress(body) if packed else body)
    assert read(tmp_path / name) == [
        Article(
            "https://example.com/bridge", "Sample Post", "Bridge opens", "The bridge opens again.\n\nIt was late.",
            "Jo Berg", datetime(2020, 7, 2, 12, tzinfo=UTC), date_source=DateSource.METADATA,
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{nope}\n", "not JSON"),
        ("[1, 2]\n", "not a JSON object"),
        ("[" * 100_000 + "\n", "not JSON"),
        (row(text=None), "no text"),
        (row(text=""), "no text"),
        (row(text=" \u200b\n"), "no text"),
        (row(text=["a"]), "text must be text"),
        (row(url=5, title={}), "url and title must be text"),
        (row(url=None), "no url"),
        (row(url="nowhere"), "not an address"),
        (row(text="word " * 250_000), "longer than 1,000,000 characters"),
        ("\udcff" + row(), "not UTF-8"),
    ],
)
def test_one_bad_line_is_refused_by_number_and_the_rest_goes_on(
    tmp_path: Path, line: str, words: str
) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(row() + line + "\n" + row(url="https://example.com/b"), errors="surrogateescape")
    first, bad, last = read(path)
    assert (article(first).url, article(last).url) == ("https://example.com/bridge", "https://example.com/b")
    assert refusal(bad).startswith(f"{path}, line 2: ")
    assert words in refusal(bad)


def test_a_refused_row_keeps_its_address_and_title(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(row(text=""))
    [bad] = read(tmp_path / "a.jsonl")
    assert isinstance(bad, RefusedArticle)
    assert (bad.url, bad.title) == ("https://example.com/bridge", "Bridge opens")


def test_a_row_may_lack_all_but_address_and_text() -> None:
    [found] = read("-", stdin=b'{"url": "https://www.example.com/a", "text": "It opens."}')
    assert (article(found).outlet, article(found).title) == ("example.com", "It opens.")
    assert article(found).published is None


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("2024-11-11", 11),
        ("November 11, 2024", 11),
        ("11 Nov 2024", 11),
        ("yesterday", None),
        ("?", None),
        (" ", None),
    ],
)
def test_dates_of_rows_may_be_in_words(stated: str, day: int | None) -> None:
    [found] = read("-", stdin=row(published=stated).encode())
    published = article(found).published
    assert published == (datetime(2024, 11, day, 12, tzinfo=UTC) if day else None)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks_are_heeded(encoding: str) -> None:
    [found, other] = read("-", stdin=(row(text="Café 東京") + row()).encode(encoding))
    assert article(found).text == "Café 東京"
    assert article(other).title == "Bridge opens"


def test_an_endless_line_is_left_out_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(article_jsonl, "MAX_ROW_LENGTH", 1_000)
    (tmp_path / "a.jsonl").write_text(row(text="x" * 5_000) + row() + row(text="y" * 20_000) + row())
    long, good, longer, end = read(tmp_path / "a.jsonl")
    assert "line 1: it is longer than 1,000 characters" in refusal(long)
    assert article(good).title == "Bridge opens"
    assert "line 3" in refusal(longer)
    assert "does not end" in refusal(end)


def test_rows_are_a_stream(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl.gz"
    with gzip.open(path, "wt") as file:
        for number in range(100):
            file.write(row(url=f"https://example.com/{number}", text="The bridge opens. " * 5_000))
    article_language("The bridge opens. " * 50)  # its model, loaded once, takes more than all rows
    tracemalloc.start()
    try:
        count = sum(isinstance(item, Article) for item in read_inputs([str(path)]))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 100
    assert peak < 3_000_000  # of 9 MB


def test_a_cut_archive_gives_what_it_has(tmp_path: Path) -> None:
    lines = "".join(row(url=f"https://example.com/{number * 7919}") for number in range(2_000))
    body = gzip.compress(lines.encode())
    (tmp_path / "a.jsonl.gz").write_bytes(body[: len(body) // 2])
    *found, last = read(tmp_path / "a.jsonl.gz")
    assert found
    assert all(isinstance(item, Article) for item in found)
    assert "is damaged after line" in refusal(last)


@pytest.mark.parametrize(
    "body", [b"\x1f\x8b", b"\x1f\x8b\x08\x00broken archive", gzip.compress(b"x" * 99)[:15]]
)
def test_a_broken_archive_is_told(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "a.gz").write_bytes(body)
    [bad] = read(tmp_path / "a.gz")
    assert "is damaged" in refusal(bad) or "is empty" in refusal(bad)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "is empty"),
        (b" \n\n ", "is empty"),
        (bytes(range(256)) * 20, "is not text"),
        (b"%PDF-1.7 some text that follows", "is not text"),
        (b"PK\x03\x04 a packed document", "is not text"),
        (b"\x89PNG\r\n\x1a\n" + b"text" * 99, "is not text"),
        (b'[{"url": "https://example.com/a", "text": "It opens."}]', "one object a line"),
        (b'{\n  "url": "https://example.com/a",\n  "text": "It opens."\n}\n', "one object a line"),
        (b"word " * 900_000, "larger than 4 MB"),
    ],
)
def test_files_that_hold_no_article(tmp_path: Path, body: bytes, words: str) -> None:
    (tmp_path / "file.txt").write_bytes(body)
    [bad] = read(tmp_path / "file.txt")
    assert refusal(bad).startswith(str(tmp_path / "file.txt"))
    assert words in refusal(bad)


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    missing, folder, odd = read(tmp_path / "missing.txt", tmp_path, "nul\x00")
    assert "there is no file" in refusal(missing)
    assert "is a folder" in refusal(folder)
    assert "cannot be read" in refusal(odd)


def test_plain_text_is_titled_by_its_first_line_and_unwrapped(tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    path.write_bytes(
        b"Bridge opens again\r\n\r\nThe mayor said on Monday that the bridge would\r\nopen again before the winter.\r\n\r\nIt was late.\r\n"
    )
    [found] = read(path)
    assert article(found).title == "Bridge opens again"
    assert article(found).text == (
        "The mayor said on Monday that the bridge would open again before the winter.\n\nIt was late."
    )
    assert (article(found).url, article(found).outlet) == (path.as_uri(), "Local file")


def test_plain_text_without_a_headline_is_titled_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "harbour-bridge_opens.txt").write_text("The bridge opens again.\nIt was late.")
    [found] = read(tmp_path / "harbour-bridge_opens.txt")
    assert article(found).title == "harbour bridge opens"
    assert article(found).text == "The bridge opens again.\nIt was late."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text_is_decoded_as_browsers_do(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_text("The “café” opens.", encoding=encoding)
    assert article(read(tmp_path / "a.txt")[0]).text == "The “café” opens."


def test_markdown_loses_its_markup(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\nlayout: post\n---\n# Bridge *opens*\n\nThe [mayor](http://x.example) said **so**\non Monday.\n\n"
        "- one\n- two `three`\n\n> Quoted.\n\n<script>alert(1)</script>\n\n![alt](x.png)\n\n## More\n\nIt &amp; that.\n"
    )
    [found] = read(tmp_path / "a.md")
    assert article(found).title == "Bridge opens"
    assert article(found).text.split("\n\n") == [
        "The mayor said so on Monday.", "one", "two three", "Quoted.", "More", "It & that.",
    ]  # fmt: skip


def test_overrides_outrank_what_a_file_says(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Bridge opens\n\nThe bridge opens.")
    overrides = MetadataOverrides(
        "Sample Post", "A bridge", "https://example.com/a?utm_source=x", "11 Nov 2024", "Jo"
    )
    assert read(tmp_path / "a.txt", overrides=overrides) == [
        Article("https://example.com/a", "Sample Post", "A bridge", "The bridge opens.", "Jo",
                datetime(2024, 11, 11, 12, tzinfo=UTC), date_source=DateSource.PERSON)
    ]  # fmt: skip


def test_rows_take_overrides_for_what_they_lack() -> None:
    overrides = MetadataOverrides(outlet="Hinted", date="2024-11-11")
    given_, lacking = read(
        "-", stdin=(row() + row(outlet=None, published=None)).encode(), overrides=overrides
    )
    assert article(given_).outlet == "Sample Post"
    assert article(lacking).outlet == "Hinted"
    assert article(lacking).published == datetime(2024, 11, 11, 12, tzinfo=UTC)
    assert (article(given_).date_source, article(lacking).date_source) == (
        DateSource.METADATA,
        DateSource.PERSON,
    )


def test_overrides_that_cannot_be_are_told_at_once() -> None:
    with pytest.raises(VerbatimError, match="as a date"):
        read_inputs(["a.txt"], MetadataOverrides(date="soon"))
    with pytest.raises(VerbatimError, match="one article"):
        read_inputs(["a.txt", "b.txt"], MetadataOverrides(title="Both"))


def test_saved_pages_and_standard_input_are_read(tmp_path: Path) -> None:
    (tmp_path / "saved.html").write_text(pages.story(canonical="https://www.harbourpost.example/x"))
    (tmp_path / "page").write_text(
        f"<!-- saved from url=(0035)https://www.harbourpost.example/y -->\n{pages.story()}"
    )
    (tmp_path / "own.htm.gz").write_bytes(gzip.compress(pages.story().encode()))
    found = read(
        tmp_path / "saved.html", tmp_path / "page", tmp_path / "own.htm.gz", "-", stdin=pages.FRONT.encode()
    )
    assert [article(item).url for item in found[:3]] == [
        "https://www.harbourpost.example/x",
        "https://www.harbourpost.example/y",
        (tmp_path / "own.htm.gz").as_uri(),
    ]
    assert refusal(found[3]) == "standard input: the page is a list of articles, not one"


def test_standard_input_stays_open_and_the_same_text_is_the_same_article() -> None:
    stdin = io.BytesIO(b"Bridge opens\n\nThe bridge opens again.")
    [first] = read_inputs(["-"], stdin=stdin)
    assert not stdin.closed
    stdin.seek(0)
    assert list(read_inputs(["-"], stdin=stdin)) == [first]
    assert article(first).url.startswith("urn:uuid:")


def test_addresses_are_fetched_and_the_rest_goes_on(paper: Newspaper, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Bridge opens\n\nThe bridge opens.")
    paths = ("/news/mobile", "/news/teaser", "/status/404", "/plain", "/news/theft")
    inputs = [*(paper.origin + path for path in paths), str(tmp_path / "a.txt")]
    story, teaser, missing, plain, theft, last = read_inputs(inputs, fetching=paper.settings())
    assert article(story).url == f"{paper.origin}/news/bridge"
    assert article(story).text.split("\n") == list(pages.PARAGRAPHS)
    assert f"{paper.origin}/news/teaser" in refusal(teaser)
    assert "without a subscription" in refusal(teaser)
    assert "no such page (404)" in refusal(missing)
    assert article(plain).title == "Bridge opens"
    assert article(theft).url == f"{paper.origin}/news/theft"
    assert article(last).title == "Bridge opens"


def test_a_caller_may_stop_early(paper: Newspaper) -> None:
    items = read_inputs([f"{paper.origin}/news/bridge"] * 3, fetching=paper.settings())
    assert article(next(items)).title == "Harbour bridge opens before the winter"
    items.close()  # type: ignore[attr-defined]
    assert paper.seen["/news/bridge"] == 1


def test_a_page_that_takes_too_long_is_refused_and_the_next_is_read() -> None:
    tangled = f"<html><body><div {' '.join(f'a{number}=1' for number in range(60_000))}>{pages.story()}"
    with ParserProcess() as reader:
        reader.parse_page(pages.story(), "https://example.com/warm")
        reader._timeout = 0.5
        with pytest.raises(RefusedArticle, match=r"more than 0\.5 seconds"):
            reader.parse_page(tangled, "https://example.com/a")
        reader._timeout = 20.0
        assert (
            reader.parse_page(pages.story(), "https://example.com/b").title
            == "Harbour bridge opens before the winter"
        )


def test_a_process_that_died_while_it_was_idle_is_started_anew() -> None:
    task = ("# Bridge\n\nIt opens.", "a.md", NO_OVERRIDES)
    with ParserProcess() as reader:
        reader.parse_markdown(*task)
        assert reader._process is not None
        reader._process.kill()
        reader._process.join()
        assert reader.parse_markdown(*task).title == "Bridge"


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))
    )
)
def test_any_input_is_articles_or_refusals(body: bytes) -> None:
    for item in read("-", stdin=body.replace(b"<", b"(")):
        assert refusal(item) if isinstance(item, RefusedArticle) else item.text.encode()


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(list(ROW)),
        st.one_of(st.none(), st.integers(), st.text(max_size=99), st.just("https://a.example/")),
    )
)
def test_any_row_is_an_article_or_a_refusal(fields: dict[str, object]) -> None:
    [item] = read("-", stdin=(json.dumps(fields) + "\n").encode())
    assert (
        refusal(item)
        if isinstance(item, RefusedArticle)
        else item.url == "https://a.example/" or "://" in item.url
    )


def test_markdown_that_takes_too_long_is_refused() -> None:
    with ParserProcess(timeout=1.0) as reader, pytest.raises(RefusedArticle, match="more than 1 seconds"):
        reader.parse_markdown("![" * 500_000, "a.md", NO_OVERRIDES)
