"""Connections to a PostgreSQL database: bounded in time, kept in a pool, to the primary or to whoever may be read."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import errors
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from index.storage.postgres.address import PostgresAddress
from index.storage.postgres.bounded_connection import STATEMENT_TIMEOUT, BoundedConnection, NoAnswer
from index.storage.postgres.dialect import SCHEMA
from index.storage.postgres.primary_watch import PrimaryWatch
from index.storage.postgres.server_search import IS_STUCK, FoundServers, find_servers, named_servers

# Seconds. Judged: what a person waits for at most (connecting), a batch of articles (a lock), a command that ran into a
# breakpoint (idle).
CONNECT_TIMEOUT, BUSY_TIMEOUT, IDLE_TIMEOUT = 5, 30, 60
# Seconds that a reader, and a short change, waits for what somebody has locked; judged: a person waits for it.
LOCKED_TIMEOUT = 2
LOOK_TIMEOUT = 2  # seconds until a server has to answer when a connection was lost: a question waits for it
LOOK_AFTER = 1.0  # seconds that a connection may take before it is looked whether there are any; judged
MAX_CONNECTIONS = 8  # of a process; judged: readers of one question, the feeds and a writer
# What libpq may connect to of several hosts: https://www.postgresql.org/docs/current/libpq-connect.html
PRIMARY, ANY_SERVER = "read-write", "any"
# What becomes of a statement, as its server tells another connection. True where nothing will come of it: the answer is
# on no way to us, or a commit waits for a standby, or it waits for the turn of a transaction whose commit does.
IS_HOPELESS = (
    "SELECT starts_with(state, 'idle') OR (wait_event = 'SyncRep' OR wait_event_type = 'Lock') AND "
    f"{IS_STUCK} FROM pg_stat_activity WHERE pid = %s"
)
Connection = BoundedConnection


class Connections:
    """The connections of one database: `watch` knows whether there are any to the primary."""

    def __init__(self, address: PostgresAddress) -> None:
        """Connect to nobody yet."""
        self._address = address
        self._primary: Mapping[str, str] = {}  # where it was found, if it was looked for
        self._pool = self._new_pool()
        self._pool_lock = threading.Lock()
        self.watch = PrimaryWatch(self._find_servers, self._drop_pool)

    def connect(self, server: str = PRIMARY, **options: Any) -> Connection:  # noqa: ANN401 - libpq's own
        """Return a connection that is not of the pool, made with further `options` of libpq's."""
        where = self._primary if server == PRIMARY else {}
        options = {"target_session_attrs": server, **where, **options}
        connection = Connection.connect(self._address.url, **_connection_options() | options)
        self._configure(connection)
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
            connection_class=Connection,
            kwargs=_connection_options() | {**self._primary},
            min_size=0,
            max_size=MAX_CONNECTIONS,
            timeout=CONNECT_TIMEOUT,
            reconnect_timeout=CONNECT_TIMEOUT,  # then whoever needs a connection tries at once
            configure=self._configure,
            open=True,
        )

    def _drop_pool(self) -> None:
        """Begin with new connections, which nobody waits for yet."""
        with self._pool_lock:
            lost, self._pool = self._pool, self._new_pool()
        # in a thread: it waits for what is just connecting
        threading.Thread(target=lost.close, name="closing", daemon=True).start()

    def _configure(self, connection: Connection) -> None:
        """Bound all that a connection does in time, and let it find the tables."""
        connection.has_hope = self._has_hope
        connection.execute(
            f"SET search_path TO {SCHEMA}, pg_catalog; SET statement_timeout = '{STATEMENT_TIMEOUT}s';"
            f" SET lock_timeout = '{LOCKED_TIMEOUT}s'; SET idle_in_transaction_session_timeout = '{IDLE_TIMEOUT}s';"
            " SET client_min_messages = warning"
        )

    def _find_servers(self) -> FoundServers:
        """Look whom there is to write to and to read."""
        found = find_servers(
            named_servers(self._address),
            lambda server: self.connect(ANY_SERVER, connect_timeout=LOOK_TIMEOUT, **server),
        )
        if found.primary and found.where != self._primary:
            self._primary = found.where
            self._drop_pool()
        return found

    def _has_hope(self, connection: Connection) -> bool:
        """Ask the server of a connection whether an answer may come there; where none may, the others are dropped too."""
        info = connection.info
        where = {"host": info.host, "hostaddr": info.hostaddr, "port": info.port}
        options = _connection_options() | {
            "target_session_attrs": ANY_SERVER,
            "connect_timeout": LOOK_TIMEOUT,
        }
        try:
            with Connection.connect(self._address.url, **options | where) as other:
                other.limit = LOOK_TIMEOUT
                has_hope = other.execute(IS_HOPELESS, (info.backend_pid,)).fetchone() in (
                    None,
                    (False,),
                    (None,),
                )
        except (errors.ConnectionTimeout, NoAnswer):
            has_hope = False
        except psycopg.Error:  # it answers
            has_hope = True
        if not has_hope and not self.watch.is_away:
            self._drop_pool()
        return has_hope


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
