"""The watch over the primary: when it is taken to be away, who is read meanwhile, and how its return is noticed."""

import psycopg
import pytest

from index.storage.postgres import primary_watch
from index.storage.postgres.primary_watch import PrimaryWatch
from index.storage.postgres.server_search import FoundServers

PATIENT = 60.0


class Servers:
    """A primary and a replica that are there or not; they hand out themselves as connections."""

    def __init__(self):
        self.primary = self.replica = True
        self.losses, self.closed = 0, False

    def find(self):
        return FoundServers(
            psycopg.OperationalError("" if self.primary else "no primary"),
            primary=self if self.primary else None,
            replica=self if self.replica else None,
        )

    def lost(self):
        self.losses += 1

    def close(self):
        self.closed = True


@pytest.fixture
def servers():
    return Servers()


@pytest.fixture
def watch(servers, monkeypatch):
    monkeypatch.setattr(primary_watch, "LOOK_EVERY", 0.01)
    made = PrimaryWatch(servers.find, servers.lost)
    yield made
    made.stop()


def test_a_lost_connection_is_no_lost_primary(servers, watch):
    assert watch.look()
    assert not watch.is_away
    assert watch.replica() is None
    assert servers.closed  # what was only looked for
    assert servers.losses == 0


def test_while_it_is_away_a_replica_is_read_until_it_is_back(servers, watch):
    servers.primary = False
    assert not watch.look()
    assert not watch.look()
    assert watch.is_away
    assert servers.losses == 1
    assert watch.replica() is servers
    assert not servers.closed
    assert not watch.wait(0)
    assert "no primary" in str(watch.error)
    servers.primary, servers.closed = True, False
    assert watch.wait(PATIENT)
    assert watch.look()


def test_a_replica_that_is_lost_too_is_found_again(servers, watch):
    servers.primary = servers.replica = False
    watch.look()
    assert watch.replica() is None
    servers.replica = True
    for _ in range(1000):
        if watch.replica():
            break
        assert not watch.wait(0.05)
    assert watch.replica() is servers
    watch.give_up(servers)
    assert servers.closed
