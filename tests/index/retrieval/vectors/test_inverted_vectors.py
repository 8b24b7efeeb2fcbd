import faiss
import numpy as np
import pytest

from index.retrieval.quantized_vectors import Precision, QuantizedVectors
from index.retrieval.vectors.inverted_vectors import InvertedVectors, KeptRows, ListWriter, SortedRows
from tests.index.retrieval.vectors.news import D, news

N, LISTS = 500, 8


def nothing():
    pass


@pytest.fixture
def rows():
    return Precision.INT8.scale(news(1, N).astype(np.float32))


@pytest.fixture
def written(tmp_path, rows):
    """A writer that has written all rows, as numbers 10, 12, 14 ...; its file."""
    flat = QuantizedVectors.empty(Precision.INT8, D)
    flat.add(news(1, N).astype(np.float32))
    writer = ListWriter(tmp_path / "lists.faiss", rows[:LISTS])
    lists = writer.nearest(rows)
    writer.write([SortedRows(flat, np.arange(N), 10 + 2 * np.arange(N), lists)], nothing)
    return writer, tmp_path / "lists.faiss"


def test_the_file_is_what_faiss_itself_would_write(written, rows):
    _, path = written
    quantizer = faiss.IndexFlatIP(D)
    quantizer.add(rows[:LISTS])
    own = faiss.IndexIVFScalarQuantizer(
        quantizer, D, LISTS, faiss.ScalarQuantizer.QT_8bit_direct_signed, faiss.METRIC_INNER_PRODUCT, False
    )
    own.is_trained = True
    own.add_with_ids(rows, 10 + 2 * np.arange(N))
    assert path.read_bytes() == faiss.serialize_index(own).tobytes()


def test_how_many_lists_are_looked_into_is_said_in_the_file(written):
    writer, path = written
    size = path.stat().st_size
    writer.set_probes(5)
    assert path.stat().st_size == size
    assert InvertedVectors.open_mapped(path).index.nprobe == 5


def test_lists_are_read_from_the_file_one_by_one(written, rows):
    _, path = written
    lists = InvertedVectors.open_mapped(path)
    read = [lists.rows_of(number) for number in range(lists.lists)]
    sentences = np.concatenate([numbers for _, numbers in read])
    assert sorted(sentences.tolist()) == (10 + 2 * np.arange(N)).tolist()
    codes = np.concatenate([codes for codes, _ in read]).astype(np.float32) - 128
    assert np.array_equal(codes, rows[(sentences - 10) // 2])


def test_lists_are_copied_without_what_is_gone_and_with_what_is_new(written, rows, tmp_path):
    _, path = written
    old = InvertedVectors.open_mapped(path)
    fine = QuantizedVectors.empty(Precision.FP16, D)
    fine.add(news(2, 40).astype(np.float32))
    new = Precision.INT8.scale(news(2, 40).astype(np.float32))
    writer = ListWriter(tmp_path / "again.faiss", old.centroids)
    gone = np.array([10, 12, 700])
    sources = [
        KeptRows(old, gone),
        SortedRows(fine, np.arange(40), 5000 + np.arange(40), writer.nearest(new)),
    ]
    writer.write(sources, nothing)
    again = InvertedVectors.open_mapped(tmp_path / "again.faiss")
    numbers = np.concatenate([again.rows_of(number)[1] for number in range(LISTS)])
    wanted = [*np.setdiff1d(10 + 2 * np.arange(N), gone).tolist(), *range(5000, 5040)]
    assert sorted(numbers.tolist()) == wanted
    assert again.search_all(new[3:4], 1)[0].tolist() == [5003]


def test_the_fewer_may_be_found_the_more_lists_are_looked_into(written, rows):
    writer, path = written
    writer.set_probes(1)
    lists = InvertedVectors.open_mapped(path)
    size = 10 + 2 * N
    for share in (0.5, 0.05):
        allowed = np.random.default_rng(1).random(size) < share
        few = np.flatnonzero(allowed[10::2])
        found = [lists.search(query[None], 5, allowed)[0] for query in rows[:50]]
        right = [10 + 2 * few[np.argsort(-(rows[few] @ query), kind="stable")[:5]] for query in rows[:50]]
        same = np.mean([np.isin(one, other).mean() for one, other in zip(found, right, strict=True)])
        assert same == 1 if share == 0.05 else same < 1
    assert lists.search(rows[:1], 5, np.zeros(size, bool))[0].tolist() == []


def test_a_flat_index_is_refused(tmp_path):
    flat = QuantizedVectors.empty(Precision.INT8, D)
    faiss.write_index(flat.index, str(tmp_path / "flat.faiss"))
    with pytest.raises(OSError, match="no inverted lists"):
        InvertedVectors.open_mapped(tmp_path / "flat.faiss")
