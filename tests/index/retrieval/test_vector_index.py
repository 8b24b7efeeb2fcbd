from dataclasses import replace

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_info, threadpool_limits

from index.retrieval import quantized_vectors, vector_index
from index.retrieval.quantized_vectors import Precision, QuantizedVectors
from index.retrieval.vector_index import VectorIndex, configure_threads
from index.retrieval.vectors import snapshot_files
from index.storage.records import Watermark

D = 16
FAR = Watermark(10_000, 10_000)


def unit(seed, n):
    rows = np.random.default_rng(seed).normal(size=(n, D)).astype(np.float32)
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)


@pytest.fixture
def index(tmp_path):
    return VectorIndex(tmp_path, "encoder", D)


def exact(rows, numbers, query, k, allowed=None):
    scores = rows.astype(np.float32) @ query
    keep = np.ones(len(rows), bool) if allowed is None else allowed[numbers]
    order = np.argsort(-np.where(keep, scores, -9), kind="stable")[: min(k, keep.sum())]
    return numbers[order], scores[order]


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    sizes=st.lists(st.integers(1, 12), min_size=1, max_size=6),
    saved_after=st.integers(0, 6),
    removed=st.integers(0, 6),
    narrowed=st.booleans(),
)
def test_search_equals_a_plain_search_over_all_rows(
    tmp_path_factory, seed, sizes, saved_after, removed, narrowed
):
    index = VectorIndex(tmp_path_factory.mktemp("vectors"), "encoder", D)
    first, blocks = 0, []
    for place, size in enumerate(sizes):
        rows = unit(seed + place, size)
        index.add(first, rows)
        blocks.append((first, rows))
        first += size + 2  # numbers of removed articles leave gaps
        if place + 1 == saved_after:
            index.save()
    if removed < len(blocks):
        start, rows = blocks.pop(removed)
        index.remove(1, start, start + len(rows))
    numbers = np.concatenate([np.arange(s, s + len(r)) for s, r in blocks] or [np.empty(0, int)])
    rows = np.concatenate([r for _, r in blocks] or [np.empty((0, D), np.float16)])
    allowed = np.random.default_rng(seed).random(first + 1) < 0.5 if narrowed else None
    query = unit(seed + 99, 1)[0].astype(np.float32)
    found = index.search(query, 5, allowed)
    wanted, scores = exact(rows, numbers, query, 5, allowed)
    assert len(set(found.tolist())) == len(wanted)
    assert np.allclose(index.vectors_of(found) @ query, scores, atol=1e-6)
    assert len(index) == len(rows)


def test_rows_come_back_by_number_from_snapshot_and_tail(index):
    rows = unit(1, 30)
    index.add(0, rows[:20])
    index.save()
    index.add(50, rows[20:])
    read = index.vectors_of(np.array([55, 3, 999, 19]))
    assert np.array_equal(read[[0, 1, 3]].astype(np.float16), rows[[25, 3, 19]])
    assert not read[2].any()


@pytest.mark.parametrize("precision", Precision)
@pytest.mark.parametrize("harm", ["nothing", "taken away", "cut short"])
def test_a_snapshot_is_written_as_faiss_itself_would(index, tmp_path, monkeypatch, harm, precision):
    monkeypatch.setattr(quantized_vectors, "CHUNK_ROWS", 7)
    name = f"{precision.value}.faiss"
    rows = unit(1, 30)
    index.add(0, rows[:20])
    index.save()
    index.add(20, rows[20:])
    index.remove(1, 5, 9)
    [before] = tmp_path.glob(f"snapshot-*/{name}")
    if harm == "taken away":  # by another process, while it is mapped here
        before.unlink()
    if harm == "cut short":
        shorter = before.read_bytes()[:80]
        before.unlink()
        before.write_bytes(shorter)
    index.save()
    [snapshot] = tmp_path.glob("snapshot-*")
    whole = QuantizedVectors.empty(precision, D)
    whole.add(np.delete(rows, range(5, 9), axis=0).astype(np.float32))
    assert (snapshot / name).read_bytes() == faiss.serialize_index(whole.index).tobytes()


def test_saving_reads_the_file_beside_the_mapping(index, monkeypatch):
    index.add(0, unit(1, 20))
    index.save()
    looked = []
    monkeypatch.setattr(
        QuantizedVectors, "rows", property(lambda one: looked.append(one.file) or np.zeros((0, D)))
    )
    index.save()
    assert looked == []


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), outlier=st.floats(0, 0.3), k=st.integers(1, 50))
def test_the_coarse_look_loses_nothing_that_matters(tmp_path_factory, seed, outlier, k):
    """Also where some models put the same large number into each vector."""
    wide, many = 384, 2_000
    rows = np.random.default_rng(seed).normal(size=(many + 1, wide)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    rows[:, 7] += outlier
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)
    index = VectorIndex(tmp_path_factory.mktemp("vectors"), "encoder", wide)
    index.add(0, rows[:many])
    query = rows[many].astype(np.float32)
    found = index.search(query, k)
    measured = index.vectors_of(found) @ query
    assert np.allclose(measured, exact(rows[:many], np.arange(many), query, k)[1], atol=5e-3)
    assert (np.diff(measured) <= 0).all()


