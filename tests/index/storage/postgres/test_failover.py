"""A primary that is killed, with a replica beside it and without: what is answered, what is kept, what comes back."""

import signal
import threading

import pytest

from index.archive import Archive
from index.errors import BusyIndex, StoreAway
from index.storage.postgres import connections, database
from tests.index.conftest import BRIDGE, WHEAT, article
from tests.postgres import wait_until
from tests.postgres_cluster import PostgresCluster

QUESTION = "Why did the harbour bridge in Norwick close?"
WORDS = "cracks in two of its cables"
FERRY = article(
    "ferry", "The ferry between Norwick and Oldport sailed again on Sunday after a long storm.", day=3
)
TOWER = article(
    "tower", "The tower of Saint Anne in Oldport is to be painted green in May, the parish says.", day=4
)


@pytest.fixture
def cluster(monkeypatch):
    monkeypatch.setattr(database, "WRITE_PATIENCE", 1.0)
    monkeypatch.setattr(connections, "LOOK_TIMEOUT", 10)  # however slow the machine is
    started = PostgresCluster()
    yield started
    started.close()


@pytest.fixture
def replica(cluster):
    return cluster.add_replica()


@pytest.fixture
def archive(cluster, replica, encoder, tmp_path):
    with Archive(tmp_path, encoder, store=cluster.new_database()) as opened:
        opened.add([BRIDGE, WHEAT])
        yield opened


def said(archive, question=QUESTION):
    return " ".join(quote.text for quote in archive.ask(question).quotes)


class Busy(threading.Thread):
    """Does something again and again, however it ends, until it is stopped."""

    def __init__(self, work):
        super().__init__(daemon=True)
        self.work, self.stopped, self.results = work, threading.Event(), []
        self.start()

    def run(self):
        number = 0
        while not self.stopped.is_set():
            try:
                self.results.append(self.work(number))
            except BusyIndex as error:  # not StoreAway where it is cut off in the middle
                self.results.append(error)
            number += 1

    def end(self):
        self.stopped.set()
        self.join(60)
        return self.results


def add_one(archive, number):
    added = article(
        f"story-{number}", f"The council of Oldport voted {number} times about the square on Friday."
    )
    return added.url if archive.add([added]) else None


def test_a_killed_primary_is_answered_for_by_its_replica_and_then_by_the_copy(cluster, replica, archive):
    cluster.wait_for_replicas()
    asking, adding = Busy(lambda _: said(archive)), Busy(lambda number: add_one(archive, number))
    wait_until(lambda: len(adding.results) > 3)
    cluster.primary.kill()
    wait_until(archive.is_behind)
    wait_until(lambda: any(isinstance(one, StoreAway) for one in adding.results))
    assert archive.ask(QUESTION).is_behind
    assert archive.outlets()

    replica.stop(signal.SIGKILL)
    count = len(asking.results)
    wait_until(lambda: len(asking.results) > count + 3)
    assert archive.context(BRIDGE.url, WORDS, BRIDGE.text.index(WORDS)).after
    assert archive.brief(BRIDGE.published, None)
    assert archive.stats().articles >= 2
    with pytest.raises(StoreAway, match="cannot be reached"):
        archive.remove(BRIDGE.url)

    replica.start()
    cluster.promote(replica)
    wait_until(lambda: not archive.is_behind())
    acknowledged = len(adding.results)
    wait_until(lambda: any(isinstance(one, str) for one in adding.results[acknowledged:]))
    assert all(WORDS in one for one in asking.end())
    kept = [one for one in adding.end() if isinstance(one, str)]
    assert all(archive.article(url) for url in kept)
    [(articles, urls)] = archive._store.query("SELECT count(*), count(DISTINCT url) FROM articles")
    assert articles == urls >= len(kept) + 2
    assert not archive.ask(QUESTION).is_behind


def test_what_an_asynchronous_replica_had_not_got_is_forgotten_by_the_indexes_too(cluster, replica, archive):
    replica.stop(signal.SIGQUIT)
    archive.add([FERRY])
    assert "sailed again" in said(archive, "When did the ferry sail again?")
    cluster.primary.kill()
    replica.start()
    cluster.promote(replica)
    wait_until(lambda: not archive.is_behind())
    assert "sailed again" not in said(archive, "When did the ferry sail again?")
    archive.add([TOWER])  # its sentences get the numbers of those that were lost
    assert "painted green" in said(archive, "What colour is the tower of Saint Anne to be painted?")
    assert "sailed again" not in said(archive, "When did the ferry sail again?")
    assert WORDS in said(archive)
