import threading
from dataclasses import replace

import pytest

from index.archive import Archive
from index.ingest import pipeline
from index.ingest.pipeline import IngestOutcome
from tests.index.conftest import BRIDGE, WHEAT, earlier_texts
from tests.index.storage.conftest import open_archive

PATIENCE = 30  # seconds until a test gives up


@pytest.fixture(autouse=True)
def one_article_a_batch(monkeypatch):
    monkeypatch.setattr(pipeline, "FIRST_BATCH_SENTENCES", 1)
    monkeypatch.setattr(pipeline, "MAX_BATCH_SENTENCES", 1)


class WaitingEncoder:
    """The bundled encoder, which encodes nothing before it is told to go on."""

    def __init__(self, encoder):
        self._encoder = encoder
        self.fingerprint, self.dimensions = encoder.fingerprint, encoder.dimensions
        self.go_on = threading.Event()

    def encode(self, texts):
        if not self.go_on.wait(PATIENCE):
            raise TimeoutError
        return self._encoder.encode(texts)


def results(added):
    return [(one.url, one.outcome) for one in added]


def test_the_next_article_is_looked_at_while_one_is_encoded(tmp_path, encoder):
    waiting = WaitingEncoder(encoder)

    def coming():
        yield BRIDGE
        waiting.go_on.set()
        yield WHEAT

    with Archive(tmp_path, waiting) as archive:
        added = results(archive.add(coming()))
    assert added == [(BRIDGE.url, IngestOutcome.ADDED), (WHEAT.url, IngestOutcome.ADDED)]


def test_the_later_text_of_an_article_that_is_under_way_stays(tmp_path, encoder):
    later = replace(BRIDGE, text=BRIDGE.text.replace("six weeks", "eight months"))
    assert later.text != BRIDGE.text
    with Archive(tmp_path, encoder) as archive:
        added = results(archive.add([BRIDGE, later, WHEAT, replace(WHEAT, text=WHEAT.text + "\n")]))
        assert archive.article(BRIDGE.url).text == later.text
        assert earlier_texts(archive._store, BRIDGE.url) == [BRIDGE.text]
    assert added[:2] == [(BRIDGE.url, IngestOutcome.ADDED), (BRIDGE.url, IngestOutcome.REPLACED)]
    assert (WHEAT.url, IngestOutcome.ADDED) in added


def test_what_was_yielded_is_committed_when_nobody_asks_for_more(tmp_path, encoder):
    with Archive(tmp_path, encoder) as archive:
        coming = archive.iter_add([BRIDGE, WHEAT])
        first = next(coming)
        coming.close()
    with Archive(tmp_path, encoder) as archive:
        assert archive.article(first.url) == BRIDGE


def test_an_encoder_that_fails_is_heard_of_and_what_came_before_is_kept(tmp_path, encoder):
    class Failing(WaitingEncoder):
        def encode(self, texts):
            if WHEAT.title in texts:
                raise RuntimeError("out of order")
            return self._encoder.encode(texts)

    with Archive(tmp_path, Failing(encoder)) as archive:
        with pytest.raises(RuntimeError, match="out of order"):
            archive.add([BRIDGE, WHEAT])
        assert archive.article(BRIDGE.url) == BRIDGE
        assert archive.article(WHEAT.url) is None


class RemovingEncoder:
    """The bundled encoder; the owner removes an article while it encodes the next texts."""

    def __init__(self, encoder):
        self._encoder = encoder
        self.fingerprint, self.dimensions = encoder.fingerprint, encoder.dimensions
        self.remove = None

    def encode(self, texts):
        remove, self.remove = self.remove, None
        if remove:
            assert remove(BRIDGE.url)
        return self._encoder.encode(texts)


@pytest.mark.parametrize("requested", [False, True])
def test_what_its_owner_removes_while_it_is_encoded_comes_back_by_wish_only(
    place, encoder, tmp_path, requested
):
    corrected = replace(BRIDGE, text=BRIDGE.text.replace("six weeks", "eight months"))
    removing = RemovingEncoder(encoder)
    with open_archive(place, removing, tmp_path) as archive:
        archive.add([BRIDGE])
        removing.remove = archive.remove
        [result, other] = archive.add([corrected, WHEAT], requested=requested)
        outcome = IngestOutcome.ADDED if requested else IngestOutcome.REFUSED
        assert (result.url, result.outcome) == (BRIDGE.url, outcome)
        assert other.outcome is IngestOutcome.ADDED
        assert archive.article(BRIDGE.url) == (corrected if requested else None)
        assert archive.accepts(BRIDGE.url) is requested
