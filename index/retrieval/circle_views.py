"""What a circle sees of the index: its rows of the article table, a mask of its sentences, its keyword documents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from index.arrays import BoolArray, IntArray, SentenceIds
from index.circles import HOUSE
from index.retrieval import forward_index
from index.retrieval.article_table import HOUSE_ALONE, ArticleTable, Reach
from index.storage.store import Store

MAX_VIEWS = 64  # circles whose rows and mask are kept; judged: 1 MB each for a million sentences


@dataclass(slots=True)
class CircleViews:
    """The circles of every article, followed by watermark beside the article table, and a view of it for each circle.

    `first` and `feed` are pairs, (n,) int64 each: the article whose headline has that number came from that feed.
    Pairs of articles that have left the table are ignored, and dropped when they are many.
    """

    first: SentenceIds = field(default_factory=lambda: np.empty(0, np.int64))
    feed: IntArray = field(default_factory=lambda: np.empty(0, np.int64))
    _feeds: Mapping[str, frozenset[int]] = field(default_factory=dict)
    _version: int = -1  # of the store's circles
    _next: int = 0  # articles whose headline has a smaller number are known
    _views: dict[str, ArticleTable] = field(default_factory=dict)
    _words: dict[str, tuple[bytes, tuple[int, int]]] = field(
        default_factory=dict
    )  # of each circle's own articles

    def sync(self, store: Store, following: int, regrouped: Iterable[int]) -> None:
        """Read the feeds of the articles below `following` that are new or `regrouped`, and of circles that changed."""
        version = store.circles_version()
        if version != self._version:
            self._feeds, self._version = store.feeds_by_circle(), version
            self._views.clear()
        again = [first for first in regrouped if first < self._next]
        new = [pair for pair in store.sources_from(self._next) if pair[0] < following]
        new += [(first, feed) for first, feeds in store.sources_of(again).items() for feed in feeds]
        if again or new:
            kept = ~np.isin(self.first, again)
            pairs = np.array(new, dtype=np.int64).reshape(-1, 2)
            self.first = np.concatenate([self.first[kept], pairs[:, 0]])
            self.feed = np.concatenate([self.feed[kept], pairs[:, 1]])
            self._views.clear()
        self._next = max(self._next, following)

    def view(self, table: ArticleTable, circle: str | None, store: Store) -> ArticleTable:
        """Return the rows of `table` that a circle sees: the house's and its own; None sees all.

        An unknown circle sees the house.
        """
        if circle is None:
            return table
        key = circle if circle in self._feeds else HOUSE
        known = self._views.get(key)
        if known is not None and known.whole is table:
            return known
        view = self._view(table, key, store)
        self._views.pop(key, None)
        while len(self._views) >= MAX_VIEWS:
            self._views.pop(next(iter(self._views)))
        self._views[key] = view
        return view

    def _view(self, table: ArticleTable, key: str, store: Store) -> ArticleTable:
        if len(self.first) > 2 * len(table.first_sentence) + MAX_VIEWS:
            kept = np.isin(self.first, table.first_sentence)
            self.first, self.feed = self.first[kept], self.feed[kept]
        house = self._rows(table, self._feeds.get(HOUSE, frozenset()))
        own_feeds = self._feeds[key] - self._feeds.get(HOUSE, frozenset())
        own = self._rows(table, own_feeds) & ~house if own_feeds else np.zeros_like(house)
        sentences = int((table.end_sentence[own] - table.first_sentence[own]).sum())
        reach = HOUSE_ALONE
        if sentences:
            words = self._count_words(key, table.first_sentence[own], store)
            reach = Reach(tuple(sorted(own_feeds)), sentences, words)
        return table.subset(house | own, reach)

    def _count_words(self, key: str, firsts: SentenceIds, store: Store) -> tuple[int, int]:
        """Return how many words a circle's own sentences have, and how many with those of their contexts."""
        known = self._words.get(key)
        if known is None or known[0] != firsts.tobytes():
            known = self._words[key] = (firsts.tobytes(), forward_index.count_words(store, firsts.tolist()))
        return known[1]

    def _rows(self, table: ArticleTable, feeds: frozenset[int]) -> BoolArray:
        """Return which rows of a table came from one of some feeds, (articles,)."""
        firsts = self.first[np.isin(self.feed, list(feeds))]
        return np.isin(table.first_sentence, firsts)
