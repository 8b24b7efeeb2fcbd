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
    words = KeywordIndex(tmp_path)
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

    def ask(text, filters=EVERYTHING, adapted=None):
        query, adapted = encoder.encode([text, adapted or text])
        analysed = analyzer().analyze(text)
        hits = keyword_candidates(analysed, filters, words)
        return hybrid_search(query, adapted, hits, filters, table=catalog.table(), vectors=vectors)

    ask.catalog = catalog
    return ask


def test_candidates_come_with_what_is_known_of_them(parts, encoder):
    found = parts("Which cables had cracks?")
    [query] = encoder.encode(["Which cables had cracks?"])
    best = int(np.argmax(found.fused_score))
    assert found.sentence_id[best] == 1
    assert (found.article_row[best], found.sentence_index[best]) == (0, 1)
    assert found.window_similarity[best, 2] == pytest.approx(float(query @ found.vector[best]), abs=1e-2)
    assert found.bm25_sentence[best] > 0
    assert (
        found.window_similarity[best, 0] == found.window_similarity[best, 1] == 0.0
    )  # before it stands only the headline
    assert found.window_similarity[best, 3] > 0


def test_headlines_are_never_candidates_but_bring_their_article(parts):
    found = parts("The story of wheat")
    assert 0 not in found.sentence_index
    assert 11 in found.sentence_id


def test_filters_leave_nothing_else(parts):
    found = parts("bridge wheat prices", SearchFilter(outlets=("The Sample Post",)))
    assert len(found)
    assert set(found.sentence_id.tolist()) <= {11, 12}


def test_an_article_that_has_left_is_no_candidate(parts):
    parts.catalog.remove(0)
    assert set(parts("Which cables had cracks?").sentence_id.tolist()) <= {11, 12}


def test_the_adapted_query_says_where_to_look_and_the_question_how_near_it_is(parts):
    found = parts("zzz", adapted="Which cables had cracks?")
    best = int(np.argmax(found.fused_score))
    assert found.sentence_id[best] == 1
    assert found.adapted_window_similarity[best, 2] > found.window_similarity[best, 2] + 0.2
    assert found.adapted_headline_similarity[best] != found.headline_similarity[best]
    straight = parts("Which cables had cracks?")
    assert np.allclose(straight.adapted_window_similarity, straight.window_similarity, atol=1e-6)
