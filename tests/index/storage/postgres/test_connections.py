"""Connections: lent and given back, to whom they go, and not waited for where there is nobody."""

from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg_pool import PoolClosed

from index.storage.postgres import bounded_connection, connections
from index.storage.postgres.address import PostgresAddress
from index.storage.postgres.connections import ANY_SERVER, Connections
from tests.black_hole import BlackHole


@pytest.fixture
def opened(postgres_address):
    ours = Connections(postgres_address)
    yield ours
    ours.close()


def backend(connection):
    return connection.execute("SELECT pg_backend_pid()").fetchone()


def test_a_connection_is_lent_again_and_no_two_borrowers_have_the_same(opened):
    with opened.lent() as one:
        first = backend(one)
        with opened.lent() as other:
            assert backend(other) != first
    with opened.lent() as again:
        assert again is one or again is other


def test_nobody_waits_for_a_primary_that_is_not_there(monkeypatch):
    monkeypatch.setattr(connections, "LOOK_AFTER", 0.05)
    ours = Connections(PostgresAddress.parse("postgresql://owner:secret@127.0.0.1:1/news"))
    with pytest.raises(PoolClosed):
        ours.get()
    assert ours.watch.is_away
    ours.close()


def test_what_can_only_be_read_is_no_primary(opened, postgres, postgres_address):
    name = postgres_address.url.rpartition("/")[2]
    postgres.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with pytest.raises(psycopg.OperationalError, match="read-only"):
        opened.connect()
    with opened.connect(ANY_SERVER) as connection:
        assert backend(connection)


def test_a_statement_has_hope_while_its_server_is_at_it(opened, monkeypatch):
    monkeypatch.setattr(bounded_connection, "ASK_AFTER", 0.1)
    with opened.lent() as connection:
        assert connection.execute("SELECT 1 FROM pg_sleep(0.5)").fetchone() == (1,)
        assert not connection.has_hope(connection)  # the server has answered all, whatever became of it


def test_a_statement_has_no_hope_on_a_server_that_says_nothing(opened, postgres_address, monkeypatch):
    monkeypatch.setattr(connections, "LOOK_TIMEOUT", 1)
    between = BlackHole(urlsplit(postgres_address.url).port)
    ours = Connections(PostgresAddress.parse(at_port(postgres_address, between.port)))
    with ours.lent() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
        between.go_silent()
        assert not connection.has_hope(connection)
    ours.close()
    between.close()


def test_connections_go_to_where_the_primary_was_found(postgres_address, monkeypatch):
    silent = BlackHole(urlsplit(postgres_address.url).port)
    silent.go_silent()
    monkeypatch.setattr(connections, "LOOK_TIMEOUT", 1)
    ours = Connections(PostgresAddress.parse(at_port(postgres_address, silent.port, beside=True)))
    assert ours.watch.look()
    taken = silent.taken
    with ours.lent() as connection, ours.connect() as another:
        assert backend(connection) != backend(another)
    assert silent.taken == taken > 0
    ours.close()
    silent.close()


def at_port(address, port, *, beside=False):
    """The address at another port; with that `beside` the old one, which comes after it."""
    host = f"127.0.0.1:{urlsplit(address.url).port}"
    return address.url.replace(host, f"127.0.0.1:{port},{host}" if beside else f"127.0.0.1:{port}")
