"""A segment of the vector index: the vectors of some sentences, in half precision and in one byte a number."""

from dataclasses import dataclass, field

import faiss
import numpy as np

from index.arrays import BoolArray, FloatArray, IntArray, SentenceIds
from index.retrieval.quantized_vectors import Precision, QuantizedVectors
from index.retrieval.vectors.inverted_vectors import InvertedVectors


@dataclass(slots=True)
class Segment:
    """Vectors of n sentences: their numbers, ascending, and which of them are not deleted, (n,) each.

    Each vector is kept twice: the nearest are searched for in INT8 (`coarse`, inverted lists where they are many) and
    measured in half precision (`fine`). `gone` are the numbers of the deleted ones, in any order; `checksums` those of
    the files that hold `fine` and `coarse`, by the names of the files, where they are not in memory.
    """

    fine: QuantizedVectors
    coarse: QuantizedVectors | InvertedVectors
    sentences: SentenceIds
    alive: BoolArray
    gone: SentenceIds = field(default_factory=lambda: np.empty(0, np.int64))
    checksums: dict[str, int] = field(default_factory=dict)

    @classmethod
    def empty(cls, dimensions: int) -> "Segment":
        """Return a segment without vectors, in memory."""
        fine, coarse = (QuantizedVectors.empty(one, dimensions) for one in (Precision.FP16, Precision.INT8))
        return cls(fine, coarse, np.empty(0, np.int64), np.empty(0, np.bool_))

    @property
    def is_inverted(self) -> bool:
        """Return True if a search looks into lists."""
        return isinstance(self.coarse, InvertedVectors)

    def add(self, first: int, vectors: FloatArray) -> None:
        """Append the vectors, (n, d), of the sentences numbered from `first` on; only to a segment in memory."""
        self.fine.add(vectors)
        if isinstance(self.coarse, QuantizedVectors):
            self.coarse.add(vectors)
        sentences = np.arange(first, first + len(vectors), dtype=np.int64)
        self.sentences = np.concatenate([self.sentences, sentences])
        self.alive = np.concatenate([self.alive, np.ones(len(vectors), dtype=np.bool_)])

    def mark_deleted(self, first: int, end: int) -> None:
        """Delete the sentences from `first` up to but without `end`; a snapshot drops their rows."""
        start, stop = np.searchsorted(self.sentences, (first, end))
        self._delete(np.arange(start, stop))

    def mark_gone(self, sentences: SentenceIds) -> None:
        """Delete these sentences, as far as they are here."""
        if len(self.sentences):
            positions = np.minimum(np.searchsorted(self.sentences, sentences), len(self.sentences) - 1)
            self._delete(positions[self.sentences[positions] == sentences])

    def _delete(self, positions: IntArray) -> None:
        positions = positions[self.alive[positions]]
        if len(positions):
            self.alive[positions] = False
            self.gone = np.concatenate([self.gone, self.sentences[positions]])

    def search(self, query: FloatArray, k: int, allowed: BoolArray | None) -> tuple[SentenceIds, FloatArray]:
        """Return the `k` sentences nearest to an INT8 query, (1, d), and their inner products, (n,) each.

        `allowed` is a mask over sentence numbers, or None for all. Deleted sentences are never found. The
        inner products are of scaled vectors: they order the rows but are no similarities.
        """
        if isinstance(self.coarse, InvertedVectors):
            return self.coarse.search(query, k, self._allowed(allowed))
        options = None
        if len(self.gone) or allowed is not None:
            wanted = self.alive if allowed is None else self.alive & allowed[self.sentences]
            bitmap = np.packbits(wanted, bitorder="little")
            selector = faiss.IDSelectorBitmap(bitmap)
            options = faiss.SearchParameters(sel=selector)
        scores, positions = self.coarse.index.search(query, k, params=options)
        found = positions[0] >= 0
        return self.sentences[positions[0][found]], scores[0][found]

    def _allowed(self, allowed: BoolArray | None) -> BoolArray | None:
        """Return which sentence numbers may be found, up to the largest here; None when all may."""
        size = int(self.sentences[-1]) + 1
        if not len(self.gone):
            return allowed if allowed is None else allowed[:size]
        mask = np.ones(size, dtype=np.bool_) if allowed is None else allowed[:size].copy()
        mask[self.gone[self.gone < len(mask)]] = False
        return mask

    def full_precision(self, positions: IntArray) -> FloatArray:
        """Return rows as they were added, (n, d) float32, but for the rounding to half precision."""
        return self.fine.take(positions).astype(np.float32)

    def memory_rows(self) -> int:
        """Return how many rows are in memory and in no file."""
        return len(self.sentences) if self.fine.file is None else 0
