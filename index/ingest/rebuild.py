"""Rebuilding: every stored article is split and encoded anew, with another encoder or splitter."""

from collections.abc import Callable

import numpy as np

from index.encoding.encoder import Encoder
from index.errors import RefusedArticle
from index.ingest.batches import prepare
from index.ingest.near_duplicates import assign_clusters
from index.retrieval import forward_index, line_table
from index.retrieval.lexer import Lexer
from index.storage.records import StoredArticle
from index.storage.store import ENCODER_KEY, UNFINISHED_MARK, Store

# Key of the store's metadata, present while a rebuild is unfinished: sentences numbered below its value
# still have the former encoder's vectors.
REBUILD_KEY = "rebuild_below"


def rebuild(store: Store, encoder: Encoder, progress: Callable[[int, int], None] | None = None) -> None:
    """Split and encode every article anew with this encoder.

    Interrupted, the next call goes on where this one stopped. Articles whose text is damaged are removed, and what is
    damaged of whose news they are is mended as far as it can be. `progress` is called with (articles done, articles in
    all). Raise BusyIndex when the store cannot be written to, or another process is rebuilding it.
    """
    with store.alone_at("rebuild"):
        _rebuild(store, encoder, progress)


def _rebuild(store: Store, encoder: Encoder, progress: Callable[[int, int], None] | None) -> None:
    """Do what `rebuild` says, alone."""
    below = _begin(store, encoder.fingerprint)
    outdated = [entry.first_sentence for entry in store.entries() if entry.first_sentence < below]
    for done, first in enumerate(outdated, 1):
        stored = store.get_many([first]).get(first)
        if stored:
            _replace(store, encoder, stored)
        else:
            _drop_damaged(store, first)
        if progress:
            progress(done, len(outdated))
    with store.transaction():
        store.put_meta(ENCODER_KEY, encoder.fingerprint)
        store.execute("DELETE FROM meta WHERE key = ?", REBUILD_KEY)


def _begin(store: Store, fingerprint: str) -> int:
    """Begin a rebuild or go on with one; return the number below which sentences are to be encoded.

    From now on no process with another encoder takes up or adds vectors, nor one with this encoder before all are of it.
    """
    unfinished = fingerprint + UNFINISHED_MARK
    with store.transaction():
        store.mend_places()
        known, below = store.meta(ENCODER_KEY), store.meta(REBUILD_KEY)
        if below is None or known not in (fingerprint, unfinished):
            below = str(store.next_sentence())
            store.put_meta(REBUILD_KEY, below)
            store.put_meta(ENCODER_KEY, fingerprint if known == fingerprint else unfinished)
    return int(below)


def _drop_damaged(store: Store, first: int) -> None:
    """Remove an article whose text is damaged, and whose vectors are of no use any more."""
    with store.transaction():
        for (url,) in store.query("SELECT url FROM articles WHERE first = ?", first):
            store.remove(url)


def _replace(store: Store, encoder: Encoder, old: StoredArticle) -> None:
    """Store an article anew, or remove it when by now no sentence of it is quotable.

    One that a running bot has removed or replaced meanwhile stays as that has left it.
    """
    try:
        prepared = prepare(old.article)
    except RefusedArticle:
        with store.transaction():
            store.remove(old.article.url)
        return
    vectors = encoder.encode(prepared.texts).astype(np.float16)
    with store.transaction():
        if not store.entries_of([old.first_sentence]):
            return
        first = store.watermark().next
        store.upsert(prepared.article, prepared.spans, vectors, corrected=False)
        forward_index.write(store, Lexer(), first, prepared.texts)
        line_table.write(store, first, prepared.article, prepared.spans)
        assign_clusters(store, [first])
