from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles import Article, ArticleKind

ARTICLE = Article(
    "https://a.example/1", "Post", "Title", "Text.", published=datetime(2024, 11, 1, tzinfo=UTC)
)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Other"},
        {"text": "Other."},
        {"author": "Roe"},
        {"published": None},
        {"kind": ArticleKind.LIVE},
    ],
)
def test_what_a_reader_sees_changes_the_digest(change):
    assert replace(ARTICLE, **change).digest != ARTICLE.digest


@pytest.mark.parametrize(
    "change", [{"language": "en"}, {"modified": datetime(2024, 11, 2, tzinfo=UTC)}, {"image": "x"}]
)
def test_what_a_reader_does_not_see_leaves_it(change):
    assert replace(ARTICLE, **change).digest == ARTICLE.digest


@given(st.text())
def test_any_text_has_a_digest(text):
    assert len(replace(ARTICLE, text=text + "\ud83d").digest) == 64
