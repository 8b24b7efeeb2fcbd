"""What went wrong with PostgreSQL, in words for the owner."""

from collections.abc import Callable

import psycopg
from psycopg import errors
from psycopg_pool import PoolClosed, PoolTimeout

from index.errors import BrokenIndex, BusyIndex, VerbatimError
from index.storage.postgres.address import PostgresAddress

# SQLSTATE codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
_WAITING = (
    errors.LockNotAvailable,
    errors.QueryCanceled,
    errors.DeadlockDetected,
    errors.SerializationFailure,
)
_FULL = (errors.DiskFull, errors.OutOfMemory, errors.ConfigurationLimitExceeded)


def is_lost(error: Exception) -> bool:
    """Return True if the connection, not the statement, is what failed: another connection may do."""
    if isinstance(error, (PoolTimeout, PoolClosed)) or not isinstance(error, psycopg.OperationalError):
        return False
    return error.sqlstate is None or error.sqlstate[:3] in {"57P", "08P"} or error.sqlstate[:2] == "08"


def in_words(error: psycopg.Error, address: PostgresAddress) -> VerbatimError | None:
    """Return BusyIndex for what passes, BrokenIndex for what the owner has to mend; None for a fault of ours."""
    said = address.hide(str(error))
    if (
        isinstance(error, psycopg.ProgrammingError) and error.sqlstate is None
    ):  # libpq cannot read the address
        return _unreadable(said, address)
    for kinds, words, made in _WORDS:
        if isinstance(error, kinds) and (not words or any(one in said for one in words)):
            return made(said, address)
    return None


def unsuitable_server(version: int, least: int, address: PostgresAddress) -> BrokenIndex:
    """Return the error for a server that is too old; versions as the server says them: 150004 is 15.4."""
    return BrokenIndex(
        f"The server at {address} is PostgreSQL {version // 10_000}; Verbatim needs {least // 10_000} or newer. Update "
        "it, or unset VERBATIM_STORE."
    )


def _waiting(said: str, address: PostgresAddress) -> VerbatimError:
    return BusyIndex(
        f"The database at {address} did not get to it in time ({said}). If another Verbatim is at work on it, wait "
        "until that is done; else look what keeps the server busy."
    )


def _full(said: str, address: PostgresAddress) -> VerbatimError:
    return BusyIndex(f"Nothing could be written to {address} ({said}). Look whether its disk is full.")


def _read_only(said: str, address: PostgresAddress) -> VerbatimError:
    return BusyIndex(
        f"The database at {address} can only be read for now ({said}). If it is a replica, name the primary in "
        "VERBATIM_STORE, or promote it."
    )


def _refused(said: str, address: PostgresAddress) -> VerbatimError:
    return BrokenIndex(
        f"The server at {address} does not let Verbatim in ({said}). Correct the user or the password in "
        "VERBATIM_STORE."
    )


def _no_such(said: str, address: PostgresAddress) -> VerbatimError:
    return BrokenIndex(
        f"There is no such database or user: {address} ({said}). Create it with `createdb` or `createuser`, or correct "
        "VERBATIM_STORE."
    )


def _no_rights(said: str, address: PostgresAddress) -> VerbatimError:
    return BrokenIndex(
        f"The user of {address} may not do what Verbatim needs ({said}). Make them the owner of the database or of its "
        "schema verbatim."
    )


def _changed(said: str, address: PostgresAddress) -> VerbatimError:
    return BrokenIndex(
        f"The tables at {address} are not as Verbatim made them ({said}). Restore them from a backup of the server's."
    )


def _unreachable(said: str, address: PostgresAddress) -> VerbatimError:
    return BusyIndex(
        f"The database at {address} cannot be reached ({said}). Verbatim goes on when it is back; see that the server "
        "runs and that VERBATIM_STORE is right."
    )


def _unreadable(said: str, address: PostgresAddress) -> VerbatimError:
    return BrokenIndex(f"The address {address} in VERBATIM_STORE cannot be used ({said}).")


def exhausted(connections: int, address: PostgresAddress) -> BusyIndex:
    """Return the error for a pool without a connection to give."""
    return BusyIndex(
        f"The database at {address} cannot be reached, or all {connections} connections are busy. Verbatim goes on when "
        "that is over; see that the server runs."
    )


_LOST = (psycopg.OperationalError, psycopg.InterfaceError)
# Of an error of one of these kinds whose text holds one of the words, if any: what makes it an error in words. While
# connecting, libpq tells its reasons in words alone.
_WORDS: tuple[
    tuple[type | tuple[type, ...], tuple[str, ...], Callable[[str, PostgresAddress], VerbatimError]], ...
] = (
    (_WAITING, (), _waiting),
    (_FULL, (), _full),
    (errors.ReadOnlySqlTransaction, (), _read_only),
    (errors.InsufficientPrivilege, (), _no_rights),
    ((errors.UndefinedTable, errors.UndefinedColumn), (), _changed),
    (_LOST, ("authentication failed", "no pg_hba.conf entry", "no password supplied"), _refused),
    (_LOST, ("permission denied for database",), _no_rights),
    (_LOST, ("session is read-only",), _read_only),
    (_LOST, ("invalid ",), _unreadable),
    (_LOST, ('" does not exist',), _no_such),
    (_LOST, (), _unreachable),
)
