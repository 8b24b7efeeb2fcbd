"""The vector index over sentences: a snapshot mapped from files and never changed, and a tail in memory."""

import json
import os
import shutil
import threading
import time
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import structlog
from threadpoolctl import threadpool_limits

from index.arrays import BoolArray, FloatArray, HalfArray, IntArray, SentenceIds
from index.retrieval.quantized_vectors import Precision, QuantizedVectors, write_index
from index.storage.records import Watermark

MAX_TAIL_ROWS = 50_000  # held in memory and not mapped: 58 MB of 384 numbers; judged
# The rows nearest by INT8 vectors that are measured in half precision. For each of 200 real questions over
# 102,103 sentences the 200 nearest in half precision were among the first 220 by INT8.
RESCORE_DEPTH = 250
MIN_CHANGED_ROWS, MIN_CHANGED_SHARE = 500, 50  # a snapshot pays after so many, and 1 in so many; judged
UNFINISHED_AFTER = 3600.0  # seconds after which a folder being written was left by a killed process; judged
SNAPSHOT_FILES = {precision: f"{precision.value}.faiss" for precision in Precision}
NUMBERS_FILE, FACTS_FILE = "numbers.npy", "facts.json"
READ_BYTES = 1 << 20  # of a file that is checked; judged
# Bytes of a snapshot that are checked before it is used, some tenth of a second; a larger one is checked meanwhile. Judged.
MAX_CHECKED_FIRST = 200_000_000
log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Segment:
    """Vectors of n sentences: their numbers, ascending, and which of them are not deleted, (n,) each.

    Each vector is kept twice: the nearest are searched for in INT8 and measured in half precision.
    """

    vectors: dict[Precision, QuantizedVectors]
    sentences: SentenceIds
    alive: BoolArray
    deleted: int = 0

    @classmethod
    def empty(cls, dimensions: int) -> "Segment":
        """Return a segment without vectors."""
        vectors = {precision: QuantizedVectors.empty(precision, dimensions) for precision in Precision}
        return cls(vectors, np.empty(0, np.int64), np.empty(0, np.bool_))

    def add(self, first: int, vectors: FloatArray) -> None:
        """Append the vectors, (n, d), of the sentences numbered from `first` on."""
        for quantized in self.vectors.values():
            quantized.add(vectors)
        sentences = np.arange(first, first + len(vectors), dtype=np.int64)
        self.sentences = np.concatenate([self.sentences, sentences])
        self.alive = np.concatenate([self.alive, np.ones(len(vectors), dtype=np.bool_)])

    def mark_deleted(self, first: int, end: int) -> None:
        """Delete the sentences from `first` up to but without `end`; a snapshot drops their rows."""
        start, stop = np.searchsorted(self.sentences, (first, end))
        self.deleted += int(self.alive[start:stop].sum())
        self.alive[start:stop] = False

    def search(self, query: FloatArray, k: int, allowed: BoolArray | None) -> tuple[SentenceIds, FloatArray]:
        """Return the `k` sentences nearest to an INT8 query, (1, d), and their inner products, (n,) each.

        `allowed` is a mask over sentence numbers, or None for all. Deleted sentences are never found. The
        inner products are of scaled vectors: they order the rows but are no similarities.
        """
        wanted = self.alive if allowed is None else self.alive & allowed[self.sentences]
        options = None
        if self.deleted or allowed is not None:
            bitmap = np.packbits(wanted, bitorder="little")
            selector = faiss.IDSelectorBitmap(bitmap)
            options = faiss.SearchParameters(sel=selector)
        scores, positions = self.vectors[Precision.INT8].index.search(query, k, params=options)
        found = positions[0] >= 0
        return self.sentences[positions[0][found]], scores[0][found]

    def full_precision(self, positions: IntArray) -> FloatArray:
        """Return rows as they were added, (n, d) float32, but for the rounding to half precision."""
        return self.vectors[Precision.FP16].take(positions).astype(np.float32)


def configure_threads() -> None:
    """Keep faiss (in the calling thread) and the products of matrices (in the whole process) to one core.

    Call it once, before the first search. Measured beside other work: two threads make a search slower, and a
    product of small matrices thirty times as slow, so that a question took 200 ms instead of 5.
    """
    faiss.omp_set_num_threads(1)
    threadpool_limits(1, user_api="blas")


