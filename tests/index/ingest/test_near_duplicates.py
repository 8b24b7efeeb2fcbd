import random
import re

import numpy as np
import pytest

from index.archive import Archive
from index.ingest.near_duplicates import (
    MIN_JACCARD,
    NUM_BANDS,
    assign_clusters,
    assign_missing_clusters,
    lsh_bands,
    minhash,
)
from tests.index.conftest import BRIDGE, WHEAT, article

WORDS = [f"word{number}" for number in range(500)]


def text(seed, words=300):
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) for _ in range(words))


def edited(original, share, seed=1):
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) if rng.random() < share else word for word in original.split())


def alike(one, other):
    return float(np.mean(minhash(one) == minhash(other)))


def test_the_share_of_equal_numbers_is_what_two_texts_have_in_common():
    assert alike(text(1), text(1)) == 1.0
    assert alike(text(1), text(2)) < 0.1
    half = f"{text(1)} {text(2)}"
    shingles = [{" ".join(part) for part in zip(*(re.findall(r"\w+", one)[at:] for at in range(3)), strict=False)}
                for one in (text(1), half)]  # fmt: skip
    true = len(shingles[0] & shingles[1]) / len(shingles[0] | shingles[1])
    assert alike(text(1), half) == pytest.approx(true, abs=0.2)


@pytest.mark.parametrize("odd", ["", "one", "one two", "。。。", "\ud800 x", "a" * 200_000])
def test_any_text_has_a_signature(odd):
    assert len(set(lsh_bands(minhash(odd)))) == NUM_BANDS


def test_a_light_edit_is_met_in_a_band_and_another_text_is_not():
    for seed in range(20):
        original, copy = text(seed), edited(text(seed), 0.05)
        assert alike(original, copy) >= MIN_JACCARD
        assert set(lsh_bands(minhash(original))) & set(lsh_bands(minhash(copy)))
        assert alike(original, edited(original, 0.5)) < MIN_JACCARD


def copied(name, outlet, *more):
    return article(name, *BRIDGE.text.split("\n"), *more, outlet=outlet)


def stories(archive):
    return [archive._store.get(one.url).cluster_id for one in (BRIDGE, copied("twin", "x"), WHEAT)]


@pytest.fixture
def twins(archive):
    archive.add([BRIDGE, WHEAT, copied("twin", "Harbour Post", "It was built in 1911.")])
    return archive


def test_a_copy_in_another_outlet_is_linked_and_kept(twins: Archive):
    first, twin, other = stories(twins)
    assert first == twin != other
    assert twins.stats().articles == 3


def test_a_corrected_copy_tells_the_same_story_still(twins: Archive):
    twins.add([copied("twin", "Harbour Post", "It was built in 1912.")])
    first, twin, _ = stories(twins)
    assert first == twin


def test_a_copy_that_stays_behind_is_no_story_of_what_comes_later(twins: Archive):
    twins.remove(BRIDGE.url)
    twins.add([BRIDGE])
    first, twin, other = stories(twins)
    assert first == twin != other


def test_comparing_again_changes_nothing(twins: Archive):
    before = stories(twins)
    with twins._store.transaction():
        assign_clusters(twins._store, [entry.first_sentence for entry in twins._store.entries()])
    assert stories(twins) == before


def test_articles_of_an_earlier_version_are_linked_by_and_by(twins: Archive):
    store = twins._store
    with store.transaction():
        store.execute("UPDATE articles SET story = NULL")
        store.execute("DELETE FROM copies")
    assign_missing_clusters(store, 2)
    assert store.query("SELECT count(*) FROM articles WHERE story IS NULL") == [(1,)]
    twins.prune()
    first, twin, other = stories(twins)
    assert first == twin != other
