"""Articles -> what became of each: while a batch is encoded the one before is stored, and the one after split."""

from collections.abc import Callable, Iterable, Iterator, Sequence
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
    EncodedBatch,
    PreparedArticle,
    commit,
    encode,
    prepare_if_changed,
    resolve_url,
)
from index.ingest.query_priority import QueryPriority
from index.storage.store import Store
from index.urls import canonical_url, url_aliases

FIRST_BATCH, BATCH = 64, 1024  # sentences encoded and committed together, at first and later
NOT_ACCEPTED = "its owner removed it from the index, or it is older than what is kept"
AcceptsArticle = Callable[[str, str, datetime | None], bool]  # (address, outlet, published)


class IngestOutcome(StrEnum):
    """What became of an article."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of one article; `reason` says in words why it was refused."""

    url: str
    title: str
    outcome: IngestOutcome
    reason: str | None = None
    sentences: int = 0


class _InFlightBatch(NamedTuple):
    """A batch while it is encoded."""

    articles: Sequence[PreparedArticle]
    encoded: Future[EncodedBatch]


class IngestPipeline:
    """Takes articles into a store. Any thread may use it."""

    def __init__(
        self, store: Store, encoder: Encoder, wanted: AcceptsArticle, committed: Callable[[], None]
    ) -> None:
        """`wanted` is asked of articles that no person gave; `committed` is called after each commit."""
        self.priority = QueryPriority()
        self._store = store
        self._encoder = PassageEncoder(encoder, self.priority.yield_to_queries)
        self._wanted = wanted
        self._committed = committed
        self._ahead = ThreadPoolExecutor(1, "encoding ahead")

    def close(self) -> None:
        """Let go of the thread; nothing is taken in any more."""
        self._ahead.shutdown(wait=False, cancel_futures=True)

    def iter_add(
        self, articles: Iterable[Article | RefusedArticle], *, requested: bool
    ) -> Iterator[IngestResult]:
        """Take in articles, in order, as `Archive.iter_add` has it."""
        batch: list[PreparedArticle] = []
        coming: list[_InFlightBatch] = []  # the batch before, if there is one
        enough = FIRST_BATCH
        for item in articles:
            if _is_pending(item, chain(batch, *(before.articles for before in coming))):
                yield from self._commit(
                    [*coming, *self._encode(batch)]
                )  # the later of two texts is the one that stays
                batch, coming = [], []
            self.priority.yield_to_queries()
            outcome = self._prepare(item, requested=requested)
            if isinstance(outcome, IngestResult):
                yield outcome
                continue
            batch.append(outcome)
            if sum(len(waiting.spans) for waiting in batch) >= enough:
                before, coming, batch = coming, self._encode(batch), []
                yield from self._commit(before)
                enough = min(2 * enough, BATCH)
        yield from self._commit([*coming, *self._encode(batch)])

    def _prepare(self, item: Article | RefusedArticle, *, requested: bool) -> IngestResult | PreparedArticle:
        if isinstance(item, RefusedArticle):
            return IngestResult(item.url or "", item.title or "", IngestOutcome.REFUSED, str(item))
        try:
            if not requested and not self._wanted(item.url, item.outlet, item.published):
                return IngestResult(item.url, item.title, IngestOutcome.REFUSED, NOT_ACCEPTED)
            known = replace(item, url=resolve_url(self._store, item))
            return prepare_if_changed(self._store, known) or IngestResult(
                known.url, item.title, IngestOutcome.UNCHANGED
            )
        except RefusedArticle as refusal:
            return IngestResult(item.url, item.title, IngestOutcome.REFUSED, str(refusal))

    def _encode(self, articles: Sequence[PreparedArticle]) -> list[_InFlightBatch]:
        """Begin to encode a batch, if there is anything in it."""
        if not articles:
            return []
        batch = EncodedBatch.of(self._store, articles)
        return [_InFlightBatch(articles, self._ahead.submit(encode, self._encoder, batch))]

    def _commit(self, coming: Iterable[_InFlightBatch]) -> Iterator[IngestResult]:
        for articles, encoded in coming:
            replaced = commit(self._store, encoded.result())
            self._committed()
            for waiting, again in zip(articles, replaced, strict=True):
                result = IngestOutcome.REPLACED if again else IngestOutcome.ADDED
                yield IngestResult(
                    waiting.article.url, waiting.article.title, result, None, len(waiting.spans) - 1
                )


def _is_pending(item: Article | RefusedArticle, batch: Iterable[PreparedArticle]) -> bool:
    """Say whether an article of the same address, or of a twin, waits in the batch."""
    with suppress(RefusedArticle):
        address = canonical_url(item.url)
        return not {address, *url_aliases(address)}.isdisjoint(waiting.article.url for waiting in batch)
    return False
