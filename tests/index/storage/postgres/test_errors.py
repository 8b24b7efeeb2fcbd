"""Each fault of a server has words for the owner, and one sentence for everybody else."""

import psycopg
import pytest
from psycopg import errors
from psycopg_pool import PoolClosed, PoolTimeout

from index.errors import BrokenIndex, BusyIndex
from index.storage.postgres.address import PostgresAddress
from index.storage.postgres.errors import exhausted, in_words, is_lost, unconfirmed, unsuitable_server
from index.storage.postgres.server_search import WAITS_FOR_STANDBY

ADDRESS = PostgresAddress.parse("postgresql://reader:s3cret@db.example/news")


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (errors.DiskFull("could not extend file"), BusyIndex, "disk is full"),
        (errors.LockNotAvailable("lock timeout"), BusyIndex, "another Verbatim"),
        (errors.QueryCanceled("statement timeout"), BusyIndex, "in time"),
        (errors.ReadOnlySqlTransaction("read-only"), BusyIndex, "promote it"),
        (errors.InsufficientPrivilege("permission denied for schema"), BrokenIndex, "owner"),
        (errors.UndefinedTable('relation "pages" does not exist'), BrokenIndex, "not as Verbatim made them"),
        (errors.UndefinedColumn('column "due" does not exist'), BrokenIndex, "not as Verbatim made them"),
        (errors.AdminShutdown("terminating connection"), BusyIndex, "goes on when it is back"),
        (errors.TooManyConnections("too many clients"), BusyIndex, "cannot be reached"),
        (psycopg.OperationalError("server closed the connection"), BusyIndex, "cannot be reached"),
        (
            psycopg.OperationalError('FATAL: password authentication failed for user "reader"'),
            BrokenIndex,
            "password in",
        ),
        (
            psycopg.OperationalError('FATAL: no pg_hba.conf entry for host "10.0.0.7"'),
            BrokenIndex,
            "let Verbatim in",
        ),
        (psycopg.OperationalError('FATAL: database "news" does not exist'), BrokenIndex, "createdb"),
        (psycopg.OperationalError("FATAL: permission denied for database"), BrokenIndex, "owner"),
        (
            psycopg.OperationalError('connection is bad: invalid sslmode value: "s3cret"'),
            BrokenIndex,
            "cannot be used",
        ),
        (
            psycopg.ProgrammingError('missing "=" after "postgresql://reader:s3cret@"'),
            BrokenIndex,
            "cannot be used",
        ),
        (psycopg.OperationalError(WAITS_FOR_STANDBY), BusyIndex, "synchronous_standby_names"),
        (PoolClosed("the pool is closed"), BusyIndex, "cannot be reached"),
    ],
)
def test_a_fault_is_told_with_what_to_do_and_without_the_password(error, kind, words):
    told = in_words(error, ADDRESS)
    assert type(told) is kind
    assert words in str(told)
    assert "postgresql://reader@db.example/news" in str(told)
    assert "s3cret" not in str(told)
    assert told.kind in ("index-broken", "index-busy")  # what people on Discord read names no database


def test_a_fault_of_the_program_is_not_dressed_up():
    assert in_words(errors.SyntaxError("at or near"), ADDRESS) is None
    assert in_words(errors.UniqueViolation("duplicate key"), ADDRESS) is None


def test_only_a_lost_connection_is_worth_another():
    assert all(
        map(
            is_lost,
            (psycopg.OperationalError("closed"), errors.AdminShutdown("x"), errors.CannotConnectNow("x")),
        )
    )
    others = (
        errors.QueryCanceled("x"),
        errors.DiskFull("x"),
        PoolTimeout("x"),
        PoolClosed("x"),
        errors.SyntaxError("x"),
    )
    assert not any(map(is_lost, others))


def test_what_cannot_be_had_is_told():
    assert "PostgreSQL 14; Verbatim needs 15 or newer" in str(unsuitable_server(140_009, 150_000, ADDRESS))
    assert "all 8 connections" in str(exhausted(8, ADDRESS))


def test_a_change_that_was_not_confirmed_may_have_been_made():
    told = unconfirmed(psycopg.OperationalError("no answer for s3cret"), ADDRESS)
    assert "may have been made" in str(told)
    assert "s3cret" not in str(told)
    assert told.kind == "store-unconfirmed"
