"""A PostgreSQL database as the store uses it: a pool of connections, transactions that take turns, time-outs."""

import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress

import psycopg
import structlog
from psycopg import errors
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from index.errors import BusyIndex, StoreAway, VerbatimError
from index.storage.engine import Engine, Row, busy_elsewhere
from index.storage.postgres import connections
from index.storage.postgres.address import PostgresAddress
from index.storage.postgres.connections import MAX_CONNECTIONS, Connection, Connections
from index.storage.postgres.dialect import (
    ALONE_LOCKS,
    CHANNEL,
    NEWS_LOCK,
    TAKE_TURN,
    bound,
    translated,
)
from index.storage.postgres.errors import (
    changed_by_newer,
    exhausted,
    in_words,
    is_lost,
    no_longer_fits,
    unconfirmed,
)
from index.storage.postgres.held_locks import HeldLocks
from index.storage.postgres.listener import ChangeListener
from index.storage.postgres.preparation import Schema, prepare
from index.storage.postgres.schema import continue_numbering, numbering

WRITE_PATIENCE = 10.0  # seconds that a change waits for the primary; judged: a person waits no longer
log = structlog.get_logger(__name__)


class PostgresDatabase(Engine):
    """A database of a server. Transactions of all processes take turns; readers wait for nobody."""

    is_remote = True

    def __init__(
        self,
        address: PostgresAddress,
        schema: Schema,
        writers_lock: int = NEWS_LOCK,
        patience: float | None = None,
    ) -> None:
        """Connect, and let the `schema` make the tables or bring them up to date.

        Of several databases of one server only those with the same `writers_lock` take turns. A change waits up to
        `patience` seconds for the primary, WRITE_PATIENCE by default; one without patience waits no longer for its turn
        than a reader for a lock.

        Raise BusyIndex when the server cannot be reached, BrokenIndex when the database cannot be used.
        """
        self.address = address
        self._read_instead: Callable[[str, tuple[object, ...]], list[Row] | None] = lambda *_: None
        self._patience = WRITE_PATIENCE if patience is None else patience
        self._writers_lock = writers_lock
        self._schema = schema
        self._held_tables, self._held_turns = HeldLocks(), HeldLocks()
        self._is_apart = False
        self._is_misread = self._is_told = False  # a newer version has changed the tables; that was logged
        self._connections = Connections(address)
        self._name = secrets.token_hex(8)
        self._own = threading.local()  # .connection: that of the transaction that this thread is in
        self._listener: ChangeListener | None = None
        self._listener_lock = threading.Lock()
        try:
            with self._errors_in_words():
                prepare(self._connections, schema, address)
        except BaseException:
            self._connections.close()
            raise

    def close(self) -> None:
        """Close all connections."""
        if self._listener:
            self._listener.stop()
        self._connections.close()

    def read_instead_by(self, read: Callable[[str, tuple[object, ...]], list[Row] | None]) -> None:
        """Let `read` yield the rows of statements, or None, while neither primary nor replica can be reached."""
        self._read_instead = read

    def read_apart(self, *, apart: bool) -> bool:
        """Let all be read by what `read_instead_by` gave, or no longer, save what has to be current; return if that is new."""
        before, self._is_apart = self._is_apart, apart
        return before != apart

    def is_away(self) -> bool:
        """Return True while the primary is known to be out of reach, or not followed: what is read may be behind."""
        return self._connections.watch.is_away or self._is_apart or self._is_misread

    @contextmanager
    def current(self) -> Iterator[None]:
        """Let this thread read from the primary alone. Raise StoreAway where it is out of reach."""
        before = getattr(self._own, "needs_current", False)
        self._own.needs_current = True
        try:
            yield
        finally:
            self._own.needs_current = before

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all that is done inside, or nothing when it raises; no other process writes meanwhile.

        Raise BusyIndex, with nothing done, when another process takes longer than BUSY_TIMEOUT or the server cannot
        be reached; UnconfirmedChange where the answer to the commit did not come: it may have been done.
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
        """Return the rows that a statement yields; while the primary is away, those of a replica or a copy.

        The same while tables are locked for long, and where a newer version has changed them. Raise BusyIndex when they
        cannot be read now.
        """
        needs_server = self.in_transaction() or self._needs_current()
        is_apart = self._is_apart or self._is_misread or self._held_tables.error()
        rows = self._read_instead(statement, values) if is_apart and not needs_server else None
        if rows is None:
            with self._errors_in_words():
                rows = self._read(translated(statement), bound(values))
        if rows is None:
            rows = self._read_instead(statement, values)
        if rows is None:
            raise changed_by_newer(self.address) if self._is_misread else BusyIndex(str(self._away()))
        return rows

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
                self._listener = ChangeListener(
                    self._connections.connect, self._name, self._connections.watch.look
                )
        return self._listener.version

    def reclaim(self, *, full: bool) -> bool:
        """Do nothing and return True: the server's own autovacuum does it, and `stored_bytes` leaves out what is free."""
        return True

    def damage(self) -> str:
        """Return "": a server looks after its files itself, as its operator has set it up."""
        return ""

    @contextmanager
    def alone_at(self, work: str) -> Iterator[None]:
        """Let only one process at a time do a work of this name, for as long as a connection of its own lasts.

        Raise BusyIndex at once when another one does it, or when the server cannot be reached.
        """
        with self._errors_in_words():
            connection = self._connections.connect()
        with connection:
            asked = connection.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", (ALONE_LOCKS, work))
            if asked.fetchone() != (True,):
                raise busy_elsewhere(work)
            yield

    def stored_bytes(self) -> int:
        """Return how many bytes are kept of all rows, before they are compressed and without what is free; 0 while away."""
        if self._connections.watch.is_away:
            return 0  # not known
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
        return numbering(self.query)

    def continue_numbering(self, last: Mapping[str, int]) -> None:
        """Let tables number on from these, and from what they hold, inside `transaction()`."""
        continue_numbering(self.query, last)

    def _current(self) -> Connection:
        """Return the connection of the transaction that this thread is in."""
        connection: Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            raise RuntimeError("a statement that changes something needs a transaction")
        return connection

    def _read(self, statement: str, values: list[object]) -> list[Row] | None:
        """Return the rows of a query, by another connection where one was lost; None while nobody can be asked."""
        inside: Connection | None = getattr(self._own, "connection", None)
        if inside:
            return inside.execute(statement, values, binary=True).fetchall()
        if self._held_tables.error() and (self._needs_current() or not self._patience):
            raise self._away()
        try:
            return self._read_from_primary(statement, values)
        except errors.LockNotAvailable as error:
            self._held_tables.found(error)
            if self._needs_current():
                raise
        except psycopg.Error as error:
            if not self._is_outdated(error):
                raise
            self._is_misread = True
            if self._needs_current():
                raise
        return None

    def _read_from_primary(self, statement: str, values: list[object]) -> list[Row] | None:
        """Return what `_read` does, by the pool; of a replica while the primary is away."""
        for _ in range(MAX_CONNECTIONS):  # each of which may have been lost when the server was started anew
            if self._connections.watch.is_away:
                break
            try:
                with self._connections.lent() as connection:
                    return connection.execute(statement, values, binary=True).fetchall()
            except PoolClosed:
                continue
            except psycopg.OperationalError as error:
                if not is_lost(error):
                    raise
                self._connections.watch.look()
        return self._read_from_replica(statement, values)

    def _is_outdated(self, error: psycopg.Error) -> bool:
        """Return True for an error that comes of what a newer version has made of the tables."""
        if not no_longer_fits(error):
            return False
        is_outdated = False
        with suppress(psycopg.Error, PoolTimeout), self._connections.lent() as connection:
            is_outdated = self._schema.is_outdated(connection)
        if is_outdated and not self._is_told:
            self._is_told = True
            log.error(
                "a newer version has changed the database", what_to_do=str(changed_by_newer(self.address))
            )
        return is_outdated

    def _read_from_replica(self, statement: str, values: list[object]) -> list[Row] | None:
        if self._needs_current():
            raise self._away()
        replica = self._connections.watch.replica()
        if replica is None:
            return None
        try:
            return replica.execute(statement, values, binary=True).fetchall()
        except psycopg.OperationalError as error:
            if not is_lost(error):
                raise
            self._connections.watch.give_up(replica)
            return None

    def _needs_current(self) -> bool:
        """Return True inside `current()`."""
        return getattr(self._own, "needs_current", False)

    def _away(self) -> StoreAway:
        """Return the error for what cannot be done while the primary is away or tables are locked, with the reason."""
        error = self._held_tables.error() or self._held_turns.error() or self._connections.watch.error
        return StoreAway(str(in_words(error, self.address)))

    @contextmanager
    def _begun(self, lock: int | None) -> Iterator[Connection]:
        """Begin a transaction when all others with this lock have ended; another connection may do where one does not.

        Raise StoreAway when the primary does not come back in time, or, without patience, a turn does not come.
        """
        if self.in_transaction():
            raise RuntimeError("a transaction inside a transaction")
        pool, connection = self._begin(lock)
        try:
            yield connection
            self._commit(connection)
        except BaseException as error:
            if not connection.closed:
                connection.execute("ROLLBACK")
            elif isinstance(error, psycopg.Error) and is_lost(error):
                self._connections.watch.look()
                raise StoreAway(
                    str(in_words(error, self.address))
                ) from None  # what was begun was never committed
            raise
        finally:
            pool.putconn(connection)

    def _commit(self, connection: Connection) -> None:
        """Commit. Raise UnconfirmedChange where nobody can tell whether it was done."""
        try:
            connection.execute("COMMIT")
        except psycopg.OperationalError as error:
            if not is_lost(error):
                raise
            self._connections.watch.look()
            raise unconfirmed(error, self.address) from None

    def _begin(self, lock: int | None) -> "tuple[ConnectionPool[Connection], Connection]":
        """Return a connection with a begun transaction, and the pool that it belongs to."""
        if self._held_turns.error():
            raise self._away()
        error: psycopg.Error = psycopg.OperationalError()
        for _ in range(MAX_CONNECTIONS + 1):
            if not self._connections.watch.wait(self._patience):
                raise self._away()
            try:
                pool, connection = self._connections.get()
            except PoolClosed as failed:
                error = failed
                continue
            try:
                self._take_turn(connection, lock)
            except psycopg.OperationalError as failed:
                error = failed
                if not connection.broken:
                    connection.execute("ROLLBACK")
                pool.putconn(connection)
                if not is_lost(failed):
                    raise
                self._connections.watch.look()
            else:
                return pool, connection
        raise error

    def _take_turn(self, connection: Connection, lock: int | None) -> None:
        """Begin a transaction. Raise LockNotAvailable when others have the lock for too long."""
        seconds = connections.BUSY_TIMEOUT if self._patience else connections.LOCKED_TIMEOUT
        connection.execute(f"BEGIN; SET LOCAL lock_timeout = {round(1000 * seconds)}")
        if lock is None:
            return
        try:
            connection.execute(TAKE_TURN, (lock,))
        except errors.LockNotAvailable as error:
            if not self._patience:
                self._held_turns.found(error)
            raise

    @contextmanager
    def _errors_in_words(self) -> Iterator[None]:
        """Raise an error in words in place of one of PostgreSQL that is no fault of ours."""
        try:
            yield
        except PoolTimeout:
            raise exhausted(MAX_CONNECTIONS, self.address) from None
        except psycopg.Error as error:
            told: VerbatimError | None = in_words(error, self.address)
            if self._is_outdated(error):
                told = changed_by_newer(self.address)
            elif told and isinstance(error, errors.LockNotAvailable):
                told = StoreAway(str(told)) if self._needs_current() or not self._patience else told
            if told is None:
                raise
            raise told from None  # libpq's own error may repeat the address
