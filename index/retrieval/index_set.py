"""The indexes derived from the store, kept up to date with it: article table, circles, vectors, keywords."""

import threading
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import structlog

from index.encoding.encoder import Encoder
from index.errors import BusyIndex, StoreAway, UnfinishedIndex
from index.retrieval.article_table import ArticleTable, ArticleTableBuilder
from index.retrieval.circle_keywords import KeywordPartitions
from index.retrieval.circle_views import CircleViews
from index.retrieval.index_build import IndexBuild
from index.retrieval.keyword_index import KeywordIndex, is_damage
from index.retrieval.vector_index import VectorIndex
from index.storage.records import StoredEntry, Watermark
from index.storage.store import Store
from index.storage.store_follower import StoreFollower

READ_BATCH = 100  # articles read from the store at once; judged
MAX_MISSING = 10_000  # sentences that are indexed while somebody waits, a second or two; judged
RETRY_DELAY = 5.0  # seconds until a build that the store kept from going on is tried again; judged
MAX_DELETED_RATIO = 0.2  # of the keyword index's documents, above which `compact` rewrites it; judged
log = structlog.get_logger(__name__)


class IndexSet:
    """The indexes over a store. Any thread may use them, and other processes the same folder."""

    def __init__(self, folder: Path, store: Store, encoder: Encoder) -> None:
        """Open what is in `folder`, as far as it fits the store and the encoder; `sync` adds the rest."""
        self._store = store
        self._encoder = encoder
        self._sync_lock = threading.RLock()  # held until the keywords are on disk, which takes long
        self._lock = threading.RLock()  # over the article table and the vectors; questions wait for it
        self._follower = StoreFollower(folder, store, encoder.fingerprint)
        stored = self._follower.watermark()
        self._articles = ArticleTableBuilder()
        self._watermark = Watermark(history=stored.history)  # of the article table
        self._data_version = -1  # of the store when it was last read
        self._stale_keywords: set[KeywordIndex] = set()  # to which what is new could not be written
        self._build: IndexBuild | None = None
        self.vectors = VectorIndex(folder / "vectors", encoder.fingerprint, encoder.dimensions)
        self.vectors.load(stored)
        self.partitions = KeywordPartitions(folder, store)
        self.keywords, self._others = self.partitions.house, self.partitions.others
        self._circles = CircleViews()

    def table(self, circle: str | None = None) -> ArticleTable:
        """Return the articles that a circle sees (None: all) as columns, as of the last `sync`."""
        with self._lock:
            return self._circles.view(self._articles.table(), circle, self._store)

    def refresh(self) -> None:
        """Sync if another process has changed the store, or was writing the keywords the last time.

        Return at once when another thread is doing so, or while the store's primary is away: a question is answered
        from what there is by now. Raise UnfinishedIndex during `build`.
        """
        if self._build:
            raise UnfinishedIndex(self._build.percent)
        changed = self._store.data_version() != self._data_version
        behind = changed or any(index.watermark != self._watermark for index in (self.keywords, self._others))
        if behind and self._sync_lock.acquire(blocking=False):
            try:
                with suppress(StoreAway):
                    self.sync()
            finally:
                self._sync_lock.release()

    def sync(self) -> None:
        """Bring the article table, the vectors and the keywords up to what the store holds.

        Return at once while another thread builds them: what is new then comes with the rest. A store of another
        encoder is not followed: raise OtherEncoder, where there is a copy of what it was do nothing. Raise StoreAway
        while only what may be behind can be read.
        """
        build = self._build
        if build and not build.is_own_thread and build.defer():
            return
        with self._sync_lock, self._store.current():
            data_version = self._store.data_version()
            target = self._follower.next_target()  # what is committed from now on waits for the next sync
            if target:
                with self._lock:
                    if not target.reaches(self._watermark):
                        self._begin_anew(target)
                    self._sync_articles_and_vectors(target)
                for index in (self.keywords, self._others):
                    self._sync_keywords(index, target)
            self._data_version = data_version

    def follow_commit(self) -> None:
        """Do what `sync` does, after a commit of ours; while that cannot be done it is left to `refresh`."""
        try:
            self.sync()
        except StoreAway:
            self._data_version = -1

    def missing(self) -> int:
        """Return how many of the store's sentences the indexes do not know yet."""
        target = self._follower.watermark()
        words = max(self.keywords.watermark, self._others.watermark, key=lambda one: one.next)
        return target.next - min(
            one.next if target.reaches(one) else 0 for one in (self.vectors.watermark, words)
        )

    @property
    def percent_built(self) -> int | None:
        """Return how much is done of what `start` did not wait for; None when all is."""
        return self._build.percent if self._build else None

    def start(self, progress: Callable[[str], object], *, wait: bool) -> None:
        """Do the first `sync`; where much is missing and nobody is to `wait`, in a thread, which questions are refused by.

        Where the primary is away and nobody is to `wait`, begin with what can be read.

        `progress` hears in words how far it is where that takes long.
        """

        def say(percent: int) -> None:
            progress(f"Making the indexes: {percent} % ...")

        self._follower.start(self.refresh)

        def make_and_merge() -> None:
            self._make(build)
            self.vectors.begin_merging()

        if self.missing() <= MAX_MISSING:
            if self._store.is_away() and not wait:
                self._sync_behind()
            else:
                self.sync()
            if not wait:  # a bot, which is there long enough
                self.vectors.begin_merging()
            return
        build = self._build = IndexBuild(len(self._store.entries()), say)
        if wait:
            self._make(build)
        else:
            build.run_in_thread(make_and_merge)

    def _sync_behind(self) -> None:
        """Begin with what can be read while the primary is away; `sync` goes on from there when it is back.

        An index that has come further than what is read stays as it is, and so does the copy.
        """
        target = self._follower.watermark()
        with self._sync_lock:
            with self._lock:
                self._sync_articles_and_vectors(target)
            for index in (self.keywords, self._others):
                if target.reaches(index.watermark):
                    self._sync_keywords(index, target)

    def _make(self, build: IndexBuild) -> None:
        """Sync for the first time; what the store keeps from being done is tried again. Raise BuildCancelled."""
        try:
            while not build.is_done:
                try:
                    self.sync()
                    build.end()
                except BusyIndex as error:
                    log.warning("the indexes cannot be made now", why=str(error))
                    build.wait(RETRY_DELAY)
        finally:
            self._build = None  # whatever keeps them from being made is told to who asks next
        log.info("the indexes are made", sentences=len(self.vectors))

    def close(self) -> None:
        """Give up what is still being built or merged, and follow the store no longer."""
        if build := self._build:
            build.cancel()
        self._follower.stop()
        self.vectors.close()

    @property
    def unchecked(self) -> bool:
        """Return True while files are used that were too large to be checked first."""
        return bool(self.vectors.unchecked) or self.keywords.unchecked or self._others.unchecked

    def check_files(self) -> None:
        """Check the files that were too large to be checked first; mend them from the store.

        Questions are answered meanwhile. To be called once, in a thread of its own.
        """
        if self.vectors.is_damaged():
            log.warning("the snapshot of the vectors is damaged; it is made anew from the store")
            with self._sync_lock, self._lock:
                self._begin_anew(self._follower.watermark())
            self.sync()
        for index in (self.keywords, self._others):
            if index.is_damaged():
                log.warning("a word index is damaged; it is made anew from the store")
                with self._sync_lock:
                    index.begin_anew()
                    self.sync()

    def _begin_anew(self, target: Watermark) -> None:
        """Forget the articles, circles and vectors: the store was restored to another state, or they are damaged."""
        self._store.check_encoder(self._encoder.fingerprint)
        self._articles.clear()
        self._circles = CircleViews()
        self.vectors.clear(target.history)
        self._watermark = Watermark(history=target.history)

    def _sync_articles_and_vectors(self, target: Watermark) -> None:
        """Bring the article table and the vectors up to `target`; their watermarks may differ."""
        known = min(self._watermark.removals, self.vectors.watermark.removals)
        for sequence, first, end in self._store.removals(known):
            self._articles.remove(first)
            self.vectors.remove(sequence, first, end)
        new = self._store.entry_rows(self._watermark.next, target.next)
        known = bisect_left(new, (self.vectors.watermark.next,))  # came with the snapshot
        self._count_steps(known)
        for first, *_ in new[known:]:
            self.vectors.add(first, self._store.vectors(first))
            self._count_steps()
        self._articles.add(new)
        self._circles.sync(self._store, target.next, self._store.regrouped(self._watermark.changes))
        self._watermark = target

    def save(self) -> None:
        """Write a snapshot of the vectors when so much has changed that it pays, and if the disk has room."""
        with self._lock:
            if self.vectors.worth_saving():
                self.vectors.try_to_save()

    @contextmanager
    def still_files(self, folder: Path) -> Iterator[dict[str, Path]]:
        """Yield the files of all indexes, by their names in a data folder; nobody changes them during the block.

        The vectors are written to `folder` for it. Raise BusyIndex when another process writes for too long, OSError
        when the disk is full.
        """
        self.sync()
        with ExitStack() as held:
            held.enter_context(self._sync_lock)
            files = held.enter_context(self.keywords.still_files())
            files |= held.enter_context(self._others.still_files())
            yield files | self.vectors.write_to(folder)

    def compact(self, *, wait: bool = False) -> None:
        """Rewrite what holds many deleted rows, and sort vectors into lists where they have become many.

        Questions are answered meanwhile, also in other processes. Vectors are sorted in a thread of its own, for which
        only `wait` waits.
        """
        self.sync()
        for index in (self.keywords, self._others):
            if index.deleted_ratio() > MAX_DELETED_RATIO:
                self._rewrite_keywords(index)
        with self._lock:
            if self.vectors.deleted:
                self.vectors.save()
        if not wait:
            self.vectors.begin_merging()
        elif self.vectors.worth_merging:
            self.vectors.merge()

    def _rewrite_keywords(self, index: KeywordIndex) -> None:
        """Write a keyword index anew, unless another process is writing it.

        No lock is held: the writer excludes all others, and until it commits everybody sees the old index.
        """
        try:
            writer = index.writer()
        except ValueError:
            return
        target = self._follower.watermark()
        index.clear(writer)
        self._add_keywords(index, writer, self._own(index, self._store.entries(), target))
        index.commit(writer, target)
        writer.garbage_collect_files()
        writer.wait_merging_threads()

    def _own(
        self, index: KeywordIndex, entries: Sequence[StoredEntry], target: Watermark
    ) -> dict[int, tuple[int, ...]]:
        """Return those of some articles that belong into an index, by first sentence, with the feeds they came from.

        Articles beyond `target` wait for the next time.
        """
        waiting = [entry.first_sentence for entry in entries if entry.first_sentence < target.next]
        house = self._store.in_house(waiting)
        feeds = self._store.sources_of(waiting)
        return {
            first: feeds.get(first, ()) for first in waiting if (first in house) is (index is self.keywords)
        }

    def _add_keywords(
        self,
        index: KeywordIndex,
        writer: Any,  # noqa: ANN401
        own: Mapping[int, tuple[int, ...]],
    ) -> None:
        """Add articles, by first sentence, with the feeds they came from."""
        waiting = list(own)
        for start in range(0, len(waiting), READ_BATCH):
            for first, stored in self._store.get_many(waiting[start : start + READ_BATCH]).items():
                index.add(writer, stored, own[first])
                self._count_steps()

    def _count_steps(self, steps: int = 1) -> None:
        if self._build:
            self._build.count(steps)

    def _sync_keywords(self, index: KeywordIndex, target: Watermark) -> None:
        """Bring a keyword index up to `target`; where it cannot be written, answer from what there is.

        Nothing is written where nothing of the index changes: each commit shifts the last digits of BM25 scores, and
        what other circles have must not. Only an empty index, which gives none, notes now and then how far it has come.
        """
        if target == index.watermark:
            return
        try:
            if any(self._changes(index, target)) or _is_worth_noting(index, target):
                self._write_keywords(index)
            else:
                index.watermark = target
            self._stale_keywords.discard(index)
        except BaseException as error:
            if not is_damage(error):
                raise
            if index not in self._stale_keywords:
                log.warning("a word index could not be brought up to date", why=str(error))
            self._stale_keywords.add(index)
            with suppress(ValueError, OSError):
                index.open()  # another process may have made it anew

    def _write_keywords(self, index: KeywordIndex) -> None:
        """Bring a keyword index up to the store, or reload what another process is writing."""
        try:
            writer = index.writer()
        except ValueError:
            index.reload()
            return
        index.reload()
        target = self._follower.watermark()  # which nobody else can pass by now
        is_foreign, removed, own = self._changes(index, target)
        if is_foreign:
            index.clear(writer)
        for first, end in removed:
            index.remove(writer, first, end)
        self._add_keywords(index, writer, own)
        index.commit(writer, target)
        writer.wait_merging_threads()

    def _changes(
        self, index: KeywordIndex, target: Watermark
    ) -> tuple[bool, list[tuple[int, int]], dict[int, tuple[int, ...]]]:
        """Return what is to be done to an index.

        That is whether all that it holds is to be removed, since the store was restored to another state; what else is
        to be removed, as ranges of sentences; and the articles to be added.
        """
        done = index.watermark
        if not target.reaches(done):
            return index.sentences > 0, [], self._own(index, self._store.entries(), target)
        regrouped = self._store.entries_of(self._store.regrouped(done.changes))
        again = [entry for entry in regrouped if entry.first_sentence < done.next]
        gone = [(first, end) for _, first, end in self._store.removals(done.removals)]
        gone += [(entry.first_sentence, entry.last_sentence) for entry in again]
        own = self._own(index, [*again, *self._store.entries(done.next)], target)
        return False, [bounds for bounds in gone if index.contains(*bounds)], own


def _is_worth_noting(index: KeywordIndex, target: Watermark) -> bool:
    """Return True if an empty index has not noted for long how far it has come, so that opening looks through it all."""
    return index.is_empty and target.next - index.watermark.next > MAX_MISSING
