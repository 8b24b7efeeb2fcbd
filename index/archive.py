"""The door: everything the bot may know of the news goes through `Archive`."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from index.answering.answerer import Answerer
from index.answering.answers import Answer, Context, Outcome, Quotation, in_context
from index.answering.candidates import Finder
from index.answering.quote_search import Quotations
from index.answering.story_clusters import Story, stories
from index.articles import Article
from index.encoding.encoder import Encoder, Progress, ReferenceEncoder, load_encoder
from index.encoding.query_batcher import TogetherEncoder
from index.errors import BrokenIndex, RefusedArticle
from index.ingest.batches import REBUILDING, rebuild
from index.ingest.pipeline import Added, Receiver
from index.maintenance.pruning import Pruned, Pruner, compact
from index.maintenance.retention import EVERYTHING, Keep, selected
from index.maintenance.stats import Stats, stats
from index.query.question import read
from index.retrieval import forward_index
from index.retrieval.article_table import Table
from index.retrieval.index_set import Derived
from index.storage.recent_articles import Fresh, arrived, copies, published_between
from index.storage.store import Revision, Store, Stored
from index.text.language_id import ENGLISH, question_language
from index.urls import canonical_url

FAR = datetime(9999, 1, 1, tzinfo=UTC)
BRIEFED = 1000  # articles that a brief looks at
GONE_AFTER = 2  # times that a page is not found, and its article goes
DATABASE = "verbatim.db"


class Archive:
    """An index of articles in a data folder: add, remove, ask.

    Every method blocks and may be called from any thread. Other processes may use the same folder: what they
    commit is seen at the next question.
    """

    def __init__(self, folder: Path, encoder: Encoder, keep: Keep = EVERYTHING) -> None:
        """Open the index in `folder`; raises BrokenIndex when it belongs to another encoder."""
        self._keep = keep
        self._folder = folder
        self._encoder = encoder
        self._store = Store(folder / DATABASE)
        self._check_encoder()
        forward_index.keep_missing(self._store)
        self._derived = Derived(folder, self._store, encoder)
        self._pruner = Pruner(self._store, self._derived, folder)
        self._receiver = Receiver(self._store, encoder, self.wanted, self._derived.catch_up)
        together = TogetherEncoder(encoder)
        self.finder = Finder(together, self._store, self._derived.vectors, self._derived.words)
        self._answerer = Answerer(self.finder)
        self._quotations = Quotations(together, self._store, self._derived)
        self._derived.catch_up()

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        model: str | None = None,
        models: Path | None = None,
        progress: Progress | None = None,
        keep: Keep = EVERYTHING,
    ) -> Self:
        """Open or create the index in `folder`; raises BrokenIndex in words fit for the owner.

        `model` names another sentence-transformers model, `models` is where the bundled one's export is kept
        (by default in the folder), `progress` is told what takes long, `keep` bounds what `prune` leaves.
        """
        _usable(folder)
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
        _usable(folder)
        store = Store(folder / DATABASE)
        try:
            rebuild(store, load_encoder(model, models or folder / "models"), progress)
        finally:
            store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, articles: Iterable[Article | RefusedArticle], *, asked: bool = True) -> Iterator[Added]:
        """Take in articles, in order, committing every few hundred sentences; yield what became of each.

        An article that is already here unchanged costs no encoding; a changed one replaces the old. What was
        yielded as added is committed: stopping in between loses nothing of it. `asked` says that a person gave
        them; what was found by itself, and is not `wanted`, is refused.
        """
        yield from self._receiver.add(articles, asked=asked)
        self._derived.save()

    def remove(self, url: str) -> bool:
        """Remove the article at `url`, or at a twin of it, from every answer, for its owner; say whether there was one.

        Its address is not `wanted` any more.
        """
        urls = [stored.article.url for stored in self._store.near(_address(url))]
        return self._pruner.remove(urls[:1], bar=True) > 0

    def remove_all(self, outlet: str | None = None, before: datetime | None = None) -> Pruned:
        """Remove an outlet's articles, those from before a moment, or the outlet's from before it; compact.

        Their addresses are not `wanted` any more. Raises BusyIndex.
        """
        taken = self._pruner.size()
        removed = self._pruner.remove(selected(self._store, outlet, before), bar=True)
        compact(self._store, self._derived, whole=True)
        return Pruned(removed, max(0, taken - self._pruner.size()))

    def prune(self, *, whole: bool = False) -> Pruned:
        """Remove what is not to be kept (see `open`), and give the room back to the disk. Raises BusyIndex.

        Questions go on meanwhile. With `whole` also what takes long and keeps other processes from writing.
        """
        return self._pruner.prune(self._keep, datetime.now(UTC), whole=whole)

    def wanted(self, url: str, outlet: str = "", published: datetime | None = None) -> bool:
        """Say whether an article that was found, not given by a person, is to come in.

        Not when its owner removed it (`add` by a person's wish brings it back), nor when it is older than what
        is kept.
        """
        return not (self._store.barred(_address(url)) or self._keep.too_old(outlet, published))

    def missing(self, url: str) -> bool:
        """Take down that the outlet no longer has the page at `url` (404 or 410); say whether the article is gone.

        It goes at the second time in a row: outlets err. Being seen again (`add`, `found`) starts the count anew.
        """
        url = _address(url)
        return self._store.missed(url) >= GONE_AFTER and self._pruner.remove([url]) > 0

    def found(self, url: str) -> None:
        """Take down that the outlet has the page at `url` still, and did not send it since it is unchanged."""
        self._store.seen(_address(url))

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
        self._derived.see_others()
        table = self.table()
        question = read(text, now=now or datetime.now(UTC), outlets=table.names, previous=previous)
        given = replace(
            question,
            since=since or question.since,
            until=until or question.until,
            outlets=tuple(outlets) or question.outlets,
        )
        with self._receiver.courtesy.asking():
            return self._warned(self._answerer.answer(given, table))

    def answer_from(self, text: str, fresh: Sequence[Fresh], *, now: datetime | None = None) -> Answer:
        """Answer a question from these articles alone, or say that none of them answers it; raises BadQuestion.

        What has left the index meanwhile, or was replaced, is passed over.
        """
        self._derived.see_others()
        table = self.table()
        question = read(text, now=now or datetime.now(UTC), outlets=table.names)
        rows = np.flatnonzero(np.isin(table.last, [one.mark for one in fresh]))
        return self._answerer.answer_from(question, table, rows)

    def article(self, url: str) -> Article | None:
        """Return the article at `url` as it is stored now; None when it is not, or no longer, in the index."""
        stored = self._store.at(_address(url))
        return stored.article if stored else None

    def context(self, url: str, words: str, start: int, around: int = 2) -> Context | None:
        """Return quoted words with up to `around` sentences before and after them, as the article is now.

        `start` is where the words stood when they were quoted: in a corrected article they may have moved, and
        the nearest place is taken. None when the article has left the index or no longer holds the words.
        """
        stored = self._store.at(_address(url))
        return in_context(stored, words, start, around) if stored else None

    def quotation(self, words: str, outlets: Sequence[str] = ()) -> Quotation:
        """Find the sentences that hold words somebody is said to have said; raises BadQuestion.

        `outlets` narrow the search; none means all.
        """
        self._derived.see_others()
        with self._receiver.courtesy.asking():
            return self._quotations.find(words, outlets)

    def latest(
        self, since: datetime, until: datetime | None = None, outlets: Sequence[str] = (), most: int = 200
    ) -> tuple[Fresh, ...]:
        """Return up to `most` articles published from `since` up to, not including, `until`; the newest first.

        An article that does not say when it was published counts from when it came in.
        """
        return published_between(self._store, since, until or FAR, outlets, most)

    def brief(
        self, since: datetime, until: datetime | None = None, outlets: Sequence[str] = (), most: int = 5
    ) -> tuple[Story, ...]:
        """Return the stories told from `since` up to, not including, `until`: what most outlets report first."""
        return stories(self.latest(since, until, outlets, BRIEFED), most)

    def arrivals(self, after: int, most: int = 200) -> tuple[Fresh, ...]:
        """Return up to `most` articles that came in, or were replaced, after the mark `after`, in that order.

        A follower keeps the last one's `mark` and gives it the next time, and misses nothing; `mark()` is where
        to begin. An article whose `added` lies before that was here already: it comes again with another
        headline or date, or with `revised` set when its text was corrected.
        """
        return arrived(self._store, after, most)

    def mark(self) -> int:
        """Return the mark of the last article that came in."""
        return self._store.watermark().next

    def copies(self, url: str) -> tuple[Article, ...]:
        """Return the near-copies of the article at `url`, in whatever outlet, the oldest first."""
        return copies(self._store, _address(url))

    def revisions(self, url: str) -> tuple[Revision, ...]:
        """Return the earlier texts of the article at `url`, the last replaced first."""
        return tuple(self._store.revisions(_address(url)))

    def outlets(self) -> tuple[str, ...]:
        """Return the names of the outlets, those with most articles first."""
        return tuple(row[0] for row in self._store.outlets())

    def stats(self) -> Stats:
        """Say what is in the index."""
        return stats(self._store, self._encoder.fingerprint, self._folder)

    def table(self) -> Table:
        """Return the articles as columns, as of the last question or change."""
        return self._derived.table()

    def entries(self) -> dict[str, Stored]:
        """Return every article by its address; for measuring, since it reads all of them."""
        stored = self._store.read(entry.first for entry in self._store.entries())
        return {one.article.url: one for one in stored.values()}

    def close(self) -> None:
        """Save the snapshot when that pays, and let go of the folder."""
        self._receiver.close()
        with suppress(sqlite3.ProgrammingError):
            self._derived.save()
            self._store.close()
        self.finder.close()

    def _warned(self, answer: Answer) -> Answer:
        """Say in which languages the answer may be weak; of a model an owner chose, nobody but they can tell."""
        if isinstance(self._encoder, ReferenceEncoder) or answer.outcome is Outcome.REPLY:
            return answer
        told = [question_language(answer.question.text), *(quote.article.language for quote in answer.quotes)]
        weak = dict.fromkeys(code for code in told if code and code != ENGLISH)
        return replace(answer, weak_in=tuple(weak)) if weak else answer

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


def _address(url: str) -> str:
    """Return the address as articles are known by it; what is no address is none of theirs."""
    with suppress(RefusedArticle):
        return canonical_url(url)
    return url


def _usable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / DATABASE).touch()
    except OSError as error:
        raise BrokenIndex(
            f"The data folder {folder} cannot be used ({error.strerror}). "
            "Point VERBATIM_DATA at a folder this user may write to."
        ) from error
