"""A primary of PostgreSQL and its streaming replicas: started, killed, promoted, stopped. All of it is real."""

from contextlib import suppress

import psycopg

from index.storage.postgres.address import PostgresAddress
from tests.postgres import PASSWORD, PostgresServer, wait_until

STREAMING = ("wal_level=replica", "max_wal_senders=8", "wal_receiver_status_interval=1")
SYNCHRONOUS = "ANY 1 (*)"


class Replica(PostgresServer):
    """A server that streams from another one, and can be read, until it is promoted."""

    def __init__(self, primary: PostgresServer) -> None:
        """Copy the primary, and start to follow it."""
        self._make_folder()
        self._settings = primary._settings
        source = ("-h", "127.0.0.1", "-p", str(primary.port), "-U", "owner")
        self._run("pg_basebackup", "-D", "data", "-R", "-X", "stream", "-c", "fast", "--no-sync", *source)
        self.start()

    def promote(self) -> None:
        """Let it be the primary from now on."""
        self._run("pg_ctl", "promote", "-D", "data", "-w")


class PostgresCluster:
    """One primary and any number of replicas, in the order in which they may be asked."""

    def __init__(self) -> None:
        self.primary: PostgresServer = PostgresServer(*STREAMING)
        self.servers = [self.primary]

    def add_replica(self) -> Replica:
        """Start one more replica, which has all that was committed so far."""
        replica = Replica(self.primary)
        self.servers.append(replica)
        wait_until(lambda: self._count_streams() == len(self.servers) - 1)
        return replica

    def wait_for_replicas(self) -> None:
        """Acknowledge from now on only what a replica has too."""
        self.primary.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{SYNCHRONOUS}'")
        self.primary.execute("SELECT pg_reload_conf()")
        wait_until(lambda: self._count_streams("sync_state = 'quorum'") > 0)

    def promote(self, replica: Replica) -> None:
        """Put a replica in the place of the primary, which was killed before."""
        replica.promote()
        self.primary = replica

    def address(self, database: str) -> PostgresAddress:
        """The address of a database, which names all servers."""
        hosts = ",".join(f"127.0.0.1:{server.port}" for server in self.servers)
        return PostgresAddress.parse(f"postgresql://owner:{PASSWORD}@{hosts}/{database}")

    def new_database(self) -> PostgresAddress:
        """An empty database."""
        name = self.primary.new_database().url.rpartition("/")[2]
        return self.address(name)

    def close(self) -> None:
        """Stop all servers that still run, and remove their files."""
        for server in reversed(self.servers):
            with suppress(FileNotFoundError):
                server.close()

    def waiting_commits(self) -> int:
        """Return how many commits wait for a replica."""
        return self._count("pg_stat_activity WHERE wait_event = 'SyncRep'")

    def _count_streams(self, condition: str = "state = 'streaming'") -> int:
        return self._count(f"pg_stat_replication WHERE {condition}")

    def _count(self, rows: str) -> int:
        with psycopg.connect(self.primary.url("postgres")) as db:
            [(number,)] = db.execute(f"SELECT count(*) FROM {rows}").fetchall()
        return int(number)
