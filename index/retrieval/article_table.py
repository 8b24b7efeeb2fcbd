"""What is held in memory of every article: which sentences are its own, when it appeared, in which outlet."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from index.retrieval.keyword_index import SearchFilter
from index.storage.records import StoredEntry, from_timestamp

UNKNOWN_TIME = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class ArticleTable:
    """The entries as columns, in order of sentence numbers."""

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    published: NDArray[np.int64]  # seconds since 1970, UNKNOWN_TIME where unknown
    outlet: NDArray[np.int64]  # index into `names`
    names: tuple[str, ...]

    def columns(self) -> tuple[NDArray[np.int64], ...]:
        """Return what is known of each article, as (articles,) arrays: first, last, published, outlet."""
        return self.first, self.last, self.published, self.outlet

    def rows_of(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the row of each sentence number's article, -1 for a sentence that has left the index."""
        rows = np.searchsorted(self.first, numbers, side="right") - 1
        if not len(self.first):
            return np.full(len(numbers), -1, dtype=np.int64)
        return np.where((rows >= 0) & (numbers < self.last[rows]), rows, -1)

    def matching(self, narrow: SearchFilter) -> NDArray[np.bool_]:
        """Return which rows pass the filter; an article of unknown date passes no bound on dates."""
        passing = np.ones(len(self.first), dtype=np.bool_)
        if narrow.since:
            passing &= self.published >= int(narrow.since.timestamp())
        if narrow.until:
            passing &= (self.published < int(narrow.until.timestamp())) & (self.published != UNKNOWN_TIME)
        if narrow.outlets:
            wanted = [place for place, name in enumerate(self.names) if name in narrow.outlets]
            passing &= np.isin(self.outlet, wanted)
        return passing

    def sentence_mask(self, passing: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return, over all sentence numbers, which belong to the passing rows."""
        least, size = (int(self.first[0]), int(self.last[-1]) + 1) if len(self.last) else (0, 1)
        steps = np.zeros(size + 1 - least, dtype=np.int8)
        steps[self.first[passing] - least] += 1
        steps[self.last[passing] - least] -= 1
        mask = np.zeros(size, dtype=np.bool_)  # below `least` is only what has gone: that costs nothing
        mask[least:] = np.cumsum(steps[:-1], dtype=np.int8)
        return mask

    def newest(self, passing: NDArray[np.bool_]) -> datetime | None:
        """Return when the newest of the passing rows appeared."""
        times = self.published[passing]
        newest = int(times.max()) if len(times) else UNKNOWN_TIME
        return None if newest == UNKNOWN_TIME else from_timestamp(newest)


@dataclass(slots=True)
class ArticleTableBuilder:
    """All articles of the index, kept up with the store; `table()` gives them as columns."""

    _table: ArticleTable = field(default_factory=lambda: _columns([]))
    _coming: list[StoredEntry] = field(default_factory=list)
    _gone: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.table().first)

    def add(self, entries: Iterable[StoredEntry]) -> None:
        """Take in new articles."""
        self._coming.extend(entries)

    def remove(self, first: int) -> None:
        """Forget the article whose sentences start at `first`."""
        self._gone.add(first)

    def table(self) -> ArticleTable:
        """Return the articles as columns; made anew only after a change."""
        if self._coming or self._gone:
            self._table = _joined(self._table, _columns(self._coming), self._gone)
            self._coming, self._gone = [], set()
        return self._table


def _columns(entries: list[StoredEntry]) -> ArticleTable:
    names = tuple({entry.outlet: None for entry in entries})
    places = {name: place for place, name in enumerate(names)}
    return ArticleTable(
        first=np.array([entry.first_sentence for entry in entries], dtype=np.int64),
        last=np.array([entry.last_sentence for entry in entries], dtype=np.int64),
        published=np.array(
            [UNKNOWN_TIME if entry.published is None else entry.published for entry in entries],
            dtype=np.int64,
        ),
        outlet=np.array([places[entry.outlet] for entry in entries], dtype=np.int64),
        names=names,
    )


def _joined(known: ArticleTable, coming: ArticleTable, gone: Collection[int]) -> ArticleTable:
    """Return the rows of both tables but those gone, in order; of the outlets those that still have a row."""
    columns = [np.concatenate(pair) for pair in zip(known.columns(), coming.columns(), strict=True)]
    columns[3][len(known.first) :] += len(known.names)
    order = np.argsort(columns[0], kind="stable")
    kept = order[~np.isin(columns[0][order], list(gone))]
    first, last, published, outlet = (column[kept] for column in columns)
    names = np.array([*known.names, *coming.names], dtype=object)
    used = np.bincount(outlet, minlength=len(names)) > 0
    left = sorted(set(names[used].tolist()))
    places = {name: place for place, name in enumerate(left)}
    moved = np.array([places.get(name, -1) for name in names], dtype=np.int64)
    return ArticleTable(first, last, published, moved[outlet], tuple(left))
