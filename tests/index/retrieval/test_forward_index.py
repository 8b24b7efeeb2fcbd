import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.archive import Archive
from index.retrieval import forward_index
from index.retrieval.lexer import Lexer, term_hash
from index.retrieval.query_terms import QueryAnalyzer
from index.storage.places import NEWS_FILE
from index.storage.store import Store
from tests.index.conftest import BRIDGE, WHEAT

ANALYSIS, LEXER = QueryAnalyzer(), Lexer()


@given(
    st.lists(st.lists(st.text(alphabet="aA1 ", max_size=9), min_size=1, max_size=3), min_size=1, max_size=3)
)
def test_lines_are_read_back_article_by_article(tmp_path_factory, articles):
    store = Store(tmp_path_factory.mktemp("forward") / NEWS_FILE)
    with store.transaction():
        for first, texts in enumerate(articles):
            forward_index.write(store, LEXER, first, texts)
    found = forward_index.load(store, range(len(articles) + 5))
    store.close()
    assert len(found.headline_rows) == len(articles)
    for first, texts in enumerate(articles):
        for place, text in enumerate(texts):
            at, owner = found.tokens_of(np.array([found.headline_rows[first] + place]))
            assert found.term_hashes[at].tolist() == [term_hash(stem) for stem in ANALYSIS.stems(text)]
            assert not owner.any()


def test_articles_of_an_earlier_version_are_brought_up_when_the_index_opens(tmp_path, encoder):
    with Archive(tmp_path, encoder) as archive:
        archive.add([BRIDGE, WHEAT])
    store = Store(tmp_path / NEWS_FILE)
    kept = store.query("SELECT * FROM forward ORDER BY first")
    with store.transaction():
        store.execute("DELETE FROM forward WHERE first = 0")
        store.execute("UPDATE forward SET form = form - 1, words = x''")
    store.close()
    with Archive(tmp_path, encoder) as archive:
        assert archive.ask("Why did the bridge in Norwick close?").quotes
    store = Store(tmp_path / NEWS_FILE)
    assert store.query("SELECT * FROM forward ORDER BY first") == kept
    assert len(kept) == 2
    store.close()


def test_words_go_with_their_article(tmp_path, encoder):
    with Archive(tmp_path, encoder) as archive:
        archive.add([BRIDGE, WHEAT])
        archive.remove(BRIDGE.url)
    store = Store(tmp_path / NEWS_FILE)
    firsts = store.query("SELECT first FROM forward")
    assert firsts == store.query("SELECT first FROM articles")
    assert len(firsts) == 1
    store.close()
