"""Recent articles: by time of publication, or in the order they came in; and an article's near-duplicates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil

import numpy as np
from numpy.typing import NDArray

from index.articles import Article, Span
from index.circles import HOUSE
from index.storage.circles import VISIBLE_FIRSTS
from index.storage.engine import Row
from index.storage.records import StoredArticle
from index.storage.store import Store

LEAD_SENTENCES = 3  # first sentences that, with the headline, say what an article is about; judged
MIN_NORM = 1e-9  # keeps a vector of zeros from a division by zero


@dataclass(frozen=True, slots=True)
class ArrivedArticle:
    """An article with what is needed to group, follow and quote it.

    `cursor` is its place in the order of arrival: a corrected article gets a new one, and one that was there before a
    feed of the circle brought it has that of the latter. `first_sentence` is its number. Near-duplicates have
    the same `cluster_id`. `lead` are its first quotable sentences, `vector` (d,) the float32 unit mean of
    theirs and the headline's: the inner product of two is how much they are about the same.
    """

    article: Article
    first_sentence: int
    cursor: int
    added: datetime
    cluster_id: int
    lead: tuple[Span, ...]
    vector: NDArray[np.float32]

    @property
    def time(self) -> datetime:
        """Return when it was published, or when it came in where that is not known."""
        return self.article.published or self.added


def published_between(
    store: Store,
    since: datetime,
    until: datetime,
    outlets: Sequence[str],
    limit: int,
    circle: str | None = None,
) -> tuple[ArrivedArticle, ...]:
    """Return up to `limit` articles that a circle sees from `since` up to, not including, `until`, the newest first.

    `outlets` are their names; none means all. So does a `circle` of None.
    """
    named = f"AND outlet IN ({', '.join('?' * len(outlets))})" if outlets else ""
    rows = store.query(
        "SELECT first FROM articles WHERE coalesce(published, added) >= ? AND coalesce(published, added) < ?"
        f" {named} {_seen(circle)} ORDER BY coalesce(published, added) DESC, first DESC LIMIT ?",
        *(ceil(since.timestamp()), ceil(until.timestamp()), *outlets, *_keys(circle), limit),
    )
    return _load_arrived(store, rows)


def arrived(store: Store, after: int, limit: int, circle: str | None = None) -> tuple[ArrivedArticle, ...]:
    """Return up to `limit` articles that came in or were replaced after the cursor `after`, in that order.

    They are those that a circle sees; None means all. To a circle an article comes in when a feed that it sees brings
    it, whoever had it before.
    """
    if circle is None:
        return _load_arrived(
            store,
            store.query("SELECT first FROM articles WHERE last > ? ORDER BY first LIMIT ?", after, limit),
        )
    rows = store.query(
        "SELECT first, arrived FROM (SELECT first, min(CASE WHEN joined > last THEN joined ELSE last END) AS arrived"
        " FROM sources JOIN articles USING (first)"
        " JOIN feed_circles USING (feed) JOIN circles ON circles.id = circle WHERE circles.key IN (?, ?)"
        " AND first IN (SELECT first FROM articles WHERE last > ? UNION"
        " SELECT first FROM sources WHERE joined > ? AND joined > 0)"
        " GROUP BY first) AS heard WHERE arrived > ? ORDER BY arrived LIMIT ?",
        *(HOUSE, circle, after, after, after, limit),
    )
    cursors: dict[int, int] = dict(rows)
    return tuple(replace(one, cursor=cursors[one.first_sentence]) for one in _load_arrived(store, rows))


def near_duplicates(store: Store, url: str, circle: str | None = None) -> tuple[Article, ...]:
    """Return the near-duplicates that a circle sees (None: all) of the article under `url`, the oldest first."""
    rows = store.query(
        "SELECT first FROM articles WHERE story = (SELECT story FROM articles WHERE url = ?) AND url != ?"
        f" {_seen(circle)} ORDER BY coalesce(published, added), first",
        *(url, url, *_keys(circle)),
    )
    return tuple(stored.article for stored in _load(store, rows))


def _seen(circle: str | None) -> str:
    """Return the condition that narrows a query to what a circle sees."""
    if circle is None:
        return ""
    return f"AND EXISTS ({VISIBLE_FIRSTS} AND sources.first = articles.first)"


def _keys(circle: str | None) -> tuple[str, ...]:
    """Return the value that `_seen` leaves to be bound."""
    return () if circle is None else (circle,)


def _load(store: Store, rows: Sequence[Row]) -> list[StoredArticle]:
    """Return the articles of rows of first sentences, in the same order."""
    firsts = [row[0] for row in rows]
    found = store.get_many(firsts)
    return [found[first] for first in firsts if first in found]


def _load_arrived(store: Store, rows: Sequence[Row]) -> tuple[ArrivedArticle, ...]:
    return tuple(
        ArrivedArticle(
            article=stored.article,
            first_sentence=stored.first_sentence,
            cursor=stored.first_sentence + len(stored.spans),
            added=stored.added,
            cluster_id=stored.first_sentence if stored.cluster_id is None else stored.cluster_id,
            lead=stored.spans[1 : 1 + LEAD_SENTENCES],
            vector=_unit_mean(store.vectors(stored.first_sentence)[: 1 + LEAD_SENTENCES]),
        )
        for stored in _load(store, rows)
    )


def _unit_mean(vectors: NDArray[np.float16]) -> NDArray[np.float32]:
    """Return the mean of (n, d) vectors, of length 1, as float32."""
    mean = vectors.astype(np.float32).mean(axis=0)
    unit: NDArray[np.float32] = mean / max(float(np.linalg.norm(mean)), MIN_NORM)
    return unit
