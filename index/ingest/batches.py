"""Articles on their way in: told apart from what is known, split, encoded together, stored."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.articles import Article, Kind, Span
from index.encoding.encoder import Encoder
from index.errors import RefusedArticle
from index.ingest.near_duplicates import alike, link
from index.retrieval import forward_index
from index.retrieval.forward_index import Lexer
from index.storage.store import HalfVectors, Store, Stored
from index.text.boilerplate import quotable
from index.text.sentence_splitter import split
from index.urls import canonical_url

HEADLINE = Span(0, 0)  # sentence 0 of an article: found by, never quoted, so its span is empty
REBUILDING = "rebuild_below"  # kept while sentences numbered below it still have another encoder's vectors
_PLAIN_MARKS = str.maketrans("“”„«»‘’‚‹›–—‐‑", "\"\"\"\"\"'''''----")


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
    found = [(span, article.text[span.start : span.end]) for span in split(article.text, article.language)]
    # a page often repeats its headline above the text
    kept = [(span, text) for span, text in found if quotable(text) and text != article.title]
    if not kept:
        raise RefusedArticle("it holds no sentence that could be quoted")
    spans, texts = zip(*kept, strict=True)
    return Waiting(article, (HEADLINE, *spans), (article.title, *texts))


def news_in(store: Store, article: Article) -> Waiting | None:
    """Return the article, split, when it says something new; None when what is stored says the same.

    The same version again costs one look-up; one in which only furniture changed (a notice, an advertisement)
    is split and no more; one that its outlet dates before the stored one is an old copy. Raises RefusedArticle.
    """
    url = canonical_url(article.url)
    if store.seen(url, article.digest):
        return None
    waiting = prepare(article)
    old = store.at(url)
    if old is None:
        return waiting
    if article.modified and old.article.modified and article.modified < old.article.modified:
        return None
    if _reads_the_same(waiting, old):
        store.note(url, article.digest)
        return None
    return waiting


def known_address(store: Store, article: Article) -> str:
    """Return the address that an article has in the index: its own, or a twin's that holds nearly the same text.

    Twins with different texts are different pages. Raises RefusedArticle for what is no address.
    """
    url = canonical_url(article.url)
    found = [stored.article for stored in store.near(url)]
    if any(known.url == url for known in found):
        return url
    return next((known.url for known in found if alike(known.text, article.text)), url)


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles that are stored together, what was known of each before, and the vectors of texts that have one."""

    articles: Sequence[Waiting]
    known: Sequence[Stored | None]
    vectors: dict[str, HalfVectors]

    @classmethod
    def of(cls, store: Store, articles: Sequence[Waiting]) -> "Batch":
        """Look up what is known of articles."""
        known = [store.at(waiting.article.url) for waiting in articles]
        vectors: dict[str, HalfVectors] = {}
        for old in filter(None, known):
            vectors.update(zip(old.texts(), store.vectors(old.first), strict=False))
        return cls(articles, known, vectors)

    def new_texts(self) -> list[str]:
        """Return the texts without a vector, each once."""
        texts = (text for waiting in self.articles for text in waiting.texts)
        return [text for text in dict.fromkeys(texts) if text not in self.vectors]


def encode(encoder: Encoder, batch: Batch) -> Batch:
    """Return the batch with a vector for every text; nothing is encoded that has one."""
    texts = batch.new_texts()
    new = encoder.encode(texts).astype(np.float16) if texts else ()
    return replace(batch, vectors=batch.vectors | dict(zip(texts, new, strict=True)))


def commit(store: Store, batch: Batch) -> list[bool]:
    """Store an encoded batch in one transaction; say of each article whether it replaced an earlier text."""
    replaced, lexer = [], Lexer()
    with store.transaction():
        for waiting, old in zip(batch.articles, batch.known, strict=True):
            first = store.watermark().next
            rows = np.stack([batch.vectors[text] for text in waiting.texts])
            corrected = old is not None and _is_correction(waiting, old)
            replaced.append(store.put(waiting.article, waiting.spans, rows, corrected=corrected))
            forward_index.keep(store, lexer, first, waiting.texts)
            store.unbar(waiting.article.url)
            link(store, [first])
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
            _encode_anew(store, encoder, stored.article)
        if progress:
            progress(done, len(waiting))
    store.forget_meta(REBUILDING)


def _encode_anew(store: Store, encoder: Encoder, article: Article) -> None:
    try:
        waiting = prepare(article)
    except RefusedArticle:  # what may be quoted is told apart better now, and nothing of it is left
        with store.transaction():
            store.remove(article.url)
        return
    vectors = encoder.encode(waiting.texts).astype(np.float16)
    with store.transaction():
        first = store.watermark().next
        store.put(waiting.article, waiting.spans, vectors, corrected=False)
        forward_index.keep(store, Lexer(), first, waiting.texts)
        link(store, [first])


def _reads_the_same(waiting: Waiting, old: Stored) -> bool:
    """Say whether all that is shown is the same: every sentence that may be quoted, and what stands with it."""
    facts = ("outlet", "title", "author", "published", "kind")
    same = all(getattr(waiting.article, fact) == getattr(old.article, fact) for fact in facts)
    return same and list(waiting.texts) == old.texts()


def _is_correction(waiting: Waiting, old: Stored) -> bool:
    """Say whether other words may be quoted now. More of an excerpt is none, nor is another headline or mark."""
    excerpt = old.article.kind is Kind.EXCERPT and waiting.article.kind is not Kind.EXCERPT
    same = waiting.article.text == old.article.text  # split in another way, perhaps
    return not (excerpt or same) and _wording(waiting.texts) != _wording(old.texts())


def _wording(texts: Sequence[str]) -> Counter[str]:
    """Return the sentences without the headline, whatever their order, typography and letter case."""
    return Counter(
        " ".join(unicodedata.normalize("NFKC", text).translate(_PLAIN_MARKS).casefold().split())
        for text in texts[1:]
    )
