"""Taking many articles out, by what an owner asks for or by what is kept, and giving the room back."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from index.ingest.near_duplicates import assign_missing_clusters
from index.maintenance.retention import RetentionPolicy, oldest_urls, urls_over_limit
from index.retrieval.index_set import IndexSet
from index.storage.store import Store

REMOVED_PER_TRANSACTION = 500  # articles removed in one transaction
LOW_WATER = (
    0.95  # of the room: a little more is freed than must be, so that the next article does not ask again
)


@dataclass(frozen=True, slots=True)
class PruneResult:
    """How many articles went, and how many bytes the index takes less."""

    articles: int
    bytes_freed: int


@dataclass(frozen=True, slots=True)
class Pruner:
    """Prunes an index: a folder with its database and what is derived from it."""

    store: Store
    indexes: IndexSet
    folder: Path

    def remove(self, urls: Sequence[str], *, block: bool = False) -> int:
        """Remove these articles from every answer; return how many were there. With `block` none comes in unasked."""
        removed = 0
        for start in range(0, len(urls), REMOVED_PER_TRANSACTION):
            with self.store.transaction():
                there = [
                    url for url in urls[start : start + REMOVED_PER_TRANSACTION] if self.store.remove(url)
                ]
                self.store.block(there if block else ())
            self.indexes.sync()
            removed += len(there)
        return removed

    def prune(self, policy: RetentionPolicy, now: datetime, *, full: bool) -> PruneResult:
        """Remove what is not kept, and compact. May be interrupted and run again. Raises BusyIndex."""
        before = self.size()
        removed = self.remove(urls_over_limit(self.store, policy, now))
        compact(self.store, self.indexes, full=full)
        while policy.max_bytes and (excess := self._excess(policy.max_bytes)):
            removed += self.remove(oldest_urls(self.store, excess))
            compact(self.store, self.indexes, full=full)
        return PruneResult(removed, max(0, before - self.size()))

    def size(self) -> int:
        """Return how many bytes the index takes, without what else the folder holds."""
        files = ("verbatim.db*", "vectors", "words-*")
        return sum(disk_usage(path) for pattern in files for path in self.folder.glob(pattern))

    def _excess(self, allowed: int) -> int:
        """Return how many articles must go for the rest to fit; 0 when it fits, or when none is left."""
        taken, articles = self.size(), int(self.store.query("SELECT count(*) FROM articles")[0][0])
        if taken <= allowed:
            return 0
        return min(articles, max(1, round(articles * (1 - LOW_WATER * allowed / taken))))


CLUSTERING_BATCH, NO_LIMIT = (
    1_000,
    -1,
)  # articles of an earlier version that are linked with their copies at a time


PAGES_PER_TRANSACTION = 2_000  # given back in one transaction: some hundredths of a second


AUTO_VACUUM_NONE = 0  # https://sqlite.org/pragma.html#pragma_auto_vacuum


def compact(store: Store, indexes: IndexSet, *, full: bool) -> None:
    """Return what removed articles took. With `full` also where it takes long and keeps others from writing.

    Raises BusyIndex when another process is at work for long; what was done by then stays done.
    """
    with store.transaction():
        store.execute("DELETE FROM copies WHERE first NOT IN (SELECT first FROM bodies)")
    assign_missing_clusters(store, NO_LIMIT if full else CLUSTERING_BATCH)
    indexes.compact()
    if full and store.query("PRAGMA auto_vacuum") == [(AUTO_VACUUM_NONE,)]:
        store.vacuum()
    while store.free_pages(PAGES_PER_TRANSACTION):
        pass
    store.query(
        "PRAGMA wal_checkpoint(TRUNCATE)"
    )  # what somebody reads at the moment is cut off the next time


def disk_usage(path: Path) -> int:
    """Return how many bytes a file takes, or all files in and below a folder."""
    total = 0
    for file in (path, *path.rglob("*")):
        with suppress(OSError):  # another process has just taken it away
            total += file.stat().st_size if file.is_file() else 0
    return total
