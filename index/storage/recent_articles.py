"""What is new: articles by time, or in the order they came in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from index.articles import Article, Span
from index.storage.store import Row, Store, StoredArticle

LEAD_SENTENCES = 3  # first sentences that, with the headline, say what an article is about


@dataclass(frozen=True, slots=True)
class ArrivedArticle:
    """An article with what is needed to group, follow and quote it.

    `cursor` is its place in the order of arrival: a corrected article gets a new one. Near-copies have the same
    `cluster_id`. `lead` are its first quotable sentences, `vector` (d,) the unit mean of theirs and the headline's:
    the inner product of two is how much they are about the same.
    """

    article: Article
    cursor: int
    added: datetime
    cluster_id: int
    lead: tuple[Span, ...]
    vector: NDArray[np.float32]

    @property
    def time(self) -> datetime:
        """Give when it was published; when it came in, if nobody says."""
        return self.article.published or self.added


def published_between(
    store: Store, since: datetime, until: datetime, outlets: Sequence[str], limit: int
) -> tuple[ArrivedArticle, ...]:
    """Return the articles of a stretch of time, `since` inclusive, `until` exclusive, the newest first."""
    named = f"AND outlet IN ({', '.join('?' * len(outlets))})" if outlets else ""
    rows = store.query(
        "SELECT first FROM articles WHERE coalesce(published, added) >= ? AND coalesce(published, added) < ?"
        f" {named} ORDER BY coalesce(published, added) DESC, first DESC LIMIT ?",
        *(since.timestamp(), until.timestamp(), *outlets, limit),
    )
    return _fresh(store, rows)


def arrived(store: Store, after: int, limit: int) -> tuple[ArrivedArticle, ...]:
    """Return the articles that came in or were replaced after `after`, in that order."""
    return _fresh(
        store, store.query("SELECT first FROM articles WHERE last > ? ORDER BY first LIMIT ?", after, limit)
    )


def near_duplicates(store: Store, url: str) -> tuple[Article, ...]:
    """Return the near-copies of the article under `url`, the oldest first."""
    rows = store.query(
        "SELECT first FROM articles WHERE story = (SELECT story FROM articles WHERE url = ?) AND url != ?"
        " ORDER BY coalesce(published, added), first",
        *(url, url),
    )
    return tuple(stored.article for stored in _read(store, rows))


def _read(store: Store, rows: Sequence[Row]) -> list[StoredArticle]:
    firsts = [row[0] for row in rows]
    found = store.get_many(firsts)
    return [found[first] for first in firsts if first in found]


def _fresh(store: Store, rows: Sequence[Row]) -> tuple[ArrivedArticle, ...]:
    return tuple(
        ArrivedArticle(
            stored.article,
            stored.first_sentence + len(stored.spans),
            stored.added,
            stored.first_sentence if stored.cluster_id is None else stored.cluster_id,
            stored.spans[1 : 1 + LEAD_SENTENCES],
            _mean(store.vectors(stored.first_sentence)[: 1 + LEAD_SENTENCES]),
        )
        for stored in _read(store, rows)
    )


def _mean(vectors: NDArray[np.float16]) -> NDArray[np.float32]:
    mean = vectors.astype(np.float32).mean(axis=0)
    unit: NDArray[np.float32] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return unit
