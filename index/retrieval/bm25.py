"""BM25 of single sentences, computed from the forward index: by nothing but their own words and given weights.

A keyword index scores by the lengths and words of all that is in it. What a circle sees of an index that holds others'
sentences too is scored here instead, so that nobody else's news changes the order of its own.
"""

from collections.abc import Mapping

import numpy as np

from index.arrays import FloatArray, IntArray, SentenceIds
from index.retrieval import forward_index
from index.retrieval.forward_index import SentenceTokens
from index.retrieval.keyword_index import SENTENCE_FIELD
from index.retrieval.lexer import term_hash
from index.storage.store import Store

K1, B = 1.2, 0.75  # as in the keyword index (Robertson and Zaragoza 2009, section 3.1)


def bm25(
    store: Store,
    sentences: SentenceIds,
    articles: SentenceIds,
    field: str,
    weights: Mapping[str, float],
    mean_length: float,
) -> FloatArray:
    """Return the BM25 scores of sentences, (n,) float32, 0 for one whose article is gone.

    `articles` are the numbers of their headlines, (n,); `weights` the inverse document frequency of each stem;
    `mean_length` the words that a sentence has, or its context, on an average.
    """
    tokens = forward_index.load(store, np.unique(articles).tolist())
    document, row = _rows(tokens, sentences, articles, field)
    at, owner = tokens.tokens_of(row)
    hashes, owner = tokens.term_hashes[at], document[owner]
    lengths = np.bincount(owner, minlength=len(sentences))
    norm = K1 * (1 - B + B * lengths / mean_length)
    scores = np.zeros(len(sentences))
    for stem, weight in weights.items():
        found = np.bincount(owner[hashes == term_hash(stem)], minlength=len(sentences))
        scores += weight * (K1 + 1) * found / (found + norm)
    return scores.astype(np.float32)


def _rows(
    tokens: SentenceTokens, sentences: SentenceIds, articles: SentenceIds, field: str
) -> tuple[IntArray, IntArray]:
    """Return (document, row of tokens) of every sentence whose words belong to a document, as `KeywordIndex.add` has it."""
    starts = sorted(tokens.headline_rows.values())
    ends = dict(zip(starts, [*starts, len(tokens)][1:], strict=True))
    pairs: list[tuple[int, int]] = []
    for document, (sentence, article) in enumerate(zip(sentences.tolist(), articles.tolist(), strict=True)):
        headline = tokens.headline_rows.get(article)
        if headline is None:
            continue
        own = headline + sentence - article
        if field == SENTENCE_FIELD:
            rows = range(own, own + (own > headline))  # a headline has words of its own in its context alone
        else:
            pairs.append((document, headline))
            rows = range(max(headline + 1, own - 1), min(own + 2, ends[headline]))
        pairs += [(document, row) for row in rows]
    columns = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return columns[:, 0], columns[:, 1]
