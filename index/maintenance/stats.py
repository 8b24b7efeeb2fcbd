"""Figures about an index: articles, sentences, outlets, times and bytes."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from index.maintenance.pruning import disk_usage
from index.storage.records import from_timestamp
from index.storage.store import Store


@dataclass(frozen=True, slots=True)
class OutletSummary:
    """One outlet in the index; `oldest` and `newest` are publication times, None when no article has one."""

    name: str
    articles: int
    oldest: datetime | None
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class IndexStats:
    """Figures about an index.

    `oldest` and `newest` are publication times; `added` is when an article last came in or was corrected;
    `model` is the encoder's fingerprint. None where there is no article.
    """

    articles: int
    sentences: int
    outlets: tuple[OutletSummary, ...]
    oldest: datetime | None
    newest: datetime | None
    added: datetime | None
    model: str
    bytes_on_disk: int


def collect_stats(store: Store, model: str, folder: Path, circle: str | None = None) -> IndexStats:
    """Return the figures of a store; `model` is its encoder's fingerprint, `folder` the data folder.

    They are of what a circle sees, None for all; the bytes are those of the whole.
    """
    outlets = tuple(
        OutletSummary(name, count, from_timestamp(oldest), from_timestamp(newest))
        for name, count, oldest, newest in store.outlets(circle)
    )
    times = [outlet.oldest for outlet in outlets] + [outlet.newest for outlet in outlets]
    known = [time for time in times if time is not None]
    entries = store.entries() if circle is None else store.entries_of(store.visible_firsts(circle))
    return IndexStats(
        articles=len(entries),
        sentences=sum(entry.last_sentence - entry.first_sentence - 1 for entry in entries),
        outlets=outlets,
        oldest=min(known, default=None),
        newest=max(known, default=None),
        added=from_timestamp(store.last_change()),
        model=model,
        bytes_on_disk=disk_usage(folder) + store.stored_bytes(),
    )
