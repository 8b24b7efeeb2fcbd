"""The articles of the index as columns in memory: sentence numbers, publication times, outlets."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import numpy as np

from index.arrays import BoolArray, IntArray, SentenceIds
from index.retrieval.keyword_index import SearchFilter
from index.storage.engine import Row
from index.storage.records import from_timestamp

UNKNOWN_TIME = np.iinfo(np.int64).min  # in `ArticleTable.published`
FIRST_TIME = int(datetime.min.replace(tzinfo=UTC).timestamp())  # that a datetime can hold
LAST_TIME = int(datetime.max.replace(tzinfo=UTC).timestamp())


@dataclass(frozen=True, slots=True)
class Reach:
    """Which keyword documents outside the house a search may find.

    `feeds` are those they came from, None any; `sentences` is how many such documents there are, where that is known,
    and `words` how many words these have, and how many with those of their contexts.
    """

    feeds: tuple[int, ...] | None = None
    sentences: int = 0
    words: tuple[int, int] = (0, 0)


EVERYTHING = Reach()
HOUSE_ALONE = Reach(())


@dataclass(frozen=True, slots=True)
class ArticleTable:
    """One row an article, in order of sentence numbers; the columns are (articles,) int64 each.

    An article's sentences are numbered from `first_sentence`, its headline, up to but without `end_sentence`.
    `published` is seconds since 1970, UNKNOWN_TIME where unknown; `outlet_index` a place in `outlets`, the
    names. A table of what one circle sees has the rows of `whole` that it may be answered from; `visible` is which
    sentence numbers of `whole` these are, None for all; `reach` the same for keywords.
    """

    first_sentence: SentenceIds
    end_sentence: SentenceIds
    published: IntArray
    outlet_index: IntArray
    outlets: tuple[str, ...]
    visible: BoolArray | None = None
    reach: Reach = EVERYTHING
    whole: "ArticleTable | None" = None

    def columns(self) -> tuple[IntArray, ...]:
        """Return the columns, in the order of the fields."""
        return self.first_sentence, self.end_sentence, self.published, self.outlet_index

    def rows_of(self, sentences: SentenceIds) -> IntArray:
        """Return the row of each sentence's article, (n,), -1 for a sentence that has left the index."""
        rows = np.searchsorted(self.first_sentence, sentences, side="right") - 1
        if not len(self.first_sentence):
            return np.full(len(sentences), -1, dtype=np.int64)
        return np.where((rows >= 0) & (sentences < self.end_sentence[rows]), rows, -1)

    def matching(self, filters: SearchFilter) -> BoolArray:
        """Return which rows pass the filter, (articles,); an unknown date passes no bound on dates."""
        matching = np.ones(len(self.first_sentence), dtype=np.bool_)
        if filters.since:
            matching &= self.published >= int(filters.since.timestamp())
        if filters.until:
            matching &= self.published < int(filters.until.timestamp())
            matching &= self.published != UNKNOWN_TIME
        if filters.outlets:
            wanted = [place for place, name in enumerate(self.outlets) if name in filters.outlets]
            matching &= np.isin(self.outlet_index, wanted)
        return matching

    def allowed(self, filters: SearchFilter) -> BoolArray | None:
        """Return which sentence numbers pass a filter, for a search over vectors; None when all do."""
        if not filters:
            return self.visible
        mask = self.sentence_mask(self.matching(filters))
        if self.visible is None:
            return mask
        padded = np.zeros_like(self.visible)
        padded[: len(mask)] = mask
        return padded

    def subset(self, rows: BoolArray, reach: Reach) -> "ArticleTable":
        """Return the table of some rows, a mask (articles,), and the outlets that they have."""
        if rows.all():
            return replace(self, reach=reach, whole=self)
        first, end, published, outlet_index = (column[rows] for column in self.columns())
        used = np.bincount(outlet_index, minlength=len(self.outlets)) > 0
        outlets = tuple(name for name, is_used in zip(self.outlets, used.tolist(), strict=True) if is_used)
        places = np.cumsum(used) - 1
        return ArticleTable(
            first, end, published, places[outlet_index], outlets, self.sentence_mask(rows), reach, self
        )

    def sentence_mask(self, rows: BoolArray) -> BoolArray:
        """Return which sentence numbers, from 0 to the largest, belong to the chosen rows.

        `rows` is a mask (articles,).
        """
        has_rows = len(self.first_sentence) > 0
        least = int(self.first_sentence[0]) if has_rows else 0
        size = int(self.end_sentence[-1]) + 1 if has_rows else 1
        steps = np.zeros(size + 1 - least, dtype=np.int8)
        steps[self.first_sentence[rows] - least] += 1
        steps[self.end_sentence[rows] - least] -= 1
        mask = np.zeros(size, dtype=np.bool_)  # below `least` are only removed sentences, which take no sum
        mask[least:] = np.cumsum(steps[:-1], dtype=np.int8)
        return mask

    def newest(self, rows: BoolArray) -> datetime | None:
        """Return when the newest article of some rows, a mask (articles,), appeared; None if unknown."""
        times = self.published[rows]
        newest = int(times.max()) if len(times) else UNKNOWN_TIME
        return None if newest == UNKNOWN_TIME else from_timestamp(newest)


