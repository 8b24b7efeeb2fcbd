import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.retrieval import quantized_vectors
from index.retrieval.quantized_vectors import INT8_MAX, Precision, QuantizedVectors, write_index

D = 16


def unit(seed, n):
    rows = np.random.default_rng(seed).normal(size=(n, D)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@given(st.integers(0, 10**6))
def test_one_byte_numbers_are_whole_and_within_their_range(seed):
    rows = unit(seed, 5)
    rows[0] = np.eye(D, dtype=np.float32)[0]  # beyond what a byte holds: clipped
    scaled = Precision.INT8.scale(rows)
    assert np.array_equal(scaled, np.rint(scaled))
    assert np.abs(scaled).max() <= INT8_MAX
    assert np.array_equal(Precision.FP16.scale(rows), rows)


def test_half_precision_keeps_a_number_to_three_digits():
    rows = unit(1, 30)
    vectors = QuantizedVectors.empty(Precision.FP16, D)
    vectors.add(rows)
    assert np.allclose(vectors.take(np.arange(30)), rows, atol=1e-3)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), precision=st.sampled_from(Precision))
def test_what_is_written_of_several_indexes_is_their_living_rows_in_order(tmp_path_factory, seed, precision):
    random = np.random.default_rng(seed)
    parts = []
    for size in random.integers(1, 20, size=2).tolist():
        vectors = QuantizedVectors.empty(precision, D)
        vectors.add(unit(seed + size, size))
        parts.append((vectors, random.random(size) < 0.5))
    path = tmp_path_factory.mktemp("codes") / "index.faiss"
    write_index(path, parts)
    mapped = QuantizedVectors.open_mapped(precision, path)
    expected = np.concatenate([vectors.rows[alive] for vectors, alive in parts])
    assert np.array_equal(mapped.take(np.arange(len(expected))), expected)


@settings(max_examples=100, deadline=None)
@given(positions=st.lists(st.integers(0, 199), max_size=40), gap=st.integers(0, 30), ascending=st.booleans())
def test_rows_of_a_mapped_index_are_read_from_its_file(tmp_path_factory, positions, gap, ascending):
    rows = unit(1, 200)
    path = tmp_path_factory.mktemp("codes") / "fine.faiss"
    memory = QuantizedVectors.empty(Precision.FP16, D)
    memory.add(rows)
    write_index(path, [(memory, np.ones(200, bool))])
    wanted = np.array(sorted(positions) if ascending else positions, dtype=np.int64)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(quantized_vectors, "MAX_READ_GAP", gap)
        found = QuantizedVectors.open_mapped(Precision.FP16, path).take(wanted)
        assert np.array_equal(found, memory.take(wanted))


def test_living_rows_come_in_chunks(monkeypatch):
    monkeypatch.setattr(quantized_vectors, "CHUNK_ROWS", 7)
    vectors = QuantizedVectors.empty(Precision.FP16, D)
    vectors.add(unit(1, 20))
    alive = np.arange(20) % 2 == 0
    assert [len(chunk) for chunk in vectors.alive_rows(alive)] == [4, 3, 3]


def test_a_file_of_something_else_is_refused(tmp_path):
    path = tmp_path / "index.faiss"
    path.write_bytes(b"something else")
    with pytest.raises((RuntimeError, OSError)):
        QuantizedVectors.open_mapped(Precision.FP16, path)
