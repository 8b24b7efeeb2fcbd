"""Giving room back to the disk after articles have gone. Safe to be killed at any instant, beside other processes."""

from contextlib import suppress
from pathlib import Path

from index.ingest.near_duplicates import link_unlinked
from index.retrieval.index_set import Derived
from index.storage.store import Store

SOME, EVERY_ONE = 1_000, -1  # articles of an earlier version that are linked with their copies at a time
PAGES = 2_000  # given back in one transaction: some hundredths of a second
NEVER = 0  # https://sqlite.org/pragma.html#pragma_auto_vacuum


def compact(store: Store, derived: Derived, *, whole: bool) -> None:
    """Return what removed articles took. With `whole` also where it takes long and keeps others from writing.

    Raises BusyIndex when another process is at work for long; what was done by then stays done.
    """
    with store.transaction():
        store.execute("DELETE FROM copies WHERE first NOT IN (SELECT first FROM bodies)")
    link_unlinked(store, EVERY_ONE if whole else SOME)
    derived.compact()
    if whole and store.query("PRAGMA auto_vacuum") == [(NEVER,)]:
        store.vacuum()
    while store.free_pages(PAGES):
        pass
    store.query(
        "PRAGMA wal_checkpoint(TRUNCATE)"
    )  # what somebody reads at the moment is cut off the next time


def room(path: Path) -> int:
    """Return how many bytes a file takes, or all files in and below a folder."""
    total = 0
    for file in (path, *path.rglob("*")):
        with suppress(OSError):  # another process has just taken it away
            total += file.stat().st_size if file.is_file() else 0
    return total