def test_no_more_than_a_tail_is_held_in_memory(index, tmp_path, monkeypatch):
    monkeypatch.setattr(vector_index, "MAX_TAIL_ROWS", 10)
    rows = unit(1, 24)
    for start in range(0, 24, 4):
        index.add(start, rows[start : start + 4])
        assert len(index) == start + 4
    assert [path.name for path in tmp_path.glob("snapshot-*")] == ["snapshot-24-0"]
    assert np.array_equal(index.vectors_of(np.arange(24)).astype(np.float16), rows)


def test_a_snapshot_is_mapped_again_with_what_was_removed_left_out(index, tmp_path):
    index.add(0, unit(1, 20))
    index.remove(7, 0, 5)
    index.save()
    again = VectorIndex(tmp_path, "encoder", D)
    again.load(FAR)
    assert again.watermark == Watermark(20, 7)
    assert len(again) == 15
    assert again.search(unit(1, 20)[9].astype(np.float32), 1).tolist() == [9]


def test_what_it_has_already_is_not_added_twice(index):
    index.add(0, unit(1, 20))
    index.add(5, unit(2, 5))
    assert len(index) == 20


@pytest.mark.parametrize("harm", ["truncate", "garbage", "facts", "numbers", "missing"])
def test_a_damaged_snapshot_is_left_alone(index, tmp_path, harm):
    index.add(0, unit(1, 200))
    index.save()
    [snapshot] = tmp_path.glob("snapshot-*")
    rows, facts, numbers = snapshot / "coarse.faiss", snapshot / "facts.json", snapshot / "numbers.npy"
    match harm:
        case "truncate":
            rows.write_bytes(rows.read_bytes()[:-100])
        case "garbage":
            rows.write_bytes(b"x" * rows.stat().st_size)
        case "facts":
            facts.write_text("{")
        case "numbers":
            numbers.write_bytes(b"")
        case "missing":
            rows.unlink()
    again = VectorIndex(tmp_path, "encoder", D)
    again.load(FAR)
    assert len(again) == 0
    assert again.watermark == Watermark()


def test_a_snapshot_of_another_encoder_or_ahead_of_the_store_is_left_alone(index, tmp_path):
    index.add(0, unit(1, 20))
    index.save()
    other = VectorIndex(tmp_path, "another", D)
    other.load(FAR)
    assert len(other) == 0
    ahead = VectorIndex(tmp_path, "encoder", D)
    ahead.load(Watermark(10, 0))
    assert len(ahead) == 0


@pytest.mark.parametrize("name", ["coarse.faiss", "fine.faiss", "numbers.npy", "facts.json"])
def test_a_snapshot_with_one_bit_turned_over_is_left_alone(index, tmp_path, name):
    index.add(0, unit(1, 200))
    index.save()
    [path] = tmp_path.glob(f"snapshot-*/{name}")
    content = bytearray(path.read_bytes())
    content[len(content) * 2 // 3] ^= 4
    path.write_bytes(content)
    again = VectorIndex(tmp_path, "encoder", D)
    again.load(FAR)
    assert len(again) == 0


def test_a_snapshot_of_another_history_is_deleted_before_its_numbers_come_to_fit(index, tmp_path):
    index.clear("before the backup was restored")
    index.add(0, unit(1, 20))
    index.save()
    again = VectorIndex(tmp_path, "encoder", D)
    again.load(replace(FAR, history="after"))
    assert again.watermark == Watermark(history="after")
    assert list(tmp_path.glob("snapshot-*")) == []


def test_a_large_snapshot_is_used_at_once_and_checked_later(index, tmp_path, monkeypatch):
    index.add(0, unit(1, 200))
    index.save()
    monkeypatch.setattr(snapshot_files, "MAX_CHECKED_FIRST", 1000)
    good = VectorIndex(tmp_path, "encoder", D)
    good.load(FAR)
    assert good.unchecked is not None
    assert not good.is_damaged()
    [path] = tmp_path.glob("snapshot-*/fine.faiss")
    content = bytearray(path.read_bytes())
    content[-9] ^= 1
    path.write_bytes(content)
    harmed = VectorIndex(tmp_path, "encoder", D)
    harmed.load(FAR)
    assert len(harmed) == 200
    assert harmed.is_damaged()
    assert not harmed.is_damaged()  # it says so once


def test_what_a_snapshot_that_found_no_room_took_is_given_back(index, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    index.add(0, unit(1, 200))
    monkeypatch.setattr(snapshot_files, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        index.save()
    index.try_to_save()
    assert list(tmp_path.iterdir()) == []
    assert len(index) == 200


def test_an_unfinished_snapshot_is_not_read(index, tmp_path):
    index.add(0, unit(1, 20))
    index.save()
    [snapshot] = tmp_path.glob("snapshot-*")
    snapshot.rename(tmp_path / "unfinished-1")
    again = VectorIndex(tmp_path, "encoder", D)
    again.load(FAR)
    assert len(again) == 0


def test_a_new_snapshot_pays_only_after_much_has_changed(index):
    index.add(0, unit(1, 100))
    assert not index.worth_saving()
    index.add(100, unit(2, 600))
    assert index.worth_saving()
    index.save()
    assert not index.worth_saving()


def test_threads_are_set_when_asked_for_and_not_by_an_index(tmp_path):
    before = faiss.omp_get_max_threads()
    try:
        faiss.omp_set_num_threads(2)
        with threadpool_limits(2, user_api="blas"):
            VectorIndex(tmp_path, "encoder", D)
            assert faiss.omp_get_max_threads() == 2
            configure_threads()
            assert faiss.omp_get_max_threads() == 1
            assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} == {1}
    finally:
        faiss.omp_set_num_threads(before)
