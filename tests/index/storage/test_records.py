from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from index.articles import Span
from index.storage.records import StoredArticle, from_timestamp, to_timestamp
from tests.index.conftest import BRIDGE


@given(st.integers(-(2**31), 2**33))
def test_a_time_comes_back_from_its_seconds(seconds: int) -> None:
    time = from_timestamp(seconds)
    assert time is not None
    assert time.tzinfo is UTC
    assert to_timestamp(time) == seconds


def test_no_time_has_no_seconds() -> None:
    assert from_timestamp(None) is to_timestamp(None) is None


def test_the_sentences_of_an_article_begin_with_its_headline() -> None:
    lines = BRIDGE.text.split("\n")
    spans = [Span(BRIDGE.text.index(line), BRIDGE.text.index(line) + len(line)) for line in lines]
    stored = StoredArticle(BRIDGE, 7, (Span(0, 0), *spans), datetime.now(UTC), None)
    assert stored.sentences() == [BRIDGE.title, *lines]
