"""Which judged sentences are found among today's."""

from datetime import UTC, datetime

import pytest

from index.articles import Article, Span
from index.evaluation.judged_places import FoundAs, found_as, found_shares
from index.storage.records import StoredArticle

URL = "https://news.example/a"
TEXT = "The ferry  sank on Friday. Nobody was hurt, the harbour office said. More on ferries Ann Kell left."


@pytest.fixture(scope="module")
def stored() -> StoredArticle:
    first, second, last = (
        "The ferry  sank on Friday.",
        "Nobody was hurt, the harbour office said.",
        "Ann Kell left.",
    )
    spans = [Span(TEXT.index(one), TEXT.index(one) + len(one)) for one in (first, second, last)]
    return StoredArticle(
        Article(URL, "The Post", "A ferry sinks", TEXT),
        1,
        (Span(0, 0), *spans),
        datetime(2024, 1, 1, tzinfo=UTC),
        None,
    )


@pytest.mark.parametrize(
    ("sentence", "how"),
    [
        ("Nobody was hurt, the harbour office said.", FoundAs.WHOLE),
        ("The ferry sank on Friday", FoundAs.WHOLE),
        ("10:20 Nobody was hurt, the harbour office said.", FoundAs.IN_PART),
        ("The ferry sank on Friday. Nobody was hurt, the harbour office said.", FoundAs.IN_PART),
        ("Nobody was hurt", FoundAs.IN_PART),
        ("More on ferries", FoundAs.NOT),
        ("It rained (in [Garton]).", FoundAs.NOT),
        ("", FoundAs.NOT),
    ],
)
def test_a_judged_sentence_is_found_by_its_words(stored: StoredArticle, sentence: str, how: FoundAs) -> None:
    assert found_as(stored, sentence) is how
    assert found_as(None, sentence) is FoundAs.NOT


def test_shares_are_of_all_that_was_judged(stored: StoredArticle) -> None:
    judged = [
        (URL, "Ann Kell left."),
        (URL, "Kell left"),
        (URL, "More on"),
        ("https://news.example/b", "Ann Kell left."),
    ]
    assert found_shares({URL: stored}, judged) == {
        "sentences found whole": 0.25,
        "sentences found at all": 0.5,
    }
    assert found_shares({}, []) == {"sentences found whole": 0.0, "sentences found at all": 0.0}
