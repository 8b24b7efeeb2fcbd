"""The door: everything the bot may know of the news goes through `Archive`."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import numpy as np

from index.answering.answerer import Answerer
from index.answering.answers import Answer, AnswerOutcome, QuoteContext, QuoteSearchResult, find_in_context
from index.answering.candidates import CandidateRetriever
from index.answering.quote_search import QuoteSearch
from index.answering.story_clusters import Story, cluster_stories
from index.articles import Article
from index.encoding.encoder import Encoder, Progress, ReferenceEncoder, load_encoder
from index.encoding.query_batcher import BatchingEncoder
from index.errors import BrokenIndex, RefusedArticle
from index.ingest.batches import REBUILDING, rebuild
from index.ingest.pipeline import IngestPipeline, IngestResult
from index.maintenance.pruning import Pruner, PruneResult, compact
from index.maintenance.retention import KEEP_EVERYTHING, RetentionPolicy, urls_matching
from index.maintenance.stats import IndexStats, collect_stats
from index.query.question import parse_question
from index.retrieval import forward_index
from index.retrieval.article_table import ArticleTable
from index.retrieval.index_set import IndexSet
from index.storage.recent_articles import ArrivedArticle, arrived, near_duplicates, published_between
from index.storage.records import StoredArticle
from index.storage.store import Store
from index.text.language_id import ENGLISH, question_language
from index.urls import canonical_url

FAR_FUTURE = datetime(9999, 1, 1, tzinfo=UTC)
BRIEF_ARTICLES = 1000  # articles that a brief looks at
NOT_FOUND_BEFORE_REMOVAL = 2  # times that a page is not found, and its article goes
DATABASE = "verbatim.db"


class Archive:
    """An index of articles in a data folder: add, remove, ask.

    Every method blocks and may be called from any thread. Other processes may use the same folder: what they
    commit is seen at the next question.
    """

    def __init__(self, folder: Path, encoder: Encoder, keep: RetentionPolicy = KEEP_EVERYTHING) -> None:
        """Open the index in `folder`; raises BrokenIndex when it belongs to another encoder."""
        self._keep = keep
        self._folder = folder
        self._encoder = encoder
        self._store = Store(folder / DATABASE)
        self._check_encoder()
        forward_index.backfill(self._store)
        self._derived = IndexSet(folder, self._store, encoder)
        self._pruner = Pruner(self._store, self._derived, folder)
        self._receiver = IngestPipeline(self._store, encoder, self.accepts, self._derived.sync)
        together = BatchingEncoder(encoder)
        self.retriever = CandidateRetriever(
            together, self._store, self._derived.vectors, self._derived.keywords
        )
        self._answerer = Answerer(self.retriever)
        self._quotations = QuoteSearch(together, self._store, self._derived)
        self._derived.sync()

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        model: str | None = None,
        models: Path | None = None,
        progress: Progress | None = None,
        keep: RetentionPolicy = KEEP_EVERYTHING,
    ) -> Self:
        """Open or create the index in `folder`; raises BrokenIndex in words fit for the owner.

        `model` names another sentence-transformers model, `models` is where the bundled one's export is kept
        (by default in the folder), `progress` is told what takes long, `keep` bounds what `prune` leaves.
        """
        _check_writable(folder)
        return cls(folder, load_encoder(model, models or folder / "models", progress), keep)

    @staticmethod
    def rebuild(
        folder: Path,
        *,
        model: str | None = None,
        models: Path | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """Split and encode every article in `folder` anew, with `model`; may be interrupted and run again.

        `progress` hears (articles done, articles in all).
        """
        _check_writable(folder)
        store = Store(folder / DATABASE)
        try:
            rebuild(store, load_encoder(model, models or folder / "models"), progress)
        finally:
            store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(
        self, articles: Iterable[Article | RefusedArticle], *, requested: bool = True
    ) -> list[IngestResult]:
        """Take in articles, in order, and return what became of each; see `iter_add`.

        The results are in the order in which the articles were committed or refused, which need not be that of
        `articles`.
        """
        return list(self.iter_add(articles, requested=requested))

    def iter_add(
        self, articles: Iterable[Article | RefusedArticle], *, requested: bool = True
    ) -> Iterator[IngestResult]:
        """Take in articles, in order, committing every few hundred sentences; yield what became of each.

        An article that is already here unchanged costs no encoding; a changed one replaces the old. What was
        yielded as added is committed: stopping in between loses nothing of it. `requested` says that a person
        asked for them: what was found in a feed, and is not `accepts`, is refused. Nothing happens before the
        first result is asked for. Raise BusyIndex when the store cannot be written to.
        """
        yield from self._receiver.iter_add(articles, requested=requested)
        self._derived.save()

    def remove(self, url: str) -> bool:
        """Remove the article at `url`, or at a twin of it, from every answer, for its owner; say whether there was one.

        Its address is not `accepts` any more.
        """
        urls = [stored.article.url for stored in self._store.get_any_alias(_article_url(url))]
        return self._pruner.remove(urls[:1], block=True) > 0

    def remove_all(self, outlet: str | None = None, before: datetime | None = None) -> PruneResult:
        """Remove an outlet's articles, those from before a moment, or the outlet's from before it; compact.

        Their addresses are not `accepts` any more. Raises BusyIndex.
        """
        taken = self._pruner.size()
        removed = self._pruner.remove(urls_matching(self._store, outlet, before), block=True)
        compact(self._store, self._derived, full=True)
        return PruneResult(removed, max(0, taken - self._pruner.size()))

    def prune(self, *, whole: bool = False) -> PruneResult:
        """Remove what is not to be kept (see `open`), and give the room back to the disk. Raises BusyIndex.

        Questions go on meanwhile. With `whole` also what takes long and keeps other processes from writing.
        """
        return self._pruner.prune(self._keep, datetime.now(UTC), full=whole)

    def accepts(self, url: str, outlet: str = "", published: datetime | None = None) -> bool:
        """Say whether an article that was found, not given by a person, is to come in.

        Not when its owner removed it (`add` by a person's wish brings it back), nor when it is older than what
        is kept.
        """
        return not (self._store.is_blocked(_article_url(url)) or self._keep.is_too_old(outlet, published))

    def count_not_found(self, url: str) -> bool:
        """Take down that the outlet no longer has the page at `url` (404 or 410); say whether the article is gone.

        It goes at the second time in a row: outlets err. Being seen again (`add`, `touch`) starts the count anew.
        """
        url = _article_url(url)
        return self._store.count_not_found(url) >= NOT_FOUND_BEFORE_REMOVAL and self._pruner.remove([url]) > 0

    def touch(self, url: str) -> None:
        """Take down that the outlet has the page at `url` still, and did not send it since it is unchanged."""
        self._store.touch(_article_url(url))

    def ask(
        self,
        text: str,
        *,
        now: datetime | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        outlets: Sequence[str] = (),
        previous: str | None = None,
    ) -> Answer:
        """Answer a question with quotes, or say that nothing answers it.

        `since` (inclusive), `until` (exclusive) and `outlets` narrow the search beyond what the question says
        itself; `previous` is the same person's question before. Raises BadQuestion.
        """
        self._derived.refresh()
        table = self.table()
        question = parse_question(text, now=now or datetime.now(UTC), outlets=table.names, previous=previous)
        given = replace(
            question,
            since=since or question.since,
            until=until or question.until,
            outlets=tuple(outlets) or question.outlets,
        )
        with self._receiver.priority.query():
            return self._with_language_warning(self._answerer.answer(given, table))

    def answer_from(
        self, text: str, fresh: Sequence[ArrivedArticle], *, now: datetime | None = None
    ) -> Answer:
        """Answer a question from these articles alone, or say that none of them answers it; raises BadQuestion.

        What has left the index meanwhile, or was replaced, is passed over.
        """
        self._derived.refresh()
        table = self.table()
        question = parse_question(text, now=now or datetime.now(UTC), outlets=table.names)
        rows = np.flatnonzero(np.isin(table.last, [one.cursor for one in fresh]))
        return self._answerer.answer_from(question, table, rows)

    def article(self, url: str) -> Article | None:
        """Return the article at `url` as it is stored now; None when it is not, or no longer, in the index."""
        stored = self._store.get(_article_url(url))
        return stored.article if stored else None

    def context(self, url: str, words: str, start: int, around: int = 2) -> QuoteContext | None:
        """Return quoted words with up to `around` sentences before and after them, as the article is now.

        `start` is where the words stood when they were quoted: in a corrected article they may have moved, and
        the nearest place is taken. None when the article has left the index or no longer holds the words.
        """
        stored = self._store.get(_article_url(url))
        return find_in_context(stored, words, start, around) if stored else None

    def find_quote(self, words: str, outlets: Sequence[str] = ()) -> QuoteSearchResult:
        """Find the sentences that hold words somebody is said to have said; raises BadQuestion.

        `outlets` narrow the search; none means all.
        """
        self._derived.refresh()
        with self._receiver.priority.query():
            return self._quotations.search(words, outlets)

    def latest(
        self, since: datetime, until: datetime | None = None, outlets: Sequence[str] = (), most: int = 200
    ) -> tuple[ArrivedArticle, ...]:
        """Return up to `most` articles published from `since` up to, not including, `until`; the newest first.

        An article that does not say when it was published counts from when it came in.
        """
        return published_between(self._store, since, until or FAR_FUTURE, outlets, most)

    def brief(
        self, since: datetime, until: datetime | None = None, outlets: Sequence[str] = (), most: int = 5
    ) -> tuple[Story, ...]:
        """Return the stories told from `since` up to, not including, `until`: what most outlets report first."""
        return cluster_stories(self.latest(since, until, outlets, BRIEF_ARTICLES), most)

    def arrivals(self, after: int, most: int = 200) -> tuple[ArrivedArticle, ...]:
        """Return up to `most` articles that came in, or were replaced, after the mark `after`, in that order.

        A follower keeps the last one's `cursor` and gives it the next time, and misses nothing; `cursor()` is where
        to begin. An article whose `added` lies before that was here already: it comes again with another
        headline or date, or with `revised` set when its text was corrected.
        """
        return arrived(self._store, after, most)

    def cursor(self) -> int:
        """Return the mark of the last article that came in."""
        return self._store.watermark().next

    def near_duplicates(self, url: str) -> tuple[Article, ...]:
        """Return the near-copies of the article at `url`, in whatever outlet, the oldest first."""
        return near_duplicates(self._store, _article_url(url))

    def outlets(self) -> tuple[str, ...]:
        """Return the names of the outlets, those with most articles first."""
        return tuple(row[0] for row in self._store.outlets())

    def stats(self) -> IndexStats:
        """Say what is in the index."""
        return collect_stats(self._store, self._encoder.fingerprint, self._folder)

    def table(self) -> ArticleTable:
        """Return the articles as columns, as of the last question or change."""
        return self._derived.table()

    def entries(self) -> dict[str, StoredArticle]:
        """Return every article by its address; for measuring, since it reads all of them."""
        stored = self._store.get_many(entry.first_sentence for entry in self._store.entries())
        return {one.article.url: one for one in stored.values()}

    def close(self) -> None:
        """Save the snapshot when that pays, and let go of the folder."""
        self._receiver.close()
        with suppress(sqlite3.ProgrammingError):
            self._derived.save()
            self._store.close()
        self.retriever.close()

    def _with_language_warning(self, answer: Answer) -> Answer:
        """Say in which languages the answer may be weak; of a model an owner chose, nobody but they can tell."""
        if isinstance(self._encoder, ReferenceEncoder) or answer.outcome is AnswerOutcome.REPLY:
            return answer
        told = [question_language(answer.question.text), *(quote.article.language for quote in answer.quotes)]
        weak = dict.fromkeys(code for code in told if code and code != ENGLISH)
        return replace(answer, unsupported_languages=tuple(weak)) if weak else answer

    def _check_encoder(self) -> None:
        known = self._store.meta("encoder")
        if known is None:
            self._store.set_meta("encoder", self._encoder.fingerprint)
        elif known != self._encoder.fingerprint:
            self._store.close()
            raise BrokenIndex(
                f"The index in {self._folder} was made with another language model ({known}; this one is "
                f"{self._encoder.fingerprint}). Set VERBATIM_MODEL back, or run `verbatim rebuild` to encode "
                "every article anew."
            )
        elif self._store.meta(REBUILDING):
            self._store.close()
            raise BrokenIndex(
                f"The index in {self._folder} is half rebuilt. Run `verbatim rebuild` again; it goes on where it stopped."
            )


def _article_url(url: str) -> str:
    """Return the address as articles are known by it; what is no address is none of theirs."""
    with suppress(RefusedArticle):
        return canonical_url(url)
    return url


def _check_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / DATABASE).touch()
    except OSError as error:
        raise BrokenIndex(
            f"The data folder {folder} cannot be used ({error.strerror}). "
            "Point VERBATIM_DATA at a folder this user may write to."
        ) from error
