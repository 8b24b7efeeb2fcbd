"""A PostgreSQL that keeps what it commits, and what it takes of processor, connections and room."""

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

import psycopg

from index.storage.postgres import database
from index.storage.postgres.address import PostgresAddress
from tests import postgres
from tests.postgres import PostgresServer

_NOWHERE = Path("/nonexistent")  # so that its files are on the disk


@contextmanager
def server() -> Iterator[PostgresServer]:
    """Start a server with the settings that PostgreSQL comes with, fsync included, on the disk."""
    with ExitStack() as changed:
        changed.enter_context(patch.object(postgres, "SPEED", ()))
        changed.enter_context(patch.object(postgres, "MEMORY", _NOWHERE))
        running = PostgresServer()
    try:
        yield running
    finally:
        running.close()


def processor_seconds(running: PostgresServer) -> float:
    """Return what a server's processes have taken of the processor, those that have ended included."""
    assert running.process
    main = running.process.pid
    ended = Path(f"/proc/{main}/stat").read_text().rpartition(")")[2].split()[13:15]  # of children, in ticks
    ticks = sum(map(int, ended)) / 100
    return ticks + sum(map(_nanoseconds, (main, *_children(main)))) / 1e9


def _children(main: int) -> Iterator[int]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = stat.read_text().rpartition(")")[2].split()[1]
        except OSError:  # it has just ended
            continue
        if int(parent) == main:
            yield int(stat.parent.name)


def _nanoseconds(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[0])
    except OSError:
        return 0


class Meter:
    """What is taken between two looks: processor time of this process and of a server, and the log it wrote."""

    def __init__(self, running: PostgresServer, address: PostgresAddress) -> None:
        self._running = running
        self._address = address
        self.own = self.server = 0.0  # seconds of processors
        self.log = 0  # bytes written to the write-ahead log

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Add what is taken inside the block."""
        log, server, own = log_position(self._address), processor_seconds(self._running), time.process_time()
        yield
        self.own += time.process_time() - own
        self.server += processor_seconds(self._running) - server
        self.log += log_position(self._address) - log


def log_position(address: PostgresAddress) -> int:
    """Return how many bytes of write-ahead log a server has written."""
    return int(_asked(address, "SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"))


def connections(address: PostgresAddress) -> int:
    """Return how many connections bots and fetchers have."""
    return int(_asked(address, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'verbatim'"))


def stored_bytes(address: PostgresAddress, tables: tuple[str, ...] = ()) -> int:
    """Return the room of some tables with their indexes, on the server's disk; of all without a name."""
    chosen = f"relname IN ({', '.join(map(repr, tables))})" if tables else "true"
    return int(
        _asked(
            address,
            "SELECT sum(pg_total_relation_size(oid)) FROM pg_class"
            f" WHERE relnamespace = 'verbatim'::regnamespace AND relkind = 'r' AND {chosen}",
        )
    )


def server_version(address: PostgresAddress) -> str:
    """Return which PostgreSQL it is."""
    number = int(_asked(address, "SELECT current_setting('server_version_num')::int"))
    return f"{number // 10_000}.{number % 10_000}"


def _asked(address: PostgresAddress, statement: str) -> int:
    with psycopg.connect(address.url, autocommit=True) as db:
        row = db.execute(statement).fetchone()
        assert row
        return row[0] or 0


@contextmanager
def timed_turns() -> Iterator[dict[int | None, list[float]]]:
    """Yield the seconds of each transaction of this process from when it has its turn, by the lock of its writers."""
    taken: defaultdict[int | None, list[float]] = defaultdict(list)
    inside = database.PostgresDatabase._inside

    @contextmanager
    def timed(self: database.PostgresDatabase, lock: int | None) -> Iterator[database.Connection]:
        begun = None
        try:
            with inside(self, lock) as connection:
                begun = time.perf_counter()
                yield connection
        finally:
            if begun is not None:
                taken[lock].append(time.perf_counter() - begun)

    with patch.object(database.PostgresDatabase, "_inside", timed):
        yield taken
