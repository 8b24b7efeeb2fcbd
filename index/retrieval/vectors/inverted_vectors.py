"""Vectors of one byte a number in inverted lists: a search looks only into those whose centroids are nearest."""

import os
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self

import faiss
import numpy as np

from index.arrays import BoolArray, ByteArray, FloatArray, IntArray, NumberArray, SentenceIds
from index.retrieval.quantized_vectors import Precision, QuantizedVectors

ID_BYTES = 8  # a sentence's number in a list
_NO_ROWS = 4 + 8  # bytes at the end of an empty index of FAISS: "sprs", and that no list has a size

Check = Callable[[], object]  # raises where what takes long is to be given up


@dataclass(slots=True, weakref_slot=True)
class InvertedVectors:
    """FAISS's inverted file over the codes of INT8, mapped from `path` and never changed (Jégou et al. 2011).

    Each list holds the codes nearest to its centroid, and the numbers of their sentences. As with `QuantizedVectors`
    only a search uses the mapping; whole lists are read from the file, open as `file`, where they begin at `offsets`.
    """

    index: Any
    path: Path
    file: int
    sizes: IntArray
    offsets: IntArray

    @classmethod
    def open_mapped(cls, path: Path) -> Self:
        """Map a file that `write_lists` wrote. Raise RuntimeError or OSError when it cannot be read."""
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP)
        if not isinstance(index, faiss.IndexIVFScalarQuantizer):
            raise OSError(f"{path} holds no inverted lists")
        lists = faiss.downcast_InvertedLists(index.invlists)
        lists.prefetch_nthread = 0  # a search reads what it needs itself
        sizes = np.array([lists.list_size(number) for number in range(index.nlist)], dtype=np.int64)
        file = os.open(path, os.O_RDONLY)
        taken = sizes * (index.code_size + ID_BYTES)
        begun = os.fstat(file).st_size - int(taken.sum())  # the lists are last in the file
        mapped = cls(index, path, file, sizes, begun + np.cumsum(taken) - taken)
        weakref.finalize(mapped, os.close, file)
        return mapped

    @property
    def lists(self) -> int:
        """Return how many lists there are."""
        return int(self.index.nlist)

    @property
    def centroids(self) -> FloatArray:
        """Return the lists' centroids, (lists, d)."""
        rows: FloatArray = self.index.quantizer.reconstruct_n(0, self.lists)
        return rows

    def search(self, query: FloatArray, k: int, allowed: BoolArray | None) -> tuple[SentenceIds, FloatArray]:
        """Return the `k` sentences nearest to an INT8 query, (1, d), and their inner products, (n,) each.

        `allowed` is a mask over the numbers of sentences, or None for all. The fewer it lets pass, the more lists are
        looked into, up to all of them: so that about as many sentences are compared as without it.
        """
        options = None
        if allowed is not None:
            wanted = max(1, int(np.count_nonzero(allowed)))
            probes = -(-self.index.nprobe * self.index.ntotal // wanted)
            bitmap = np.packbits(allowed, bitorder="little")
            selector = faiss.IDSelectorBitmap(bitmap)
            options = faiss.SearchParametersIVF(
                sel=selector, nprobe=min(self.lists, max(probes, self.index.nprobe))
            )
        scores, sentences = self.index.search(query, k, params=options)
        found = sentences[0] >= 0
        return sentences[0][found], scores[0][found]

    def search_all(self, queries: FloatArray, k: int) -> SentenceIds:
        """Return the `k` sentences nearest to each of several INT8 queries, (n, d), by all lists, (n, k)."""
        options = faiss.SearchParametersIVF(nprobe=self.lists)
        sentences: SentenceIds = self.index.search(queries, k, params=options)[1]
        return sentences

    def rows_of(self, number: int) -> tuple[ByteArray, SentenceIds]:
        """Return the codes in a list, (n, d), and the numbers of their sentences, (n,)."""
        size, width = int(self.sizes[number]), int(self.index.code_size)
        read = os.pread(self.file, size * (width + ID_BYTES), int(self.offsets[number]))
        codes = np.frombuffer(read, np.uint8, size * width).reshape(size, width)
        return codes, np.frombuffer(read, "<i8", size, size * width)


class ListSource(Protocol):
    """Rows that go into lists."""

    def rows_of(self, number: int) -> tuple[ByteArray, SentenceIds]:
        """Return the codes for a list, (n, d), and the numbers of their sentences, (n,)."""
        ...

    def count(self) -> IntArray:
        """Return how many rows go into each list."""
        ...


@dataclass(frozen=True, slots=True)
class KeptRows:
    """What other lists by the same centroids hold, without the sentences that are `gone`."""

    vectors: InvertedVectors
    gone: SentenceIds

    def rows_of(self, number: int) -> tuple[ByteArray, SentenceIds]:
        """See `ListSource`."""
        codes, sentences = self.vectors.rows_of(number)
        kept = ~np.isin(sentences, self.gone)
        return codes[kept], sentences[kept]

    def count(self) -> IntArray:
        """See `ListSource`."""
        if not len(self.gone):
            return self.vectors.sizes
        return np.array([len(self.rows_of(number)[1]) for number in range(self.vectors.lists)])


class SortedRows:
    """Rows of `vectors` at `positions`, (n,), whose sentences have these numbers, (n,), sorted by their `lists`, (n,)."""

    def __init__(
        self, vectors: QuantizedVectors, positions: IntArray, sentences: SentenceIds, lists: NumberArray
    ) -> None:
        """Sort."""
        order = np.argsort(lists, kind="stable")
        self._vectors = vectors
        self._positions, self._sentences, self._lists = positions[order], sentences[order], lists[order]

    def rows_of(self, number: int) -> tuple[ByteArray, SentenceIds]:
        """See `ListSource`."""
        start, end = np.searchsorted(self._lists, (number, number + 1))
        rows = self._vectors.take(self._positions[start:end])
        return Precision.INT8.codes(rows, self._vectors.precision), self._sentences[start:end]

    def count(self) -> IntArray:
        """See `ListSource`."""
        last = int(self._lists[-1]) if len(self._lists) else -1
        return np.bincount(self._lists, minlength=last + 1)


class ListWriter:
    """Writes inverted lists in FAISS's format, list by list, so that there are never all of them in memory."""

    def __init__(self, path: Path, centroids: FloatArray) -> None:
        """`centroids` are (lists, d)."""
        quantizer = faiss.IndexFlatIP(centroids.shape[1])
        quantizer.add(centroids)
        self._path = path
        self._quantizer = quantizer  # of which the index has but the address
        self._index = faiss.IndexIVFScalarQuantizer(
            quantizer,
            centroids.shape[1],
            len(centroids),
            Precision.INT8.faiss_quantizer,
            faiss.METRIC_INNER_PRODUCT,
            False,  # codes of the vectors themselves, the same as in a flat index
        )
        self._index.is_trained = True
        self._sizes = np.zeros(len(centroids), dtype="<u8")

    def nearest(self, scaled: FloatArray) -> IntArray:
        """Return into which list each of some INT8 vectors belongs, (n,)."""
        lists: IntArray = self._quantizer.search(scaled, 1)[1][:, 0]
        return lists

    def write(self, sources: Sequence[ListSource], check: Check) -> None:
        """Write the file. Raise OSError, and what `check` does."""
        for source in sources:
            count = source.count()
            self._sizes[: len(count)] += count.astype(np.uint64)
        with self._path.open("wb") as written:
            written.write(self._header())
            for number in range(len(self._sizes)):
                check()
                rows = [source.rows_of(number) for source in sources]
                for codes, _ in rows:
                    written.write(codes.tobytes())
                for _, sentences in rows:
                    written.write(sentences.astype("<i8").tobytes())

    def set_probes(self, probes: int) -> None:
        """Say in the file how many lists a search looks into."""
        self._index.nprobe = probes
        with self._path.open("r+b") as written:
            written.write(self._header())

    def _header(self) -> bytes:
        """Return what FAISS writes before the lists: an empty index with other counts."""
        self._index.ntotal = int(self._sizes.sum())
        empty: bytes = faiss.serialize_index(self._index).tobytes()[:-_NO_ROWS]
        return empty + b"full" + np.array(len(self._sizes), dtype="<u8").tobytes() + self._sizes.tobytes()
