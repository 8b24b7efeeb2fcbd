"""Connections: lent and given back, to whom they go, and not waited for where there is nobody."""

import psycopg
import pytest
from psycopg_pool import PoolClosed

from index.storage.postgres import connections
from index.storage.postgres.address import PostgresAddress
from index.storage.postgres.connections import ANY_SERVER, Connections


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
