from dataclasses import replace

import numpy as np
import pytest
from structlog.testing import capture_logs

from index.errors import BrokenIndex
from index.retrieval import index_set, keyword_index
from index.retrieval.index_set import IndexSet
from index.retrieval.segment_checksums import checksums_hold
from index.retrieval.vectors import merging, snapshot_files
from index.storage.places import NEWS_FILE
from index.storage.store import Store
from tests.index.conftest import BRIDGE, WHEAT
from tests.index.storage.test_circles import ONE, TWO, announce, follow


@pytest.fixture
def store(archive, tmp_path):
    list(archive.add([BRIDGE, WHEAT]))
    opened = Store(tmp_path / NEWS_FILE)
    yield opened
    opened.close()


@pytest.fixture
def indexes(store, encoder, tmp_path_factory):
    return IndexSet(tmp_path_factory.mktemp("indexes"), store, encoder)


def sizes(indexes):
    keywords = indexes.keywords._searcher.num_docs
    return len(indexes.table().first_sentence), len(indexes.vectors), keywords


def test_indexes_are_made_from_the_store_alone(indexes, store):
    assert sizes(indexes)[:2] == (0, 0)
    indexes.sync()
    assert sizes(indexes) == (2, 7, 7 + 1)  # one document holds the watermark
    assert indexes.vectors.watermark == indexes.keywords.watermark == store.watermark()


def test_what_another_process_removed_is_gone_after_a_refresh(indexes, archive):
    indexes.sync()
    archive.remove(BRIDGE.url)
    assert sizes(indexes)[0] == 2
    indexes.refresh()
    assert sizes(indexes)[:2] == (1, 3)


def test_compacting_leaves_no_deleted_rows(indexes, archive):
    indexes.sync()
    archive.remove(BRIDGE.url)
    indexes.sync()
    assert indexes.vectors.deleted == 4
    indexes.compact()
    assert indexes.vectors.deleted == 0
    assert indexes.keywords.deleted_ratio() == 0.0
    assert sizes(indexes) == (1, 3, 3 + 1)


def test_indexes_on_disk_are_taken_up_again(indexes, store, encoder):
    indexes.sync()
    indexes.vectors.save()
    again = IndexSet(indexes.vectors.folder.parent, store, encoder)
    assert again.vectors.watermark == again.keywords.watermark == store.watermark()
    again.sync()
    assert sizes(again) == (2, 7, 7 + 1)


def test_a_restored_store_is_read_from_its_beginning(indexes, store, tmp_path):
    indexes.sync()
    other = Store(tmp_path / NEWS_FILE)
    other.set_meta("history", "another")
    other.close()
    indexes.refresh()
    assert sizes(indexes) == (2, 7, 7 + 1)
    assert indexes.vectors.watermark == indexes.keywords.watermark == store.watermark()
    assert store.watermark().history == "another"


def test_a_restored_store_tells_anew_whose_news_is_whose(archive, tmp_path):
    archive.add([BRIDGE])
    feed = follow(archive, "https://wire.example.com/feed", ONE)
    announce(archive, feed, WHEAT)
    assert [len(archive.article_table(circle).first_sentence) for circle in (ONE, TWO)] == [2, 1]
    other = Store(tmp_path / NEWS_FILE)
    with other.transaction():
        other.execute("UPDATE circle_rows SET key = ? WHERE key = ?", TWO, ONE)
        other.execute("UPDATE meta SET value = 'another' WHERE key = 'history'")
    other.close()
    archive._indexes.refresh()
    assert [len(archive.article_table(circle).first_sentence) for circle in (ONE, TWO)] == [1, 2]
    partitions = archive._indexes.partitions
    assert [index.sentences for index in (partitions.house, partitions.others)] == [4 + 1, 3 + 1]
    assert {index.watermark.history for index in (partitions.house, partitions.others)} == {"another"}


def test_a_store_that_was_restored_with_another_encoder_is_refused_again_and_again(indexes, store, tmp_path):
    indexes.sync()
    with store.transaction():
        store.execute("UPDATE meta SET value = 'another' WHERE key IN ('history', 'encoder')")
    other = Store(tmp_path / NEWS_FILE)
    other.set_meta("changed", "1")
    other.close()
    for _ in range(2):
        with pytest.raises(BrokenIndex, match="VERBATIM_MODEL"):
            indexes.refresh()


def test_a_damaged_snapshot_that_is_found_later_is_made_anew_from_the_store(
    indexes, store, encoder, monkeypatch
):
    indexes.sync()
    indexes.vectors.save()
    monkeypatch.setattr(snapshot_files, "MAX_CHECKED_FIRST", 0)
    again = IndexSet(indexes.vectors.folder.parent, store, encoder)
    again.sync()
    [path] = indexes.vectors.folder.glob("snapshot-*/fine.faiss")
    content = bytearray(path.read_bytes())
    content[-9] ^= 64
    path.write_bytes(content)
    [first, _] = store.entries()
    rows = np.arange(first.first_sentence, first.last_sentence)
    with capture_logs() as logs:
        again.check_files()
    assert [entry["log_level"] for entry in logs] == ["warning"]
    assert sizes(again) == (2, 7, 7 + 1)
    assert np.array_equal(
        again.vectors.vectors_of(rows).astype(np.float16), store.vectors(first.first_sentence)
    )


