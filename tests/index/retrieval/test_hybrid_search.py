import numpy as np
import pytest

from index.retrieval.article_table import ArticleTableBuilder
from index.retrieval.hybrid_search import hybrid_search, keyword_candidates
from index.retrieval.keyword_index import KeywordIndex, SearchFilter, analyzer
from index.retrieval.vector_index import VectorIndex
from index.storage.records import StoredArticle, StoredEntry, Watermark
from tests.index.conftest import BRIDGE, WHEAT
from tests.index.retrieval.test_keyword_index import stored

EVERYTHING = SearchFilter()


@pytest.fixture
def parts(tmp_path, encoder):
    vectors = VectorIndex(tmp_path / "vectors", encoder.fingerprint, encoder.dimensions)
    words = KeywordIndex(tmp_path, Watermark(99, 99))
    catalog = ArticleTableBuilder()
    writer = words.writer()
    for first, article in ((0, BRIDGE), (10, WHEAT)):
        one: StoredArticle = stored(article, first)
        texts = [article.title, *(article.text[a:b] for a, b in one.spans[1:])]
        vectors.add(first, encoder.encode(texts).astype(np.float16))
        words.add(writer, one)
        published = int(article.published.timestamp())
        catalog.add([StoredEntry(first, first + len(texts), published, article.outlet)])
    words.commit(writer, Watermark(13, 0))

    def ask(text, narrow=EVERYTHING, aim=None):
        query, aimed = encoder.encode([text, aim or text])
        analysed = analyzer().analyze(text)
        by_words = keyword_candidates(analysed, narrow, words)
        return hybrid_search(query, aimed, by_words, narrow, table=catalog.table(), vectors=vectors)

    ask.catalog = catalog
    return ask


def test_candidates_come_with_what_is_known_of_them(parts):
    found = parts("Which cables had cracks?")
    best = int(np.argmax(found.prior))
    assert found.number[best] == 1
    assert (found.row[best], found.place[best]) == (0, 1)
    assert found.near[best, 2] == pytest.approx(
        found.vector[best] @ found.vector[best] * found.near[best, 2], abs=1e-2
    )
    assert found.body[best] > 0
    assert found.near[best, 0] == found.near[best, 1] == 0.0  # before it stands only the headline
    assert found.near[best, 3] > 0


def test_headlines_are_never_candidates_but_bring_their_article(parts):
    found = parts("The story of wheat")
    assert 0 not in found.place
    assert 11 in found.number


def test_filters_leave_nothing_else(parts):
    found = parts("bridge wheat prices", SearchFilter(outlets=("The Sample Post",)))
    assert len(found)
    assert set(found.number.tolist()) <= {11, 12}


def test_an_article_that_has_left_is_no_candidate(parts):
    parts.catalog.remove(0)
    assert set(parts("Which cables had cracks?").number.tolist()) <= {11, 12}


def test_the_aim_says_where_to_look_and_the_question_how_near_it_is(parts):
    found = parts("zzz", aim="Which cables had cracks?")
    best = int(np.argmax(found.prior))
    assert found.number[best] == 1
    assert found.aimed[best, 2] > found.near[best, 2] + 0.2
    assert found.aimed_headline[best] != found.headline[best]
    straight = parts("Which cables had cracks?")
    assert np.allclose(straight.aimed, straight.near, atol=1e-6)
