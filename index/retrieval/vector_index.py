"""The vector index over sentences: a snapshot mapped from files and never changed, and a tail in memory."""

import os
import shutil
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import faiss
import numpy as np
import structlog
from threadpoolctl import threadpool_limits

from index.arrays import BoolArray, FloatArray, HalfArray, SentenceIds
from index.fault_report import report_fault
from index.retrieval.quantized_vectors import Precision
from index.retrieval.vectors import merging
from index.retrieval.vectors.segment import Segment
from index.retrieval.vectors.snapshot_files import (
    Snapshot,
    checksums_hold,
    finish,
    read_snapshot,
    write_beside,
    write_flat,
)
from index.storage.records import Watermark

MAX_TAIL_ROWS = 50_000  # held in memory and not mapped: 58 MB of 384 numbers; judged
# The rows nearest by INT8 vectors that are measured in half precision. For each of 200 real questions over
# 102,103 sentences the 200 nearest in half precision were among the first 220 by INT8.
RESCORE_DEPTH = 250
MIN_CHANGED_ROWS, MIN_CHANGED_SHARE = 500, 50  # a snapshot pays after so many, and 1 in so many; judged
MERGED_SHARE = 8  # lists are written anew when 1 in so many of their sentences has come or gone; judged
UNFINISHED_AFTER = 3600.0  # seconds after which a folder being written was left by a killed process; judged
log = structlog.get_logger(__name__)


class MergingCancelled(Exception):  # noqa: N818 - nothing went wrong
    """Merging that was given up because the index is being closed; it is begun anew some time."""


def configure_threads() -> None:
    """Keep faiss (in the calling thread) and the products of matrices (in the whole process) to one core.

    Call it once, before the first search. Measured beside other work: two threads make a search slower, and a
    product of small matrices thirty times as slow, so that a question took 200 ms instead of 5.
    """
    faiss.omp_set_num_threads(1)
    threadpool_limits(1, user_api="blas")


