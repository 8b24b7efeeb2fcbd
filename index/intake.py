"""Articles on their way in: told apart from what is known, split, encoded together, stored."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.addresses import canonical_url
from index.articles import Article, Span
from index.encoder import Encoder
from index.errors import RefusedArticle
from index.furniture import quotable
from index.sentences import split
from index.store import Store

HEADLINE = Span(0, 0)  # sentence 0 of an article: found by, never quoted, so its span is empty
REBUILDING = "rebuild_below"  # kept while sentences numbered below it still have another encoder's vectors


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article that is split and waits to be encoded with others; `spans` and `texts` are of equal length."""

    article: Article
    spans: tuple[Span, ...]
    texts: tuple[str, ...]


def prepare(article: Article) -> Waiting:
    """Split an article into its quotable sentences, headline first.

    Raises RefusedArticle for an address that cannot be one, or a text without a sentence to quote.
    """
    article = replace(article, url=canonical_url(article.url))
    found = [(span, article.text[span.start : span.end]) for span in split(article.text)]
    # a page often repeats its headline above the text
    kept = [(span, text) for span, text in found if quotable(text) and text != article.title]
    if not kept:
        raise RefusedArticle("it holds no sentence that could be quoted")
    spans, texts = zip(*kept, strict=True)
    return Waiting(article, (HEADLINE, *spans), (article.title, *texts))


def commit(store: Store, encoder: Encoder, batch: Sequence[Waiting]) -> list[bool]:
    """Encode and store a batch in one transaction; say of each whether it replaced an earlier text."""
    vectors = encoder.encode([text for waiting in batch for text in waiting.texts]).astype(np.float16)
    replaced = []
    start = 0
    with store.transaction():
        for waiting in batch:
            end = start + len(waiting.spans)
            replaced.append(store.put(waiting.article, waiting.spans, vectors[start:end]))
            start = end
    return replaced


def rebuild(store: Store, encoder: Encoder, progress: Callable[[int, int], None] | None = None) -> None:
    """Split and encode every article anew with this encoder. Interrupted, it goes on where it stopped.

    `progress` hears (articles done, articles in all).
    """
    if store.meta("encoder") != encoder.fingerprint or store.meta(REBUILDING) is None:
        store.set_meta(REBUILDING, str(store.watermark().next))
        store.set_meta("encoder", encoder.fingerprint)
    below = int(store.meta(REBUILDING) or 0)
    waiting = [entry.first for entry in store.entries() if entry.first < below]
    for done, first in enumerate(waiting, 1):
        for stored in store.read([first]).values():
            again = prepare(stored.article)
            vectors = encoder.encode(again.texts).astype(np.float16)
            with store.transaction():
                store.put(again.article, again.spans, vectors, corrected=False)
        if progress:
            progress(done, len(waiting))
    store.forget_meta(REBUILDING)
