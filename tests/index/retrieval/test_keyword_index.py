import json
from datetime import UTC, datetime

import pytest

from index.articles import Span
from index.retrieval.keyword_index import CONTEXT_FIELD, SENTENCE_FIELD, KeywordIndex, SearchFilter, analyzer
from index.storage.records import StoredArticle, Watermark
from tests.index.conftest import BRIDGE, WHEAT

EVERYTHING = SearchFilter()


def stored(article, first):
    spans, start = [Span(0, 0)], 0
    for line in article.text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return StoredArticle(article, first, tuple(spans), article.published, None)


@pytest.fixture
def words(tmp_path):
    index = KeywordIndex(tmp_path)
    writer = index.writer()
    index.add(writer, stored(BRIDGE, 0))
    index.add(writer, stored(WHEAT, 10))
    index.commit(writer, Watermark(13, 0))
    writer.wait_merging_threads()
    return index


def found(index, text, field=SENTENCE_FIELD, narrow=EVERYTHING):
    return index.search(analyzer().analyze(text), field, 10, narrow)[0].tolist()


def test_words_find_their_sentence(words):
    assert found(words, "ferries commuters") == [3]
    assert found(words, "Christmas") == [12]


def test_stems_case_and_accents_do_not_matter(words):
    assert found(words, "CRÁCK ferry") == found(words, "cracks ferries") == [3, 1]


def test_the_surroundings_find_a_sentence_by_its_neighbours(words):
    assert 2 not in found(words, "cables")
    assert 2 in found(words, "cables", CONTEXT_FIELD)


def test_filters_narrow_the_search_itself(words):
    assert set(found(words, "bridge prices")) == {1, 3, 11}
    assert found(words, "bridge prices", narrow=SearchFilter(outlets=("The Sample Post",))) == [11]
    since = SearchFilter(since=datetime(2024, 11, 5, tzinfo=UTC))
    until = SearchFilter(until=datetime(2024, 11, 5, tzinfo=UTC))
    assert found(words, "bridge prices", narrow=since) == [11]
    assert set(found(words, "bridge prices", narrow=until)) == {1, 3}


def test_bounds_are_inclusive_and_exclusive(words):
    moment = WHEAT.published
    assert found(words, "wheat", narrow=SearchFilter(since=moment)) == [11]
    assert found(words, "wheat", narrow=SearchFilter(until=moment)) == []


def test_no_words_find_nothing(words):
    assert found(words, "") == []
    assert found(words, "!?") == []


def test_the_watermark_is_kept_with_what_was_written(words, tmp_path):
    del words
    assert KeywordIndex(tmp_path).watermark == Watermark(13, 0)


def test_removed_sentences_are_found_no_more(words):
    writer = words.writer()
    words.remove(writer, 0, 4)
    words.commit(writer, Watermark(13, 1))
    assert found(words, "bridge ferries") == []
    assert found(words, "wheat") == [11]


def test_a_damaged_index_is_begun_anew(words, tmp_path):
    del words
    for path in (tmp_path / "words-1").iterdir():
        path.write_bytes(b"broken")
    assert KeywordIndex(tmp_path).watermark == Watermark()


def test_a_rare_word_weighs_more(words):
    assert words.idf("ferri") > words.idf("the") >= 0
    assert words.idf("unheard") >= words.idf("ferri")


def test_only_one_writes_at_a_time(words, tmp_path):
    writer = words.writer()
    with pytest.raises(ValueError, match="Lock"):
        KeywordIndex(tmp_path).writer()
    del writer


def test_what_a_killed_writer_left_behind_stands_in_nobodys_way(tmp_path):
    words = KeywordIndex(tmp_path)
    writer = words.writer()
    words.add(writer, stored(BRIDGE, 0))
    words.commit(writer, Watermark(4, 0))
    writer.wait_merging_threads()
    [managed] = tmp_path.rglob(".managed.json")
    left = managed.with_name("0123456789abcdef0123456789abcdef.7.del")
    left.write_bytes(b"half of it")
    managed.write_text(json.dumps([*json.loads(managed.read_text()), left.name]))
    again = KeywordIndex(tmp_path)
    again.writer()
    assert not left.exists()
    assert again.search(["bridg"], SENTENCE_FIELD, 5, SearchFilter())[0].tolist()


def test_a_search_ends_in_the_state_in_which_it_began(words, tmp_path):
    before, empty = words._searcher, KeywordIndex(tmp_path / "empty")._searcher

    class Reloaded:  # as if another thread had come in between
        def search(self, *asked, **options):
            words._searcher = empty
            return before.search(*asked, **options)

        def fast_field_values(self, *asked):
            return before.fast_field_values(*asked)

    words._searcher = Reloaded()
    assert found(words, "Christmas") == [12]
