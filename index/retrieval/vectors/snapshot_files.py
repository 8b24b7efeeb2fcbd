"""The files of a snapshot of the vectors: written whole, or beside an older one's lists, checked, and mapped.

A snapshot is a folder of one or two parts. The first has `fine.faiss`, `numbers.npy`, and `coarse.faiss`, or `lists.faiss`
where the vectors are many. Lists are not written anew for every article: a second part, the same names with `new-` before
them, holds what has come since, and `removed.npy` the numbers of what has gone from the first.
"""

import json
import os
import shutil
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.arrays import BoolArray, SentenceIds
from index.retrieval.quantized_vectors import Precision, QuantizedVectors, write_index
from index.retrieval.vectors.inverted_vectors import InvertedVectors
from index.retrieval.vectors.segment import Segment
from index.storage.records import Watermark

FINE_FILE, COARSE_FILE = (f"{precision.value}.faiss" for precision in (Precision.FP16, Precision.INT8))
LISTS_FILE = "lists.faiss"
NUMBERS_FILE, REMOVED_FILE, FACTS_FILE = "numbers.npy", "removed.npy", "facts.json"
NEW = "new-"
READ_BYTES = 1 << 20  # of a file that is checked; judged
# Bytes of a snapshot that are checked before it is used, some tenth of a second; a larger one is checked meanwhile. Judged.
MAX_CHECKED_FIRST = 200_000_000

Kept = Sequence[tuple[Segment, BoolArray]]  # segments, and which rows of them are written, (n,) each


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A mapped snapshot: its segments, how far it had come, and whether its large files are yet to be checked."""

    segments: list[Segment]
    watermark: Watermark
    is_unchecked: bool


def write_flat(folder: Path, kept: Kept, prefix: str = "") -> None:
    """Write a part that is searched from end to end. Raise OSError when the disk is full."""
    fine = [(part.fine, rows) for part, rows in kept]
    coarse = [(part.coarse, rows) for part, rows in kept if isinstance(part.coarse, QuantizedVectors)]
    write_index(folder / (prefix + FINE_FILE), fine)
    write_index(folder / (prefix + COARSE_FILE), coarse if len(coarse) == len(fine) else fine, Precision.INT8)
    write_numbers(folder, kept, prefix)


def write_numbers(folder: Path, kept: Kept, prefix: str = "") -> None:
    """Write the numbers of a part's sentences. Raise OSError."""
    np.save(folder / (prefix + NUMBERS_FILE), np.concatenate([part.sentences[rows] for part, rows in kept]))


def write_beside(folder: Path, base: Segment, rest: Sequence[Segment]) -> None:
    """Put the files of `base`, which is inverted, into a folder, and what has changed since beside them. Raise OSError."""
    place_fine(folder, base)
    if isinstance(base.coarse, InvertedVectors):
        _place(base.coarse.path, base.coarse.file, folder / LISTS_FILE)
    np.save(folder / NUMBERS_FILE, base.sentences)
    np.save(folder / REMOVED_FILE, base.gone)
    if any(part.alive.any() for part in rest):
        write_flat(folder, [(part, part.alive) for part in rest], NEW)


def place_fine(folder: Path, base: Segment) -> None:
    """Put the vectors in half precision of a mapped segment into a folder. Raise OSError."""
    if base.fine.path is not None and base.fine.file is not None:
        _place(base.fine.path, base.fine.file, folder / FINE_FILE)


def _place(path: Path, file: int, target: Path) -> None:
    """Put a file that is never changed also elsewhere; it is open as `file`, in case another process took it away."""
    with suppress(OSError):
        if os.path.samestat(path.stat(), os.fstat(file)):
            os.link(path, target)
            return
    with target.open("wb") as written:
        at = 0
        while block := os.pread(file, READ_BYTES, at):
            written.write(block)
            at += len(block)


def finish(folder: Path, fingerprint: str, watermark: Watermark, known: dict[str, int]) -> None:
    """Write the facts of a snapshot, whose other files are there, and all of it through to the disk. Raise OSError.

    `known` are checksums by names, of files that were put there and not written.
    """
    names = sorted(path.name for path in folder.iterdir())
    facts = {
        "fingerprint": fingerprint,
        "sizes": {name: (folder / name).stat().st_size for name in names},
        "checksums": {name: known.get(name) or _checksum(folder / name) for name in names},
        **asdict(watermark),
    }
    (folder / FACTS_FILE).write_text(json.dumps({**facts, "own": _facts_checksum(facts)}), "utf-8")
    for path in folder.iterdir():
        fsync(path)


def read_snapshot(path: Path, fingerprint: str, dimensions: int, store: Watermark) -> Snapshot | None:
    """Map a snapshot; return None when it is damaged, of another encoder, or ahead of `store`.

    One that `store` does not reach is deleted.
    """
    try:
        facts = json.loads((path / FACTS_FILE).read_text("utf-8"))
        whole = facts.pop("own") == _facts_checksum(facts) and _sizes_hold(path, facts)
        watermark = Watermark(facts["next"], facts["removals"], facts["history"])
        if not whole or facts["fingerprint"] != fingerprint:
            return None
        if not store.reaches(watermark):
            shutil.rmtree(path, ignore_errors=True)
            return None
        later = sum(facts["sizes"].values()) > MAX_CHECKED_FIRST
        small = [name for name in facts["sizes"] if name.endswith(".npy")]
        if not _checksums_hold(path, facts, small if later else None):
            return None
        segments = [
            _read_part(path, facts, prefix) for prefix in ("", NEW) if prefix + FINE_FILE in facts["sizes"]
        ]
        if REMOVED_FILE in facts["sizes"]:
            segments[0].mark_gone(np.load(path / REMOVED_FILE))
    except (OSError, EOFError, ValueError, KeyError, RuntimeError, IndexError):
        return None  # damaged, or of an earlier version: it is made anew from the store
    for part in segments:
        if any(
            (one.index.ntotal, one.index.d) != (len(part.sentences), dimensions)
            for one in (part.fine, part.coarse)
        ):
            return None
    return Snapshot(segments, watermark, later)


def _read_part(folder: Path, facts: dict[str, Any], prefix: str) -> Segment:
    fine = QuantizedVectors.open_mapped(Precision.FP16, folder / (prefix + FINE_FILE))
    sentences: SentenceIds = np.load(folder / (prefix + NUMBERS_FILE))
    alive = np.ones(len(sentences), dtype=np.bool_)
    known = facts["checksums"]
    if prefix + LISTS_FILE not in facts["sizes"]:
        coarse = QuantizedVectors.open_mapped(Precision.INT8, folder / (prefix + COARSE_FILE))
        return Segment(fine, coarse, sentences, alive, checksums={FINE_FILE: known[prefix + FINE_FILE]})
    lists = InvertedVectors.open_mapped(folder / LISTS_FILE)
    kept = {name: known[name] for name in (FINE_FILE, LISTS_FILE)}
    return Segment(fine, lists, sentences, alive, checksums=kept)


def checksums_hold(folder: Path) -> bool:
    """Return True if all files of a snapshot have the checksums that its facts say. Raise OSError, ValueError, KeyError."""
    return _checksums_hold(folder, json.loads((folder / FACTS_FILE).read_text("utf-8")))


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


def fsync(path: Path) -> None:
    """Write a file through to the disk."""
    with path.open("rb") as written:
        os.fsync(written.fileno())
