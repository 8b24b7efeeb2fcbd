"""Articles on their way in: told apart from what is known, split, encoded together, stored."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.articles import Article, ArticleKind, Span
from index.encoding.encoder import Encoder
from index.errors import RefusedArticle
from index.ingest.near_duplicates import assign_cluster, is_near_duplicate
from index.retrieval import forward_index
from index.retrieval.forward_index import Lexer
from index.storage.records import Float16Vectors, StoredArticle
from index.storage.store import Store
from index.text.boilerplate import is_quotable
from index.text.sentence_splitter import split_sentences
from index.urls import canonical_url

HEADLINE = Span(0, 0)  # sentence 0 of an article: found by, never quoted, so its span is empty
REBUILDING = "rebuild_below"  # kept while sentences numbered below it still have another encoder's vectors
_PLAIN_MARKS = str.maketrans("“”„«»‘’‚‹›–—‐‑", "\"\"\"\"\"'''''----")


@dataclass(frozen=True, slots=True)
class PreparedArticle:
    """An article that is split and waits to be encoded with others; `spans` and `texts` are of equal length."""

    article: Article
    spans: tuple[Span, ...]
    texts: tuple[str, ...]


def prepare(article: Article) -> PreparedArticle:
    """Split an article into its quotable sentences, headline first.

    Raises RefusedArticle for an address that cannot be one, or a text without a sentence to quote.
    """
    article = replace(article, url=canonical_url(article.url))
    found = [
        (span, article.text[span.start : span.end])
        for span in split_sentences(article.text, article.language)
    ]
    # a page often repeats its headline above the text
    kept = [(span, text) for span, text in found if is_quotable(text) and text != article.title]
    if not kept:
        raise RefusedArticle("it holds no sentence that could be quoted")
    spans, texts = zip(*kept, strict=True)
    return PreparedArticle(article, (HEADLINE, *spans), (article.title, *texts))


def prepare_if_changed(store: Store, article: Article) -> PreparedArticle | None:
    """Return the article, split, when it says something new; None when what is stored says the same.

    The same version again costs one look-up; one in which only furniture changed (a notice, an advertisement)
    is split and no more; one that its outlet dates before the stored one is an old copy. Raises RefusedArticle.
    """
    url = canonical_url(article.url)
    if store.touch(url, article.digest):
        return None
    waiting = prepare(article)
    old = store.get(url)
    if old is None:
        return waiting
    if article.modified and old.article.modified and article.modified < old.article.modified:
        return None
    if _reads_the_same(waiting, old):
        store.set_digest(url, article.digest)
        return None
    return waiting


def resolve_url(store: Store, article: Article) -> str:
    """Return the address that an article has in the index: its own, or a twin's that holds nearly the same text.

    Twins with different texts are different pages. Raises RefusedArticle for what is no address.
    """
    url = canonical_url(article.url)
    found = [stored.article for stored in store.get_any_alias(url)]
    if any(known.url == url for known in found):
        return url
    return next((known.url for known in found if is_near_duplicate(known.text, article.text)), url)


@dataclass(frozen=True, slots=True)
class EncodedBatch:
    """Articles that are stored together, what was known of each before, and the vectors of texts that have one."""

    articles: Sequence[PreparedArticle]
    known: Sequence[StoredArticle | None]
    vectors: dict[str, Float16Vectors]

    @classmethod
    def of(cls, store: Store, articles: Sequence[PreparedArticle]) -> "EncodedBatch":
        """Look up what is known of articles."""
        known = [store.get(waiting.article.url) for waiting in articles]
        vectors: dict[str, Float16Vectors] = {}
        for old in filter(None, known):
            vectors.update(zip(old.sentences(), store.vectors(old.first_sentence), strict=False))
        return cls(articles, known, vectors)

    def new_texts(self) -> list[str]:
        """Return the texts without a vector, each once."""
        texts = (text for waiting in self.articles for text in waiting.texts)
        return [text for text in dict.fromkeys(texts) if text not in self.vectors]


def encode(encoder: Encoder, batch: EncodedBatch) -> EncodedBatch:
    """Return the batch with a vector for every text; nothing is encoded that has one."""
    texts = batch.new_texts()
    new = encoder.encode(texts).astype(np.float16) if texts else ()
    return replace(batch, vectors=batch.vectors | dict(zip(texts, new, strict=True)))


def commit(store: Store, batch: EncodedBatch) -> list[bool]:
    """Store an encoded batch in one transaction; say of each article whether it replaced an earlier text."""
    replaced, lexer = [], Lexer()
    with store.transaction():
        for waiting, old in zip(batch.articles, batch.known, strict=True):
            first = store.watermark().next
            rows = np.stack([batch.vectors[text] for text in waiting.texts])
            corrected = old is not None and _is_correction(waiting, old)
            replaced.append(store.upsert(waiting.article, waiting.spans, rows, corrected=corrected))
            forward_index.write(store, lexer, first, waiting.texts)
            store.unblock(waiting.article.url)
            assign_cluster(store, [first])
    return replaced


def rebuild(store: Store, encoder: Encoder, progress: Callable[[int, int], None] | None = None) -> None:
    """Split and encode every article anew with this encoder. Interrupted, it goes on where it stopped.

    `progress` hears (articles done, articles in all).
    """
    if store.meta("encoder") != encoder.fingerprint or store.meta(REBUILDING) is None:
        store.set_meta(REBUILDING, str(store.watermark().next))
        store.set_meta("encoder", encoder.fingerprint)
    below = int(store.meta(REBUILDING) or 0)
    waiting = [entry.first_sentence for entry in store.entries() if entry.first_sentence < below]
    for done, first in enumerate(waiting, 1):
        for stored in store.get_many([first]).values():
            _encode_anew(store, encoder, stored.article)
        if progress:
            progress(done, len(waiting))
    store.delete_meta(REBUILDING)


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
        store.upsert(waiting.article, waiting.spans, vectors, corrected=False)
        forward_index.write(store, Lexer(), first, waiting.texts)
        assign_cluster(store, [first])


def _reads_the_same(waiting: PreparedArticle, old: StoredArticle) -> bool:
    """Say whether all that is shown is the same: every sentence that may be quoted, and what stands with it."""
    facts = ("outlet", "title", "author", "published", "kind")
    same = all(getattr(waiting.article, fact) == getattr(old.article, fact) for fact in facts)
    return same and list(waiting.texts) == old.sentences()


def _is_correction(waiting: PreparedArticle, old: StoredArticle) -> bool:
    """Say whether other words may be quoted now. More of an excerpt is none, nor is another headline or mark."""
    excerpt = old.article.kind is ArticleKind.EXCERPT and waiting.article.kind is not ArticleKind.EXCERPT
    same = waiting.article.text == old.article.text  # split in another way, perhaps
    return not (excerpt or same) and _wording(waiting.texts) != _wording(old.sentences())


def _wording(texts: Sequence[str]) -> Counter[str]:
    """Return the sentences without the headline, whatever their order, typography and letter case."""
    return Counter(
        " ".join(unicodedata.normalize("NFKC", text).translate(_PLAIN_MARKS).casefold().split())
        for text in texts[1:]
    )
