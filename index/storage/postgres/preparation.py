"""Preparing a database on a server: its version, its schema, and its tables, which only one process at a time changes."""

from contextlib import suppress
from typing import Protocol

import psycopg
from psycopg import errors

from index.storage.postgres.address import PostgresAddress
from index.storage.postgres.bounded_connection import GRACE
from index.storage.postgres.connections import ANY_SERVER, Connection, Connections
from index.storage.postgres.dialect import MIGRATION_LOCK, TAKE_TURN
from index.storage.postgres.errors import unsuitable_server
from index.storage.postgres.schema import create_schema

LEAST_VERSION = 150_000
MIGRATION_TIMEOUT = 600  # seconds for a large table made anew; judged
MIGRATION_ATTEMPTS = 10  # where a migration and a reader of several tables wait for each other; judged


class Schema(Protocol):
    """The tables of a database, as this version of Verbatim has them."""

    def migrate(self, db: Connection, address: PostgresAddress) -> None:
        """Make them or bring them up to date, inside a transaction. Raise BrokenIndex when they are of a newer version."""

    def is_outdated(self, db: Connection) -> bool:
        """Return True if they are of a newer version."""


def prepare(connections: Connections, schema: Schema, address: PostgresAddress) -> None:
    """Make the tables; on a server that can only be read, see that they are there.

    Raise BrokenIndex when they, or the server, do not fit, psycopg.Error when the server does not do it.
    """
    has_primary = True
    try:
        connection = connections.connect()
    except psycopg.OperationalError:
        has_primary, connection = False, connections.connect(ANY_SERVER)
    with connection as db:
        if db.info.server_version < LEAST_VERSION:
            raise unsuitable_server(db.info.server_version, LEAST_VERSION, address)
        _migrate_in_peace(db, schema, address)
    if not has_primary:
        connections.watch.look()  # from now on, until it is there


def _migrate_in_peace(db: Connection, schema: Schema, address: PostgresAddress) -> None:
    """Migrate, again where a reader of several tables and the migration have waited for each other."""
    for _ in range(MIGRATION_ATTEMPTS - 1):
        with suppress(errors.DeadlockDetected):
            _migrate(db, schema, address)
            return
    _migrate(db, schema, address)


def _migrate(db: Connection, schema: Schema, address: PostgresAddress) -> None:
    with db.transaction():
        db.execute(f"SET LOCAL statement_timeout = '{MIGRATION_TIMEOUT}s'")
        db.execute(f"SET LOCAL lock_timeout = '{MIGRATION_TIMEOUT}s'")
        db.limit = MIGRATION_TIMEOUT + GRACE
        db.execute(TAKE_TURN, (MIGRATION_LOCK,))
        create_schema(db)
        schema.migrate(db, address)
