"""FAISS over the sentences' vectors: a mapped snapshot that is never changed, and a tail in memory."""

import json
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from index.store import Watermark

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]
CHUNK = 20_000  # rows copied at once
TAIL = 50_000  # rows at most that are held in memory and not mapped
ABANDONED = 3600.0  # seconds; no snapshot takes that long to write


@dataclass(slots=True)
class _Part:
    """One FAISS index with the sentence numbers of its rows, ascending, and which rows are still there.

    `file` is the one it is mapped from, if it is.
    """

    index: Any
    numbers: Numbers
    alive: Mask
    file: Path | None = None
    gone: int = 0

    @property
    def codes(self) -> NDArray[np.float16]:
        """Give the index's own memory as (n, d): an fp16 quantiser's codes are the numbers themselves."""
        d = self.index.d
        codes: NDArray[np.uint8] = faiss.rev_swig_ptr(self.index.codes.data(), self.index.ntotal * d * 2)
        return codes.view(np.float16).reshape(-1, d)

    def kept(self) -> Iterator[NDArray[np.float16]]:
        """Yield the rows that are still there, some at a time."""
        for start in range(0, len(self.numbers), CHUNK):
            alive = self.alive[start : start + CHUNK]
            yield self._some(start, len(alive))[alive]

    def _some(self, start: int, many: int) -> NDArray[np.float16]:
        """Read rows of a mapped file beside its mapping: what is looked at in a mapping takes room from then on."""
        d = self.index.d
        with suppress(OSError):  # another process has written a new snapshot, and taken this one away
            if self.file is not None:
                behind = (len(self.numbers) - start) * self.index.code_size  # the rows end the file
                rows = np.fromfile(self.file, np.float16, many * d, offset=self.file.stat().st_size - behind)
                if len(rows) == many * d:
                    return rows.reshape(-1, d)
        return self.codes[start : start + many]

    def bury(self, first: int, last: int) -> None:
        """Mark the rows of the sentences from `first` up to `last` as gone."""
        start, end = np.searchsorted(self.numbers, (first, last))
        self.gone += int(self.alive[start:end].sum())
        self.alive[start:end] = False

    def search(self, query: NDArray[np.float32], k: int, allowed: Mask | None) -> tuple[Any, Any]:
        """Return (numbers, similarities) of the nearest rows that are alive and allowed, best first."""
        wanted = self.alive if allowed is None else self.alive & allowed[self.numbers]
        options = None
        if self.gone or allowed is not None:
            bitmap = np.packbits(wanted, bitorder="little")
            selector = faiss.IDSelectorBitmap(bitmap)
            options = faiss.SearchParameters(sel=selector)
        scores, positions = self.index.search(query, k, params=options)
        found = positions[0] >= 0
        return self.numbers[positions[0][found]], scores[0][found]


