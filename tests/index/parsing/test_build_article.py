from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import RefusedArticle
from index.parsing.build_article import (
    MAX_FIRST_LINE_TITLE,
    MAX_OUTLET_LENGTH,
    MAX_TEXT_LENGTH,
    make_article,
    outlet_from_url,
)
from index.text.cleaning import clean_text

URL = "https://www.post.example:8080/bridge?utm_source=x"
TEXT = "The bridge opens again on Monday, the mayor of the town said.\n\nIt was late when the council voted for it."


def test_what_is_missing_is_told_by_text_and_address() -> None:
    article = make_article(url=URL, text=f" {TEXT}\r\n")
    assert (article.url, article.outlet) == ("https://www.post.example:8080/bridge", "post.example")
    assert (article.title, article.text) == (TEXT.partition("\n")[0], TEXT)
    assert (article.language, article.author, article.published) == (None, None, None)
    assert make_article(url=URL, text=TEXT * 5).language == "en"  # long enough to tell


def test_what_is_stated_is_cleaned_and_taken() -> None:
    article = make_article(
        url=URL, text=TEXT, title=" Bridge\nopens ", outlet="The\tPost", author=" ", language="nb"
    )
    assert (article.title, article.outlet, article.author, article.language) == (
        "Bridge opens", "The Post", None, "nb",
    )  # fmt: skip


def test_dates_are_kept_in_utc_where_they_can_be_true() -> None:
    there = datetime(2024, 11, 11, 7, tzinfo=timezone(timedelta(hours=-5)))
    article = make_article(url=URL, text=TEXT, published=there, modified=datetime(1970, 1, 1, tzinfo=UTC))
    assert (article.published, article.modified) == (datetime(2024, 11, 11, 12, tzinfo=UTC), None)
    assert article.published is not None
    assert article.published.tzinfo is UTC


@pytest.mark.parametrize(
    ("url", "text", "words"),
    [
        (URL, "", "no text"),
        (URL, " \u200b—\n.", "no text"),
        (URL, "x" * (MAX_TEXT_LENGTH + 1), "longer than 1,000,000"),
        ("nowhere", TEXT, "not an address"),
        ("https://me@post.example/", TEXT, "user name"),
    ],
)
def test_what_is_no_article_is_refused_in_words(url: str, text: str, words: str) -> None:
    with pytest.raises(RefusedArticle, match=words):
        make_article(url=url, text=text)


@given(*[st.text(max_size=200)] * 4)
def test_any_parts_are_an_article_or_a_refusal(url: str, text: str, title: str, outlet: str) -> None:
    for address in (url, URL):
        try:
            article = make_article(url=address, text=text, title=title, outlet=outlet)
        except RefusedArticle:
            continue
        assert article.text == clean_text(text)
        assert article.title
        assert 0 < len(article.outlet) <= MAX_OUTLET_LENGTH
        assert len(make_article(url=URL, text=text).title) <= MAX_FIRST_LINE_TITLE
        assert "\n" not in article.title + article.outlet
        article.digest.encode()


def test_an_outlet_is_named_by_its_host() -> None:
    assert outlet_from_url("https://post.example/a") == "post.example"
    assert outlet_from_url("file:///news/a.txt") == "Local file"
