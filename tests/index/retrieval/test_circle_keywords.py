from index.retrieval.keyword_index import CONTEXT_FIELD, SENTENCE_FIELD, SearchFilter
from tests.index.conftest import BRIDGE, WHEAT
from tests.index.storage.test_circles import ONE, TWO, announce, follow

ANY = SearchFilter()


def seen(archive, circle):
    return archive._indexes.partitions.seen(archive.article_table(circle).reach)


def test_a_circle_searches_the_houses_words_and_its_own(archive):
    archive.add([BRIDGE])
    announce(archive, follow(archive, "https://wire.example.com/feed", ONE), WHEAT)
    own, other = seen(archive, ONE), seen(archive, TWO)
    assert len(own.search(["wheat"], SENTENCE_FIELD, 9, ANY)[0]) == 1
    assert len(other.search(["wheat"], SENTENCE_FIELD, 9, ANY)[0]) == 0
    assert len(own.search(["bridg", "wheat"], CONTEXT_FIELD, 2, ANY)[0]) == 2
    assert len(own.search(["wheat"], SENTENCE_FIELD, 9, SearchFilter(outlets=("Sample Wire",)))[0]) == 0
    assert own.idf("wheat") < other.idf("wheat")
    assert own.search([], SENTENCE_FIELD, 9, ANY)[0].size == 0


def test_without_own_articles_the_search_is_the_houses_to_the_last_digit(archive):
    archive.add([BRIDGE])
    house = archive._indexes.keywords.search(["bridg", "ferri"], CONTEXT_FIELD, 9, ANY)
    announce(archive, follow(archive, "https://wire.example.com/feed", ONE), WHEAT)
    again = seen(archive, TWO).search(["bridg", "ferri"], CONTEXT_FIELD, 9, ANY)
    assert [column.tolist() for column in again] == [column.tolist() for column in house]
    assert len(seen(archive, None).search(["wheat", "bridg"], CONTEXT_FIELD, 99, ANY)[0]) == 7
