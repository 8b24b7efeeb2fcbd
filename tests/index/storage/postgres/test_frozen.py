"""A primary that neither answers nor refuses: frozen, cut off without a word, or waiting for a standby that is away."""

import signal

import pytest

from index.archive import Archive
from index.errors import BusyIndex, StoreAway, UnconfirmedChange
from index.storage.postgres import bounded_connection, connections, database
from index.storage.postgres.address import PostgresAddress
from index.storage.postgres.bounded_connection import BoundedConnection
from tests.black_hole import BlackHole
from tests.index.conftest import BRIDGE, WHEAT
from tests.index.storage.postgres.test_failover import FERRY, QUESTION, TOWER, WORDS, Busy, add_one, said
from tests.postgres import PASSWORD, wait_until
from tests.postgres_cluster import PostgresCluster


@pytest.fixture
def cluster(monkeypatch):
    monkeypatch.setattr(database, "WRITE_PATIENCE", 1.0)
    monkeypatch.setattr(connections, "LOOK_TIMEOUT", 3)
    monkeypatch.setattr(bounded_connection, "ASK_AFTER", 0.5)
    monkeypatch.setattr(BoundedConnection, "limit", 1000.0)  # nothing here is to end by it
    started = PostgresCluster()
    yield started
    started.close()


@pytest.fixture
def open_archive(encoder, tmp_path):
    opened = []

    def opens(address):
        archive = Archive(tmp_path, encoder, store=address)
        opened.append(archive)
        archive.add([BRIDGE, WHEAT])
        return archive

    yield opens
    for archive in opened:
        archive.close()


@pytest.fixture
def black_hole(cluster):
    between = BlackHole(cluster.primary.port)
    yield between
    between.close()


class AtWork:
    """Somebody who asks and somebody who adds, all the time."""

    def __init__(self, archive):
        self.archive = archive
        self.asking = Busy(lambda _: said(archive))
        self.adding = Busy(lambda number: add_one(archive, number))
        self.sees_both()

    def sees_both(self):
        """Questions are answered, and articles are added, from now on."""
        asked, added = len(self.asking.results), len(self.adding.results)
        wait_until(lambda: len(self.asking.results) > asked + 3)
        wait_until(lambda: any(isinstance(one, str) for one in self.adding.results[added:]))

    def sees_that_it_is_away(self):
        """Questions are answered, with the remark; what is added is refused."""
        wait_until(self.archive.is_behind)
        wait_until(lambda: any(isinstance(one, StoreAway) for one in self.adding.results))
        asked = len(self.asking.results)
        wait_until(lambda: len(self.asking.results) > asked + 3)

    def end(self):
        """Nobody was left without an answer, and what was confirmed is there once."""
        assert all(isinstance(one, str) and WORDS in one for one in self.asking.end())
        kept = [one for one in self.adding.end() if isinstance(one, str)]
        assert all(self.archive.article(url) for url in kept)
        counted = self.archive._store.query("SELECT count(*), count(DISTINCT url) FROM articles")
        assert counted[0][0] == counted[0][1] >= len(kept) + 2
        assert not self.archive.ask(QUESTION).is_behind


def test_a_frozen_primary_is_answered_for_by_its_replica_and_then_by_the_copy_until_it_thaws(
    cluster, open_archive
):
    replica = cluster.add_replica()
    archive = open_archive(cluster.new_database())
    work = AtWork(archive)
    cluster.primary.freeze()
    work.sees_that_it_is_away()
    assert archive.outlets()
    replica.freeze()
    asked = len(work.asking.results)
    wait_until(lambda: len(work.asking.results) > asked + 3)
    replica.thaw()
    cluster.primary.thaw()
    work.sees_both()
    work.end()


def test_a_frozen_primary_is_left_for_the_replica_that_is_promoted(cluster, open_archive):
    replica = cluster.add_replica()
    cluster.wait_for_replicas()
    archive = open_archive(cluster.new_database())
    work = AtWork(archive)
    cluster.primary.freeze()
    cluster.promote(replica)
    work.sees_both()
    work.end()


def test_a_server_that_is_frozen_alone_is_answered_for_by_the_copy(cluster, open_archive):
    archive = open_archive(cluster.new_database())
    work = AtWork(archive)
    cluster.primary.freeze()
    work.sees_that_it_is_away()
    assert archive.brief(BRIDGE.published, None)
    cluster.primary.thaw()
    work.sees_both()
    work.end()


def test_a_network_that_goes_silent_is_noticed_and_so_is_its_return(cluster, open_archive, black_hole):
    name = cluster.new_database().url.rpartition("/")[2]
    address = PostgresAddress.parse(f"postgresql://owner:{PASSWORD}@127.0.0.1:{black_hole.port}/{name}")
    archive = open_archive(address)
    work = AtWork(archive)
    black_hole.go_silent()
    work.sees_that_it_is_away()
    black_hole.go_on()
    work.sees_both()
    work.end()


def test_a_frozen_server_is_not_waited_for_by_who_starts(cluster, encoder, tmp_path, monkeypatch):
    monkeypatch.setattr(connections, "CONNECT_TIMEOUT", 2)
    address = cluster.new_database()
    cluster.primary.freeze()
    with pytest.raises(BusyIndex, match="timeout"):
        Archive(tmp_path, encoder, store=address)


def test_a_transaction_that_is_cut_off_half_way_did_nothing(cluster, open_archive):
    archive = open_archive(cluster.new_database())

    def freeze_half_way():
        with archive._store.transaction():
            archive._store.execute("DELETE FROM articles")
            cluster.primary.freeze()
            archive._store.execute("DELETE FROM bodies")

    with pytest.raises(BusyIndex, match="no answer"):
        freeze_half_way()
    with pytest.raises(StoreAway):
        archive.remove(BRIDGE.url)
    cluster.primary.thaw()
    wait_until(lambda: not archive.is_behind())
    assert archive.article(BRIDGE.url) == BRIDGE


def test_a_commit_that_no_standby_confirms_is_said_to_be_unconfirmed_and_is_not_done_twice(
    cluster, open_archive, encoder, tmp_path
):
    replica = cluster.add_replica()
    cluster.wait_for_replicas()
    address = cluster.new_database()
    archive = open_archive(address)
    with Archive(tmp_path / "other", encoder, store=address) as other:
        replica.stop(signal.SIGQUIT)
        adding = Busy(lambda _: archive.add([FERRY]))
        wait_until(lambda: cluster.waiting_commits() > 0)
        with pytest.raises(StoreAway):  # it waited for its turn
            other.add([TOWER])
        wait_until(lambda: any(isinstance(one, StoreAway) for one in adding.results))
        assert isinstance(adding.end()[0], UnconfirmedChange)
        assert archive.ask(QUESTION).is_behind
        assert WORDS in said(other)
        with pytest.raises(StoreAway, match="synchronous_standby_names"):
            archive.add([TOWER])

        replica.start()
        wait_until(lambda: not archive.is_behind() and not other.is_behind())
        assert archive.article(FERRY.url) == FERRY  # it was done: the primary had it on disk
        archive.add([FERRY, TOWER])
        assert archive._store.query("SELECT count(*) FROM articles") == [(4,)]
        assert "sailed again" in said(other, "When did the ferry sail again?")
