"""The ingest pipeline: while a batch is encoded, the one before is stored and the one after is split."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from index.articles import Article
from index.encoding.encoder import Encoder
from index.encoding.passage_encoder import PassageEncoder
from index.errors import RefusedArticle
from index.ingest.batches import (
    ADDED_BY_HAND,
    EncodedBatch,
    PreparedArticle,
    commit_batch,
    encode_batch,
    prepare_if_changed,
    resolve_url,
)
from index.ingest.origins import Announced, trust_in
from index.ingest.outlet_binding import OutletBinding
from index.ingest.query_priority import QueryPriority
from index.storage.store import Store
from index.urls import canonical_url, url_aliases

# Sentences encoded and committed together. Judged: the first result comes soon, and a large import commits
# seldom.
FIRST_BATCH_SENTENCES, MAX_BATCH_SENTENCES = 64, 1024
NOT_ACCEPTED_REASON = "its owner removed it from the index, or it is older than what is kept"
IngestItem = Article | Announced | RefusedArticle
AcceptsArticle = Callable[[str, str, datetime | None], bool]  # (address, outlet, published)


class IngestOutcome(StrEnum):
    """What became of an article."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of one article; `reason` says why it was refused, `sentences` how many can be quoted."""

    url: str
    title: str
    outcome: IngestOutcome
    reason: str | None = None
    sentences: int = 0


class _InFlightBatch(NamedTuple):
    """A batch that is being encoded."""

    articles: Sequence[PreparedArticle]
    encoded: Future[EncodedBatch]


class IngestPipeline:
    """Puts articles into a store. Any thread may use it."""

    def __init__(
        self,
        store: Store,
        encoder: Encoder,
        accepts: AcceptsArticle,
        on_commit: Callable[[], None],
        own_names: Mapping[str, str] | None = None,
    ) -> None:
        """Ask `accepts` about articles that no person requested; call `on_commit` after each commit.

        `own_names` are the names that the owner gave to outlets, by host.
        """
        self.priority = QueryPriority()
        self._store = store
        self._binding = OutletBinding(store, own_names or {})
        self._encoder = PassageEncoder(encoder, self.priority.yield_to_queries)
        self._accepts = accepts
        self._on_commit = on_commit
        self._encoding = ThreadPoolExecutor(1, "encoding ahead")

    def close(self) -> None:
        """Stop the encoding thread. `iter_add` raises RuntimeError afterwards."""
        self._encoding.shutdown(wait=False, cancel_futures=True)

    def iter_add(self, articles: Iterable[IngestItem], *, requested: bool) -> Iterator[IngestResult]:
        """Put articles into the store, in order, and yield what became of each; see `Archive.iter_add`."""
        batch: list[PreparedArticle] = []
        in_flight: list[_InFlightBatch] = []  # the batch before, if there is one
        batch_sentences = FIRST_BATCH_SENTENCES
        for entry in articles:
            item, feeds = _with_feeds(entry)
            if _is_pending(item, chain(batch, *(before.articles for before in in_flight))):
                # Of two texts of one article the later must stay: the earlier is committed first.
                yield from self._commit([*in_flight, *self._encode(batch)], requested=requested)
                batch, in_flight = [], []
            self.priority.yield_to_queries()
            outcome = self._prepare(item, feeds, requested=requested)
            if isinstance(outcome, IngestResult):
                yield outcome
                continue
            batch.append(outcome)
            if sum(len(prepared.spans) for prepared in batch) >= batch_sentences:
                before, in_flight, batch = in_flight, self._encode(batch), []
                yield from self._commit(before, requested=requested)
                batch_sentences = min(2 * batch_sentences, MAX_BATCH_SENTENCES)
        yield from self._commit([*in_flight, *self._encode(batch)], requested=requested)

    def _prepare(
        self, item: Article | RefusedArticle, feeds: frozenset[int], *, requested: bool
    ) -> IngestResult | PreparedArticle:
        if isinstance(item, RefusedArticle):
            return IngestResult(item.url or "", item.title or "", IngestOutcome.REFUSED, str(item))
        try:
            item = item if feeds == ADDED_BY_HAND else self._binding.bind(item, feeds)
            if not requested and not self._accepts(item.url, item.outlet, item.published):
                return IngestResult(item.url, item.title, IngestOutcome.REFUSED, NOT_ACCEPTED_REASON)
            known = replace(item, url=resolve_url(self._store, item))
            more_trusted = self._compare_trust(known.url, feeds)
            prepared = (
                None
                if more_trusted < 0
                else prepare_if_changed(self._store, known, overrules=more_trusted > 0)
            )
        except RefusedArticle as refusal:
            return IngestResult(item.url, item.title, IngestOutcome.REFUSED, str(refusal))
        if prepared:
            return replace(prepared, feeds=feeds, overrules=more_trusted > 0)
        self._add_feeds(known.url, feeds)
        return IngestResult(known.url, item.title, IngestOutcome.UNCHANGED)

    def _compare_trust(self, url: str, feeds: frozenset[int]) -> int:
        """Return how much more `feeds` are trusted about an address than those its article came from, 0 without one."""
        known = self._store.feeds_of_url(url)
        return trust_in(self._store, feeds, url) - trust_in(self._store, known, url) if known else 0

    def _add_feeds(self, url: str, feeds: frozenset[int]) -> None:
        """Record that an article, which says nothing new, came from these feeds too."""
        if feeds <= self._store.feeds_of_url(url):
            return
        with self._store.transaction():
            self._store.add_feeds(url, feeds)
        self._on_commit()

    def _encode(self, articles: Sequence[PreparedArticle]) -> list[_InFlightBatch]:
        """Start to encode a batch; return it in a list, which is empty if the batch is."""
        if not articles:
            return []
        batch = EncodedBatch.of(self._store, articles)
        return [_InFlightBatch(articles, self._encoding.submit(encode_batch, self._encoder, batch))]

    def _commit(self, in_flight: Iterable[_InFlightBatch], *, requested: bool) -> Iterator[IngestResult]:
        fingerprint = self._encoder.fingerprint
        for articles, encoded in in_flight:
            replaced = commit_batch(self._store, encoded.result(), fingerprint, requested=requested)
            self._on_commit()
            for prepared, again in zip(articles, replaced, strict=True):
                yield _committed(prepared, again)


def _committed(prepared: PreparedArticle, replaced: bool | None) -> IngestResult:
    """Return what became of an article, by what `commit_batch` says of it."""
    url, title = prepared.article.url, prepared.article.title
    if replaced is None:
        return IngestResult(url, title, IngestOutcome.REFUSED, NOT_ACCEPTED_REASON)
    outcome = IngestOutcome.REPLACED if replaced else IngestOutcome.ADDED
    return IngestResult(url, title, outcome, sentences=len(prepared.spans) - 1)  # without the headline


def _with_feeds(item: IngestItem) -> tuple[Article | RefusedArticle, frozenset[int]]:
    """Return an item and the feeds that it came from."""
    return (item.article, item.feeds) if isinstance(item, Announced) else (item, ADDED_BY_HAND)


def _is_pending(item: Article | RefusedArticle, batch: Iterable[PreparedArticle]) -> bool:
    """Return True if the batch holds an article of the same address or of an alias of it."""
    with suppress(RefusedArticle):
        address = canonical_url(item.url)
        return not {address, *url_aliases(address)}.isdisjoint(prepared.article.url for prepared in batch)
    return False
