"""Scalar-quantized vectors in FAISS indexes: in half precision, or in one byte a number."""

import os
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np

from index.arrays import BoolArray, ByteArray, FloatArray, IntArray, NumberArray

CHUNK_ROWS = 20_000  # copied at once, 15 MB in half precision; judged
MAX_READ_GAP = 12  # rows that are read although not wanted, since a second read costs more; judged
INT8_MAX = 127  # the largest number of a signed byte; -128 is not used, so that the range is symmetric
CLIP_SIGMAS = (
    6.0  # standard deviations of a unit vector's numbers that a byte holds, judged; others are clipped
)


class Precision(Enum):
    """How numbers are kept; the values are file names. A search waits for reading: INT8 is half of it."""

    FP16 = "fine"
    INT8 = "coarse"

    @property
    def faiss_quantizer(self) -> int:
        """Return the type that FAISS has for it."""
        types = faiss.ScalarQuantizer
        return int(types.QT_fp16 if self is Precision.FP16 else types.QT_8bit_direct_signed)

    def scale(self, vectors: FloatArray) -> FloatArray:
        """Return unit vectors, (n, d) float32, as FAISS takes them: for INT8 whole numbers from -127 to 127.

        A random unit vector's numbers have a standard deviation of d ** -0.5; CLIP_SIGMAS of them reach
        INT8_MAX.
        """
        if self is Precision.FP16:
            return vectors
        steps = vectors * np.float32(INT8_MAX / CLIP_SIGMAS * vectors.shape[1] ** 0.5)
        return np.clip(np.rint(steps), np.float32(-INT8_MAX), np.float32(INT8_MAX), out=steps)

    def codes(self, rows: NumberArray, given: "Precision") -> NumberArray:
        """Return rows of `QuantizedVectors` of the precision `given`, this one or FP16, (n, d), as FAISS keeps them in this."""
        if self is given:
            return rows
        codes: ByteArray = (self.scale(rows.astype(np.float32)) + np.float32(INT8_MAX + 1)).astype(np.uint8)
        return codes


@dataclass(slots=True, weakref_slot=True)
class QuantizedVectors:
    """One FAISS index over vectors; one that is mapped from a file is never changed.

    Pages of a mapping count as the process's memory once they were read. So single rows of a mapped index are
    read from its file at `path`, open as the descriptor `file`, in which they begin at byte `offset`; only a
    search over all of them uses the mapping.
    """

    index: Any
    precision: Precision
    file: int | None = None
    offset: int = 0
    path: Path | None = None

    @classmethod
    def empty(cls, precision: Precision, dimensions: int) -> Self:
        """Return an index without vectors."""
        index = faiss.IndexScalarQuantizer(dimensions, precision.faiss_quantizer, faiss.METRIC_INNER_PRODUCT)
        return cls(index, precision)

    @classmethod
    def open_mapped(cls, precision: Precision, path: Path) -> Self:
        """Map a file that `write_index` wrote. Raise RuntimeError or OSError when it cannot be read."""
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        file = os.open(path, os.O_RDONLY)
        offset = os.fstat(file).st_size - index.ntotal * index.code_size  # the rows are last in the file
        mapped = cls(index, precision, file, offset, path)
        weakref.finalize(mapped, os.close, file)
        return mapped

    def add(self, vectors: FloatArray) -> None:
        """Append unit vectors, (n, d) float32."""
        self.index.add(self.precision.scale(vectors))

    @property
    def rows(self) -> NumberArray:
        """Return a view of the index's own memory, (n, d): float16, or uint8 codes."""
        codes: ByteArray = faiss.rev_swig_ptr(
            self.index.codes.data(), self.index.ntotal * self.index.code_size
        )
        return self._as_rows(codes)

    def take(self, positions: IntArray) -> NumberArray:
        """Return the rows at `positions`, (n, d), float16 or uint8; fastest when `positions` are sorted."""
        if self.file is None or not len(positions):
            return self.rows[positions]
        step = np.diff(positions)
        breaks = np.flatnonzero((step < 0) | (step > MAX_READ_GAP)) + 1
        starts, ends = np.append(0, breaks), np.append(breaks, len(positions))
        first, counts = positions[starts], positions[ends - 1] - positions[starts] + 1
        read = self._read(self.file, zip(first.tolist(), counts.tolist(), strict=True))
        rows: NumberArray = read[positions + np.repeat(np.cumsum(counts) - counts - first, ends - starts)]
        return rows

    def alive_rows(self, alive: BoolArray) -> Iterator[NumberArray]:
        """Yield the rows that `alive`, a mask (n,), keeps, in order and in chunks of at most CHUNK_ROWS."""
        for start in range(0, len(alive), CHUNK_ROWS):
            mask = alive[start : start + CHUNK_ROWS]
            run = (start, len(mask))
            rows = (
                self.rows[start : start + CHUNK_ROWS] if self.file is None else self._read(self.file, [run])
            )
            yield rows[mask]

    def _read(self, file: int, runs: Iterable[tuple[int, int]]) -> NumberArray:
        """Read runs of rows, (first, count), from the file."""
        size = self.index.code_size
        read = b"".join(os.pread(file, count * size, self.offset + first * size) for first, count in runs)
        return self._as_rows(np.frombuffer(read, np.uint8))

    def _as_rows(self, codes: ByteArray) -> NumberArray:
        """Return codes as (n, d): in half precision a code is the number itself."""
        dtype = np.float16 if self.precision is Precision.FP16 else np.uint8
        return codes.view(dtype).reshape(-1, self.index.d)


def write_index(
    path: Path, parts: Iterable[tuple[QuantizedVectors, BoolArray]], precision: Precision | None = None
) -> None:
    """Write one FAISS index of the rows of several that their masks, (n,) each, keep.

    They are written in the precision that they have; rows in half precision in another one, if that is wanted. The rows
    are copied chunk by chunk, so that there is never a second copy of all of them in memory.
    """
    parts = list(parts)
    like = parts[0][0]
    precision = precision or like.precision
    with path.open("wb") as written:
        written.write(_header(precision, like.index.d, sum(int(alive.sum()) for _, alive in parts)))
        for vectors, alive in parts:
            for rows in vectors.alive_rows(alive):
                written.write(precision.codes(rows, vectors.precision).data)


def _header(precision: Precision, dimensions: int, rows: int) -> bytes:
    """Return what FAISS writes before the codes of `rows` rows: an empty index with other counts."""
    index = QuantizedVectors.empty(precision, dimensions).index
    index.ntotal = rows
    header: bytes = faiss.serialize_index(index).tobytes()[:-8]  # the last 8 bytes are the size of the codes
    return header + np.array(rows * index.code_size, dtype="<u8").tobytes()
