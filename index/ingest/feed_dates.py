"""Bring up an index of a version that let any guess from a page outrank the feed that announced it."""

from dataclasses import replace

from index.articles import DateSource
from index.ingest.near_duplicates import assign_clusters
from index.retrieval import forward_index
from index.retrieval.lexer import Lexer
from index.storage.records import from_timestamp
from index.storage.store import Store

DONE_KEY = "feed_dates"  # of the store's metadata, present once an index has been brought up
BATCH = 100  # articles of one transaction; judged

# What was guessed from a page was always a bare day, which is noon. Any other date was the page's own or its feed's.
_DIFFERING = """
    SELECT articles.first, min(pages.published) FROM pages JOIN articles ON articles.url = pages.article
    WHERE articles.date_source IS NULL AND articles.published % 86400 = 43200
    AND (pages.published < articles.published OR pages.published >= articles.published + 1)
    GROUP BY articles.first LIMIT ?
"""


def take_feed_dates(store: Store) -> int:
    """Give articles whose date may be a guess the one that the announcing feed gave; return how many.

    Done once for an index; interrupted, the next call goes on. Nothing is encoded again. Raise BusyIndex when
    the store cannot be written to.
    """
    if store.meta(DONE_KEY):
        return 0
    taken = 0
    while rows := store.query(_DIFFERING, BATCH):
        with store.transaction():
            for first, published in rows:
                _redate(store, first, published)
        taken += len(rows)
    store.set_meta(DONE_KEY, "1")
    return taken


def _redate(store: Store, first: int, published: float) -> None:
    """Store an article anew with another date, so that every index learns of it."""
    for stored in store.get_many([first]).values():
        moment = from_timestamp(int(published))
        article = replace(stored.article, published=moment, date_source=DateSource.FEED)
        vectors, new_first = store.vectors(first), store.watermark().next
        store.upsert(article, stored.spans, vectors, corrected=False)
        forward_index.write(store, Lexer(), new_first, stored.sentences())
        assign_clusters(store, [new_first])
