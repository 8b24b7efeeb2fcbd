"""FAISS over the sentences' vectors: a mapped snapshot that is never changed, and a tail in memory."""

import json
import os
import shutil
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from index.retrieval.quantized_vectors import Precision, QuantizedVectors, write
from index.storage.records import Watermark

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]
Scores = NDArray[np.float32]
TAIL = 50_000  # rows at most that are held in memory and not mapped
RESCORED = 250  # of the coarsely nearest are measured finely and put in order
MAX_DELETED_RATIO = 3600.0  # seconds; no snapshot takes that long to write
FILES = {precision: f"{precision.value}.faiss" for precision in Precision}


@dataclass(slots=True)
class Segment:
    """Vectors with the sentence numbers of their rows, ascending, and which rows are still there.

    They are kept twice: what is nearest is looked for among the coarse ones, and measured by the fine ones. For
    each of 200 real questions over 102,103 sentences the 200 nearest were among the first 220 of the coarse ones.
    """

    codes: dict[Precision, QuantizedVectors]
    numbers: Numbers
    alive: Mask
    deleted: int = 0

    @classmethod
    def empty(cls, dimensions: int) -> "Segment":
        """Return a segment without vectors."""
        codes = {precision: QuantizedVectors.empty(precision, dimensions) for precision in Precision}
        return cls(codes, np.empty(0, np.int64), np.empty(0, np.bool_))

    def add(self, first: int, vectors: NDArray[np.float32]) -> None:
        """Append the vectors of the sentences numbered from `first` on."""
        for codes in self.codes.values():
            codes.add(vectors)
        numbers = np.arange(first, first + len(vectors), dtype=np.int64)
        self.numbers = np.concatenate([self.numbers, numbers])
        self.alive = np.concatenate([self.alive, np.ones(len(vectors), dtype=np.bool_)])

    def mark_deleted(self, first: int, last: int) -> None:
        """Mark the rows of the sentences from `first` up to `last` as gone."""
        start, end = np.searchsorted(self.numbers, (first, last))
        self.deleted += int(self.alive[start:end].sum())
        self.alive[start:end] = False

    def search(self, coarse: NDArray[np.float32], k: int, allowed: Mask | None) -> tuple[Numbers, Scores]:
        """Return (numbers, coarse similarities) of the `k` rows nearest to a coarse query, (1, d), alive and allowed."""
        wanted = self.alive if allowed is None else self.alive & allowed[self.numbers]
        options = None
        if self.deleted or allowed is not None:
            bitmap = np.packbits(wanted, bitorder="little")
            selector = faiss.IDSelectorBitmap(bitmap)
            options = faiss.SearchParameters(sel=selector)
        scores, positions = self.codes[Precision.INT8].index.search(coarse, k, params=options)
        found = positions[0] >= 0
        return self.numbers[positions[0][found]], scores[0][found]

    def full_precision(self, positions: Numbers) -> NDArray[np.float32]:
        """Return rows as they were added, (n, d)."""
        return self.codes[Precision.FP16].take(positions).astype(np.float32)


def configure_threads() -> None:
    """Keep faiss (in the calling thread) and the products of matrices (in the whole process) to one core.

    Call it once, before the first search. Measured beside other work: two threads make a search slower, and a
    product of small matrices thirty times as slow, so that a question took 200 ms instead of 5.
    """
    faiss.omp_set_num_threads(1)
    threadpool_limits(1, user_api="blas")


