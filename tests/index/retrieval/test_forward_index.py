import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.archive import DATABASE_FILE, Archive
from index.retrieval import forward_index, lexer
from index.retrieval.lexer import Lexer, term_hash
from index.retrieval.query_terms import QueryAnalyzer
from index.storage.store import Store
from tests.index.conftest import BRIDGE, WHEAT

ANALYSIS, LEXER = QueryAnalyzer(), Lexer()


def lines(store, texts):
    with store.transaction():
        forward_index.write(store, LEXER, 1, texts)
    return forward_index.load(store, [1])


@pytest.fixture
def store(tmp_path):
    opened = Store(tmp_path / DATABASE_FILE)
    yield opened
    opened.close()


def words(found, line):
    """The marks of a line's words, by stem number."""
    at = slice(found.starts[line], found.starts[line + 1])
    return dict(zip(found.term_hashes[at].tolist(), found.flags[at].tolist(), strict=True))


def marked(found, line, mark):
    return {stem for stem, marks in words(found, line).items() if marks & mark}


def numbers(*stems):
    return {term_hash(stem) for stem in stems}


def test_each_word_is_marked_with_what_is_special_about_it(store):
    found = lines(
        store, ["A headline", "Then, yesterday, Ada B. Fenn's “Norwick” got 1,000 pounds, The Times said."]
    )
    assert marked(found, 1, lexer.CAPITAL) >= numbers("ada", "fenn", "norwick", "time")
    assert term_hash("then") not in marked(found, 1, lexer.CAPITAL)
    assert marked(found, 1, lexer.DIGIT) == numbers("1", "000")
    telling = marked(found, 1, lexer.CONTENT)
    assert telling >= numbers("ada", "fenn", "norwick", "000")
    assert not telling & numbers("the", "got", "s")
    assert marked(found, 1, lexer.PERSON_NAME_START) == numbers("ada", "the")
    assert marked(found, 1, lexer.PERSON_NAME) >= numbers("ada", "b", "fenn", "time")
    assert found.content_kinds[1] == lexer.NUMBER | lexer.TIME | lexer.MONEY | lexer.SPEECH
    assert found.lengths[0] == len("A headline")


def test_names_of_countries_and_states_are_known_whole(store):
    found = lines(
        store, ["", "South Korea and Türkiye, not Nigeria's U.S. partner West Virginia or Americana."]
    )
    assert marked(found, 1, lexer.COUNTRY_NAME) == numbers("south", "korea", "turkiy", "nigeria", "s", "u")
    assert marked(found, 1, lexer.STATE_NAME) == numbers("west", "virginia")


@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_the_words_are_those_of_the_word_index(texts):
    sentences, kept = LEXER.analyse(texts)
    stems = [term_hash(stem) for text in texts for chunk in text.split() for stem in ANALYSIS.stems(chunk)]
    assert np.frombuffer(kept, lexer.TOKEN_RECORD)["stem"].tolist() == stems
    assert np.frombuffer(sentences, lexer.SENTENCE_RECORD)["length"].tolist() == [len(text) for text in texts]


@given(
    st.lists(st.lists(st.text(alphabet="aA1 ", max_size=9), min_size=1, max_size=3), min_size=1, max_size=3)
)
def test_lines_are_read_back_article_by_article(tmp_path_factory, articles):
    store = Store(tmp_path_factory.mktemp("forward") / DATABASE_FILE)
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
    store = Store(tmp_path / DATABASE_FILE)
    kept = store.query("SELECT * FROM forward ORDER BY first")
    with store.transaction():
        store.execute("DELETE FROM forward WHERE first = 0")
        store.execute("UPDATE forward SET form = form - 1, words = x''")
    store.close()
    with Archive(tmp_path, encoder) as archive:
        assert archive.ask("Why did the bridge in Norwick close?").quotes
    store = Store(tmp_path / DATABASE_FILE)
    assert store.query("SELECT * FROM forward ORDER BY first") == kept
    assert len(kept) == 2
    store.close()


def test_words_go_with_their_article(tmp_path, encoder):
    with Archive(tmp_path, encoder) as archive:
        archive.add([BRIDGE, WHEAT])
        archive.remove(BRIDGE.url)
    store = Store(tmp_path / DATABASE_FILE)
    firsts = store.query("SELECT first FROM forward")
    assert firsts == store.query("SELECT first FROM articles")
    assert len(firsts) == 1
    store.close()
