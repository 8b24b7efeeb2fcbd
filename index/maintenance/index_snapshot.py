"""Snapshots of the derived indexes: one file, from which another bot on the same store need not make its own.

A snapshot is a tar archive: first what it says of itself, in JSON, then the files of the vectors and of the words. When a
bot opens indexes that came from one it checks them as it checks its own, and adds what the store has got since.
"""

import io
import json
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import VerbatimError
from index.retrieval.index_set import IndexSet
from index.storage.places import Place
from index.storage.store import Store

MANIFEST, FORMAT = "snapshot.json", 1
UNFINISHED = "unfinished-snapshot-"  # how folders and files begin that are being written
_NAME = re.compile(r"(vectors/snapshot-\d+-\d+|words-[a-z0-9-]+)/[A-Za-z0-9._-]+")
_DERIVED = ("vectors/snapshot-*", "words-*")  # in a data folder


class BadSnapshot(VerbatimError):  # noqa: N818 - it is the snapshot that is bad
    """A snapshot that cannot be used here, or cannot be written, and what to do."""


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """A snapshot: its file, how many articles and sentences the indexes in it hold, its bytes."""

    path: Path
    articles: int
    sentences: int
    size: int


def save_snapshot(indexes: IndexSet, store: Store, target: Path) -> SnapshotInfo:
    """Write the indexes to the file `target`, in place of an earlier snapshot. Questions are answered meanwhile.

    Raise BadSnapshot when it cannot be written, BusyIndex when another process is writing the indexes for too long.
    """
    if target.exists():
        _read_manifest(target)  # nothing else is written over
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _unfinished(target.parent) as work:
            with indexes.still_files(work / "vectors") as files:
                articles = len(indexes.table().first_sentence)
                facts = {
                    "format": FORMAT,
                    "history": store.watermark().history,
                    "encoder": store.meta("encoder"),
                    "articles": articles,
                    "sentences": len(indexes.vectors) - articles,  # without the headlines
                    "sizes": {name: path.stat().st_size for name, path in files.items()},
                }
                _pack(facts, files, work / "packed")
            (work / "packed").replace(target)
    except OSError as error:
        raise BadSnapshot(
            f"No snapshot could be written to {target} ({error.strerror}). Look whether the disk has room for the indexes "
            "twice, and whether you may write there."
        ) from error
    return _info(target, facts)


def load_snapshot(source: Path, folder: Path, place: Place) -> SnapshotInfo:
    """Put the indexes of a snapshot into a data folder without any, whose store is at `place`.

    Raise BadSnapshot when it is none, is damaged or of another store, or when the folder has indexes already;
    BrokenIndex and BusyIndex as `Store` does.
    """
    facts = _read_manifest(source)
    if any(next(folder.glob(pattern), None) for pattern in _DERIVED):
        raise BadSnapshot(
            f"{folder} has indexes already; a start brings them up to date. To take those of the snapshot instead, stop "
            f"Verbatim and remove `vectors` and `words-…` from it."
        )
    with closing(Store(place)) as store:
        if (store.meta("history"), store.meta("encoder")) != (facts["history"], facts["encoder"]):
            raise BadSnapshot(
                f"{source} was made from another store, or with another language model, than {place}. Make one on a bot "
                "that uses the same."
            )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _unfinished(folder) as work:
            _unpack(source, facts, work)
            (folder / "vectors").mkdir(exist_ok=True)
            for pattern in reversed(_DERIVED):
                for made in work.glob(pattern):
                    made.rename(folder / made.relative_to(work))
    except OSError as error:
        raise BadSnapshot(
            f"{source} could not be unpacked ({error.strerror}). Look whether the disk has room."
        ) from error
    return _info(source, facts)


@contextmanager
def _unfinished(parent: Path) -> Iterator[Path]:
    """Make a folder that is removed at the end."""
    work = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=parent))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _pack(facts: dict[str, Any], files: dict[str, Path], target: Path) -> None:
    written = json.dumps(facts).encode()
    with tarfile.open(target, "x", format=tarfile.PAX_FORMAT) as packed:
        head = tarfile.TarInfo(MANIFEST)
        head.size = len(written)
        packed.addfile(head, io.BytesIO(written))
        for name, path in files.items():
            packed.add(path, name, recursive=False)
    target.chmod(0o600)  # the words of articles are in it


def _read_manifest(path: Path) -> dict[str, Any]:
    """Return what a snapshot says of itself. Raise BadSnapshot when it is none, or of a newer version."""
    try:
        with tarfile.open(path, "r:") as packed:
            head = packed.next()
            member = packed.extractfile(head) if head and head.name == MANIFEST else None
            facts: dict[str, Any] = json.loads(member.read()) if member else {}
        newer = facts["format"] > FORMAT
        whole = all(_NAME.fullmatch(name) for name in facts["sizes"])
        _ = (facts["history"], facts["encoder"], facts["articles"] + facts["sentences"])
    except FileNotFoundError:
        raise BadSnapshot(f"There is no file {path}.") from None
    except (OSError, EOFError, ValueError, KeyError, TypeError, tarfile.TarError) as error:
        raise BadSnapshot(
            f"{path} is no snapshot made by Verbatim, or it is damaged. Name another file."
        ) from error
    if newer or not whole:
        raise BadSnapshot(f"{path} was made by a newer version of Verbatim; update Verbatim.")
    return facts


def _unpack(source: Path, facts: dict[str, Any], work: Path) -> None:
    """Write the files of a snapshot into a folder. Raise BadSnapshot when one is missing or cut off."""
    missing = dict(facts["sizes"])
    try:
        with tarfile.open(source, "r:") as packed:
            for member in packed:
                if member.isfile() and missing.pop(member.name, None) == member.size:
                    target = work / member.name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    content = packed.extractfile(member)
                    with target.open("xb") as file:
                        shutil.copyfileobj(content, file)  # type: ignore[arg-type] # a file has content
    except (EOFError, tarfile.TarError):
        missing["cut off"] = 0
    if missing:
        raise BadSnapshot(f"The snapshot {source} is damaged. Name another one.")


def _info(path: Path, facts: dict[str, Any]) -> SnapshotInfo:
    return SnapshotInfo(path, facts["articles"], facts["sentences"], path.stat().st_size)
