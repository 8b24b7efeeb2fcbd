"""Backups: the databases of a data folder as they were at one moment, in one file that is verified when it is written.

The file is a ZIP archive of the databases and a manifest with their SHA-256 checksums. Indexes are not in it: they are
derived, and made anew.
"""

import hashlib
import json
import os
import secrets
import shutil
import sqlite3
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from index.errors import BusyIndex, VerbatimError
from index.maintenance import integrity
from index.storage.migrations import HISTORY_KEY
from index.storage.store import Store

FORMAT = 1  # of the file
MANIFEST = "backup.json"
UNFINISHED = ".unfinished-"  # begins the names of folders in which a backup is made or unpacked
UNFINISHED_AFTER = 86_400.0  # seconds after which such a folder was left by a killed process; judged
LOCK_TIMEOUT = 30.0  # seconds to wait for another process to end its transaction; judged
PAGES_PER_STEP = 2_048  # of a database, copied between two looks at `cancelled`: 8 MB
READ_BYTES = 1 << 20
COMPRESSION_LEVEL = 1  # judged: vectors do not become smaller, and texts nearly as small as at 6


class BadBackup(VerbatimError):  # noqa: N818 - it is the backup that is bad
    """A file that is no backup, a damaged one, one that cannot be made or read, and what to do."""


class DamagedDatabase(BadBackup):
    """A database that cannot be copied because it is damaged itself."""


class BackupCancelled(Exception):  # noqa: N818 - nothing went wrong
    """A backup that was given up because `cancelled` said so; nothing of it is left."""


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """A backup: its file, when its moment was, the names of its databases, how many articles it holds, its bytes.

    `damaged` are the addresses of articles that were damaged before, and so are damaged in it too.
    """

    path: Path
    taken: datetime
    databases: tuple[str, ...]
    articles: int
    size: int
    damaged: tuple[str, ...] = ()


def write_backup(
    folder: Path, databases: Sequence[str], target: Path, cancelled: Callable[[], bool] = lambda: False
) -> BackupInfo:
    """Write those of `databases` in `folder` that are there, as they are at one moment, to the file `target`.

    The first of `databases` is the index's. Others may read and write meanwhile. The file is verified before it takes
    the place of an earlier backup. Raise BadBackup when it cannot be made, BusyIndex when another process writes for
    too long, BackupCancelled.
    """
    present = [name for name in databases if (folder / name).is_file()]
    if databases[0] not in present:
        raise BadBackup(f"There is no index in {folder} yet, and so nothing to back up.")
    if target.exists():
        read_manifest(target)  # nothing else is written over
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _unfinished_folder(target.parent) as work:
            taken = datetime.now(UTC)
            _copy_at_one_moment(folder, present, work, cancelled)
            articles, damaged = _verified(work, present)
            facts = _facts(work, present) | {"taken": taken.isoformat(), "articles": articles}
            packed = work / "packed"
            _pack(work, facts, packed)
            _unpack(packed, present, None)
            packed.replace(target)
            _fsync(target.parent)
    except OSError as error:
        raise BadBackup(
            f"No backup could be written to {target} ({error.strerror}). Look whether the disk has room for the index "
            "twice, and whether you may write there."
        ) from error
    return BackupInfo(target, taken, tuple(present), articles, target.stat().st_size, damaged)


