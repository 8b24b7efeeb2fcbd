"""Rebuilding: every stored article is split and encoded anew, with another encoder or splitter."""

from collections.abc import Callable

import numpy as np

from index.articles import Article
from index.encoding.encoder import Encoder
from index.errors import RefusedArticle
from index.ingest.batches import prepare
from index.ingest.near_duplicates import assign_clusters
from index.retrieval import forward_index, line_table
from index.retrieval.lexer import Lexer
from index.storage.store import Store

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
    with store.transaction():
        store.mend_places()
    if store.meta("encoder") != encoder.fingerprint or store.meta(REBUILD_KEY) is None:
        store.set_meta(REBUILD_KEY, str(store.watermark().next))
        store.set_meta("encoder", encoder.fingerprint)
    below = int(store.meta(REBUILD_KEY) or 0)
    outdated = [entry.first_sentence for entry in store.entries() if entry.first_sentence < below]
    for done, first in enumerate(outdated, 1):
        stored = store.get_many([first]).get(first)
        if stored:
            _replace(store, encoder, stored.article)
        else:
            _drop_damaged(store, first)
        if progress:
            progress(done, len(outdated))
    store.delete_meta(REBUILD_KEY)


def _drop_damaged(store: Store, first: int) -> None:
    """Remove an article whose text is damaged, and whose vectors are of no use any more."""
    with store.transaction():
        for (url,) in store.query("SELECT url FROM articles WHERE first = ?", first):
            store.remove(url)


def _replace(store: Store, encoder: Encoder, article: Article) -> None:
    """Store an article anew, or remove it when by now no sentence of it is quotable."""
    try:
        prepared = prepare(article)
    except RefusedArticle:
        with store.transaction():
            store.remove(article.url)
        return
    vectors = encoder.encode(prepared.texts).astype(np.float16)
    with store.transaction():
        first = store.watermark().next
        store.upsert(prepared.article, prepared.spans, vectors, corrected=False)
        forward_index.write(store, Lexer(), first, prepared.texts)
        line_table.write(store, first, prepared.article, prepared.spans)
        assign_clusters(store, [first])
