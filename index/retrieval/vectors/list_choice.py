"""How many inverted lists, around which centroids, and how many of them a search looks into: measured, not set."""

import math

import faiss
import numpy as np
import structlog

from index.arrays import FloatArray, IntArray
from index.retrieval.vectors.inverted_vectors import Check

# Of the ten nearest to a sentence, how many a search is to look at. Questions lie farther from what is near them than
# sentences do: with .98 of the sentences' nearest, .974 to .976 of 400 real questions' were found among 104,000 real
# sentences in 128, 256 and 512 lists, and .97 is wanted.
RECALL_WANTED = 0.98
NEAREST = 10
ASKED = 200  # sentences whose nearest are looked for; judged: 2,000 of them tell a share to half a percent
SAMPLE_PER_LIST = 40  # vectors that centroids are fitted to; FAISS recommends 39 to 256
ROUNDS = 10  # of k-means, as FAISS's own examples have
_CENTROID_BYTES = 4  # of a number; one of a row has a byte

log = structlog.get_logger(__name__)


def list_counts(rows: int) -> tuple[int, int]:
    """Return the numbers of lists that are tried for so many rows: about a quarter of their square root, and twice that.

    With more lists a search compares fewer rows, but each row has to be compared with every centroid once, which at
    ten million takes minutes; on real sentences twice as many lists saved a fifth of what is read.
    """
    least = 2 ** max(1, int(math.log2(math.sqrt(max(rows, 1)) / 4 + 1)))
    return least, 2 * least


def sample_size(rows: int) -> int:
    """Return how many vectors `best_centroids` wants of so many rows."""
    return min(rows, SAMPLE_PER_LIST * list_counts(rows)[1])


def best_centroids(sample: FloatArray, rows: int, check: Check) -> FloatArray:
    """Return the centroids, (lists, d), by which a search over `rows` rows has least to read for the recall wanted.

    `sample` are INT8 vectors of the index, (n, d), in any order. Raise what `check` does.
    """
    asked, nearest = sample[:ASKED], _nearest_in(sample)
    best, least = sample[:1], math.inf
    for count in list_counts(rows):
        centroids = fit_centroids(sample[: SAMPLE_PER_LIST * count], count, check)
        probes = probes_needed(asked, sample[nearest.ravel()], centroids)
        read = _CENTROID_BYTES * len(centroids) + probes * rows / len(centroids)
        log.info("lists were tried", lists=len(centroids), probes=probes, rows=round(read))
        if read < least:
            best, least = centroids, read
    return best


def fit_centroids(sample: FloatArray, count: int, check: Check) -> FloatArray:
    """Return up to `count` centroids of INT8 vectors, (n, d), by spherical k-means; `check` is called every round."""
    count = min(count, len(sample))
    centroids = sample[:count]
    for _ in range(ROUNDS):
        check()
        fitting = faiss.Kmeans(
            sample.shape[1],
            count,
            niter=1,
            spherical=True,
            min_points_per_centroid=1,
            max_points_per_centroid=len(sample),
        )
        fitting.train(sample, init_centroids=centroids)
        centroids = fitting.centroids
    return centroids


def probes_needed(asked: FloatArray, nearest: FloatArray, centroids: FloatArray) -> int:
    """Return into how many lists a search has to look so that it sees RECALL_WANTED of what is nearest.

    `asked` are INT8 vectors, (n, d); `nearest` the NEAREST of each, one after the other, (n * NEAREST, d).
    """
    by_list = asked @ centroids.T
    lists = np.argmax(nearest @ centroids.T, axis=1).reshape(len(asked), -1)
    own = np.take_along_axis(by_list, lists, axis=1)
    before = (by_list[:, None, :] > own[:, :, None]).sum(axis=2)  # lists that are looked into before it
    return int(np.quantile(before, RECALL_WANTED, method="higher")) + 1


def _nearest_in(sample: FloatArray) -> IntArray:
    """Return the positions of the NEAREST to each of the first ASKED, (n, NEAREST), without itself."""
    similar = sample[:ASKED] @ sample.T
    np.fill_diagonal(similar, -np.inf)
    count = min(NEAREST, similar.shape[1] - 1)
    return np.argpartition(-similar, max(count - 1, 0), axis=1)[:, :count]