def read_manifest(path: Path) -> dict[str, Any]:
    """Return what a backup says of itself. Raise BadBackup when it is none, or of a newer version."""
    try:
        with zipfile.ZipFile(path) as packed:
            facts: dict[str, Any] = json.loads(packed.read(MANIFEST))
        newer = facts["format"] > FORMAT
        if not newer:
            datetime.fromisoformat(facts["taken"])
            dict(facts["files"])
    except FileNotFoundError:
        raise BadBackup(f"There is no file {path}.") from None
    except (
        OSError,
        EOFError,
        ValueError,
        KeyError,
        TypeError,
        RuntimeError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        raise BadBackup(
            f"{path} is not a backup made by Verbatim, or it is damaged. Name another file."
        ) from error
    if newer:
        raise BadBackup(f"{path} was made by a newer version of Verbatim; update Verbatim.")
    return facts


def restore_backup(
    source: Path, folder: Path, databases: Sequence[str], prepare: Callable[[Path], None]
) -> BackupInfo:
    """Put the databases of a backup in the place of those in `folder`, beside processes that use them.

    Nothing is changed before the backup has been verified and `prepare` has brought the unpacked databases, in the
    folder that it is given, up to date. Each database changes in one transaction; interrupted in between, the same
    call again ends it. Raise BadBackup, or what `Store` and `prepare` raise, when the backup cannot be used.
    """
    facts = read_manifest(source)
    present = [name for name in databases if name in facts["files"]]
    if databases[0] not in present:
        raise BadBackup(f"There is no index in the backup {source}. Name another one.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _unfinished_folder(folder) as work:
            _unpack(source, present, work)
            with closing(Store(work / databases[0])) as store:
                # no index follows from what was there to this
                store.set_meta(HISTORY_KEY, secrets.token_hex(8))
            prepare(work)
            articles, damaged = _verified(work, present)
            for name in present:
                _replace_database(work / name, folder / name)
    except OSError as error:
        raise BadBackup(
            f"{source} could not be restored ({error.strerror}). Look whether the disk has room."
        ) from error
    taken = datetime.fromisoformat(facts["taken"])
    return BackupInfo(source, taken, tuple(present), articles, source.stat().st_size, damaged)


@contextmanager
def _unfinished_folder(parent: Path) -> Iterator[Path]:
    """Make a folder that only this user may read, and remove it at the end, with those left by killed processes."""
    for left in parent.glob(f"{UNFINISHED}*"):
        if time.time() - left.stat().st_mtime > UNFINISHED_AFTER:
            shutil.rmtree(left, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=parent))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _copy_at_one_moment(
    folder: Path, names: Sequence[str], work: Path, cancelled: Callable[[], bool]
) -> None:
    """Copy databases as they are at one moment: none is written to while the first is already being read."""

    def look(*_: int) -> None:
        if cancelled():
            raise BackupCancelled

    try:
        with ExitStack() as stack:
            reader, writer = (stack.enter_context(closing(_attached(folder, names))) for _ in range(2))
            writer.execute("BEGIN IMMEDIATE")
            reader.execute("BEGIN")
            for place in range(len(names)):
                reader.execute(f"SELECT count(*) FROM {_schema(place)}.sqlite_master").fetchall()
            writer.execute("ROLLBACK")
            for place, name in enumerate(names):
                copy = stack.enter_context(closing(sqlite3.connect(work / name)))
                reader.backup(copy, pages=PAGES_PER_STEP, progress=look, name=_schema(place))
    except sqlite3.OperationalError as error:
        raise BusyIndex(
            f"The index could not be copied ({error}). If another Verbatim is at work on it, wait until that is done; "
            "else look whether the disk is full."
        ) from error
    except sqlite3.DatabaseError as error:
        raise _damaged(str(error)) from error


def _attached(folder: Path, names: Sequence[str]) -> sqlite3.Connection:
    """Open several databases in one connection, under the names of `_schema`."""
    connection = sqlite3.connect(folder / names[0], timeout=LOCK_TIMEOUT, isolation_level=None)
    for place, name in enumerate(names[1:], 1):
        connection.execute(f"ATTACH ? AS {_schema(place)}", (str(folder / name),))
    return connection


def _schema(place: int) -> str:
    return f"other{place}" if place else "main"


def _verified(work: Path, names: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """Check copies of databases; return how many articles there are, and the damaged ones.

    Raise DamagedDatabase, and BrokenIndex for an index that another version has made.
    """
    for name in names[1:]:
        with closing(sqlite3.connect(work / name)) as copy:
            try:
                [(found,)] = copy.execute("PRAGMA integrity_check(1)").fetchall()
            except sqlite3.DatabaseError as error:
                raise _damaged(str(error)) from error
        if found != "ok":
            raise _damaged(found)
    with closing(Store(work / names[0])) as store:
        report = integrity.check(store)
        if report.file:
            raise _damaged(report.file)
        return len(store.entries()), (*report.texts, *report.vectors)


def _damaged(why: str) -> DamagedDatabase:
    return DamagedDatabase(
        f"The database is damaged ({why}), so that no copy of it is kept. Earlier backups are left as they are; restore "
        "the newest of them: `verbatim restore FILE`."
    )


def _facts(work: Path, names: Sequence[str]) -> dict[str, Any]:
    """Return what the manifest says: the format, and the SHA-256 of each database."""
    files = {}
    for name in names:
        with (work / name).open("rb") as file:
            files[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return {"format": FORMAT, "files": files}


def _pack(work: Path, facts: dict[str, Any], target: Path) -> None:
    """Write the databases and their manifest into one file, through to the disk."""
    with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION_LEVEL) as packed:
        packed.writestr(MANIFEST, json.dumps(facts))
        for name in facts["files"]:
            packed.write(work / name, name)
    target.chmod(0o600)  # bot.db says what people follow
    _fsync(target)


def _unpack(source: Path, names: Sequence[str], work: Path | None) -> None:
    """Read databases out of a backup, into a folder if one is given. Raise BadBackup when one has changed."""
    facts = read_manifest(source)
    for name in names:
        digest = hashlib.sha256()
        try:
            with zipfile.ZipFile(source) as packed, packed.open(name) as member, ExitStack() as stack:
                out: IO[bytes] | None = stack.enter_context((work / name).open("xb")) if work else None
                while block := member.read(READ_BYTES):
                    digest.update(block)
                    if out:
                        out.write(block)
            whole = digest.hexdigest() == facts["files"][name]
        except (zipfile.BadZipFile, EOFError, KeyError, ValueError, RuntimeError, zlib.error):
            whole = False
        if not whole:
            raise BadBackup(f"The backup {source} is damaged. Name another one.")


def _replace_database(source: Path, target: Path) -> None:
    """Write a database over another one, in one transaction that other processes see whole or not at all."""
    _put_aside_if_unreadable(target)
    deadline = time.monotonic() + LOCK_TIMEOUT

    def look(_: int, remaining: int, total: int) -> None:
        if remaining == total and time.monotonic() > deadline:
            raise BusyIndex(f"{target} is being written to; restore it when the other Verbatim is done.")

    with (
        closing(sqlite3.connect(source)) as copy,
        closing(sqlite3.connect(target, isolation_level=None)) as live,
    ):
        live.execute("PRAGMA journal_mode = WAL")
        try:
            copy.backup(live, progress=look)
            live.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except sqlite3.OperationalError as error:
            raise BusyIndex(
                f"{target} could not be written to ({error}). Look whether the disk is full."
            ) from error


def _put_aside_if_unreadable(target: Path) -> None:
    """Rename a file that SQLite cannot read at all, with what belongs to it; nobody can be using it."""
    try:
        with closing(sqlite3.connect(target)) as live:
            live.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except sqlite3.OperationalError:
        return
    except sqlite3.DatabaseError:
        for path in [target, *target.parent.glob(f"{target.name}-*")]:
            path.replace(path.with_name(f"damaged-{int(time.time())}-{path.name}"))


def _fsync(path: Path) -> None:
    """Write a file, or the names in a folder, through to the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
