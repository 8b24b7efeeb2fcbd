"""The facade: `Archive` adds, removes and prunes articles, and answers questions from them."""

import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import numpy as np
import structlog

from index.answering.answerer import MAX_QUOTES, MIN_SIMILARITY, Answerer
from index.answering.answers import Answer, QuoteSearchResult, with_language_warning
from index.answering.candidate_reading import UNASKED, read_depth
from index.answering.candidates import CandidateRetriever
from index.answering.quote_search import QuoteSearch
from index.arrays import SentenceIds
from index.encoding.encoder import Encoder, Progress, ReferenceEncoder, load_encoder
from index.encoding.query_batcher import BatchingEncoder
from index.errors import BrokenIndex
from index.ingest.feed_dates import take_feed_dates
from index.ingest.outlet_binding import record_names
from index.ingest.pipeline import IngestItem, IngestPipeline, IngestResult
from index.ingest.rebuild import REBUILD_KEY, rebuild
from index.maintenance import integrity
from index.maintenance.index_snapshot import SnapshotInfo, save_snapshot
from index.maintenance.pruning import Pruner, PruneResult, compact
from index.maintenance.retention import KEEP_EVERYTHING, RetentionPolicy, urls_matching
from index.maintenance.stats import IndexStats, collect_stats
from index.query.question import parse_question
from index.reader.load import load_reader
from index.reader.reader import Reader
from index.retrieval import forward_index, line_table
from index.retrieval.article_table import ArticleTable
from index.retrieval.index_set import IndexSet
from index.retrieval.keyword_index import SearchFilter
from index.retrieval.vector_index import configure_threads
from index.stages import Stage, stage
from index.storage.places import NEWS_FILE
from index.storage.postgres.address import PostgresAddress
from index.storage.recent_articles import ArrivedArticle
from index.storage.records import StoredArticle
from index.storage.store import ENCODER_KEY, UNFINISHED_MARK, Store
from index.storage.transfer import UNFINISHED_KEY
from index.stored_news import StoredNews, stored_url

WRITABLE_FILE = "writable"  # in a data folder without a database: shows that it may be written to
log = structlog.get_logger(__name__)
NOT_FOUND_BEFORE_REMOVAL = 2  # judged: times in a row, since outlets answer 404 by mistake


