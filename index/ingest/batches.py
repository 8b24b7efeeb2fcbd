"""The steps of ingestion: find what changed, split it into sentences, encode and store a batch."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.articles import Article, ArticleKind, Span
from index.circles import BY_HAND
from index.encoding.encoder import Encoder
from index.errors import RefusedArticle
from index.ingest.near_duplicates import assign_clusters, is_near_duplicate
from index.ingest.outlet_binding import record_name
from index.parsing.article_date import SourcedDate, most_trusted, with_date
from index.retrieval import forward_index, line_table
from index.retrieval.lexer import Lexer
from index.storage.records import Float16Vectors, StoredArticle
from index.storage.store import Store
from index.text.boilerplate import is_quotable
from index.text.sentence_splitter import split_sentences
from index.urls import canonical_url

# Sentence 0 of an article is its headline: searched, never quoted, so its span is empty.
HEADLINE_SPAN = Span(0, 0)
ADDED_BY_HAND = frozenset({BY_HAND})
_ASCII_PUNCTUATION = str.maketrans("“”„«»‘’‚‹›–—‐‑", "\"\"\"\"\"'''''----")


@dataclass(frozen=True, slots=True)
class PreparedArticle:
    """An article that is split into sentences, not yet encoded; `spans` and `texts` are of equal length.

    `feeds` are those that it came from; `overrules` says that they are more trusted than those of the stored version.
    """

    article: Article
    spans: tuple[Span, ...]
    texts: tuple[str, ...]
    feeds: frozenset[int] = ADDED_BY_HAND
    overrules: bool = False


def prepare(article: Article) -> PreparedArticle:
    """Split an article into its headline and its quotable sentences, in this order.

    Raise RefusedArticle for an invalid address, or a text without a quotable sentence.
    """
    article = replace(article, url=canonical_url(article.url))
    sentences = [
        (span, article.text[span.start : span.end])
        for span in split_sentences(article.text, article.language)
    ]
    # a page often repeats its headline above the text
    quotable = [(span, text) for span, text in sentences if is_quotable(text) and text != article.title]
    if not quotable:
        raise RefusedArticle("it holds no sentence that could be quoted")
    spans, texts = zip(*quotable, strict=True)
    return PreparedArticle(article, (HEADLINE_SPAN, *spans), (article.title, *texts))


def prepare_if_changed(store: Store, article: Article, *, overrules: bool = False) -> PreparedArticle | None:
    """Return the article, split, if it says something new; None if the stored version says the same.

    The same version again costs two look-ups. A version in which only boilerplate changed (a notice, an
    advertisement) is split and not encoded. A version that its outlet dates before the stored one is an old
    copy, and None. The stored date stays where its source is more trusted. With `overrules` nothing of the stored
    version counts, since it came from a less trusted feed. Raise RefusedArticle as `prepare` does.
    """
    url = canonical_url(article.url)
    known, old = store.touch(url, article.digest), store.get(url)
    if old is None or (overrules and not known):  # it is new, or damaged
        return prepare(article)
    if known:
        return None
    article = _with_trusted_date(article, old.article)
    if store.touch(url, article.digest):
        return None
    prepared = prepare(article)
    if article.modified and old.article.modified and article.modified < old.article.modified:
        return None
    if _reads_the_same(prepared, old):
        store.set_digest(url, article.digest)
        return None
    return prepared


def _with_trusted_date(article: Article, old: Article) -> Article:
    """Return the article with the stored version's date where that has a more trusted source than its own."""
    if old.date_source is None:
        return article
    return with_date(article, most_trusted([SourcedDate.of(article), SourcedDate.of(old)]))


def resolve_url(store: Store, article: Article) -> str:
    """Return the address that an article has in the index.

    It is an alias of its own where the index has nearly the same text at that alias, else its own. Aliases
    (`index.urls.url_aliases`) with different texts are different pages. Raise RefusedArticle for an invalid
    address.
    """
    url = canonical_url(article.url)
    found = [stored.article for stored in store.get_any_alias(url)]
    if any(known.url == url for known in found):
        return url
    return next((known.url for known in found if is_near_duplicate(known.text, article.text)), url)


