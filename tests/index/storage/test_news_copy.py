"""The copy of a server's news: it follows, answers for what it has alone, and notices what the server has lost."""

import pytest

from index.ingest.pipeline import IngestPipeline
from index.storage.news_copy import COPY_FILE, KEPT_VECTORS, NewsCopy
from index.storage.store import Store
from tests.index.conftest import BRIDGE, WHEAT
from tests.index.storage.conftest import put

COUNT = "SELECT count(*) FROM articles"
TEXT = "SELECT text FROM bodies JOIN articles USING (first) WHERE url = ?"


@pytest.fixture
def store(postgres_address):
    opened = Store(postgres_address)
    yield opened
    opened.close()


@pytest.fixture
def copy(tmp_path):
    opened = NewsCopy(tmp_path)
    yield opened
    opened.close()


def rows(one, table, columns):
    return one.query(f"SELECT {columns} FROM {table} ORDER BY 1, 2", ())


def test_it_follows_what_comes_changes_and_goes(store, copy, encoder):
    assert copy.query(COUNT, ()) is None  # not complete
    pipeline = IngestPipeline(store, encoder, lambda *_: True, lambda: None, None)
    list(pipeline.iter_add([BRIDGE, WHEAT], requested=True))
    pipeline.close()
    copy.sync(store)
    assert copy.query(TEXT, (BRIDGE.url,)) == [(BRIDGE.text,)]
    with store.transaction():
        feed = store.query(
            "INSERT INTO feeds (url, added, added_by, inside, due) VALUES ('u', 0, '', 0, 0) RETURNING id"
        )
        store.add_sources(store.get(BRIDGE.url).first_sentence, [feed[0][0]])
        store.join_circle(feed[0][0], "server:1")
        store.remove(WHEAT.url)
    copy.sync(store)
    assert copy.query(COUNT, ()) == [(1,)]
    for table, columns in (
        ("sources", "first, feed"),
        ("feed_circles", "feed, circle"),
        ("line_counts", "line, source_set, articles"),
        ("forward", "first, sentences, words"),
        ("articles", "first, url, story"),
    ):
        assert rows(copy, table, columns) == sorted(
            store.query(f"SELECT {columns} FROM {table} ORDER BY 1, 2")
        )
    assert copy.missing(store.watermark()) == 0


def test_it_keeps_the_vectors_that_briefs_compare_and_answers_for_no_table_it_does_not_have(store, copy):
    put(store, BRIDGE)
    copy.sync(store)
    first = store.get(BRIDGE.url).first_sentence
    kept = copy._own.vectors(first)
    assert (kept == store.vectors(first)[:KEPT_VECTORS]).all()
    assert copy.query("SELECT * FROM feeds", ()) is None
    assert copy.query("SELECT * FROM barred", ()) is None


def test_what_the_server_has_lost_is_forgotten_and_another_course_begins(store, copy):
    put(store, BRIDGE)
    put(store, WHEAT)
    copy.sync(store)
    before = copy.of_course(store.watermark())
    assert before == store.watermark()
    with store.transaction():  # as a replica is that had not got the last article
        store.execute("DELETE FROM articles WHERE url = ?", WHEAT.url)
    put(store, WHEAT)  # and gets another one in its place
    with store.transaction():
        store.execute("UPDATE articles SET url = 'https://another.example/' WHERE url = ?", WHEAT.url)
    copy.sync(store)
    assert not copy.of_course(store.watermark()).reaches(before)
    assert copy.query("SELECT count(*) FROM articles WHERE url = ?", (WHEAT.url,)) == [(0,)]
    after = copy.of_course(store.watermark())
    copy.sync(store)
    assert copy.of_course(store.watermark()) == after


def test_a_damaged_copy_is_made_anew(store, tmp_path):
    put(store, BRIDGE)
    (tmp_path / COPY_FILE).write_bytes(b"no database" * 1000)
    copy = NewsCopy(tmp_path)
    copy.sync(store)
    assert copy.query(COUNT, ()) == [(1,)]
    copy.close()
    again = NewsCopy(tmp_path)
    assert again.missing(store.watermark()) == 0
    again.close()
