"""Integrity: whether the store is whole, by the database's own check and by the checksum of each article."""

import sqlite3
from dataclasses import dataclass

import numpy as np

from index.errors import BrokenIndex
from index.storage.checksums import text_checksum, vectors_checksum
from index.storage.records import StoredArticle
from index.storage.store import Store

_READ_BATCH = 100  # articles read at once; judged


@dataclass(frozen=True, slots=True)
class IntegrityReport:
    """What is damaged: `file` is what SQLite says of the file, nothing on a server; of single articles the addresses.

    An article whose text is damaged is in no answer; one whose vectors are is found by its words alone. `places` are
    circles and addresses of feeds and articles of which it is not known any more whose they are: nobody's.
    """

    file: str = ""
    texts: tuple[str, ...] = ()
    vectors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Return True if nothing is damaged."""
        return self == IntegrityReport()


def backfill(store: Store) -> None:
    """Keep the checksums of articles stored by an earlier version. Raise BusyIndex as `Store.backfill` does."""

    def keep(first: int, stored: StoredArticle) -> None:
        spans = np.array(stored.spans, dtype="<i4").tobytes()
        vectors = store.vectors(first).astype("<f2").tobytes()
        store.add_checksums(first, text_checksum(stored.article, spans), vectors_checksum(vectors))

    store.backfill("checksums", keep)


def check(store: Store) -> IntegrityReport:
    """Read the whole store and return what of it is damaged."""
    try:
        found = store.damage()
        return IntegrityReport(file=found) if found else _check_articles(store)
    except (BrokenIndex, sqlite3.DatabaseError) as error:
        return IntegrityReport(file=str(error))


def _check_articles(store: Store) -> IntegrityReport:
    """Return which articles do not have their checksums."""
    rows = store.query("SELECT first, url FROM articles ORDER BY first")
    texts, vectors = [], []
    for start in range(0, len(rows), _READ_BATCH):
        batch = rows[start : start + _READ_BATCH]
        whole = store.get_many(first for first, _ in batch)
        texts += [url for first, url in batch if first not in whole]
        vectors += [url for first, url in batch if first in whole and not len(store.vectors(first))]
    places = tuple(dict.fromkeys(store.damaged_places()))
    return IntegrityReport(texts=tuple(texts), vectors=tuple(vectors), places=places)