@dataclass(slots=True)
class VectorIndex:
    """Inner-product search, in half precision, over numbered sentences.

    Sentence numbers only grow, so each part keeps them sorted and finds a row by bisection; a removal is a
    mask. `watermark` says how far into the store the index has come. Any thread may use it.
    """

    folder: Path
    fingerprint: str
    dimensions: int
    watermark: Watermark = field(default_factory=Watermark)
    _parts: list[Segment] = field(default_factory=list)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        self._parts = [Segment.empty(self.dimensions)]

    def __len__(self) -> int:
        return sum(len(part.numbers) - part.deleted for part in self._parts)

    def load(self, store: Watermark) -> None:
        """Map the newest snapshot that fits this encoder and is not ahead of the store; else start empty."""
        for path in sorted(
            self.folder.glob("snapshot-*"), key=lambda path: path.stat().st_mtime, reverse=True
        ):
            part = self._read(path, store)
            if part is not None:
                self._parts = [part, Segment.empty(self.dimensions)]
                return

    def add(self, first: int, vectors: NDArray[np.float16]) -> None:
        """Append the vectors of the sentences numbered from `first` on; ignores those it has already."""
        with self._lock:
            if first < self.watermark.next or not len(vectors):
                return
            tail = self._parts[-1]
            tail.add(first, vectors.astype(np.float32))
            self.watermark = Watermark(first + len(vectors), self.watermark.removals)
            if len(tail.numbers) >= TAIL:
                self.save()

    def remove(self, sequence: int, first: int, last: int) -> None:
        """Forget the sentences from `first` up to `last`, as the store's removal `sequence` says."""
        with self._lock:
            for part in self._parts:
                part.mark_deleted(first, last)
            self.watermark = Watermark(self.watermark.next, max(sequence, self.watermark.removals))

    def search(self, query: NDArray[np.float32], k: int, allowed: Mask | None = None) -> Numbers:
        """Return the numbers of the `k` nearest sentences: the first MEASURED best first, then as nearly as coarse tells.

        `query` is one unit vector (d,); `allowed` is a mask over sentence numbers that narrows the search.
        """
        coarse, many = Precision.INT8.numbers(query[None]), max(k, RESCORED)
        with self._lock:
            found = [part.search(coarse, many, allowed) for part in self._parts if len(part.numbers)]
            if not found:
                return np.empty(0, np.int64)
            numbers, scores = (np.concatenate(column) for column in zip(*found, strict=True))
            numbers = numbers[np.argsort(-scores, kind="stable")]
            first = np.sort(numbers[:RESCORED])
            exact = self.rows(first) @ query
            return np.concatenate([first[np.argsort(-exact, kind="stable")], numbers[RESCORED:]])[:k]

    def rows(self, numbers: Numbers) -> NDArray[np.float32]:
        """Return the vectors of sentences by number, (n, d); zeros for a number that is not here."""
        vectors = np.zeros((len(numbers), self.dimensions), dtype=np.float32)
        with self._lock:
            for part in self._parts:
                if not len(part.numbers):
                    continue
                positions = np.minimum(np.searchsorted(part.numbers, numbers), len(part.numbers) - 1)
                here = part.numbers[positions] == numbers
                vectors[here] = part.full_precision(positions[here])
        return vectors

    def worth_saving(self) -> bool:
        """Say whether so much has changed since the snapshot that writing a new one pays."""
        changed = len(self._parts[-1].numbers) + self.deleted
        return changed > max(500, len(self) // 50)

    @property
    def deleted(self) -> int:
        """Give how many rows take room and belong to no sentence any more."""
        return sum(part.deleted for part in self._parts)

    def save(self) -> None:
        """Write a snapshot of what is here, whole or not at all, and map it in place of the old one."""
        with self._lock:
            target = self.folder / f"snapshot-{self.watermark.next}-{self.watermark.removals}"
            unfinished = self.folder / f"unfinished-{os.getpid()}"
            self._sweep()
            unfinished.mkdir(parents=True)
            self._write(unfinished)
            sizes = {name: (unfinished / name).stat().st_size for name in FILES.values()}
            facts = {"fingerprint": self.fingerprint, "sizes": sizes, **asdict(self.watermark)}
            (unfinished / "facts.json").write_text(json.dumps(facts), "utf-8")
            for path in unfinished.iterdir():
                _flush(path)
            shutil.rmtree(target, ignore_errors=True)
            unfinished.rename(target)
            for old in self.folder.glob("snapshot-*"):
                if old != target:
                    shutil.rmtree(old, ignore_errors=True)
            part = self._read(target, self.watermark)
            if part is not None:
                self._parts = [part, Segment.empty(self.dimensions)]

    def _sweep(self) -> None:
        """Take away what a process that was killed while it saved has left."""
        for left in self.folder.glob("unfinished-*"):
            own = left.name == f"unfinished-{os.getpid()}"
            with suppress(OSError):  # another process was quicker
                if own or time.time() - left.stat().st_mtime > MAX_DELETED_RATIO:
                    shutil.rmtree(left)

    def _write(self, folder: Path) -> None:
        """Write the rows that are still there."""
        for precision, name in FILES.items():
            write(folder / name, [(part.codes[precision], part.alive) for part in self._parts])
        np.save(folder / "numbers.npy", np.concatenate([part.numbers[part.alive] for part in self._parts]))

    def _read(self, path: Path, store: Watermark) -> Segment | None:
        try:
            facts = json.loads((path / "facts.json").read_text("utf-8"))
            fits = facts["fingerprint"] == self.fingerprint
            behind = facts["next"] <= store.next and facts["removals"] <= store.removals
            whole = all((path / name).stat().st_size == facts["sizes"][name] for name in FILES.values())
            if not (fits and behind and whole):
                return None
            codes = {
                precision: QuantizedVectors.mapped(precision, path / name)
                for precision, name in FILES.items()
            }
            numbers = np.load(path / "numbers.npy")
        except (OSError, EOFError, ValueError, KeyError, RuntimeError):
            return None  # damaged, or of an earlier version: the store has it all
        if any((one.index.ntotal, one.index.d) != (len(numbers), self.dimensions) for one in codes.values()):
            return None
        self.watermark = Watermark(facts["next"], facts["removals"])
        return Segment(codes, numbers, np.ones(len(numbers), dtype=np.bool_))


def _flush(path: Path) -> None:
    with path.open("rb") as written:
        os.fsync(written.fileno())