def test_a_damaged_word_index_that_is_found_later_is_made_anew_from_the_store(
    indexes, store, encoder, monkeypatch
):
    indexes.sync()
    monkeypatch.setattr(keyword_index, "MAX_CHECKED_FIRST", 0)
    again = IndexSet(indexes.vectors.folder.parent, store, encoder)
    again.sync()
    assert again.unchecked
    path = max(
        (indexes.vectors.folder.parent / "words-1").glob("*.store"), key=lambda one: one.stat().st_size
    )
    with path.open(
        "r+b"
    ) as file:  # in its place: tantivy has mapped it, and a file cut short would kill the process
        good = file.read(1)[0]
        file.seek(0)
        file.write(bytes([good ^ 64]))
    with capture_logs() as logs:
        again.check_files()
    assert [entry["log_level"] for entry in logs] == ["warning"]
    assert sizes(again) == (2, 7, 7 + 1)
    assert not again.unchecked
    assert checksums_hold(indexes.vectors.folder.parent / "words-1")


def test_an_empty_word_index_is_looked_through_once_and_not_at_every_start(
    indexes, store, encoder, monkeypatch
):
    monkeypatch.setattr(index_set, "MAX_MISSING", 6)
    indexes.sync()
    again = IndexSet(indexes.vectors.folder.parent, store, encoder)
    assert again.partitions.others.watermark == store.watermark()
    assert again.keywords.watermark == store.watermark()


def test_an_empty_word_index_notes_how_far_it_has_come_as_often_as_much_has_come(
    indexes, store, encoder, archive, monkeypatch
):
    monkeypatch.setattr(index_set, "MAX_MISSING", 2)
    indexes.sync()
    noted = IndexSet(indexes.vectors.folder.parent, store, encoder).partitions.others.watermark
    archive.add([replace(BRIDGE, url=f"{BRIDGE.url}/2", title="Another bridge has opened")])
    indexes.sync()
    again = IndexSet(indexes.vectors.folder.parent, store, encoder)
    assert again.partitions.others.watermark == store.watermark() != noted


def test_questions_go_on_where_the_keywords_cannot_be_written(indexes, archive, monkeypatch):
    def full(*_):
        raise OSError("No space left on device")

    indexes.sync()
    with monkeypatch.context() as patched, capture_logs() as logs:
        patched.setattr(indexes.keywords, "commit", full)
        archive.remove(BRIDGE.url)
        indexes.refresh()
        indexes.refresh()
        assert sizes(indexes)[:2] == (1, 3)
    assert len(logs) == 1
    indexes.refresh()
    assert indexes.keywords.watermark == indexes.vectors.watermark


def test_the_keywords_are_never_set_back_by_who_comes_late(indexes, store):
    """Another process commits to the store and the keywords after this one has looked at the store."""
    before = store.watermark()
    other = IndexSet(indexes.keywords._folder.parent, store, indexes._encoder)
    other.sync()
    indexes._sync_keywords(indexes.keywords, replace(before, next=before.next - 3))
    assert indexes.keywords.watermark == store.watermark()
    assert indexes.keywords._searcher.num_docs == 7 + 1


def test_a_bot_begins_to_make_lists_at_its_start_and_answers_by_them(archive, store, indexes, monkeypatch):
    """A command waits for its indexes, and has ended before lists would be of use."""
    monkeypatch.setattr(merging, "MANY_ROWS", 5)
    indexes.start(print, wait=True)
    assert indexes.vectors._merger is None
    indexes.start(print, wait=False)
    indexes.vectors._merger.join()
    assert indexes.vectors._segments[0].is_inverted
    first = store.entries()[0].first_sentence
    [vector] = indexes.vectors.vectors_of(np.array([first + 1]))
    assert indexes.vectors.search(vector, 1).tolist() == [first + 1]
    archive.remove(BRIDGE.url)
    indexes.refresh()
    assert first + 1 not in indexes.vectors.search(vector, 10).tolist()
    indexes.compact(wait=True)
    assert (len(indexes.vectors), indexes.vectors.deleted) == (3, 0)


def test_a_build_that_nobody_waits_for_ends_with_lists(store, encoder, tmp_path, monkeypatch):
    monkeypatch.setattr(merging, "MANY_ROWS", 5)
    monkeypatch.setattr(index_set, "MAX_MISSING", 0)
    indexes = IndexSet(tmp_path / "made", store, encoder)
    indexes.start(print, wait=False)
    build = indexes._build
    assert build is not None
    build._thread.join()
    indexes.vectors._merger.join()
    assert indexes.vectors._segments[0].is_inverted
    indexes.close()
