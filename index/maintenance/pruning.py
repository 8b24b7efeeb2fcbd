"""Pruning: removing many articles at once, and returning the room they took to the disk."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from index.ingest.near_duplicates import assign_missing_clusters
from index.maintenance.retention import RetentionPolicy, oldest_urls, urls_over_limit
from index.retrieval.index_set import IndexSet
from index.storage.engine import NO_LIMIT
from index.storage.store import Store

DATABASE_FILES = "verbatim.db*"
INDEX_FILES = (DATABASE_FILES, "vectors", "words-*")  # what of a data folder is the index
REMOVED_PER_TRANSACTION = 500  # articles; judged: a transaction keeps other processes from writing
# Of the allowed bytes: where pruning by room stops, so that the next article does not start it again. Judged.
LOW_WATER = 0.95
CLUSTERING_BATCH = (
    1_000  # articles without a cluster that get one at each compaction that is not full; judged
)


@dataclass(frozen=True, slots=True)
class PruneResult:
    """How many articles were removed, and by how many bytes the index became smaller."""

    articles: int
    bytes_freed: int


@dataclass(frozen=True, slots=True)
class Pruner:
    """Prunes an index: the database in `folder`, and what is derived from it."""

    store: Store
    indexes: IndexSet
    folder: Path

    def remove(self, urls: Sequence[str], *, block: bool = False) -> int:
        """Remove articles from every answer; return how many there were.

        With `block` their addresses are blocked: no feed brings them back. Raise BusyIndex.
        """
        removed = 0
        for start in range(0, len(urls), REMOVED_PER_TRANSACTION):
            batch = urls[start : start + REMOVED_PER_TRANSACTION]
            with self.store.transaction():
                found = [url for url in batch if self.store.remove(url)]
                self.store.block(found if block else ())
            self.indexes.sync()
            removed += len(found)
        return removed

    def prune(self, policy: RetentionPolicy, now: datetime, *, full: bool) -> PruneResult:
        """Remove what `policy` does not keep and what is in no circle any more, and compact (`full`: see `compact`).

        Where nothing gives its room back, as beside a backup, what takes too much room stays until the next time: else
        an index that does not become smaller would lose all articles. It may be interrupted and run again. Raise BusyIndex.
        """
        before = self.size()
        removed = self.remove(self.store.nobodys_urls())
        removed += self.remove(urls_over_limit(self.store, policy, now))
        shrinks = compact(self.store, self.indexes, full=full)
        while shrinks and policy.max_bytes and (excess := self._excess(policy.max_bytes)):
            stored = self._stored()
            removed += self.remove(oldest_urls(self.store, excess))
            shrinks = compact(self.store, self.indexes, full=full) and self._stored() < stored
        return PruneResult(removed, max(0, before - self.size()))

    def size(self) -> int:
        """Return how many bytes the index takes, without what else the folder holds."""
        return self._in_folder(*INDEX_FILES) + self.store.stored_bytes()

    def _stored(self) -> int:
        """Return how many bytes the database takes; what is derived from it may grow for a while as it is removed."""
        return self._in_folder(DATABASE_FILES) + self.store.stored_bytes()

    def _in_folder(self, *patterns: str) -> int:
        return sum(disk_usage(path) for pattern in patterns for path in self.folder.glob(pattern))

    def _excess(self, max_bytes: int) -> int:
        """Return how many articles to remove next; 0 when the index takes at most `max_bytes`, or is empty.

        What removed articles took and could not yet be given back counts as free: new ones take it. The articles are taken
        to be of equal size.
        """
        size = self.size() - self.store.free_bytes()
        articles = int(self.store.query("SELECT count(*) FROM articles")[0][0])
        if size <= max_bytes:
            return 0
        return min(articles, max(1, round(articles * (1 - LOW_WATER * max_bytes / size))))


def compact(store: Store, indexes: IndexSet, *, full: bool) -> bool:
    """Return to the disk what removed articles took, and give clusters to articles that have none.

    With `full` also where that takes long and keeps other processes from writing. Return False where the database
    could not give all back. Raise BusyIndex when another process writes for long; what was done by then stays done.
    """
    with store.transaction():
        store.execute("DELETE FROM copies WHERE first NOT IN (SELECT first FROM bodies)")
    assign_missing_clusters(store, NO_LIMIT if full else CLUSTERING_BATCH)
    indexes.compact(wait=full)
    return store.reclaim(full=full)


def disk_usage(path: Path) -> int:
    """Return how many bytes a file takes, or all files in and below a folder."""
    total = 0
    for file in (path, *path.rglob("*")):
        with suppress(OSError):  # another process has just deleted it
            total += file.stat().st_size if file.is_file() else 0
    return total