@dataclass(slots=True)
class VectorIndex:
    """Exact inner-product search, in half precision, over numbered sentences.

    Sentence numbers only grow, so each part keeps them sorted and finds a row by bisection; a removal is a
    mask. `watermark` says how far into the store the index has come. Any thread may use it.
    """

    folder: Path
    fingerprint: str
    dimensions: int
    watermark: Watermark = field(default_factory=Watermark)
    _parts: list[_Part] = field(default_factory=list)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        faiss.omp_set_num_threads(1)  # two threads make one query slower beside any other work ...
        threadpool_limits(1, user_api="blas")  # ... and a product of small matrices thirty times as slow
        self._parts = [self._empty()]

    def __len__(self) -> int:
        return sum(len(part.numbers) - part.gone for part in self._parts)

    def load(self, store: Watermark) -> None:
        """Map the newest snapshot that fits this encoder and is not ahead of the store; else start empty."""
        for path in sorted(
            self.folder.glob("snapshot-*"), key=lambda path: path.stat().st_mtime, reverse=True
        ):
            part = self._read(path, store)
            if part is not None:
                self._parts = [part, self._empty()]
                return

    def add(self, first: int, vectors: NDArray[np.float16]) -> None:
        """Append the vectors of the sentences numbered from `first` on; ignores those it has already."""
        with self._lock:
            if first < self.watermark.next or not len(vectors):
                return
            tail = self._parts[-1]
            tail.index.add(vectors.astype(np.float32))
            numbers = np.arange(first, first + len(vectors), dtype=np.int64)
            tail.numbers = np.concatenate([tail.numbers, numbers])
            tail.alive = np.concatenate([tail.alive, np.ones(len(vectors), dtype=np.bool_)])
            self.watermark = Watermark(first + len(vectors), self.watermark.removals)
            if len(tail.numbers) >= TAIL:
                self.save()

    def remove(self, sequence: int, first: int, last: int) -> None:
        """Forget the sentences from `first` up to `last`, as the store's removal `sequence` says."""
        with self._lock:
            for part in self._parts:
                part.bury(first, last)
            self.watermark = Watermark(self.watermark.next, max(sequence, self.watermark.removals))

    def search(
        self, query: NDArray[np.float32], k: int, allowed: Mask | None = None
    ) -> tuple[Numbers, NDArray[np.float32]]:
        """Return (numbers, similarities) of the `k` nearest sentences, best first.

        `query` is one unit vector (d,); `allowed` is a mask over sentence numbers that narrows the search.
        """
        line = np.ascontiguousarray(query[None], dtype=np.float32)
        with self._lock:
            found = [part.search(line, k, allowed) for part in self._parts if len(part.numbers)]
        if not found:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        numbers = np.concatenate([part[0] for part in found])
        scores = np.concatenate([part[1] for part in found])
        best = np.argsort(-scores, kind="stable")[:k]
        return numbers[best], scores[best]

    def rows(self, numbers: Numbers) -> NDArray[np.float32]:
        """Return the vectors of sentences by number, (n, d); zeros for a number that is not here."""
        vectors = np.zeros((len(numbers), self.dimensions), dtype=np.float32)
        with self._lock:
            for part in self._parts:
                if not len(part.numbers):
                    continue
                positions = np.minimum(np.searchsorted(part.numbers, numbers), len(part.numbers) - 1)
                here = part.numbers[positions] == numbers
                vectors[here] = part.codes[positions[here]]
        return vectors

    def worth_saving(self) -> bool:
        """Say whether so much has changed since the snapshot that writing a new one pays."""
        changed = len(self._parts[-1].numbers) + self.buried
        return changed > max(500, len(self) // 20)

    @property
    def buried(self) -> int:
        """Give how many rows take room and belong to no sentence any more."""
        return sum(part.gone for part in self._parts)

    def save(self) -> None:
        """Write a snapshot of what is here, whole or not at all, and map it in place of the old one."""
        with self._lock:
            target = self.folder / f"snapshot-{self.watermark.next}-{self.watermark.removals}"
            unfinished = self.folder / f"unfinished-{os.getpid()}"
            self._sweep()
            unfinished.mkdir(parents=True)
            self._write(unfinished)
            facts = {
                "fingerprint": self.fingerprint,
                "bytes": (unfinished / "rows.faiss").stat().st_size,
                **asdict(self.watermark),
            }
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
                self._parts = [part, self._empty()]

    def _sweep(self) -> None:
        """Take away what a process that was killed while it saved has left."""
        for left in self.folder.glob("unfinished-*"):
            own = left.name == f"unfinished-{os.getpid()}"
            with suppress(OSError):  # another process was quicker
                if own or time.time() - left.stat().st_mtime > ABANDONED:
                    shutil.rmtree(left)

    def _write(self, folder: Path) -> None:
        """Write the rows that are still there, straight from where they are: no copy of them all is made."""
        numbers = np.concatenate([part.numbers[part.alive] for part in self._parts])
        with (folder / "rows.faiss").open("wb") as file:
            file.write(self._head(len(numbers)))
            for part in self._parts:
                for rows in part.kept():
                    file.write(rows.data)
        np.save(folder / "numbers.npy", numbers)

    def _head(self, rows: int) -> bytes:
        """Return what FAISS writes before the codes of so many rows: of an index without any, with other counts."""
        index = self._empty().index
        index.ntotal = rows
        head: bytes = faiss.serialize_index(index).tobytes()[:-8]  # last comes the size of the codes
        return head + np.array(rows * index.code_size, dtype="<u8").tobytes()

    def _read(self, path: Path, store: Watermark) -> _Part | None:
        try:
            facts = json.loads((path / "facts.json").read_text("utf-8"))
            fits = facts["fingerprint"] == self.fingerprint
            behind = facts["next"] <= store.next and facts["removals"] <= store.removals
            whole = facts["bytes"] == (path / "rows.faiss").stat().st_size
            if not (fits and behind and whole):
                return None
            index = faiss.read_index(str(path / "rows.faiss"), faiss.IO_FLAG_MMAP_IFC)
            numbers = np.load(path / "numbers.npy")
        except (OSError, EOFError, ValueError, KeyError, RuntimeError):
            return None  # damaged: the store has it all
        if index.ntotal != len(numbers) or index.d != self.dimensions:
            return None
        self.watermark = Watermark(facts["next"], facts["removals"])
        return _Part(index, numbers, np.ones(len(numbers), dtype=np.bool_), path / "rows.faiss")

    def _empty(self) -> _Part:
        index = faiss.IndexScalarQuantizer(
            self.dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        return _Part(index, np.empty(0, np.int64), np.empty(0, np.bool_))


def _flush(path: Path) -> None:
    with path.open("rb") as written:
        os.fsync(written.fileno())