@dataclass(slots=True)
class VectorIndex:
    """Search by inner product, in half precision, over the unit vectors of numbered sentences.

    It is exact up to a few million sentences; above, `merge` sorts them into lists, of which a search looks into so
    many that it sees all but 2 in 100 of what is nearest. Sentence numbers only grow, so each segment keeps them sorted
    and finds a row by bisection; a removal is a mask. `fingerprint` names the encoder whose vectors these are;
    `watermark` says how far into the store the index has come. Any thread may use it.
    """

    folder: Path
    fingerprint: str
    dimensions: int
    watermark: Watermark = field(default_factory=Watermark)
    unchecked: Path | None = None  # a snapshot that is mapped and too large to be checked first
    _segments: list[Segment] = field(default_factory=list)  # the last is in memory, and grows
    _deleted_saved: int = 0  # how many of the deleted rows the snapshot knows to be deleted
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _merging: threading.Lock = field(default_factory=threading.Lock)  # held by who merges
    _merger: threading.Thread | None = None
    _closed: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._segments = [Segment.empty(self.dimensions)]

    def __len__(self) -> int:
        return sum(len(part.sentences) - len(part.gone) for part in self._segments)

    def load(self, store: Watermark) -> None:
        """Map the newest snapshot that fits this encoder and is not ahead of `store`, if there is one.

        One that `store` does not reach is deleted: it is of another course of changes, and would fit later by chance.
        """
        self.clear(store.history)
        with suppress(OSError):  # another process takes snapshots away
            for path in sorted(self.folder.glob("snapshot-*"), key=_modified, reverse=True):
                snapshot = read_snapshot(path, self.fingerprint, self.dimensions, store)
                if snapshot is not None:
                    self._use(snapshot, path)
                    self.watermark = snapshot.watermark
                    return

    def _use(self, snapshot: Snapshot, path: Path) -> None:
        """Answer from a snapshot that holds all there is."""
        self._segments = [*snapshot.segments, Segment.empty(self.dimensions)]
        self._deleted_saved = self.deleted
        self.unchecked = path if snapshot.is_unchecked else None

    def clear(self, history: str) -> None:
        """Forget every vector, to begin anew in the course of changes that `history` names."""
        with self._lock:
            self._segments = [Segment.empty(self.dimensions)]
            self._deleted_saved = 0
            self.watermark, self.unchecked = Watermark(history=history), None

    def close(self) -> None:
        """Give up what is merged in a thread of its own, and merge no more."""
        self._closed.set()
        if self._merger:
            self._merger.join()

    def is_damaged(self) -> bool:
        """Check the mapped snapshot where `load` left that for later, which takes long; return True if it is damaged."""
        path, self.unchecked = self.unchecked, None
        try:
            return path is not None and not checksums_hold(path)
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
            if self._unsaved_rows() >= MAX_TAIL_ROWS:
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
        base = self._segments[0]
        written = len(self) - (len(base.sentences) - len(base.gone) if base.is_inverted else 0)
        changed = self._unsaved_rows() + self.deleted - self._deleted_saved
        return changed > max(MIN_CHANGED_ROWS, written // MIN_CHANGED_SHARE)

    @property
    def worth_merging(self) -> bool:
        """Return True if there are so many sentences, or so many new or removed ones beside the lists, that merging pays."""
        with self._lock:
            base, *rest = self._segments
            changed = len(base.gone) + sum(len(part.sentences) for part in rest)
            if base.is_inverted:
                return changed * MERGED_SHARE > len(base.sentences)
            return len(self) >= merging.MANY_ROWS

    @property
    def deleted(self) -> int:
        """Return how many rows of removed sentences still take room."""
        return sum(len(part.gone) for part in self._segments)

    def _unsaved_rows(self) -> int:
        return sum(part.memory_rows() for part in self._segments)

    def try_to_save(self) -> None:
        """Write a snapshot if that can be done; without one the next start takes longer, and nothing else is lost."""
        try:
            self.save()
        except OSError as error:
            log.warning("no snapshot of the vectors could be written", why=error.strerror)

    def save(self) -> None:
        """Write a snapshot, atomically, and map it in place of the old one: all rows but the deleted, or what is not in lists.

        Do nothing while `merge` is at work, which writes one. Raise OSError when the disk is full.
        """
        with self._lock:
            if self._merging.locked():
                return
            target = self._publish("", self.watermark, self._write)
            snapshot = read_snapshot(target, self.fingerprint, self.dimensions, self.watermark)
            if snapshot is not None:
                self._use(snapshot, target)

    def begin_merging(self) -> None:
        """Let a thread of its own `merge` where that pays; questions are answered meanwhile."""
        with self._lock:
            if self._closed.is_set() or self._merging.locked() or not self.worth_merging:
                return
            self._merger = threading.Thread(target=self._merge_reporting, name="merging", daemon=True)
            self._merger.start()

    def _merge_reporting(self) -> None:
        faiss.omp_set_num_threads(1)  # the other cores are for those who ask
        try:
            self.merge()
        except MergingCancelled:
            log.info("the lists of vectors are made another time")
        except OSError as error:
            log.warning("the lists of vectors could not be written", why=error.strerror)
        except Exception as error:  # noqa: BLE001 - nobody else would hear of it
            report_fault(error, "merging the vectors")

    def merge(self) -> None:
        """Write all segments as one anew, in lists where they are many, and answer from it then.

        Meanwhile questions are answered from what there was, and what comes and goes is taken over. Return at once when
        another thread is doing so. Raise OSError when the disk is full, MergingCancelled when `close` is called.
        """
        if not self._merging.acquire(blocking=False):
            return
        try:
            with self._lock:
                frozen, watermark = [part for part in self._segments if len(part.sentences)], self.watermark
                kept = [(part, part.alive.copy()) for part in frozen]
                self._segments = [*frozen, Segment.empty(self.dimensions)]

            def write(folder: Path) -> dict[str, int]:
                return merging.write_merged(folder, kept, self._check_open)

            if frozen:
                target = self._publish("-merged", watermark, write)
                self._swap(kept, read_snapshot(target, self.fingerprint, self.dimensions, watermark), target)
        finally:
            self._merging.release()

    def _swap(self, kept: list[tuple[Segment, BoolArray]], snapshot: Snapshot | None, path: Path) -> None:
        """Answer from a merged snapshot in place of the segments that it was made of, as far as they are still there."""
        with self._lock:
            still = self._segments[: len(kept)]
            if snapshot is None or [id(part) for part in still] != [id(part) for part, _ in kept]:
                shutil.rmtree(path, ignore_errors=True)  # all was cleared meanwhile
                return
            [merged] = snapshot.segments
            for part, before in kept:
                merged.mark_gone(part.sentences[before & ~part.alive])
            self._segments = [merged, *self._segments[len(kept) :]]
            self._deleted_saved, self.unchecked = 0, None

    def _check_open(self) -> None:
        if self._closed.is_set():
            raise MergingCancelled

    def write_to(self, folder: Path) -> dict[str, Path]:
        """Write a snapshot into another folder; return its files, by their names in a data folder. Raise OSError."""
        with self._lock:
            folder.mkdir(parents=True)
            finish(folder, self.fingerprint, self.watermark, self._write(folder))
            name = f"{self.folder.name}/snapshot-{self.watermark.next}-{self.watermark.removals}"
        return {f"{name}/{path.name}": path for path in sorted(folder.iterdir())}

    def _write(self, folder: Path) -> dict[str, int]:
        """Write all rows but the deleted, or put the lists there and what is not in them beside; return known checksums."""
        base, *rest = self._segments
        if not base.is_inverted:
            write_flat(folder, [(part, part.alive) for part in self._segments])
            return {}
        write_beside(folder, base, rest)
        return base.checksums

    def _publish(self, mark: str, watermark: Watermark, write: Callable[[Path], dict[str, int]]) -> Path:
        """Let `write` fill a folder, and make it the newest snapshot, atomically. Raise OSError, and what `write` does."""
        target = self.folder / f"snapshot-{watermark.next}-{watermark.removals}"
        unfinished = self.folder / f"unfinished-{os.getpid()}{mark}"
        self._remove_unfinished(unfinished)
        unfinished.mkdir(parents=True)
        try:
            finish(unfinished, self.fingerprint, watermark, write(unfinished))
            shutil.rmtree(target, ignore_errors=True)
            unfinished.rename(target)
        except (OSError, MergingCancelled):
            shutil.rmtree(unfinished, ignore_errors=True)  # what it took is needed
            raise
        for old in self.folder.glob("snapshot-*"):
            if old != target:
                shutil.rmtree(old, ignore_errors=True)
        return target

    def _remove_unfinished(self, own: Path) -> None:
        """Delete folders left by processes that were killed while they saved."""
        for left in self.folder.glob("unfinished-*"):
            with suppress(OSError):  # another process was quicker
                if left == own or time.time() - left.stat().st_mtime > UNFINISHED_AFTER:
                    shutil.rmtree(left)


def _modified(path: Path) -> float:
    """Return when a file or folder was last changed, in seconds since 1970."""
    return path.stat().st_mtime
