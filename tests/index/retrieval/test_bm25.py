import numpy as np
import pytest

from index.retrieval.bm25 import bm25
from index.retrieval.keyword_index import (
    CONTEXT_FIELD,
    SENTENCE_FIELD,
    SearchFilter,
    inverse_document_frequency,
)
from tests.index.conftest import BRIDGE, WHEAT

TERMS = ["bridg", "harbour", "norwick", "wheat"]


@pytest.mark.parametrize("field", [SENTENCE_FIELD, CONTEXT_FIELD])
def test_scores_are_those_of_the_keyword_index_but_for_its_mean_length(archive, field):
    archive.add([BRIDGE, WHEAT])
    keywords, table = archive._indexes.keywords, archive.article_table()
    sentences, scores = keywords.search(TERMS, field, 99, SearchFilter())
    assert len(sentences) >= 3
    weights = {
        term: inverse_document_frequency(keywords.documents, keywords.frequency(term, field))
        for term in TERMS
    }
    articles = table.first_sentence[table.rows_of(sentences)]

    def own(mean):
        return bm25(archive._store, sentences, articles, field, weights, mean)

    best = min(np.arange(3.0, 60.0, 0.05), key=lambda mean: float(np.abs(own(mean) - scores).max()))
    assert own(best) == pytest.approx(scores, rel=0.01)


def test_a_sentence_whose_article_is_gone_scores_nothing(archive):
    archive.add([BRIDGE])
    gone = np.array([999], dtype=np.int64)
    assert bm25(archive._store, gone, gone, CONTEXT_FIELD, {"bridg": 1.0}, 20.0).tolist() == [0.0]
    assert len(bm25(archive._store, gone[:0], gone[:0], SENTENCE_FIELD, {"bridg": 1.0}, 20.0)) == 0
