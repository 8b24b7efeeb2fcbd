"""Vectors that lie as those of news do, closer to some than to others, and an index of them in lists."""

import numpy as np

from index.retrieval.vector_index import VectorIndex
from index.storage.records import Watermark

D = 32
FAR = Watermark(100_000, 100_000)


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)


def news(seed, n):
    """Unit vectors around a few hundred topics, (n, D) float16."""
    topics = np.random.default_rng(0).normal(size=(300, D))
    dice = np.random.default_rng(seed)
    return unit(topics[dice.integers(len(topics), size=n)] + 0.6 * dice.normal(size=(n, D)))


def filled(folder, rows, first=0):
    index = VectorIndex(folder, "encoder", D)
    index.add(first, rows)
    return index


def exact(rows, numbers, query, k=10):
    """The numbers of the `k` nearest of some rows."""
    return numbers[np.argsort(-(rows.astype(np.float32) @ query), kind="stable")[:k]]


def recall(index, rows, numbers, allowed=None):
    """The share of the ten exactly nearest that an index finds, for a hundred vectors that are not in it."""
    kept = np.ones(len(numbers), bool) if allowed is None else allowed[numbers]
    shares = []
    for query in news(999, 100).astype(np.float32):
        wanted = exact(rows[kept], numbers[kept], query)
        shares.append(np.isin(wanted, index.search(query, 10, allowed)).mean())
    return np.mean(shares)
