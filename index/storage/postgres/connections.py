"""Connections to a PostgreSQL database: bounded in time, kept in a pool, to the primary or to whoever may be read."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from index.storage.engine import Row
from index.storage.postgres.address import PostgresAddress
from index.storage.postgres.dialect import SCHEMA
from index.storage.postgres.primary_watch import PrimaryWatch

# Seconds. Judged: what a person waits for at most (connecting), a batch of articles (a statement, a lock), a command
# that ran into a breakpoint (idle).
CONNECT_TIMEOUT, STATEMENT_TIMEOUT, BUSY_TIMEOUT, IDLE_TIMEOUT = 5, 30, 30, 60
# Seconds that a reader, and a short change, waits for what somebody has locked; judged: a person waits for it.
LOCKED_TIMEOUT = 2
LOOK_TIMEOUT = 2  # seconds to connect, of each host, when a connection was lost: a question waits for it
LOOK_AFTER = 1.0  # seconds that a connection may take before it is looked whether there are any; judged
MAX_CONNECTIONS = 8  # of a process; judged: readers of one question, the feeds and a writer
# What libpq may connect to of several hosts: https://www.postgresql.org/docs/current/libpq-connect.html
PRIMARY, ANY_SERVER = "read-write", "any"
Connection = psycopg.Connection[Row]


class Connections:
    """The connections of one database: `watch` knows whether there are any to the primary."""

    def __init__(self, address: PostgresAddress) -> None:
        """Connect to nobody yet."""
        self._address = address
        self._pool = self._new_pool()
        self.watch = PrimaryWatch(
            lambda: self.connect(timeout=LOOK_TIMEOUT),
            lambda: self.connect(ANY_SERVER, LOOK_TIMEOUT),
            self._drop_pool,
        )

    def connect(self, server: str = PRIMARY, timeout: int | None = None) -> Connection:
        """Return a connection that is not of the pool."""
        options = _connection_options() | {"target_session_attrs": server}
        if timeout is not None:
            options["connect_timeout"] = timeout
        connection: Connection = psycopg.connect(self._address.url, **options)
        _configure(connection)
        return connection

    def get(self) -> "tuple[ConnectionPool[Connection], Connection]":
        """Return a connection, and the pool that it has to be put back to. Raise PoolTimeout when all are busy.

        Raise PoolClosed when there is no primary any more: no connection to it comes by waiting.
        """
        pool = self._pool
        try:
            return pool, pool.getconn(LOOK_AFTER)
        except PoolTimeout:
            if not self.watch.look():
                raise PoolClosed from None
        return pool, pool.getconn()

    @contextmanager
    def lent(self) -> Iterator[Connection]:
        """Lend a connection of the pool, as `get` does."""
        pool, connection = self.get()
        try:
            yield connection
        finally:
            pool.putconn(connection)

    def close(self) -> None:
        """Close all connections, and look for the primary no longer."""
        self.watch.stop()
        self._pool.close()

    def _new_pool(self) -> "ConnectionPool[Connection]":
        return ConnectionPool(
            self._address.url,
            kwargs=_connection_options(),
            min_size=0,
            max_size=MAX_CONNECTIONS,
            timeout=CONNECT_TIMEOUT,
            reconnect_timeout=CONNECT_TIMEOUT,  # then whoever needs a connection tries at once
            configure=_configure,
            open=True,
        )

    def _drop_pool(self) -> None:
        """Begin with new connections, which nobody waits for yet."""
        lost, self._pool = self._pool, self._new_pool()
        # in a thread: it waits for what is just connecting
        threading.Thread(target=lost.close, name="closing", daemon=True).start()


def _connection_options() -> dict[str, Any]:
    """Return how to connect, beside the address."""
    return {
        "autocommit": True,
        "application_name": "verbatim",
        "target_session_attrs": PRIMARY,
        "connect_timeout": CONNECT_TIMEOUT,
        # a host that vanished is noticed
        "tcp_user_timeout": 1000 * CONNECT_TIMEOUT,
        "keepalives_idle": CONNECT_TIMEOUT,
        "keepalives_interval": 1,
        "keepalives_count": CONNECT_TIMEOUT,
    }


def _configure(connection: Connection) -> None:
    """Bound all that a connection does in time, and let it find the tables."""
    connection.execute(
        f"SET search_path TO {SCHEMA}, pg_catalog; SET statement_timeout = '{STATEMENT_TIMEOUT}s';"
        f" SET lock_timeout = '{LOCKED_TIMEOUT}s'; SET idle_in_transaction_session_timeout = '{IDLE_TIMEOUT}s';"
        " SET client_min_messages = warning"
    )
