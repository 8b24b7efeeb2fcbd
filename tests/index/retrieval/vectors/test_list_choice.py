import numpy as np
import pytest

from index.retrieval.quantized_vectors import Precision
from index.retrieval.vectors.list_choice import (
    RECALL_WANTED,
    best_centroids,
    fit_centroids,
    list_counts,
    probes_needed,
    sample_size,
)
from tests.index.retrieval.vectors.news import D, news


def scaled(seed, n):
    return Precision.INT8.scale(news(seed, n).astype(np.float32))


@pytest.mark.parametrize(
    ("rows", "counts"), [(0, (2, 4)), (1000, (8, 16)), (4_200_000, (512, 1024)), (40_000_000, (1024, 2048))]
)
def test_how_many_lists_are_tried_grows_with_the_root(rows, counts):
    assert list_counts(rows) == counts
    assert sample_size(rows) <= rows


def test_probes_are_as_few_as_see_what_is_wanted():
    sample = scaled(1, 2000)
    asked, centroids = sample[:100], fit_centroids(sample, 32, lambda: None)
    similar = asked @ sample.T
    np.fill_diagonal(similar, -np.inf)
    nearest = np.argsort(-similar, axis=1)[:, :10]
    probes = probes_needed(asked, sample[nearest.ravel()], centroids)
    order = np.argsort(-(asked @ centroids.T), axis=1)
    lists = np.argmax(sample @ centroids.T, axis=1)

    def seen(count):
        return np.mean(
            [np.isin(lists[near], looked[:count]).mean() for near, looked in zip(nearest, order, strict=True)]
        )

    assert seen(probes) >= RECALL_WANTED > seen(probes - 1)


def test_centroids_are_where_the_vectors_are_and_the_same_each_time():
    sample = scaled(1, 1500)
    centroids = fit_centroids(sample, 16, lambda: None)
    assert np.array_equal(centroids, fit_centroids(sample, 16, lambda: None))
    by_chance = sample[:16] / np.linalg.norm(sample[:16], axis=1, keepdims=True)
    assert (sample @ centroids.T).max(axis=1).mean() > (sample @ by_chance.T).max(axis=1).mean()


def test_the_number_with_least_to_read_is_chosen():
    few = best_centroids(scaled(1, 3000), 3000, lambda: None)
    assert few.shape[1] == D
    assert len(few) in list_counts(3000)


def test_it_can_be_given_up_every_round():
    left = iter(range(3))

    def check():
        if next(left, None) is None:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        fit_centroids(scaled(1, 100), 4, check)