@dataclass(slots=True)
class VectorIndex:
    """Exact search by inner product, in half precision, over the unit vectors of numbered sentences.

    Sentence numbers only grow, so each segment keeps them sorted and finds a row by bisection; a removal is a
    mask. `fingerprint` names the encoder whose vectors these are; `watermark` says how far into the store the
    index has come. Any thread may use it.
    """

    folder: Path
    fingerprint: str
    dimensions: int
    watermark: Watermark = field(default_factory=Watermark)
    unchecked: Path | None = None  # a snapshot that is mapped and too large to be checked first
    _segments: list[Segment] = field(default_factory=list)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        self._segments = [Segment.empty(self.dimensions)]

    def __len__(self) -> int:
        return sum(len(part.sentences) - part.deleted for part in self._segments)

    def load(self, store: Watermark) -> None:
        """Map the newest snapshot that fits this encoder and is not ahead of `store`, if there is one.

        One that `store` does not reach is deleted: it is of another course of changes, and would fit later by chance.
        """
        self.clear(store.history)
        with suppress(OSError):  # another process takes snapshots away
            for path in sorted(self.folder.glob("snapshot-*"), key=_modified, reverse=True):
                part = self._read(path, store)
                if part is not None:
                    self._segments = [part, Segment.empty(self.dimensions)]
                    return

    def clear(self, history: str) -> None:
        """Forget every vector, to begin anew in the course of changes that `history` names."""
        with self._lock:
            self._segments = [Segment.empty(self.dimensions)]
            self.watermark, self.unchecked = Watermark(history=history), None

    def is_damaged(self) -> bool:
        """Check the mapped snapshot where `load` left that for later, which takes long; return True if it is damaged."""
        path, self.unchecked = self.unchecked, None
        try:
            return path is not None and not _checksums_hold(
                path, json.loads((path / FACTS_FILE).read_text("utf-8"))
            )
        except (OSError, ValueError, KeyError):
            return path is not None and path.exists()  # else another process has a newer one

    def add(self, first: int, vectors: HalfArray) -> None:
        """Append the vectors, (n, d), of the sentences numbered from `first` on; ignore known ones."""
        with self._lock:
            if first < self.watermark.next or not len(vectors):
                return
            tail = self._segments[-1]
            tail.add(first, vectors.astype(np.float32))
            self.watermark = replace(self.watermark, next=first + len(vectors))
            if len(tail.sentences) >= MAX_TAIL_ROWS:
                self.try_to_save()

    def remove(self, sequence: int, first: int, end: int) -> None:
        """Remove the sentences from `first` up to but without `end`, as the store's removal `sequence`."""
        with self._lock:
            for part in self._segments:
                part.mark_deleted(first, end)
            self.watermark = replace(self.watermark, removals=max(sequence, self.watermark.removals))

    def search(self, query: FloatArray, k: int, allowed: BoolArray | None = None) -> SentenceIds:
        """Return the numbers of the `k` nearest sentences, (n,), nearest first.

        `query` is one unit vector (d,); `allowed` is a mask over sentence numbers that narrows the search.
        The order is exact among the first RESCORE_DEPTH, and that of the INT8 vectors behind them.
        """
        scaled, depth = Precision.INT8.scale(query[None]), max(k, RESCORE_DEPTH)
        with self._lock:
            found = [part.search(scaled, depth, allowed) for part in self._segments if len(part.sentences)]
            if not found:
                return np.empty(0, np.int64)
            sentences, scores = (np.concatenate(column) for column in zip(*found, strict=True))
            sentences = sentences[np.argsort(-scores, kind="stable")]
            first = np.sort(sentences[:RESCORE_DEPTH])
            exact = self.vectors_of(first) @ query
            return np.concatenate([first[np.argsort(-exact, kind="stable")], sentences[RESCORE_DEPTH:]])[:k]

    def vectors_of(self, sentences: SentenceIds) -> FloatArray:
        """Return the unit vectors of sentences, (n, d) float32; zeros for a sentence that is not here."""
        vectors = np.zeros((len(sentences), self.dimensions), dtype=np.float32)
        with self._lock:
            for part in self._segments:
                if not len(part.sentences):
                    continue
                positions = np.searchsorted(part.sentences, sentences)
                positions = np.minimum(positions, len(part.sentences) - 1)
                here = part.sentences[positions] == sentences
                vectors[here] = part.full_precision(positions[here])
        return vectors

    def worth_saving(self) -> bool:
        """Return True if so much has changed since the snapshot that writing a new one pays."""
        changed = len(self._segments[-1].sentences) + self.deleted
        return changed > max(MIN_CHANGED_ROWS, len(self) // MIN_CHANGED_SHARE)

    @property
    def deleted(self) -> int:
        """Return how many rows of removed sentences still take room."""
        return sum(part.deleted for part in self._segments)

    def try_to_save(self) -> None:
        """Write a snapshot if that can be done; without one the next start takes longer, and nothing else is lost."""
        try:
            self.save()
        except OSError as error:
            log.warning("no snapshot of the vectors could be written", why=error.strerror)

    def save(self) -> None:
        """Write a snapshot of all rows but the deleted, atomically, and map it in place of the old one.

        Raise OSError when the disk is full.
        """
        with self._lock:
            target = self.folder / f"snapshot-{self.watermark.next}-{self.watermark.removals}"
            unfinished = self.folder / f"unfinished-{os.getpid()}"
            self._remove_unfinished()
            unfinished.mkdir(parents=True)
            try:
                self._write(unfinished)
                shutil.rmtree(target, ignore_errors=True)
                unfinished.rename(target)
            except OSError:
                shutil.rmtree(unfinished, ignore_errors=True)  # what it took is needed
                raise
            for old in self.folder.glob("snapshot-*"):
                if old != target:
                    shutil.rmtree(old, ignore_errors=True)
            part = self._read(target, self.watermark)
            if part is not None:
                self._segments = [part, Segment.empty(self.dimensions)]

    def write_to(self, folder: Path) -> dict[str, Path]:
        """Write a snapshot into another folder; return its files, by their names in a data folder. Raise OSError."""
        with self._lock:
            folder.mkdir(parents=True)
            self._write(folder)
            name = f"{self.folder.name}/snapshot-{self.watermark.next}-{self.watermark.removals}"
        return {f"{name}/{path.name}": path for path in sorted(folder.iterdir())}

    def _remove_unfinished(self) -> None:
        """Delete folders left by processes that were killed while they saved."""
        for left in self.folder.glob("unfinished-*"):
            own = left.name == f"unfinished-{os.getpid()}"
            with suppress(OSError):  # another process was quicker
                if own or time.time() - left.stat().st_mtime > UNFINISHED_AFTER:
                    shutil.rmtree(left)

    def _write(self, folder: Path) -> None:
        """Write the rows that are not deleted, their sentence numbers, and the facts of the whole."""
        for precision, name in SNAPSHOT_FILES.items():
            write_index(folder / name, [(part.vectors[precision], part.alive) for part in self._segments])
        sentences = [part.sentences[part.alive] for part in self._segments]
        np.save(folder / NUMBERS_FILE, np.concatenate(sentences))
        names = [*SNAPSHOT_FILES.values(), NUMBERS_FILE]
        facts = {
            "fingerprint": self.fingerprint,
            "sizes": {name: (folder / name).stat().st_size for name in names},
            "checksums": {name: _checksum(folder / name) for name in names},
            **asdict(self.watermark),
        }
        (folder / FACTS_FILE).write_text(json.dumps({**facts, "own": _facts_checksum(facts)}), "utf-8")
        for path in folder.iterdir():
            _fsync(path)

    def _read(self, path: Path, store: Watermark) -> Segment | None:
        """Map a snapshot; return None when it is damaged, of another encoder, or ahead of `store`."""
        try:
            facts = json.loads((path / FACTS_FILE).read_text("utf-8"))
            whole = facts.pop("own") == _facts_checksum(facts) and _sizes_hold(path, facts)
            watermark = Watermark(facts["next"], facts["removals"], facts["history"])
            if not whole or facts["fingerprint"] != self.fingerprint:
                return None
            if not store.reaches(watermark):
                shutil.rmtree(path, ignore_errors=True)
                return None
            later = sum(facts["sizes"].values()) > MAX_CHECKED_FIRST
            if not _checksums_hold(path, facts, [NUMBERS_FILE] if later else None):
                return None
            vectors = {
                precision: QuantizedVectors.open_mapped(precision, path / name)
                for precision, name in SNAPSHOT_FILES.items()
            }
            sentences = np.load(path / NUMBERS_FILE)
        except (OSError, EOFError, ValueError, KeyError, RuntimeError):
            return None  # damaged, or of an earlier version: it is made anew from the store
        if any(
            (one.index.ntotal, one.index.d) != (len(sentences), self.dimensions) for one in vectors.values()
        ):
            return None
        self.watermark, self.unchecked = watermark, path if later else None
        return Segment(vectors, sentences, np.ones(len(sentences), dtype=np.bool_))


def _modified(path: Path) -> float:
    """Return when a file or folder was last changed, in seconds since 1970."""
    return path.stat().st_mtime


def _sizes_hold(folder: Path, facts: dict[str, Any]) -> bool:
    """Return True if the files of a snapshot have the sizes that its facts say."""
    return all((folder / name).stat().st_size == size for name, size in facts["sizes"].items())


def _checksums_hold(folder: Path, facts: dict[str, Any], names: Sequence[str] | None = None) -> bool:
    """Return True if the files of a snapshot, or those with these names, have the checksums that its facts say."""
    return all(_checksum(folder / name) == facts["checksums"][name] for name in names or facts["checksums"])


def _facts_checksum(facts: dict[str, Any]) -> int:
    """Return the CRC-32 of a snapshot's facts, whatever their order."""
    return zlib.crc32(json.dumps(facts, sort_keys=True).encode("utf-8"))


def _checksum(path: Path) -> int:
    """Return the CRC-32 of a file, read beside any mapping of it."""
    checksum = 0
    with path.open("rb") as file:
        while block := file.read(READ_BYTES):
            checksum = zlib.crc32(block, checksum)
    return checksum


def _fsync(path: Path) -> None:
    """Write a file through to the disk."""
    with path.open("rb") as written:
        os.fsync(written.fileno())
