"""All that is derived from the store, kept up with it: the catalogue, the vectors, the words."""

import threading
from pathlib import Path
from typing import Any

from index.encoding.encoder import Encoder
from index.retrieval.article_table import ArticleTable, ArticleTableBuilder
from index.retrieval.keyword_index import KeywordIndex
from index.retrieval.vector_index import VectorIndex
from index.storage.records import Watermark
from index.storage.store import Store

READ_AT_ONCE = 100  # articles
MAX_DELETED_RATIO = (
    0.2  # of the words on disk may belong to sentences that are gone, before they are written anew
)


class IndexSet:
    """The three indexes over a store. Any thread may use them."""

    def __init__(self, folder: Path, store: Store, encoder: Encoder) -> None:
        """Open what is in `folder`, as far as it fits the store and the encoder; `sync` does the rest."""
        self._store = store
        self._catching_up = threading.RLock()  # held until the words are on disk, which takes long
        self._lock = threading.RLock()  # over the catalogue; what a question waits for
        here = store.watermark()
        self._catalog = ArticleTableBuilder()
        self._seen = Watermark()
        self._changed = -1
        self.vectors = VectorIndex(folder / "vectors", encoder.fingerprint, encoder.dimensions)
        self.vectors.load(here)
        self.keywords = KeywordIndex(folder, here)

    def table(self) -> ArticleTable:
        """Return the articles as columns, as of the last time it caught up."""
        with self._lock:
            return self._catalog.table()

    def refresh(self) -> None:
        """Catch up if another process has changed the store, or was writing the words the last time.

        Where that is under way already it is not waited for: a question takes what there is by now.
        """
        behind = self._store.data_version() != self._changed or self.keywords.watermark != self._seen
        if behind and self._catching_up.acquire(blocking=False):
            try:
                self.sync()
            finally:
                self._catching_up.release()

    def sync(self) -> None:
        """Bring the catalogue, the vectors and the words up to what the store holds."""
        with self._catching_up:
            self._changed = self._store.data_version()
            here = self._store.watermark()  # read first: what is committed meanwhile waits for the next time
            with self._lock:
                self._sync_article_table(here)
            self._sync_keywords(here)

    def _sync_article_table(self, here: Watermark) -> None:
        known = min(self._seen.removals, self.vectors.watermark.removals)
        for sequence, first, last in self._store.removals(known):
            self._catalog.remove(first)
            self.vectors.remove(sequence, first, last)
        fresh = [entry for entry in self._store.entries(self._seen.next) if entry.first_sentence < here.next]
        for entry in fresh:
            if entry.first_sentence >= self.vectors.watermark.next:  # else the snapshot has them, at a start
                self.vectors.add(entry.first_sentence, self._store.vectors(entry.first_sentence))
        self._catalog.add(fresh)
        self._seen = here

    def save(self) -> None:
        """Write a snapshot of the vectors when so much has changed that it pays."""
        with self._lock:
            if self.vectors.worth_saving():
                self.vectors.save()

    def compact(self) -> None:
        """Write anew what holds much that is gone. Questions go on meanwhile, also in other processes."""
        self.sync()
        if self.keywords.deleted_ratio() > MAX_DELETED_RATIO:
            self._rewrite_keywords()
        with self._lock:
            if self.vectors.deleted:
                self.vectors.save()

    def _rewrite_keywords(self) -> None:
        # Without the lock: the writer excludes every other one, and until it commits all see the old index.
        here = self._store.watermark()
        try:
            writer = self.keywords.writer()
        except ValueError:  # another process is writing them
            return
        writer.delete_all_documents()
        self._add_keywords(writer, 0, here)
        self.keywords.commit(writer, here)
        writer.garbage_collect_files()
        writer.wait_merging_threads()

    def _add_keywords(self, writer: Any, since: int, here: Watermark) -> None:  # noqa: ANN401 - see WordIndex
        waiting = [
            entry.first_sentence for entry in self._store.entries(since) if entry.first_sentence < here.next
        ]
        for start in range(0, len(waiting), READ_AT_ONCE):
            for stored in self._store.get_many(waiting[start : start + READ_AT_ONCE]).values():
                self.keywords.add(writer, stored)

    def _sync_keywords(self, here: Watermark) -> None:
        if here == self.keywords.watermark:
            return
        try:
            writer = self.keywords.writer()
        except ValueError:  # another process is writing them
            self.keywords.reload()
            return
        self.keywords.reload()
        done = self.keywords.watermark
        for _, first, last in self._store.removals(done.removals):
            self.keywords.remove(writer, first, last)
        self._add_keywords(writer, done.next, here)
        self.keywords.commit(writer, here)
        writer.wait_merging_threads()