@dataclass(slots=True)
class ArticleTableBuilder:
    """Keeps an `ArticleTable` up to date with the store; a new one is made when it is asked for."""

    _table: ArticleTable = field(default_factory=lambda: _table_of([]))
    _added: list[Row] = field(default_factory=list)
    _removed: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.table().first_sentence)

    def clear(self) -> None:
        """Remove all articles."""
        self._table, self._added, self._removed = _table_of([]), [], set()

    def add(self, entries: Iterable[Row]) -> None:
        """Add new articles; each has the fields of a `StoredEntry`."""
        self._added.extend(entries)

    def remove(self, first_sentence: int) -> None:
        """Remove the article whose headline has this number."""
        self._removed.add(first_sentence)

    def table(self) -> ArticleTable:
        """Return the articles as columns; a new table only after a change."""
        if self._added or self._removed:
            self._table = _merge(self._table, _table_of(self._added), self._removed)
            self._added, self._removed = [], set()
        return self._table


def _table_of(entries: Sequence[Row]) -> ArticleTable:
    """Return entries as columns, in their order."""
    first, end, published, outlet = zip(*entries, strict=True) if entries else ((), (), (), ())
    times = np.array([UNKNOWN_TIME if seconds is None else seconds for seconds in published], np.int64)
    # A damaged file has others than a datetime can hold.
    times[(times < FIRST_TIME) | (times > LAST_TIME)] = UNKNOWN_TIME
    outlets = tuple(dict.fromkeys(outlet))
    places = {name: place for place, name in enumerate(outlets)}
    outlet_index = np.fromiter(map(places.__getitem__, outlet), np.int64, len(outlet))
    return ArticleTable(np.array(first, np.int64), np.array(end, np.int64), times, outlet_index, outlets)


def _merge(known: ArticleTable, added: ArticleTable, removed: Collection[int]) -> ArticleTable:
    """Return the rows of both tables but the removed, in order, and the outlets that still have a row."""
    columns = [np.concatenate(pair) for pair in zip(known.columns(), added.columns(), strict=True)]
    columns[3][len(known.first_sentence) :] += len(known.outlets)
    order = np.argsort(columns[0], kind="stable")
    kept = order[~np.isin(columns[0][order], list(removed))]
    first, end, published, outlet_index = (column[kept] for column in columns)
    names = np.array([*known.outlets, *added.outlets], dtype=object)
    used = np.bincount(outlet_index, minlength=len(names)) > 0
    outlets = sorted(set(names[used].tolist()))
    places = {name: place for place, name in enumerate(outlets)}
    moved = np.array([places.get(name, -1) for name in names], dtype=np.int64)
    return ArticleTable(first, end, published, moved[outlet_index], tuple(outlets))
