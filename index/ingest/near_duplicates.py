"""Near-duplicate articles: wire stories as several outlets carry them, put into one cluster.

MinHash (Broder 1997, "On the resemblance and containment of documents") over shingles of three words, and
locality-sensitive hashing in bands to find candidates without comparing all articles.
"""

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from index.circles import HOUSE_ID
from index.storage.store import Store

SHINGLE_WORDS = 3  # judged
NUM_HASHES = 64  # judged: the estimate of the Jaccard similarity has a standard error of at most 0.0625
NUM_BANDS = 32  # of two hashes each: texts at MIN_JACCARD share a band with a probability above 0.999
MIN_JACCARD = 0.45  # judged: this share of two articles' shingles is the same
ARTICLES_PER_TRANSACTION = 20  # judged: short enough that other writers do not run into their time limit
MAX_COMPARED_CHARACTERS = 100_000  # judged: of each text, to bound the work

_WORD = re.compile(r"\w+")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # spreads bits: Knuth's multiplicative hashing

Signature = NDArray[np.uint32]


def minhash(text: str) -> Signature:
    """Return the MinHash signature of a text, (NUM_HASHES,) uint32.

    The share of equal numbers in two signatures estimates the Jaccard similarity of the texts' shingles.
    """
    words = _WORD.findall(text[:MAX_COMPARED_CHARACTERS].casefold())
    shingles = {
        " ".join(words[at : at + SHINGLE_WORDS]) for at in range(max(1, len(words) - SHINGLE_WORDS + 1))
    }
    hashes = RMinHash(num_perm=NUM_HASHES, seed=1)
    hashes.update(list(shingles))
    return np.array(hashes.digest(), dtype=np.uint32)


def lsh_bands(signature: Signature) -> list[int]:
    """Return NUM_BANDS signed 64-bit numbers; near-duplicates have at least one of them in common."""
    pairs = signature.astype(np.uint64).reshape(NUM_BANDS, -1)
    mixed = (pairs[:, 0] * _FACTOR) ^ pairs[:, 1] ^ (np.arange(NUM_BANDS, dtype=np.uint64) << np.uint64(56))
    numbers: list[int] = (mixed * _FACTOR).view(np.int64).tolist()
    return numbers


def is_near_duplicate(one: str, other: str) -> bool:
    """Return True if two texts are equal, or their estimated similarity is at least MIN_JACCARD."""
    return one == other or float(np.mean(minhash(one) == minhash(other))) >= MIN_JACCARD


def assign_clusters(store: Store, first_sentences: Iterable[int]) -> None:
    """Put articles, named by their first sentences, into clusters.

    The cluster of an article is that of its nearest near-duplicate among those that everybody sees who sees the
    article, or a new one: so nobody's news is folded because of what only others have. Call it inside
    `store.transaction()`. A new cluster gets the number of the article's first sentence.
    """
    for first in first_sentences:
        rows = store.query("SELECT text FROM bodies WHERE first = ?", first)
        if not rows:
            continue
        signature = minhash(rows[0][0])
        cluster = _nearest_cluster(store, first, signature)
        store.execute(
            "UPDATE articles SET story = ? WHERE first = ?", first if cluster is None else cluster, first
        )
        store.execute(
            "UPDATE bodies SET signature = ? WHERE first = ?", signature.astype("<u4").tobytes(), first
        )
        for band in lsh_bands(signature):
            store.execute("INSERT INTO copies VALUES (?, ?) ON CONFLICT DO NOTHING", band, first)


def assign_missing_clusters(store: Store, limit: int) -> None:
    """Assign clusters to up to `limit` articles that were added before there were clusters.

    Raise BusyIndex when another process writes for too long.
    """
    rows = store.query("SELECT first FROM articles WHERE story IS NULL ORDER BY first LIMIT ?", limit)
    for start in range(0, len(rows), ARTICLES_PER_TRANSACTION):
        with store.transaction():
            assign_clusters(store, [row[0] for row in rows[start : start + ARTICLES_PER_TRANSACTION]])


def _nearest_cluster(store: Store, first: int, signature: Signature) -> int | None:
    """Return the cluster of the most similar article, None when none is a near-duplicate.

    Articles that somebody who sees this one does not see are left out.
    """
    rows = store.query(
        "SELECT first, signature, story FROM articles JOIN bodies USING (first)"
        " WHERE first != ? AND signature IS NOT NULL AND first IN"
        " (SELECT first FROM copies WHERE band IN (SELECT value FROM json_each(?))) ORDER BY first",
        first,
        lsh_bands(signature),
    )
    circles = store.circles_of([first, *(row[0] for row in rows)])
    viewers = circles.get(first, frozenset())
    best, nearest = MIN_JACCARD, None
    for other, other_signature, cluster in rows:
        seen_in = circles.get(other, frozenset())
        if HOUSE_ID not in seen_in and (HOUSE_ID in viewers or not viewers <= seen_in):
            continue
        similarity = float(np.mean(np.frombuffer(other_signature, dtype="<u4") == signature))
        if similarity >= best:
            best, nearest = similarity, cluster
    return nearest
