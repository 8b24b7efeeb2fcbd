"""What is held in memory of every article: which sentences are its own, when it appeared, in which outlet."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from index.store import Entry, moment
from index.words import Filter

UNKNOWN_TIME = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class Table:
    """The entries as columns, in order of sentence numbers."""

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    published: NDArray[np.int64]  # seconds since 1970, UNKNOWN_TIME where unknown
    outlet: NDArray[np.int64]  # index into `names`
    names: tuple[str, ...]

    def rows_of(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the row of each sentence number's article, -1 for a sentence that has left the index."""
        rows = np.searchsorted(self.first, numbers, side="right") - 1
        if not len(self.first):
            return np.full(len(numbers), -1, dtype=np.int64)
        return np.where((rows >= 0) & (numbers < self.last[rows]), rows, -1)

    def passing(self, narrow: Filter) -> NDArray[np.bool_]:
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

    def mask(self, passing: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return, over all sentence numbers, which belong to the passing rows."""
        size = int(self.last[-1]) + 1 if len(self.last) else 1
        steps = np.zeros(size + 1, dtype=np.int8)
        np.add.at(steps, self.first[passing], 1)
        np.add.at(steps, self.last[passing], -1)
        return np.cumsum(steps[:-1], dtype=np.int8).astype(np.bool_)

    def newest(self, passing: NDArray[np.bool_]) -> datetime | None:
        """Return when the newest of the passing rows appeared."""
        times = self.published[passing]
        newest = int(times.max()) if len(times) else UNKNOWN_TIME
        return None if newest == UNKNOWN_TIME else moment(newest)


@dataclass(slots=True)
class Catalog:
    """All articles of the index, kept up with the store; `table()` gives them as columns."""

    _entries: dict[int, Entry] = field(default_factory=dict)
    _table: Table | None = None

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, entries: Iterable[Entry]) -> None:
        """Take in new articles."""
        self._entries.update((entry.first, entry) for entry in entries)
        self._table = None

    def remove(self, first: int) -> None:
        """Forget the article whose sentences start at `first`."""
        self._entries.pop(first, None)
        self._table = None

    def table(self) -> Table:
        """Return the articles as columns; made anew only after a change."""
        if self._table is None:
            self._table = _columns(sorted(self._entries.values(), key=lambda entry: entry.first))
        return self._table


def _columns(entries: list[Entry]) -> Table:
    names = tuple(sorted({entry.outlet for entry in entries}))
    places = {name: place for place, name in enumerate(names)}
    return Table(
        first=np.array([entry.first for entry in entries], dtype=np.int64),
        last=np.array([entry.last for entry in entries], dtype=np.int64),
        published=np.array(
            [UNKNOWN_TIME if entry.published is None else entry.published for entry in entries],
            dtype=np.int64,
        ),
        outlet=np.array([places[entry.outlet] for entry in entries], dtype=np.int64),
        names=names,
    )
