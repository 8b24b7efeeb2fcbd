"""Which of the servers that an address names can be written to, and which can be read: all are asked at the same time."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from types import MappingProxyType
from typing import NamedTuple

import psycopg
from psycopg.conninfo import conninfo_to_dict

from index.storage.postgres.address import PostgresAddress
from index.storage.postgres.bounded_connection import BoundedConnection

COMMIT_PATIENCE = 5  # seconds that a standby may take to confirm a commit; judged: it is being started anew
# True where commits of ours have waited for a standby for longer than that; a role sees what its own sessions wait for.
IS_STUCK = (
    "EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
    f" AND query_start < clock_timestamp() - interval '{COMMIT_PATIENCE} seconds')"
)
WAITS_FOR_STANDBY = "its commits wait for a standby that is away"
_STATE = f"SELECT current_setting('transaction_read_only') = 'on', {IS_STUCK}"


class FoundServers(NamedTuple):
    """Connections to who was found, and `where` the primary is; `error` says why nobody can be written to."""

    error: psycopg.OperationalError
    primary: BoundedConnection | None = None
    where: Mapping[str, str] = MappingProxyType({})
    replica: BoundedConnection | None = None

    def close(self) -> None:
        """Close both."""
        for one in (self.primary, self.replica):
            if one:
                one.close()


def named_servers(address: PostgresAddress) -> list[dict[str, str]]:
    """Return, for each server of an address, what libpq finds it by; nothing of it where the address names none."""
    given = conninfo_to_dict(address.url)
    lists = {key: str(given[key]).split(",") for key in ("host", "hostaddr", "port") if given.get(key)}
    return [
        {key: values[number] if len(values) > 1 else values[0] for key, values in lists.items()}
        for number in range(max(map(len, lists.values()), default=1))
    ]


def find_servers(
    servers: list[dict[str, str]], connect: Callable[[dict[str, str]], BoundedConnection]
) -> FoundServers:
    """Connect to each by `connect`, which raises psycopg.Error; return the first that is a primary, and a replica.

    A primary whose commits wait for a standby can only be read.
    """
    with ThreadPoolExecutor(len(servers)) as pool:
        tried = list(pool.map(lambda server: _try(server, connect), servers))
    found = FoundServers(error=psycopg.OperationalError("; ".join(reason for _, reason in tried if reason)))
    for server, (connection, reason) in zip(servers, tried, strict=True):
        if connection and not reason and not found.primary:
            found = found._replace(primary=connection, where=server)
        elif connection and reason and not found.replica:
            found = found._replace(replica=connection)
        elif connection:
            connection.close()
    return found


def _try(
    server: dict[str, str], connect: Callable[[dict[str, str]], BoundedConnection]
) -> tuple[BoundedConnection | None, str]:
    """Return a connection to a server that can be read, and why it cannot be written to, if it cannot."""
    connection = None
    try:
        connection = connect(server)
        row = connection.execute(_STATE).fetchone()
    except psycopg.Error as error:
        if connection:
            connection.close()
        return None, str(error)
    is_read_only, is_stuck = row or (True, False)
    if is_read_only:
        return connection, "session is read-only"
    return connection, WAITS_FOR_STANDBY if is_stuck else ""
