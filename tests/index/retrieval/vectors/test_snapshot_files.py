import numpy as np
import pytest

from index.retrieval.vector_index import VectorIndex
from index.retrieval.vectors import merging, snapshot_files
from tests.index.retrieval.vectors.news import FAR, D, filled, news

FILES = (
    *("fine.faiss", "lists.faiss", "numbers.npy", "removed.npy", "facts.json"),
    *("new-fine.faiss", "new-coarse.faiss", "new-numbers.npy"),
)


@pytest.fixture
def index(tmp_path, monkeypatch):
    """One in lists, with something added and something removed since."""
    monkeypatch.setattr(merging, "MANY_ROWS", 500)
    made = filled(tmp_path / "vectors", news(1, 1000))
    made.merge()
    made.add(1000, news(2, 50))
    made.remove(1, 0, 10)
    made.save()
    return made


def loaded(index):
    again = VectorIndex(index.folder, "encoder", D)
    again.load(FAR)
    return again


def test_a_snapshot_beside_lists_has_these_files(index):
    [snapshot] = index.folder.iterdir()
    assert {path.name for path in snapshot.iterdir()} == set(FILES)
    assert len(loaded(index)) == 1040


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("harm", ["a bit", "cut short", "missing"])
def test_one_of_which_a_file_is_damaged_is_left_alone(index, name, harm):
    [path] = index.folder.glob(f"snapshot-*/{name}")
    content = bytearray(path.read_bytes())
    path.unlink()  # not in the mapping of `index`
    content[len(content) * 2 // 3] ^= 4
    if harm != "missing":
        path.write_bytes(content if harm == "a bit" else content[:-9])
    assert len(loaded(index)) == 0


def test_a_damaged_large_file_that_was_linked_is_found_later(index, monkeypatch):
    monkeypatch.setattr(snapshot_files, "MAX_CHECKED_FIRST", 1000)
    assert not loaded(index).is_damaged()
    [path] = index.folder.glob("snapshot-*/lists.faiss")
    content = bytearray(path.read_bytes())
    content[-9] ^= 4
    path.unlink()
    path.write_bytes(content)
    harmed = loaded(index)
    assert len(harmed) == 1040
    assert harmed.is_damaged()


@pytest.mark.parametrize("how", ["taken away", "another", "no links"])
def test_files_that_cannot_be_linked_are_copied_from_what_is_open(index, monkeypatch, how):
    """Another process has taken the snapshot away, or written its own there; or the disk knows no links."""
    rows = index.vectors_of(np.arange(10, 1050))
    [snapshot] = index.folder.iterdir()
    if how == "no links":
        monkeypatch.setattr(
            snapshot_files.os, "link", lambda *_: (_ for _ in ()).throw(OSError(1, "not permitted"))
        )
    for name in ("fine.faiss", "lists.faiss") if how != "no links" else ():
        (snapshot / name).unlink()
        if how == "another":
            (snapshot / name).write_bytes(b"another")
    index.add(1050, news(3, 10))
    index.save()
    again = loaded(index)
    assert len(again) == 1050
    assert np.array_equal(again.vectors_of(np.arange(10, 1050)), rows)
    again.is_damaged()
    assert again.search(rows[20], 1).tolist() == [30]
