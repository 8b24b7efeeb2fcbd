import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.retrieval import forward_index, lexer
from index.retrieval.lexer import Lexer, term_hash
from index.retrieval.query_terms import QueryAnalyzer
from index.storage.places import NEWS_FILE
from index.storage.store import Store

ANALYSIS, LEXER = QueryAnalyzer(), Lexer()


def lines(store, texts):
    with store.transaction():
        forward_index.write(store, LEXER, 1, texts)
    return forward_index.load(store, [1])


@pytest.fixture
def store(tmp_path):
    opened = Store(tmp_path / NEWS_FILE)
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
