"""Who of several servers can be written to and read, all asked at once."""

import psycopg
import pytest

from index.storage.postgres.address import PostgresAddress
from index.storage.postgres.bounded_connection import BoundedConnection
from index.storage.postgres.server_search import WAITS_FOR_STANDBY, find_servers, named_servers


@pytest.mark.parametrize(
    ("url", "servers"),
    [
        ("postgresql://me:p@db1:5432,db2:5433/news", [("db1", "5432"), ("db2", "5433")]),
        ("postgresql://me@db1,db2:5433/news", [("db1", ""), ("db2", "5433")]),
        ("postgresql://me@db1,db2/news?port=6000", [("db1", "6000"), ("db2", "6000")]),
        ("postgresql://me@db1/news", [("db1", None)]),
    ],
)
def test_each_server_of_an_address_is_named(url, servers):
    named = named_servers(PostgresAddress.parse(url))
    assert [(one["host"], one.get("port")) for one in named] == servers


def test_addresses_of_hosts_stay_with_them():
    address = PostgresAddress.parse("postgresql://me@db1,db2/news?hostaddr=10.0.0.1,10.0.0.2")
    assert [(one["host"], one["hostaddr"]) for one in named_servers(address)] == [
        ("db1", "10.0.0.1"),
        ("db2", "10.0.0.2"),
    ]


def test_an_address_without_a_host_is_that_of_libpq():
    assert named_servers(PostgresAddress("postgresql:///news", "")) == [{}]


@pytest.fixture
def made(postgres_address):
    """Connections by `connect`, to a server whose `port` says what is wrong with it."""
    opened = []

    def connect(server):
        if server["port"] == "1":
            raise psycopg.OperationalError("refused")
        options = "-c default_transaction_read_only=on" if server["port"] == "2" else ""
        opened.append(BoundedConnection.connect(postgres_address.url, options=options))
        return opened[-1]

    connect.opened = opened
    yield connect
    for one in opened:
        one.close()


def ports(*numbers):
    return [{"port": number} for number in numbers]


def test_the_first_primary_and_a_replica_are_kept_and_the_others_closed(made):
    found = find_servers(ports("1", "2", "3", "2", "4"), made)
    assert found.where == {"port": "3"}
    assert not found.primary.closed
    assert not found.replica.closed
    assert sum(not one.closed for one in made.opened) == 2
    found.close()
    assert all(one.closed for one in made.opened)


def test_without_a_primary_it_is_told_why(made):
    found = find_servers(ports("1", "2"), made)
    assert found.primary is None
    assert found.replica
    assert str(found.error) == "refused; session is read-only"


def test_who_cannot_be_asked_is_neither(made):
    def connect(server):
        connection = made(server)
        connection.close()
        return connection

    found = find_servers(ports("3"), connect)
    assert (found.primary, found.replica) == (None, None)
    assert WAITS_FOR_STANDBY not in str(found.error)
