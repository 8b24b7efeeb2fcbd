import threading

import pytest

from index.archive import Archive
from index.ingest import query_priority
from index.ingest.query_priority import QueryPriority
from tests.index.conftest import BRIDGE, WHEAT


@pytest.fixture(autouse=True)
def endless_patience(monkeypatch):
    monkeypatch.setattr(query_priority, "MAX_WAIT_SECONDS", 60)


def passes_within(priority, seconds):
    """Return True if somebody who yields to queries goes on within so many seconds."""
    passed = threading.Event()
    threading.Thread(target=lambda: (priority.yield_to_queries(), passed.set()), daemon=True).start()
    return passed.wait(seconds)


def test_nobody_waits_when_nobody_asks():
    assert passes_within(QueryPriority(), 30)  # half of MAX_WAIT


def test_articles_wait_until_the_last_question_is_answered():
    polite, passed = QueryPriority(), threading.Event()
    waiting = threading.Thread(target=lambda: (polite.yield_to_queries(), passed.set()))
    with polite.query():
        with polite.query():
            waiting.start()
        assert not passed.wait(0.05)
    assert passed.wait(30)
    waiting.join()


def test_nobody_waits_for_longer_than_the_longest_wait(monkeypatch):
    monkeypatch.setattr(query_priority, "MAX_WAIT_SECONDS", 0.01)
    polite = QueryPriority()
    with polite.query():
        assert passes_within(polite, 30)


def test_a_question_that_fails_holds_nobody_up():
    polite = QueryPriority()
    with pytest.raises(ValueError, match="bad"), polite.query():
        raise ValueError("bad")
    assert passes_within(polite, 30)


class Held:
    """The encoder, held up while it encodes a question."""

    def __init__(self, encoder):
        self._encoder = encoder
        self.fingerprint, self.dimensions = encoder.fingerprint, encoder.dimensions
        self.asked, self.go = threading.Event(), threading.Event()

    def encode(self, texts):
        if len(texts) == 1:
            self.asked.set()
            assert self.go.wait(30)
        return self._encoder.encode(texts)


def test_an_article_comes_in_after_the_question_that_is_being_answered(tmp_path, encoder, monkeypatch):
    held, stepped_aside, came = Held(encoder), threading.Event(), []
    waits = QueryPriority.yield_to_queries
    monkeypatch.setattr(
        QueryPriority, "yield_to_queries", lambda polite: (stepped_aside.set(), waits(polite))
    )
    with Archive(tmp_path, held) as archive:
        came += archive.add([BRIDGE])
        stepped_aside.clear()
        asking = threading.Thread(target=archive.ask, args=("Why did the bridge close?",))
        adding = threading.Thread(target=lambda: came.extend(archive.add([WHEAT])))
        asking.start()
        assert held.asked.wait(30)
        adding.start()
        assert stepped_aside.wait(30)
        assert len(came) == 1
        held.go.set()
        asking.join(30)
        adding.join(30)
        assert len(came) == 2
