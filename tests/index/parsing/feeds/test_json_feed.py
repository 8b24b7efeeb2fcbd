import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import BadFeed
from index.parsing.feeds.items import FeedItem
from index.parsing.feeds.json_feed import MAX_AUTHORS, read_json_feed
from tests.index.parsing.feeds.harness import HOME, read


def only_item(**fields: object) -> FeedItem:
    document = {"items": [{"url": "https://post.example/1", **fields}]}
    (item,) = read_json_feed(json.dumps(document).encode(), HOME).items
    return item


@settings(max_examples=80)
@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(
    st.sampled_from(["items", "url", "id", "title", "authors", "name", "content_html", "date_published"]), inner)))  # fmt: skip
def test_any_json_is_read_or_refused(document: object) -> None:
    with contextlib.suppress(BadFeed):
        feed = read(json.dumps({"items": document if isinstance(document, list) else [document]}))
        assert all(item.url.startswith("http") for item in feed.items)


@settings(max_examples=80)
@given(st.binary(max_size=100))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with contextlib.suppress(BadFeed):
        read_json_feed(body, HOME)
    with contextlib.suppress(BadFeed):
        read_json_feed(b'{"items": [' + body + b"]}", HOME)


def test_half_a_character_is_left_out_of_a_text_which_can_then_be_stored() -> None:
    item = only_item(title="A \ud800 bridge", content_html="<p>It \udfff closed.</p>")
    assert item.content_html == "<p>It  closed.</p>"
    repr(item).encode("utf-8")


def test_authors_of_both_versions_are_named() -> None:
    assert only_item(author={"name": "Jo Berg"}).author == "Jo Berg"
    assert only_item(authors=[{"name": "Jo Berg"}, "nobody", {"url": "/x"}, {"name": "Ada Roth"}]).author == (
        "Jo Berg, Ada Roth"
    )
    crowd = [{"name": str(number)} for number in range(MAX_AUTHORS + 1)]
    assert only_item(authors=crowd).author.count(",") == MAX_AUTHORS - 1


def test_plain_text_is_carried_as_paragraphs_and_html_goes_first() -> None:
    assert only_item(content_text="1 < 2\n\nIt opens.").content_html == "<p>1 &lt; 2</p><p>It opens.</p>"
    assert only_item(content_html="<b>x</b>", content_text="x").content_html == "<b>x</b>"


@pytest.mark.parametrize(
    ("identifier", "urls"), [("https://post.example/2", ["https://post.example/2"]), ("tag:2", [])]
)
def test_an_identifier_is_the_address_where_it_is_one(identifier: str, urls: list[str]) -> None:
    feed = read_json_feed(json.dumps({"items": [{"id": identifier, "title": "Two"}]}).encode(), HOME)
    assert [item.url for item in feed.items] == urls
