"""A PostgreSQL database as the store uses it: a pool of connections, transactions that take turns, time-outs."""

import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

from index.storage.engine import Engine, Row, busy_elsewhere
from index.storage.postgres.address import PostgresAddress
from index.storage.postgres.dialect import SCHEMA, bound, translated
from index.storage.postgres.errors import exhausted, in_words, is_lost, unsuitable_server
from index.storage.postgres.listener import CHANNEL, ChangeListener
from index.storage.postgres.schema import create_schema, identities

LEAST_VERSION = 150_000
# Seconds. Judged: what a person waits for at most (connecting), a batch of articles (a statement, a lock), a command
# that ran into a breakpoint (idle), a large table made anew (a migration).
CONNECT_TIMEOUT, STATEMENT_TIMEOUT, BUSY_TIMEOUT, IDLE_TIMEOUT, MIGRATION_TIMEOUT = 5, 30, 30, 60, 600
MAX_CONNECTIONS = 8  # of a process; judged: readers of one question, the feeds and a writer
# Advisory locks of a server's database; judged: letters of a name.
MIGRATION_LOCK, NEWS_LOCK, TABLES_LOCK = 0x56455242, 0x4154494D, 0x4E455753
ALONE_LOCKS = 0x414C4F4E  # the first of two numbers, of which the second is made of what is done
Connection = psycopg.Connection[Row]


