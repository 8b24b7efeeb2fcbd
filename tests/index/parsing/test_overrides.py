from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles import Article, DateSource
from index.errors import VerbatimError
from index.parsing.overrides import NO_OVERRIDES, MetadataOverrides

ARTICLE = Article(
    "https://post.example/bridge",
    "The Post",
    "Bridge opens",
    "It opens.",
    "Jo Berg",
    datetime(2024, 11, 11, tzinfo=UTC),
)
TEXTS = st.none() | st.text(max_size=40)


def test_nothing_stated_changes_nothing() -> None:
    assert NO_OVERRIDES.apply_to(ARTICLE) == ARTICLE
    assert MetadataOverrides("", " ", "", "", "\u200b").apply_to(ARTICLE) == ARTICLE


def test_what_is_stated_outranks_the_article() -> None:
    stated = MetadataOverrides("Echo ", "A\nbridge", "HTTPS://Echo.example/b#top", "12 Nov 2024", "Ada Roth")
    assert stated.apply_to(ARTICLE) == Article(
        "https://echo.example/b",
        "Echo",
        "A bridge",
        "It opens.",
        "Ada Roth",
        datetime(2024, 11, 12, 12, tzinfo=UTC),
        date_source=DateSource.PERSON,
    )


@pytest.mark.parametrize("stated", [MetadataOverrides(date="soon"), MetadataOverrides(url="nowhere")])
def test_a_date_or_an_address_that_is_none_is_told(stated: MetadataOverrides) -> None:
    with pytest.raises(VerbatimError, match=stated.date or stated.url):
        stated.apply_to(ARTICLE)


@given(st.builds(MetadataOverrides, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS))
def test_any_overrides_are_taken_or_told(stated: MetadataOverrides) -> None:
    try:
        article = stated.apply_to(ARTICLE)
    except VerbatimError:
        assert stated.url or stated.date
        return
    assert all((article.url, article.outlet, article.title, article.author, article.published))
    assert article.text == ARTICLE.text
