from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

from index.errors import BusyIndex, OtherEncoder
from index.ingest.rebuild import REBUILD_KEY, rebuild
from index.storage.store import Store
from tests.index.conftest import BRIDGE, WHEAT


class Reversed:
    """Another model: the bundled one with its dimensions in reverse order."""

    def __init__(self, encoder):
        self._encoder = encoder
        self.fingerprint, self.dimensions = "reversed:fp32", encoder.dimensions

    def encode(self, texts):
        return self._encoder.encode(texts)[:, ::-1]


def vectors(archive, url):
    return archive._store.vectors(archive._store.get(url).first_sentence)


def test_every_vector_is_the_new_encoders(archive, encoder):
    archive.add([BRIDGE, WHEAT])
    before = {url: vectors(archive, url) for url in (BRIDGE.url, WHEAT.url)}
    heard = []
    rebuild(archive._store, Reversed(encoder), lambda done, total: heard.append((done, total)))
    assert heard == [(1, 2), (2, 2)]
    for url, old in before.items():
        assert np.allclose(vectors(archive, url), old[:, ::-1], atol=0.002)
    assert archive._store.meta("encoder") == "reversed:fp32"
    assert archive._store.meta(REBUILD_KEY) is None
    assert archive.article(BRIDGE.url) == BRIDGE


def test_what_is_interrupted_goes_on_with_the_articles_that_are_left(archive, encoder):
    archive.add([BRIDGE, WHEAT])

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(archive._store, Reversed(encoder), stop)
    assert archive._store.meta(REBUILD_KEY) is not None
    heard = []
    rebuild(archive._store, Reversed(encoder), lambda done, total: heard.append((done, total)))
    assert heard == [(1, 1)]


def test_a_stored_article_without_a_sentence_that_may_be_quoted_leaves_with_a_rebuild(archive, encoder):
    archive.add([BRIDGE])
    store = archive._store
    with store.transaction():
        store.upsert(replace(WHEAT, text="Read more"), [(0, 0)], np.zeros((1, 384), np.float16))
    rebuild(store, encoder)
    assert [entry.outlet for entry in store.entries()] == [BRIDGE.outlet]


def test_only_one_process_rebuilds_an_index(archive, encoder):
    archive.add([BRIDGE])
    with (
        closing(Store(archive.place)) as other,
        other.alone_at("rebuild"),
        pytest.raises(BusyIndex, match="Another Verbatim is at the rebuild"),
    ):
        rebuild(archive._store, encoder)
    rebuild(archive._store, encoder)


def test_until_all_is_encoded_the_vectors_are_nobodys_and_nobody_adds_to_them(archive, encoder):
    archive.add([BRIDGE, WHEAT])
    seen = []

    def look(done, total):
        for fingerprint in (encoder.fingerprint, "reversed:fp32"):
            with pytest.raises(OtherEncoder):
                archive._store.check_encoder(fingerprint)
        with pytest.raises(OtherEncoder, match="VERBATIM_MODEL"):
            archive.add(
                [replace(BRIDGE, url="https://wire.example.com/other", text="The harbour closed on Tuesday.")]
            )
        seen.append(done)

    rebuild(archive._store, Reversed(encoder), look)
    assert seen == [1, 2]
    archive._store.check_encoder("reversed:fp32")
    assert len(archive._store.entries()) == 2


def test_the_same_encoder_goes_on_adding_while_it_rebuilds(archive, encoder):
    archive.add([BRIDGE])
    rebuild(archive._store, encoder, lambda done, total: archive.add([WHEAT]))
    assert {entry.outlet for entry in archive._store.entries()} == {BRIDGE.outlet, WHEAT.outlet}


def test_what_is_removed_while_it_is_encoded_stays_removed(archive, encoder):
    archive.add([BRIDGE, WHEAT])

    class Removing(Reversed):
        def encode(self, texts):
            with archive._store.transaction():
                archive._store.remove(BRIDGE.url)
            return super().encode(texts)

    rebuild(archive._store, Removing(encoder))
    assert [entry.outlet for entry in archive._store.entries()] == [WHEAT.outlet]
