"""Indexes that are made anew while questions are refused, and not before anybody else's."""

import shutil
import threading
import time

import pytest

from index.archive import Archive
from index.errors import BusyIndex, UnfinishedIndex
from index.retrieval import index_set
from index.retrieval.index_build import BuildCancelled, IndexBuild
from index.retrieval.keyword_index import KeywordIndex
from tests.index.conftest import BRIDGE
from tests.index.maintenance.test_pruning import CheapEncoder, many

PATIENCE = 60  # seconds until a test gives up
QUESTION = "What happened at the harbour bridge in Norwick?"
ARTICLES = 8


class Gate:
    """Lets a few articles be indexed, and the others when it is opened."""

    def __init__(self, monkeypatch, free):
        self.opened, self.reached = threading.Event(), threading.Event()
        add, left = KeywordIndex.add, iter(range(free))

        def add_when_open(index, *arguments):
            if next(left, None) is None:
                self.reached.set()
                assert self.opened.wait(PATIENCE)
            add(index, *arguments)

        monkeypatch.setattr(KeywordIndex, "add", add_when_open)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A data folder that has lost its indexes."""
    with Archive(tmp_path, CheapEncoder()) as archive:
        archive.add(many(ARTICLES))
    for derived in (tmp_path / "words-1", tmp_path / "vectors"):
        shutil.rmtree(derived, ignore_errors=True)
    monkeypatch.setattr(index_set, "MAX_MISSING", 0)
    return tmp_path


def wait_until_built(archive):
    deadline = time.monotonic() + PATIENCE
    while archive.percent_built is not None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert archive.percent_built is None


def found(archive):
    return len(archive.article_table().first_sentence), archive._indexes.keywords.sentences - 1


def test_while_the_indexes_are_made_a_question_is_told_how_far_they_are(folder, monkeypatch):
    gate = Gate(monkeypatch, free=4)
    with Archive(folder, CheapEncoder(), wait=False) as archive:
        assert gate.reached.wait(PATIENCE)
        with pytest.raises(UnfinishedIndex) as told:
            archive.ask(QUESTION)
        percent = 100 * (ARTICLES + 4) // (2 * ARTICLES)
        assert archive.percent_built == told.value.facts["percent"] == percent
        assert f"{percent} %" in str(told.value)
        archive.add([BRIDGE])  # nobody waits for the indexes
        assert archive.article(BRIDGE.url) == BRIDGE
        gate.opened.set()
        wait_until_built(archive)
        archive.ask(QUESTION)
        assert found(archive) == (ARTICLES + 1, len(archive._indexes.vectors))


def test_who_waits_hears_how_far_it_is(folder):
    said = []
    with Archive(folder, CheapEncoder(), progress=said.append) as archive:
        assert archive.percent_built is None
        assert found(archive)[0] == ARTICLES
    assert said == [
        f"Making the indexes: {percent} % ..." for percent in (12, 25, 31, 43, 50, 62, 75, 81, 93)
    ]


def test_a_build_is_given_up_when_the_archive_is_closed_and_goes_on_at_the_next_start(folder, monkeypatch):
    gate = Gate(monkeypatch, free=2)
    archive = Archive(folder, CheapEncoder(), wait=False)
    assert gate.reached.wait(PATIENCE)
    closing = threading.Thread(target=archive.close)
    closing.start()
    gate.opened.set()
    closing.join(PATIENCE)
    assert not closing.is_alive()
    with Archive(folder, CheapEncoder()) as archive:
        assert found(archive) == (ARTICLES, len(archive._indexes.vectors))


def test_what_the_store_keeps_from_being_made_is_tried_again(folder, monkeypatch):
    monkeypatch.setattr(index_set, "RETRY_DELAY", 0.01)
    add, away = KeywordIndex.add, iter(range(3))

    def add_when_there(index, *arguments):
        if next(away, None) is not None:
            raise BusyIndex("away")
        add(index, *arguments)

    monkeypatch.setattr(KeywordIndex, "add", add_when_there)
    with Archive(folder, CheapEncoder(), wait=False) as archive:
        wait_until_built(archive)
        assert found(archive) == (ARTICLES, len(archive._indexes.vectors))


def test_a_fault_is_reported_and_ends_the_thread(capsys):
    build = IndexBuild(1, print)

    def fail():
        raise KeyError("fault")

    build.run_in_thread(fail)
    build._thread.join(PATIENCE)
    assert "making the indexes" in "".join(capsys.readouterr())


def test_percent_are_of_both_passes_and_below_a_hundred():
    said = []
    build = IndexBuild(50, said.append)
    for _ in range(100):
        build.count()
    assert said == [10, 20, 30, 40, 50, 60, 70, 80, 90]
    assert build.percent == 99
    build.cancel()
    with pytest.raises(BuildCancelled):
        build.count()