class PostgresDatabase(Engine):
    """A database of a server. Transactions of all processes take turns; readers wait for nobody."""

    def __init__(
        self,
        address: PostgresAddress,
        migrate: Callable[[Connection, PostgresAddress], None],
        writers_lock: int = NEWS_LOCK,
    ) -> None:
        """Connect, and let `migrate` make the tables or bring them up to date.

        Of several databases of one server only those with the same `writers_lock` take turns.

        Raise BusyIndex when the server cannot be reached, BrokenIndex when the database cannot be used.
        """
        self.address = address
        self._writers_lock = writers_lock
        self._name = secrets.token_hex(8)
        self._own = threading.local()  # .connection: that of the transaction that this thread is in
        self._listener: ChangeListener | None = None
        self._listener_lock = threading.Lock()
        with self._errors_in_words(), self._connect() as db:
            if db.info.server_version < LEAST_VERSION:
                raise unsuitable_server(db.info.server_version, LEAST_VERSION, address)
            with db.transaction():
                db.execute(f"SET LOCAL statement_timeout = '{MIGRATION_TIMEOUT}s'")
                db.execute(f"SET LOCAL lock_timeout = '{MIGRATION_TIMEOUT}s'")
                db.execute("SELECT pg_advisory_xact_lock(%s)", (MIGRATION_LOCK,))
                create_schema(db)
                migrate(db, address)
        self._pool = ConnectionPool(
            address.url,
            kwargs=_connection_options(),
            min_size=0,
            max_size=MAX_CONNECTIONS,
            timeout=CONNECT_TIMEOUT,
            reconnect_timeout=CONNECT_TIMEOUT,  # then whoever needs a connection tries at once
            configure=_configure,
            open=True,
        )

    def close(self) -> None:
        """Close all connections."""
        if self._listener:
            self._listener.stop()
        self._pool.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all that is done inside, or nothing when it raises; no other process writes meanwhile.

        Raise BusyIndex, with nothing done, when another process takes longer than BUSY_TIMEOUT or the server cannot
        be reached. Where the connection is lost at the very end the error says so too, and it may have been done.
        """
        with self._inside(self._writers_lock) as connection:
            yield
            if self._writers_lock == NEWS_LOCK:
                connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, self._name))

    @contextmanager
    def side_transaction(self) -> Iterator[None]:
        """Do what `transaction` does, without waiting for the turn of others and without telling them."""
        with self._inside(None):
            yield

    def now(self) -> float:
        """Return the time by the server's clock, in seconds since 1970."""
        [(seconds,)] = self.query("SELECT CAST(extract(epoch FROM clock_timestamp()) AS DOUBLE PRECISION)")
        return float(seconds)

    @contextmanager
    def _inside(self, lock: int | None) -> Iterator[Connection]:
        """Let this thread be inside a transaction, which begins when it has the lock, if any."""
        with self._errors_in_words(), self._begun(lock) as connection:
            self._own.connection = connection
            try:
                yield connection
            finally:
                self._own.connection = None

    def in_transaction(self) -> bool:
        """Return True if this thread is inside `transaction()`."""
        return getattr(self._own, "connection", None) is not None

    def query(self, statement: str, *values: object) -> list[Row]:
        """Return the rows that a statement yields. Raise BusyIndex when they cannot be read now."""
        with self._errors_in_words():
            return self._read(translated(statement), bound(values))

    def execute(self, statement: str, *values: object) -> int:
        """Execute a statement, inside `transaction()`; return how many rows it changed."""
        return self._current().execute(translated(statement), bound(values)).rowcount

    def execute_many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Execute a statement once for each of `rows`, inside `transaction()`."""
        with self._current().cursor() as cursor:
            cursor.executemany(translated(statement), [bound(row) for row in rows])

    def data_version(self) -> int:
        """Return a number that differs whenever another connection may have committed something. It asks nobody."""
        with self._listener_lock:
            if self._listener is None:
                self._listener = ChangeListener(self._connect, self._name)
        return self._listener.version

    def reclaim(self, *, full: bool) -> None:
        """Do nothing: the server's own autovacuum does it, and what is free is used again."""

    def damage(self) -> str:
        """Return "": a server looks after its files itself, as its operator has set it up."""
        return ""

    @contextmanager
    def alone_at(self, work: str) -> Iterator[None]:
        """Let only one process at a time do a work of this name, for as long as a connection of its own lasts.

        Raise BusyIndex at once when another one does it, or when the server cannot be reached.
        """
        with self._errors_in_words():
            connection = self._connect()
        with connection:
            asked = connection.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", (ALONE_LOCKS, work))
            if asked.fetchone() != (True,):
                raise busy_elsewhere(work)
            yield

    def stored_bytes(self) -> int:
        """Return how many bytes are kept of all rows, before they are compressed and without what is free."""
        # The files of a table do not get smaller by deleting, so that they cannot say how much is kept.
        [(size,)] = self.query(
            "SELECT CAST(coalesce((SELECT sum(octet_length(text) + octet_length(spans) + octet_length(vectors)"
            " + coalesce(octet_length(signature), 0)) FROM bodies), 0)"
            " + coalesce((SELECT sum(octet_length(sentences) + octet_length(words)) FROM forward), 0)"
            " + coalesce((SELECT sum(octet_length(hashes) + octet_length(needed)) FROM lines), 0) AS BIGINT)"
        )
        return int(size)

    def numbering(self) -> dict[str, int]:
        """Return the last number that each table gave to a row by itself; no number is given twice."""
        found: dict[str, int] = {}
        for table, column in identities(self.query):
            name = f"{SCHEMA}.{table}"
            [(last,)] = self.query(
                "SELECT last_value FROM pg_sequences WHERE format('%I.%I', schemaname, sequencename)"
                " = pg_get_serial_sequence(?, ?)",
                *(name, column),
            )
            found[table] = last or 0
        return found

    def continue_numbering(self, last: Mapping[str, int]) -> None:
        """Let tables number on from these, and from what they hold, inside `transaction()`."""
        for table, column in identities(self.query):
            [(held,)] = self.query(f"SELECT coalesce(max({column}), 0) FROM {table}")
            beyond = max(held, last.get(table, 0))
            if beyond:
                self.query(
                    "SELECT setval(pg_get_serial_sequence(?, ?), ?)", f"{SCHEMA}.{table}", column, beyond
                )

    def _current(self) -> Connection:
        """Return the connection of the transaction that this thread is in."""
        connection: Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            raise RuntimeError("a statement that changes something needs a transaction")
        return connection

    def _read(self, statement: str, values: list[object]) -> list[Row]:
        """Return the rows of a query; where a connection that had been idle was lost, on another one."""
        inside: Connection | None = getattr(self._own, "connection", None)
        if inside:
            return inside.execute(statement, values, binary=True).fetchall()
        for _ in range(MAX_CONNECTIONS):  # each of which may have been lost when the server was started anew
            try:
                with self._pool.connection() as connection:
                    return connection.execute(statement, values, binary=True).fetchall()
            except psycopg.OperationalError as error:
                if not is_lost(error):
                    raise
        with self._connect() as connection:
            return connection.execute(statement, values, binary=True).fetchall()

    @contextmanager
    def _begun(self, lock: int | None) -> Iterator[Connection]:
        """Begin a transaction when all others with this lock have ended; another connection may do where one does not."""
        if self.in_transaction():
            raise RuntimeError("a transaction inside a transaction")
        for attempt in range(MAX_CONNECTIONS + 1):
            connection = self._pool.getconn()
            try:
                connection.execute("BEGIN")
                if lock is not None:
                    connection.execute("SELECT pg_advisory_xact_lock(%s)", (lock,))
            except psycopg.OperationalError as error:
                if not connection.broken:
                    connection.execute("ROLLBACK")
                self._pool.putconn(connection)
                if not is_lost(error) or attempt == MAX_CONNECTIONS:
                    raise
                continue
            break
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if not connection.closed and not connection.broken:
                connection.execute("ROLLBACK")
            raise
        finally:
            self._pool.putconn(connection)

    def _connect(self) -> Connection:
        """Return a connection that is not of the pool."""
        connection: Connection = psycopg.connect(self.address.url, **_connection_options())
        _configure(connection)
        return connection

    @contextmanager
    def _errors_in_words(self) -> Iterator[None]:
        """Raise an error in words in place of one of PostgreSQL that is no fault of ours."""
        try:
            yield
        except PoolTimeout:
            raise exhausted(MAX_CONNECTIONS, self.address) from None
        except psycopg.Error as error:
            told = in_words(error, self.address)
            if told is None:
                raise
            raise told from None  # libpq's own error may repeat the address


def _connection_options() -> dict[str, Any]:
    """Return how to connect, beside the address."""
    return {
        "autocommit": True,
        "application_name": "verbatim",
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
        f" SET lock_timeout = '{BUSY_TIMEOUT}s'; SET idle_in_transaction_session_timeout = '{IDLE_TIMEOUT}s';"
        " SET client_min_messages = warning"
    )
