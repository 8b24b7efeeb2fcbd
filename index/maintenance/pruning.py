"""Taking many articles out, by what an owner asks for or by what is kept, and giving the room back."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from index.ingest.near_duplicates import link_unlinked
from index.maintenance.retention import Keep, oldest, too_many
from index.retrieval.index_set import Derived
from index.storage.store import Store

AT_ONCE = 500  # articles removed in one transaction
SPARE = 0.95  # of the room: a little more is freed than must be, so that the next article does not ask again


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many articles went, and how many bytes the index takes less."""

    articles: int
    freed: int


@dataclass(frozen=True, slots=True)
class Pruner:
    """Prunes an index: a folder with its database and what is derived from it."""

    store: Store
    derived: Derived
    folder: Path

    def remove(self, urls: Sequence[str], *, bar: bool = False) -> int:
        """Remove these articles from every answer; return how many were there. With `bar` none comes in unasked."""
        removed = 0
        for start in range(0, len(urls), AT_ONCE):
            with self.store.transaction():
                there = [url for url in urls[start : start + AT_ONCE] if self.store.remove(url)]
                self.store.bar(there if bar else ())
            self.derived.catch_up()
            removed += len(there)
        return removed

    def prune(self, keep: Keep, now: datetime, *, whole: bool) -> Pruned:
        """Remove what is not kept, and compact. May be interrupted and run again. Raises BusyIndex."""
        before = self.size()
        removed = self.remove(too_many(self.store, keep, now))
        compact(self.store, self.derived, whole=whole)
        while keep.room and (excess := self._excess(keep.room)):
            removed += self.remove(oldest(self.store, excess))
            compact(self.store, self.derived, whole=whole)
        return Pruned(removed, max(0, before - self.size()))

    def size(self) -> int:
        """Return how many bytes the index takes, without what else the folder holds."""
        files = ("verbatim.db*", "vectors", "words-*")
        return sum(room(path) for pattern in files for path in self.folder.glob(pattern))

    def _excess(self, allowed: int) -> int:
        """Return how many articles must go for the rest to fit; 0 when it fits, or when none is left."""
        taken, articles = self.size(), int(self.store.query("SELECT count(*) FROM articles")[0][0])
        if taken <= allowed:
            return 0
        return min(articles, max(1, round(articles * (1 - SPARE * allowed / taken))))


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
