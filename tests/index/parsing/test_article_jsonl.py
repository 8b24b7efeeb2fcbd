import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles import Article
from index.errors import RefusedArticle
from index.parsing import article_jsonl
from index.parsing.article_jsonl import ROW_FIELDS, articles_from_jsonl
from index.parsing.overrides import MetadataOverrides

ROW = {"url": "https://post.example/bridge", "title": "Bridge opens", "text": "It opens."}


def read(body: bytes, overrides: MetadataOverrides | None = None) -> list[Article | RefusedArticle]:
    stream = io.BufferedReader(io.BytesIO(body))
    found = list(articles_from_jsonl(stream, "news.jsonl", overrides or MetadataOverrides()))
    assert not stream.closed
    return found


def row(**changes: object) -> bytes:
    return json.dumps(ROW | changes).encode() + b"\n"


def test_refusals_name_file_and_line_and_what_was_read() -> None:
    blank, bad, good = b" \n", row(text=["It opens."]), row()
    refused, article = read(blank + bad + good)
    assert isinstance(refused, RefusedArticle)
    assert str(refused) == "news.jsonl, line 2: its text must be text in quotation marks"
    missing, _ = read(row(text=" ") + good)
    assert isinstance(missing, RefusedArticle)
    assert (str(missing), missing.url, missing.title) == (
        "news.jsonl, line 1: it has no text", ROW["url"], ROW["title"],
    )  # fmt: skip
    assert isinstance(article, Article)


def test_what_a_row_says_goes_before_what_a_person_states() -> None:
    stated = MetadataOverrides(outlet="Echo", author="Ada Roth", date="2024-11-12")
    own, lacking = read(
        row(outlet="The Post", author="Jo Berg", published="2020/07/02") + row(outlet=None), stated
    )
    assert isinstance(own, Article)
    assert isinstance(lacking, Article)
    assert (own.outlet, own.author, own.published and own.published.year) == ("The Post", "Jo Berg", 2020)
    assert (lacking.outlet, lacking.author, lacking.published and lacking.published.year) == (
        "Echo",
        "Ada Roth",
        2024,
    )


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b""])
def test_the_last_line_needs_no_end(ending: bytes) -> None:
    assert [type(item) for item in read(row() + row().rstrip() + ending)] == [Article, Article]


def test_only_a_line_feed_ends_a_row() -> None:
    body = json.dumps(ROW | {"text": "It\u2028opens."}, ensure_ascii=False).replace(", ", ",\r")
    [found] = read(body.encode())
    assert isinstance(found, Article)
    assert found.text == "It\nopens."


def test_a_row_as_long_as_is_allowed_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_jsonl, "MAX_ROW_LENGTH", len(row()))
    assert [type(item) for item in read(row() + row(text="It opens!!") + row())] == [
        Article,
        RefusedArticle,
        Article,
    ]


@given(
    st.lists(
        st.binary(max_size=60)
        | st.dictionaries(st.sampled_from(ROW_FIELDS), st.none() | st.integers() | st.text(max_size=30)).map(
            lambda fields: json.dumps(fields).encode()
        ),
        max_size=5,
    )
)
def test_any_lines_are_articles_or_refusals(lines: list[bytes]) -> None:
    for item in read(b"\n".join(lines)):
        assert isinstance(item, Article) or str(item).startswith("news.jsonl")