class Archive(StoredNews):
    """An index of articles in a data folder: add, remove, ask.

    Every method blocks and may be called from any thread. Other processes may use the same folder: what they
    commit is seen at the next question.

    A `circle` is the key of those who ask: they are answered from the house and from what is their own
    (`index.storage.circles`). None is the owner, who is answered from everything; an unknown key from the house.
    """

    def __init__(
        self,
        folder: Path,
        encoder: Encoder,
        retention: RetentionPolicy = KEEP_EVERYTHING,
        reader: Reader | None = None,
        outlet_names: Mapping[str, str] | None = None,
        store: PostgresAddress | None = None,
        *,
        progress: Progress | None = None,
        wait: bool = True,
    ) -> None:
        """Open the index in `folder`; see `open`. Raise BrokenIndex when it belongs to another encoder."""
        self.place = store or folder / NEWS_FILE
        self._retention = retention
        self._folder = folder
        self._encoder = encoder
        self._store = Store(self.place)
        self._check_encoder()
        take_feed_dates(self._store)
        forward_index.backfill(self._store)
        line_table.backfill(self._store)
        integrity.backfill(self._store)
        record_names(self._store)
        configure_threads()
        self._indexes = IndexSet(folder, self._store, encoder)
        self._pruner = Pruner(self._store, self._indexes, folder)
        on_commit = self._indexes.follow_commit
        self._pipeline = IngestPipeline(self._store, encoder, self.accepts, on_commit, outlet_names)
        query_encoder = BatchingEncoder(encoder)
        vectors, keywords = self._indexes.vectors, self._indexes.partitions
        self.retriever = CandidateRetriever(query_encoder, self._store, vectors, keywords)
        self._answerer = Answerer(self.retriever, reader)
        unhurried = reader.giving_way(self._pipeline.priority.yield_to_queries) if reader else None
        nearby = None if isinstance(encoder, ReferenceEncoder) else MIN_SIMILARITY
        self._background_answerer = Answerer(self.retriever.remembering(), unhurried, UNASKED, nearby)
        self._quote_search = QuoteSearch(query_encoder, self._store, self._indexes)
        self._indexes.start(progress or log.info, wait=wait)
        if self._indexes.unchecked:
            threading.Thread(target=self._indexes.check_files, name="checking", daemon=True).start()

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        model: str | None = None,
        models: Path | None = None,
        progress: Progress | None = None,
        retention: RetentionPolicy = KEEP_EVERYTHING,
        reader: str | None = None,
        outlet_names: Mapping[str, str] | None = None,
        store: PostgresAddress | None = None,
        wait: bool = True,
    ) -> Self:
        """Open the index in `folder`, or create one.

        `model` names another sentence-transformers model, `models` is the folder of the bundled one's export (by
        default in `folder`), `progress` is called with words about what takes long, `retention` bounds what `prune`
        leaves, `reader` is "none" for answers without one, or names another CrossEncoder of sentence-transformers,
        `outlet_names` are what outlets are called, by host. `store` is a server's database in which all is kept that is
        not derived; by default a file in `folder`. Without `wait` indexes that are to be made anew are made meanwhile:
        `ask` raises UnfinishedIndex until that is done. Raise BrokenIndex, in words for the owner.
        """
        _check_writable(folder, store)
        encoder = load_encoder(model, models or folder / "models", progress)
        parts = (retention, load_reader(reader, folder), outlet_names, store)
        return cls(folder, encoder, *parts, progress=progress, wait=wait)

    @staticmethod
    def rebuild(
        folder: Path,
        *,
        model: str | None = None,
        models: Path | None = None,
        progress: Callable[[int, int], None] | None = None,
        store: PostgresAddress | None = None,
    ) -> None:
        """Split and encode every article in `folder` anew, with `model`. Interrupted, the next call goes on.

        `model`, `models`, `store` and BrokenIndex are those of `open`; `progress` is called with (articles done,
        articles in all). Raise BusyIndex when the store cannot be written to.
        """
        _check_writable(folder, store)
        opened = Store(store or folder / NEWS_FILE)
        try:
            rebuild(opened, load_encoder(model, models or folder / "models"), progress)
        finally:
            opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def percent_built(self) -> int | None:
        """Return how far the indexes are made that `open` did not wait for; None when they are."""
        return self._indexes.percent_built

    def add(self, articles: Iterable[IngestItem], *, requested: bool = True) -> list[IngestResult]:
        """Put articles into the index, in order, and return what became of each; see `iter_add`.

        An article that is refused or unchanged may stand before one that came earlier and was still being
        encoded.
        """
        return list(self.iter_add(articles, requested=requested))

    def iter_add(self, articles: Iterable[IngestItem], *, requested: bool = True) -> Iterator[IngestResult]:
        """Put articles into the index, in order, committing in batches; yield what became of each.

        An article that is in the index unchanged costs no encoding; a changed one replaces the old. What was
        yielded as added is committed: stopping in between loses nothing of it. `requested` says that a person
        asked for the articles; one that nobody requested, and `accepts` does not let in, is refused. An article is
        the house's, or its feeds' circles' when it is `Announced`. Raise BusyIndex when the store cannot be written
        to.
        """
        yield from self._pipeline.iter_add(articles, requested=requested)
        self._indexes.save()

    def remove(self, url: str) -> bool:
        """Remove the article at `url`, or at an alias of it, for its owner; return False if there was none.

        Its address is blocked: `accepts` returns False for it from now on.
        """
        urls = self._store.known_urls(stored_url(url))
        return self._pruner.remove(urls[:1], block=True) > 0

    def remove_all(self, outlet: str | None = None, before: datetime | None = None) -> PruneResult:
        """Remove the articles of `outlet`, those published before a moment, or those of which both is true.

        Their addresses are blocked, as by `remove`, and the indexes compacted. Raise BusyIndex when another
        process writes for too long.
        """
        size = self._pruner.size()
        removed = self._pruner.remove(urls_matching(self._store, outlet, before), block=True)
        compact(self._store, self._indexes, full=True)
        return PruneResult(removed, max(0, size - self._pruner.size()))

    def prune(self, *, full: bool = False) -> PruneResult:
        """Remove what the retention policy does not keep (see `open`), and return its room to the disk.

        Questions are answered meanwhile. `full` also does what takes long and keeps other processes from
        writing. Raise BusyIndex when another process writes for too long.
        """
        return self._pruner.prune(self._retention, datetime.now(UTC), full=full)

    def accepts(self, url: str, outlet: str = "", published: datetime | None = None) -> bool:
        """Return True if an article that no person requested may be added.

        It may not when its owner removed it (until a person requests it), nor when it is older than what the
        retention policy keeps of its outlet.
        """
        return not (self._store.is_blocked(stored_url(url)) or self._retention.is_too_old(outlet, published))

    def count_not_found(self, url: str) -> bool:
        """Count a 404 or 410 of the page at `url`; return True if its article was removed.

        It is removed the second time in a row. `add` and `touch` reset the count.
        """
        url = stored_url(url)
        return self._store.count_not_found(url) >= NOT_FOUND_BEFORE_REMOVAL and self._pruner.remove([url]) > 0

    def forget_feeds(self, url: str, feeds: Collection[int]) -> None:
        """Forget that the article at `url` came from some feeds: it leaves the circles that have no other of its feeds."""
        with self._store.transaction():
            self._store.remove_feeds(stored_url(url), feeds)
        self._indexes.sync()

    def circles(self) -> frozenset[str]:
        """Return the keys of the house and of the circles that have feeds."""
        return frozenset(self._store.feeds_by_circle())

    def remove_circle(self, circle: str) -> None:
        """Remove a circle, the feeds that no other has, and at once its articles from its answers.

        Articles that no circle has any more leave the store at the next `prune`. Raise ValueError for the house.
        """
        with self._store.transaction():
            self._store.remove_circle(circle)
        self._indexes.sync()

    def take_upgrade_counts(self) -> Mapping[str, int]:
        """Return how many articles of an earlier version went to which circle, the first time after; {} else."""
        return self._store.take_upgrade_counts()

    def touch(self, url: str) -> None:
        """Reset the count of `count_not_found`: the outlet still has the page at `url`, unchanged."""
        self._store.touch(stored_url(url))

    def ask(
        self,
        text: str,
        *,
        now: datetime | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        outlets: Sequence[str] = (),
        previous: str | None = None,
        day_first: bool | None = None,
        among: SentenceIds | None = None,
        waiting: int = 0,
        circle: str | None = None,
    ) -> Answer:
        """Answer a question with quotes; the answer's `outcome` says when no article answers it.

        `now` is when it is asked, for "yesterday". `since` (inclusive), `until` (exclusive) and `outlets`
        outrank what the question itself says of them; `previous` is the same person's question before, for
        follow-ups; `day_first` is the order of numbers in the person's dates, None where it is not known;
        `among` are the numbers of the sentences to choose from, None all. `waiting` is how many questions wait
        behind this one: the more, the fewer are read. Raise BadQuestion when the text cannot be searched for.
        """
        self._indexes.refresh()
        table, now = self.article_table(circle), now or datetime.now(UTC)
        with stage(Stage.QUESTION):
            spell = self.retriever.spelling.among(table)
            question = parse_question(
                text, now=now, outlets=table.outlets, previous=previous, day_first=day_first, spell=spell
            )
        filtered = question.narrowed(SearchFilter(since, until, tuple(outlets)))
        with self._pipeline.priority.query():
            if filtered.since and filtered.names_only_a_time and among is None:
                stories = self.brief(filtered.since, filtered.until, filtered.outlets, MAX_QUOTES, circle)
                answer = self._answerer.answer_with_stories(filtered, table, stories)
            else:
                answer = self._answerer.answer(filtered, table, among, read_depth(waiting))
                answer = self._with_language_warning(answer)
        return replace(answer, is_behind=self.is_behind())

    def answer_from(
        self,
        text: str,
        arrivals: Sequence[ArrivedArticle],
        *,
        now: datetime | None = None,
        circle: str | None = None,
        day_first: bool | None = None,
    ) -> Answer:
        """Answer a question from these articles alone, without its filters. Raise BadQuestion as `ask` does.

        Articles that have gone, or that the circle does not see, are ignored. Its reading gives way to questions.
        """
        self._indexes.refresh()
        table, now = self.article_table(circle), now or datetime.now(UTC)
        spell = self.retriever.spelling.among(table)
        question = parse_question(text, now=now, outlets=table.outlets, day_first=day_first, spell=spell)
        rows = np.flatnonzero(np.isin(table.first_sentence, [arrival.first_sentence for arrival in arrivals]))
        return self._background_answerer.answer_from(question, table, rows)

    def find_quote(
        self, words: str, outlets: Sequence[str] = (), circle: str | None = None
    ) -> QuoteSearchResult:
        """Return the sentences that hold the words, word for word or nearly so, best first.

        `outlets` narrow the search; none means all. Raise BadQuestion when the words cannot be searched for.
        """
        self._indexes.refresh()
        with self._pipeline.priority.query():
            return self._quote_search.search(words, outlets, circle)

    def stats(self, circle: str | None = None) -> IndexStats:
        """Return how many articles a circle sees, of which outlets, and how much room the whole index takes."""
        return collect_stats(self._store, self._encoder.fingerprint, self._folder, circle)

    def save_snapshot(self, target: Path) -> SnapshotInfo:
        """Write the indexes, brought up to date, to a file; see `index.maintenance.index_snapshot`."""
        return save_snapshot(self._indexes, self._store, target)

    def check(self) -> integrity.IntegrityReport:
        """Read the whole store and say what of it is damaged; see `IntegrityReport`. It takes long."""
        return integrity.check(self._store)

    def article_table(self, circle: str | None = None) -> ArticleTable:
        """Return the metadata of the articles that a circle sees as columns, as of the last question or change."""
        return self._indexes.table(circle)

    def stored_articles(self) -> dict[str, StoredArticle]:
        """Return every article by its address. For evaluation: it reads all of them into memory."""
        stored = self._store.get_many(entry.first_sentence for entry in self._store.entries())
        return {one.article.url: one for one in stored.values()}

    def close(self) -> None:
        """Save a snapshot of the vectors if enough changed, and close the database and the threads."""
        self._indexes.close()
        self._pipeline.close()
        with suppress(sqlite3.ProgrammingError):
            self._indexes.save()
            self._store.close()
        self.retriever.close()

    def _with_language_warning(self, answer: Answer) -> Answer:
        """Return the answer with the languages that the bundled model does not support; another model may."""
        return answer if isinstance(self._encoder, ReferenceEncoder) else with_language_warning(answer)

    def _check_encoder(self) -> None:
        """Remember the encoder of a new index, and end an interrupted rebuild.

        Raise BrokenIndex when the index belongs to another encoder, or is half moved.
        """
        if self._store.meta(UNFINISHED_KEY):
            self._store.close()
            raise BrokenIndex(
                f"The index in {self.place} is half moved there. Run `verbatim migrate` again, as before; it goes on where "
                "it stopped."
            )
        own, known = self._encoder.fingerprint, self._store.meta(ENCODER_KEY)
        if known is None:
            self._store.set_meta(ENCODER_KEY, own)
        elif known not in (own, own + UNFINISHED_MARK):
            self._store.close()
            raise BrokenIndex(
                f"The index in {self.place} was made with another language model ({known}; this one is {own}). Set "
                "VERBATIM_MODEL back, or run `verbatim rebuild` to encode every article anew."
            )
        elif self._store.meta(REBUILD_KEY):
            log.info("going on with the rebuild that was interrupted")
            rebuild(self._store, self._encoder)


def _check_writable(folder: Path, store: PostgresAddress | None) -> None:
    """Create the data folder. Raise BrokenIndex when it cannot be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / (WRITABLE_FILE if store else NEWS_FILE)).touch()
    except OSError as error:
        raise BrokenIndex(
            f"The data folder {folder} cannot be used ({error.strerror}). "
            "Point VERBATIM_DATA at a folder this user may write to."
        ) from error