@dataclass(frozen=True, slots=True)
class EncodedBatch:
    """Articles that are stored together, the stored version of each if there is one, and vectors by text."""

    articles: Sequence[PreparedArticle]
    previous: Sequence[StoredArticle | None]
    vectors: dict[str, Float16Vectors]

    @classmethod
    def of(cls, store: Store, articles: Sequence[PreparedArticle]) -> "EncodedBatch":
        """Return a batch with the stored versions and their vectors, which unchanged sentences keep."""
        previous = [store.get(prepared.article.url) for prepared in articles]
        vectors: dict[str, Float16Vectors] = {}
        for old in filter(None, previous):
            vectors.update(zip(old.sentences(), store.vectors(old.first_sentence), strict=False))
        return cls(articles, previous, vectors)

    def new_texts(self) -> list[str]:
        """Return the distinct texts without a vector."""
        texts = (text for prepared in self.articles for text in prepared.texts)
        return [text for text in dict.fromkeys(texts) if text not in self.vectors]


def encode_batch(encoder: Encoder, batch: EncodedBatch) -> EncodedBatch:
    """Return the batch with a float16 vector for every text; only texts without one are encoded."""
    texts = batch.new_texts()
    new = encoder.encode(texts).astype(np.float16) if texts else ()
    return replace(batch, vectors=batch.vectors | dict(zip(texts, new, strict=True)))


def commit_batch(
    store: Store, batch: EncodedBatch, fingerprint: str, *, requested: bool
) -> list[bool | None]:
    """Store a batch in one transaction, whose encoder has this fingerprint.

    Return for each article True if it replaced an earlier version, None if it is not stored since its address was
    blocked while it was encoded; articles that a person `requested` are stored, and their addresses unblocked. Raise
    BusyIndex when the store cannot be written to, OtherEncoder when its vectors are another's by now; nothing of the
    batch is stored then.
    """
    replaced, lexer = list[bool | None](), Lexer()
    with store.transaction():
        store.check_encoder(fingerprint)
        for prepared, old in zip(batch.articles, batch.previous, strict=True):
            if requested:
                store.unblock(prepared.article.url)
            elif store.is_blocked(prepared.article.url):
                replaced.append(None)
                continue
            feeds = prepared.feeds
            if prepared.overrules:  # of what a less trusted feed brought nothing stays, nor that it was there
                feeds |= store.feeds_of_url(prepared.article.url)
                store.remove(prepared.article.url)
            first = store.watermark().next
            rows = np.stack([batch.vectors[text] for text in prepared.texts])
            corrected = old is not None and not prepared.overrules and _is_correction(prepared, old)
            replaced.append(store.upsert(prepared.article, prepared.spans, rows, corrected=corrected))
            forward_index.write(store, lexer, first, prepared.texts)
            store.add_sources(first, feeds, is_new=True)
            line_table.write(store, first, prepared.article, prepared.spans)
            record_name(store, prepared.article, store.circle_ids(feeds))
            assign_clusters(store, [first])
    return replaced


def _reads_the_same(prepared: PreparedArticle, old: StoredArticle) -> bool:
    """Return True if all that is shown is the same: every quotable sentence, and the metadata beside it."""
    fields = ("outlet", "title", "author", "published", "kind")
    same = all(getattr(prepared.article, field) == getattr(old.article, field) for field in fields)
    return same and list(prepared.texts) == old.sentences()


def _is_correction(prepared: PreparedArticle, old: StoredArticle) -> bool:
    """Return True if other words are quotable; not for more of an excerpt, nor for another headline."""
    excerpt = old.article.kind is ArticleKind.EXCERPT and prepared.article.kind is not ArticleKind.EXCERPT
    same = prepared.article.text == old.article.text  # split in another way, perhaps
    return not (excerpt or same) and _wording(prepared.texts) != _wording(old.sentences())


def _wording(texts: Sequence[str]) -> Counter[str]:
    """Return the sentences without the headline; order, typography and letter case do not count."""
    return Counter(
        " ".join(unicodedata.normalize("NFKC", text).translate(_ASCII_PUNCTUATION).casefold().split())
        for text in texts[1:]
    )
