"""Vectors in FAISS indexes whose memory is plain numbers: in half precision, and coarsely in one byte a number."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
CHUNK = 20_000  # rows copied at once
BYTE = 127
SPREAD = 6.0  # standard deviations of a unit vector's numbers that a byte holds; what lies beyond is cut off


class Precision(Enum):
    """How numbers are kept. Coarse ones are half to read, and that is what a search waits for."""

    FINE = "fine"
    COARSE = "coarse"

    @property
    def quantiser(self) -> int:
        """Give the name that FAISS has for it."""
        kinds = faiss.ScalarQuantizer
        return int(kinds.QT_fp16 if self is Precision.FINE else kinds.QT_8bit_direct_signed)

    def numbers(self, vectors: Floats) -> Floats:
        """Return unit vectors, (n, d), as the quantiser takes them: coarse ones as whole numbers of a byte.

        A random unit vector's numbers have a standard deviation of d ** -0.5.
        """
        if self is Precision.FINE:
            return vectors
        steps = vectors * np.float32(BYTE / SPREAD * vectors.shape[1] ** 0.5)
        return np.clip(np.rint(steps), np.float32(-BYTE), np.float32(BYTE), out=steps)


@dataclass(slots=True)
class Codes:
    """One FAISS index over vectors; `file` is what it is mapped from, if it is, and then it is never changed."""

    index: Any
    precision: Precision
    file: Path | None = None

    @classmethod
    def empty(cls, precision: Precision, dimensions: int) -> Self:
        """Return an index without vectors."""
        index = faiss.IndexScalarQuantizer(dimensions, precision.quantiser, faiss.METRIC_INNER_PRODUCT)
        return cls(index, precision)

    @classmethod
    def mapped(cls, precision: Precision, file: Path) -> Self:
        """Map what `write` wrote; raises RuntimeError when it is none of ours."""
        return cls(faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC), precision, file)

    def add(self, vectors: Floats) -> None:
        """Append vectors, (n, d)."""
        self.index.add(self.precision.numbers(vectors))

    @property
    def rows(self) -> NDArray[Any]:
        """Give the index's own memory as (n, d): a code of half precision is the number itself."""
        codes: NDArray[np.uint8] = faiss.rev_swig_ptr(
            self.index.codes.data(), self.index.ntotal * self.index.code_size
        )
        return codes.view(self._kind).reshape(-1, self.index.d)

    def kept(self, alive: Mask) -> Iterator[NDArray[Any]]:
        """Yield the rows that are `alive`, (n,), some at a time."""
        for start in range(0, len(alive), CHUNK):
            some = alive[start : start + CHUNK]
            yield self._some(start, len(some))[some]

    def _some(self, start: int, many: int) -> NDArray[Any]:
        """Read rows of a mapped file beside its mapping: what is looked at in a mapping takes room from then on."""
        d, all_rows = self.index.d, self.index.ntotal
        with suppress(OSError):  # another process has written a new snapshot, and taken this one away
            if self.file is not None:
                behind = (all_rows - start) * self.index.code_size  # the rows end the file
                rows = np.fromfile(self.file, self._kind, many * d, offset=self.file.stat().st_size - behind)
                if len(rows) == many * d:
                    return rows.reshape(-1, d)
        return self.rows[start : start + many]

    @property
    def _kind(self) -> type[np.generic]:
        return np.float16 if self.precision is Precision.FINE else np.uint8


def write(file: Path, parts: Iterable[tuple[Codes, Mask]]) -> None:
    """Write the rows of several indexes that are alive as one, straight from where they are: no copy of all is made."""
    parts = list(parts)
    with file.open("wb") as written:
        written.write(_head(parts[0][0], sum(int(alive.sum()) for _, alive in parts)))
        for codes, alive in parts:
            for rows in codes.kept(alive):
                written.write(rows.data)


def _head(like: Codes, rows: int) -> bytes:
    """Return what FAISS writes before the codes of so many rows: of an index without any, with other counts."""
    index = Codes.empty(like.precision, like.index.d).index
    index.ntotal = rows
    head: bytes = faiss.serialize_index(index).tobytes()[:-8]  # last comes the size of the codes
    return head + np.array(rows * index.code_size, dtype="<u8").tobytes()
