import pytest

from index.archive import DATABASE_FILE
from index.retrieval.index_set import IndexSet
from index.storage.store import Store
from tests.index.conftest import BRIDGE, WHEAT


@pytest.fixture
def store(archive, tmp_path):
    list(archive.add([BRIDGE, WHEAT]))
    opened = Store(tmp_path / DATABASE_FILE)
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
