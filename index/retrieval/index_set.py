"""The indexes derived from the store, kept up to date with it: article table, vectors, keywords."""

import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import structlog

from index.encoding.encoder import Encoder
from index.errors import BrokenIndex
from index.retrieval.article_table import ArticleTable, ArticleTableBuilder
from index.retrieval.keyword_index import KeywordIndex, is_damage
from index.retrieval.vector_index import VectorIndex
from index.storage.records import Watermark
from index.storage.store import Store

READ_BATCH = 100  # articles read from the store at once; judged
MAX_DELETED_RATIO = 0.2  # of the keyword index's documents, above which `compact` rewrites it; judged
log = structlog.get_logger(__name__)


class IndexSet:
    """The three indexes over a store. Any thread may use them, and other processes the same folder."""

    def __init__(self, folder: Path, store: Store, encoder: Encoder) -> None:
        """Open what is in `folder`, as far as it fits the store and the encoder; `sync` adds the rest."""
        self._store = store
        self._encoder = encoder
        self._sync_lock = threading.RLock()  # held until the keywords are on disk, which takes long
        self._lock = threading.RLock()  # over the article table and the vectors; questions wait for it
        stored = store.watermark()
        self._articles = ArticleTableBuilder()
        self._watermark = Watermark(history=stored.history)  # of the article table
        self._data_version = -1  # of the store when it was last read
        self._keywords_stale = False  # whether what is new could not be written to the keywords
        self.vectors = VectorIndex(folder / "vectors", encoder.fingerprint, encoder.dimensions)
        self.vectors.load(stored)
        self.keywords = KeywordIndex(folder)

    def table(self) -> ArticleTable:
        """Return the articles as columns, as of the last `sync`."""
        with self._lock:
            return self._articles.table()

    def refresh(self) -> None:
        """Sync if another process has changed the store, or was writing the keywords the last time.

        Return at once when another thread is doing so: a question is answered from what there is by now.
        """
        changed = self._store.data_version() != self._data_version
        behind = changed or self.keywords.watermark != self._watermark
        if behind and self._sync_lock.acquire(blocking=False):
            try:
                self.sync()
            finally:
                self._sync_lock.release()

    def sync(self) -> None:
        """Bring the article table, the vectors and the keywords up to what the store holds.

        Raise BrokenIndex when another process has restored a store of another encoder.
        """
        with self._sync_lock:
            data_version = self._store.data_version()
            target = (
                self._store.watermark()
            )  # read first: what is committed from now on waits for the next sync
            with self._lock:
                if not target.reaches(self._watermark):
                    self._begin_anew(target)
                self._sync_articles_and_vectors(target)
            self._sync_keywords(target)
            self._data_version = data_version

    def check_vectors(self) -> None:
        """Check the snapshot of the vectors where it is too large to be checked first; mend it from the store.

        Questions are answered meanwhile. To be called once, in a thread of its own.
        """
        if self.vectors.is_damaged():
            log.warning("the snapshot of the vectors is damaged; it is made anew from the store")
            with self._sync_lock, self._lock:
                self._begin_anew(self._store.watermark())
            self.sync()

    def _begin_anew(self, target: Watermark) -> None:
        """Forget the articles and vectors: the store was restored to another state, or they are damaged."""
        if self._store.meta("encoder") not in (None, self._encoder.fingerprint):
            raise BrokenIndex(
                "The index was made with another language model. Stop Verbatim and set VERBATIM_MODEL, or run `verbatim "
                "rebuild`."
            )
        self._articles.clear()
        self.vectors.clear(target.history)
        self._watermark = Watermark(history=target.history)

    def _sync_articles_and_vectors(self, target: Watermark) -> None:
        """Bring the article table and the vectors up to `target`; their watermarks may differ."""
        known = min(self._watermark.removals, self.vectors.watermark.removals)
        for sequence, first, end in self._store.removals(known):
            self._articles.remove(first)
            self.vectors.remove(sequence, first, end)
        entries = self._store.entries(self._watermark.next)
        new = [entry for entry in entries if entry.first_sentence < target.next]
        for entry in new:
            if entry.first_sentence >= self.vectors.watermark.next:  # else they came with the snapshot
                self.vectors.add(entry.first_sentence, self._store.vectors(entry.first_sentence))
        self._articles.add(new)
        self._watermark = target

    def save(self) -> None:
        """Write a snapshot of the vectors when so much has changed that it pays, and if the disk has room."""
        with self._lock:
            if self.vectors.worth_saving():
                self.vectors.try_to_save()

    def compact(self) -> None:
        """Rewrite what holds many deleted rows. Questions are answered meanwhile, also in other processes."""
        self.sync()
        if self.keywords.deleted_ratio() > MAX_DELETED_RATIO:
            self._rewrite_keywords()
        with self._lock:
            if self.vectors.deleted:
                self.vectors.save()

    def _rewrite_keywords(self) -> None:
        """Write the keyword index anew, unless another process is writing it.

        No lock is held: the writer excludes all others, and until it commits everybody sees the old index.
        """
        try:
            writer = self.keywords.writer()
        except ValueError:
            return
        target = self._store.watermark()
        self.keywords.clear(writer)
        self._add_keywords(writer, 0, target)
        self.keywords.commit(writer, target)
        writer.garbage_collect_files()
        writer.wait_merging_threads()

    def _add_keywords(self, writer: Any, since: int, target: Watermark) -> None:  # noqa: ANN401
        """Add the articles whose sentences are numbered from `since` up to `target`."""
        entries = self._store.entries(since)
        waiting = [entry.first_sentence for entry in entries if entry.first_sentence < target.next]
        for start in range(0, len(waiting), READ_BATCH):
            for stored in self._store.get_many(waiting[start : start + READ_BATCH]).values():
                self.keywords.add(writer, stored)

    def _sync_keywords(self, target: Watermark) -> None:
        """Bring the keyword index up to `target`; where it cannot be written, answer from what there is."""
        if target in (self.keywords.watermark, Watermark(history=target.history)):
            return
        try:
            self._write_keywords()
            self._keywords_stale = False
        except BaseException as error:
            if not is_damage(error):
                raise
            if not self._keywords_stale:
                log.warning("the word index could not be brought up to date", why=str(error))
            self._keywords_stale = True
            with suppress(ValueError, OSError):
                self.keywords.open()  # another process may have made it anew

    def _write_keywords(self) -> None:
        """Bring the keyword index up to the store, or reload what another process is writing."""
        try:
            writer = self.keywords.writer()
        except ValueError:
            self.keywords.reload()
            return
        self.keywords.reload()
        done, target = self.keywords.watermark, self._store.watermark()  # which nobody else can pass by now
        if not target.reaches(done):  # the store was restored to another state
            self.keywords.clear(writer)
            done = Watermark()
        for _, first, end in self._store.removals(done.removals):
            self.keywords.remove(writer, first, end)
        self._add_keywords(writer, done.next, target)
        self.keywords.commit(writer, target)
        writer.wait_merging_threads()
