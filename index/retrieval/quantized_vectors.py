"""Vectors in FAISS indexes whose memory is plain numbers: in half precision, and coarsely in one byte a number."""

import os
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]
CHUNK = 20_000  # rows copied at once
GAP = 12  # rows not wanted, at most, that are read with their neighbours: a second look costs more
BYTE = 127
SPREAD = 6.0  # standard deviations of a unit vector's numbers that a byte holds; what lies beyond is cut off


class Precision(Enum):
    """How numbers are kept. Coarse ones are half to read, and that is what a search waits for."""

    FP16 = "fine"
    INT8 = "coarse"

    @property
    def quantiser(self) -> int:
        """Give the name that FAISS has for it."""
        kinds = faiss.ScalarQuantizer
        return int(kinds.QT_fp16 if self is Precision.FP16 else kinds.QT_8bit_direct_signed)

    def numbers(self, vectors: Floats) -> Floats:
        """Return unit vectors, (n, d), as the quantiser takes them: coarse ones as whole numbers of a byte.

        A random unit vector's numbers have a standard deviation of d ** -0.5.
        """
        if self is Precision.FP16:
            return vectors
        steps = vectors * np.float32(BYTE / SPREAD * vectors.shape[1] ** 0.5)
        return np.clip(np.rint(steps), np.float32(-BYTE), np.float32(BYTE), out=steps)


@dataclass(slots=True, weakref_slot=True)
class QuantizedVectors:
    """One FAISS index over vectors; one that is mapped is never changed.

    What is looked at in a mapping takes room from then on. So single rows of a mapped index are read from its file,
    open as `file`, where they begin at `offset`; only a search over all of them uses the mapping.
    """

    index: Any
    precision: Precision
    file: int | None = None
    offset: int = 0

    @classmethod
    def empty(cls, precision: Precision, dimensions: int) -> Self:
        """Return an index without vectors."""
        index = faiss.IndexScalarQuantizer(dimensions, precision.quantiser, faiss.METRIC_INNER_PRODUCT)
        return cls(index, precision)

    @classmethod
    def mapped(cls, precision: Precision, path: Path) -> Self:
        """Map what `write` wrote; raises RuntimeError or OSError when it is none of ours."""
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        file = os.open(path, os.O_RDONLY)
        offset = os.fstat(file).st_size - index.ntotal * index.code_size  # the rows end the file
        codes = cls(index, precision, file, offset)
        weakref.finalize(codes, os.close, file)
        return codes

    def add(self, vectors: Floats) -> None:
        """Append vectors, (n, d)."""
        self.index.add(self.precision.numbers(vectors))

    @property
    def rows(self) -> NDArray[Any]:
        """Give the index's own memory as (n, d): a code of half precision is the number itself."""
        codes: NDArray[np.uint8] = faiss.rev_swig_ptr(
            self.index.codes.data(), self.index.ntotal * self.index.code_size
        )
        return self._numbers(codes)

    def take(self, positions: Numbers) -> NDArray[Any]:
        """Return the rows at `positions`, (n, d); quickest where they ascend."""
        if self.file is None or not len(positions):
            return self.rows[positions]
        step = np.diff(positions)
        breaks = np.flatnonzero((step < 0) | (step > GAP)) + 1
        begins, ends = np.append(0, breaks), np.append(breaks, len(positions))
        first, many = positions[begins], positions[ends - 1] - positions[begins] + 1
        read = self._read(self.file, zip(first.tolist(), many.tolist(), strict=True))
        rows: NDArray[Any] = read[positions + np.repeat(np.cumsum(many) - many - first, ends - begins)]
        return rows

    def kept(self, alive: Mask) -> Iterator[NDArray[Any]]:
        """Yield the rows that are `alive`, (n,), some at a time."""
        for start in range(0, len(alive), CHUNK):
            some = alive[start : start + CHUNK]
            run = (start, len(some))
            rows = self.rows[start : start + CHUNK] if self.file is None else self._read(self.file, [run])
            yield rows[some]

    def _read(self, file: int, runs: Iterable[tuple[int, int]]) -> NDArray[Any]:
        """Read runs of rows, (first, how many)."""
        size = self.index.code_size
        read = b"".join(os.pread(file, many * size, self.offset + first * size) for first, many in runs)
        return self._numbers(np.frombuffer(read, np.uint8))

    def _numbers(self, codes: NDArray[np.uint8]) -> NDArray[Any]:
        kind = np.float16 if self.precision is Precision.FP16 else np.uint8
        return codes.view(kind).reshape(-1, self.index.d)


def write(file: Path, parts: Iterable[tuple[QuantizedVectors, Mask]]) -> None:
    """Write the rows of several indexes that are alive as one, straight from where they are: no copy of all is made."""
    parts = list(parts)
    with file.open("wb") as written:
        written.write(_head(parts[0][0], sum(int(alive.sum()) for _, alive in parts)))
        for codes, alive in parts:
            for rows in codes.kept(alive):
                written.write(rows.data)


def _head(like: QuantizedVectors, rows: int) -> bytes:
    """Return what FAISS writes before the codes of so many rows: of an index without any, with other counts."""
    index = QuantizedVectors.empty(like.precision, like.index.d).index
    index.ntotal = rows
    head: bytes = faiss.serialize_index(index).tobytes()[:-8]  # last comes the size of the codes
    return head + np.array(rows * index.code_size, dtype="<u8").tobytes()
