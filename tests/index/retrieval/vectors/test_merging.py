"""The index of vectors at a size at which it looks into lists: found, added to, removed from, saved, copied, narrowed."""

import threading

import numpy as np
import pytest
from structlog.testing import capture_logs

from index.retrieval import vector_index
from index.retrieval.vector_index import MergingCancelled, VectorIndex
from index.retrieval.vectors import inverted_vectors, merging, snapshot_files
from tests.index.retrieval.vectors.news import FAR, D, exact, filled, news, recall

N = 4000
PATIENCE = 60  # seconds until a test gives up


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch):
    monkeypatch.setattr(merging, "MANY_ROWS", 1000)


@pytest.fixture
def index(tmp_path):
    made = filled(tmp_path, news(1, N))
    made.save()
    made.merge()
    return made


def is_inverted(index):
    return index._segments[0].is_inverted


def reopened(index):
    again = VectorIndex(index.folder, "encoder", D)
    again.load(FAR)
    return again


def files(index):
    [snapshot] = index.folder.glob("snapshot-*")
    return {path.name for path in snapshot.iterdir()}


def test_many_are_searched_by_lists_and_nearly_all_that_is_near_is_found(index):
    rows, numbers = news(1, N), np.arange(N)
    assert is_inverted(index)
    assert 1 < index._segments[0].coarse.index.nprobe < index._segments[0].coarse.lists
    assert recall(index, rows, numbers) >= 0.97
    assert np.array_equal(index.vectors_of(np.array([3999, 7])).astype(np.float16), rows[[3999, 7]])
    again = reopened(index)
    assert is_inverted(again)
    assert recall(again, rows, numbers) == recall(index, rows, numbers)


def test_few_stay_flat(tmp_path):
    index = filled(tmp_path, news(1, 999))
    assert not index.worth_merging
    index.begin_merging()
    assert index._merger is None
    index.add(999, news(2, 1))
    assert index.worth_merging


@pytest.mark.parametrize("share", [0.5, 0.02])
@pytest.mark.parametrize("of_one_topic", [True, False])
def test_a_circle_finds_what_is_its_own_however_little(index, share, of_one_topic):
    rows, numbers = news(1, N), np.arange(N)
    near = rows.astype(np.float32) @ news(3, 1)[0].astype(np.float32)
    allowed = (
        near >= np.quantile(near, 1 - share) if of_one_topic else np.random.default_rng(1).random(N) < share
    )
    assert recall(index, rows, numbers, allowed) >= 0.97
    for query in news(999, 20).astype(np.float32):
        assert allowed[index.search(query, 50, allowed)].all()


def test_what_is_removed_is_not_found_nor_after_a_start_nor_in_a_copy(index, tmp_path):
    rows, numbers = news(1, N), np.arange(N)
    kept = (numbers < 100) | (numbers >= 400)
    index.remove(5, 100, 400)
    assert len(index) == N - 300
    index.save()
    again = reopened(index)
    copied = VectorIndex(tmp_path / "copy" / "vectors", "encoder", D)
    for name, path in index.write_to(tmp_path / "written").items():
        target = tmp_path / "copy" / "vectors" / name.partition("/")[2]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    copied.load(FAR)
    for one in (index, again, copied):
        assert is_inverted(one)
        assert len(one) == N - 300
        assert one.watermark.removals == 5
        assert recall(one, rows[kept], numbers[kept]) >= 0.97
        query = rows[150].astype(np.float32)
        assert not np.isin(one.search(query, 50), np.arange(100, 400)).any()
        assert not np.isin(one.search(query, 50, np.ones(N, bool)), np.arange(100, 400)).any()


def test_what_is_added_is_saved_beside_the_lists_which_stay_the_same_file(index):
    rows = np.concatenate([news(1, N), news(2, 300)])
    [lists] = index.folder.glob("snapshot-*/lists.faiss")
    before = lists.stat().st_ino
    index.add(N, rows[N:])
    assert index.search(rows[N + 7].astype(np.float32), 1).tolist() == [N + 7]
    index.save()
    [lists] = index.folder.glob("snapshot-*/lists.faiss")
    assert lists.stat().st_ino == before
    assert files(index) >= {"lists.faiss", "new-fine.faiss", "new-coarse.faiss", "removed.npy"}
    index.add(N + 300, news(4, 20))
    index.remove(1, N + 10, N + 20)
    index.save()
    again = reopened(index)
    numbers = np.delete(np.arange(N + 320), np.arange(N + 10, N + 20))
    whole = np.concatenate([rows, news(4, 20)])[numbers]
    for one in (index, again):
        assert len(one) == N + 310
        assert recall(one, whole, numbers) >= 0.97
        assert one.search(rows[N + 7].astype(np.float32), 1).tolist() == [N + 7]
        assert one.search(rows[N + 15].astype(np.float32), 1).tolist() != [N + 15]


def test_merging_again_keeps_the_centroids_and_takes_in_what_came(index):
    rows = np.concatenate([news(1, N), news(2, 600)])
    centroids = index._segments[0].coarse.centroids
    index.add(N, rows[N:])
    index.remove(1, 0, 50)
    assert index.worth_merging
    index.merge()
    assert not index.worth_merging
    assert files(index) == {"fine.faiss", "lists.faiss", "numbers.npy", "facts.json"}
    [merged, tail] = index._segments
    assert (len(merged.sentences), len(merged.gone), len(tail.sentences)) == (N + 550, 0, 0)
    assert np.array_equal(merged.coarse.centroids, centroids)
    numbers = np.arange(50, N + 600)
    for one in (index, reopened(index)):
        assert recall(one, rows[numbers], numbers) >= 0.97
        assert np.array_equal(one.vectors_of(numbers).astype(np.float16), rows[numbers])


