import pytest

from index.retrieval.keyword_index import KeywordIndex
from index.retrieval.query_terms import QueryAnalyzer
from index.storage.records import Watermark
from tests.index.conftest import BRIDGE
from tests.index.retrieval.test_keyword_index import stored


@pytest.fixture
def index(tmp_path):
    opened = KeywordIndex(tmp_path)
    writer = opened.writer()
    opened.add(writer, stored(BRIDGE, 0))
    opened.commit(writer, Watermark(4, 0))
    return opened


def test_content_words_carry_a_question(index):
    terms = QueryAnalyzer().terms("Why did the bridge in Norwick close?", index)
    assert set(terms.weights) == {"bridg", "norwick", "close"}
    assert terms.names == {"norwick"}
    assert terms.total_weight == pytest.approx(sum(terms.weights.values()))
    assert 0 < terms.total_idf < terms.total_weight  # of an index of four sentences nothing is rare


def test_a_question_word_at_the_start_is_no_name(index):
    assert QueryAnalyzer().terms("What closed?", index).names == frozenset()
    assert QueryAnalyzer().terms("Norwick bridge", index).names == {"norwick"}


def test_common_words_alone_are_kept(index):
    terms = QueryAnalyzer().terms("what is it", index)
    assert terms.weights
    assert terms.names == frozenset()


def test_an_unseen_word_weighs_most_even_in_a_small_index(index):
    terms = QueryAnalyzer().terms("bridge zeppelin", index)
    assert terms.weights["zeppelin"] > terms.weights["bridg"] > 1.0
