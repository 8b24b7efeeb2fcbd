from datetime import UTC, datetime

import numpy as np
import pytest

from index.answering.candidates import ArticleLoader, CandidateRetriever
from index.query.question import Question
from tests.index.conftest import BRIDGE, WHEAT

NOW = datetime(2024, 11, 12, tzinfo=UTC)


class CountingStore:
    """A store that counts how often articles are read from it."""

    def __init__(self, store):
        self._store = store
        self.reads = []

    def __getattr__(self, name):
        return getattr(self._store, name)

    def get_many(self, first_sentences):
        wanted = set(first_sentences)
        self.reads.append(wanted)
        return self._store.get_many(wanted)


@pytest.fixture
def filled(archive):
    list(archive.add([BRIDGE, WHEAT]))
    return archive


@pytest.fixture
def store(filled):
    return CountingStore(filled.retriever._store)


@pytest.fixture
def found(filled, store):
    one = filled.retriever
    retriever = CandidateRetriever(one._encoder, store, one._vectors, one._keywords)
    text = "Which bridge closed, and what did wheat cost?"
    yield retriever.retrieve(Question(text, text, NOW), filled._indexes.table())
    retriever.close()


def test_no_article_is_read_before_it_is_asked_for(found, store):
    assert len(found.candidates)
    assert store.reads == []


def test_an_article_is_read_when_it_is_asked_for_and_only_once(found, store):
    article = found.article_of(0).article
    assert found.passage_of(0).headline == article.title
    assert found.load_articles([0]) == [0]
    assert store.reads == [{found.article_ids[0]}]


def test_many_articles_are_read_in_one_batch(found, store):
    everything = range(len(found.candidates))
    assert found.load_articles(everything) == list(everything)
    assert {found.article_of(position).article.url for position in everything} == {BRIDGE.url, WHEAT.url}
    assert store.reads == [set(found.article_ids)]


def test_a_passage_is_the_sentence_with_its_neighbours(found):
    lines = BRIDGE.text.split("\n")
    position = next(
        place
        for place in range(len(found.candidates))
        if found.article_of(place).article == BRIDGE and found.candidates.sentence_index[place] == 1
    )
    passage = found.passage_of(position)
    assert (passage.before, passage.sentence, passage.after) == ("", lines[0], lines[1])


def test_an_article_that_has_been_removed_is_left_out_and_cannot_be_had(found, filled):
    filled.remove(BRIDGE.url)
    positions = range(len(found.candidates))
    kept = found.load_articles(positions)
    assert {found.article_of(position).article for position in kept} == {WHEAT}
    [gone, *_] = set(positions) - set(kept)
    with pytest.raises(LookupError):
        found.article_of(gone)


def test_a_loader_reads_only_what_it_has_not(store):
    loader = ArticleLoader(store)
    first, second = (entry.first_sentence for entry in store.entries())
    assert set(loader.load([first])) == {first}
    assert set(loader.load([first, second, 10**6])) == {first, second}
    assert store.reads == [{first}, {second, 10**6}]


def test_articles_are_about_a_text_that_a_sentence_or_the_headline_is_near_to(filled):
    table, retriever = filled.article_table(), filled.retriever
    rows = np.arange(len(table.first_sentence))

    def urls(text, least=0.45):
        near = retriever.about(text, table, rows, least)
        return {
            filled._store.get_many([first])[first].article.url
            for first in table.first_sentence[near].tolist()
        }

    assert urls("the price of wheat") == {WHEAT.url}
    assert urls("the story of bridge") == {BRIDGE.url}, "by its headline"
    assert urls("who won the oscars") == set()
    assert urls("who won the oscars", least=-1.0) == {BRIDGE.url, WHEAT.url}
    assert len(retriever.about("wheat", table, rows[:0], 0.45)) == 0