def test_lists_that_have_become_too_few_are_made_anew_from_half_precision(index, monkeypatch):
    monkeypatch.setattr(merging, "KEPT_GROWTH", 0)
    first = index._segments[0].coarse.centroids
    index.add(N, news(2, 600))
    index.merge()
    assert index._segments[0].coarse.centroids.tolist() != first.tolist()
    rows = np.concatenate([news(1, N), news(2, 600)])
    assert recall(index, rows, np.arange(N + 600)) >= 0.97


def test_when_few_are_left_they_are_flat_again(index):
    index.remove(1, 300, N)
    assert index.worth_merging
    index.merge()
    assert not is_inverted(index)
    assert len(index) == 300
    assert recall(index, news(1, N)[:300], np.arange(300)) == 1


class Held:
    """Stops the writing of lists after some of them, until it is released."""

    def __init__(self, monkeypatch):
        self.reached, self.released = threading.Event(), threading.Event()
        rows_of = inverted_vectors.SortedRows.rows_of

        def slowly(source, number):
            if number == 3:
                self.reached.set()
                assert self.released.wait(PATIENCE)
            return rows_of(source, number)

        monkeypatch.setattr(inverted_vectors.SortedRows, "rows_of", slowly)


def test_questions_are_answered_from_the_flat_one_meanwhile_and_nothing_that_happens_is_lost(
    tmp_path, monkeypatch
):
    rows = np.concatenate([news(1, N), news(2, 100)])
    index = filled(tmp_path, rows[:N])
    index.save()
    held = Held(monkeypatch)
    index.begin_merging()
    assert held.reached.wait(PATIENCE)
    index.begin_merging()  # one is enough
    index.merge()
    assert not is_inverted(index)
    query = rows[150].astype(np.float32)
    assert index.search(query, 10).tolist() == exact(rows[:N], np.arange(N), query).tolist()
    index.add(N, rows[N:])
    index.remove(1, 100, 200)
    index.save()  # nothing is written twice
    numbers = np.delete(np.arange(N + 100), np.arange(100, 200))
    assert index.search(query, 10).tolist() == exact(rows[numbers], numbers, query).tolist()
    held.released.set()
    index._merger.join(PATIENCE)
    assert is_inverted(index)
    assert len(index) == N
    assert recall(index, rows[numbers], numbers) >= 0.97
    assert reopened(index).watermark.next == N  # the rest comes from the store
    index.save()
    again = reopened(index)
    assert again.watermark == index.watermark
    assert recall(again, rows[numbers], numbers) == recall(index, rows[numbers], numbers)


def test_closing_gives_merging_up_and_the_next_start_may_merge(tmp_path, monkeypatch):
    index = filled(tmp_path, news(1, N))
    index.save()
    held = Held(monkeypatch)
    with capture_logs() as logs:
        index.begin_merging()
        assert held.reached.wait(PATIENCE)
        index._closed.set()
        held.released.set()
        index.close()
    assert [entry["event"] for entry in logs][-1] == "the lists of vectors are made another time"
    assert [path.name for path in tmp_path.iterdir()] == [f"snapshot-{N}-0"]
    index.begin_merging()
    assert not index._merging.locked()
    with pytest.raises(MergingCancelled):
        index.merge()
    again = reopened(index)
    again.merge()
    assert is_inverted(again)


def test_a_store_that_is_restored_meanwhile_begins_anew(tmp_path, monkeypatch):
    index = filled(tmp_path, news(1, N))
    held = Held(monkeypatch)
    index.begin_merging()
    assert held.reached.wait(PATIENCE)
    index.clear("restored")
    index.add(0, news(5, 40))
    held.released.set()
    index._merger.join(PATIENCE)
    assert len(index) == 40
    assert not is_inverted(index)
    assert list(tmp_path.iterdir()) == []


def test_where_the_disk_is_full_the_flat_one_goes_on(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    index = filled(tmp_path, news(1, N))
    index.save()
    with monkeypatch.context() as patched, capture_logs() as logs:
        patched.setattr(snapshot_files, "fsync", full)
        index.begin_merging()
        index._merger.join(PATIENCE)
    assert logs[-1]["why"] == "No space left on device"
    assert [path.name for path in tmp_path.iterdir()] == [f"snapshot-{N}-0"]
    assert recall(index, news(1, N), np.arange(N)) == 1
    index.begin_merging()
    index._merger.join(PATIENCE)
    assert is_inverted(index)


def test_a_start_takes_what_was_in_memory_from_a_save_of_little(index, monkeypatch):
    """Beside lists only what has come since is written, so it pays much sooner."""
    monkeypatch.setattr(vector_index, "MIN_CHANGED_ROWS", 5)
    index.add(N, news(2, 6))
    assert index.worth_saving()
    index.save()
    index.add(N + 6, news(2, 5))
    assert not index.worth_saving()
    index.remove(1, 0, 1)
    assert index.worth_saving()
