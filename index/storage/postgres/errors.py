"""What went wrong with PostgreSQL, in words for the owner."""

from typing import NamedTuple

import psycopg
from psycopg import errors
from psycopg_pool import PoolClosed, PoolTimeout

from index.errors import BrokenIndex, BusyIndex, OutdatedVersion, UnconfirmedChange, VerbatimError
from index.storage.postgres.address import PostgresAddress
from index.storage.postgres.server_search import WAITS_FOR_STANDBY

# SQLSTATE codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
_WAITING = (
    errors.LockNotAvailable,
    errors.QueryCanceled,
    errors.DeadlockDetected,
    errors.SerializationFailure,
)
_MISFITS = (
    errors.UndefinedTable,
    errors.UndefinedColumn,
    errors.WrongObjectType,
    errors.DatatypeMismatch,
    errors.FeatureNotSupported,  # a prepared statement whose columns have other types by now
    errors.NotNullViolation,
    errors.CheckViolation,
    errors.RaiseException,
)
_FULL = (errors.DiskFull, errors.OutOfMemory, errors.ConfigurationLimitExceeded)


def is_lost(error: BaseException) -> bool:
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
        return _UNREADABLE.of(said, address)
    for kinds, words, explanation in _WORDS:
        if isinstance(error, kinds) and (not words or any(one in said for one in words)):
            return explanation.of(said, address)
    return None


def no_longer_fits(error: psycopg.Error) -> bool:
    """Return True for what tables say to a version of Verbatim that they were not made for."""
    return isinstance(error, _MISFITS)


def made_newer(address: PostgresAddress) -> BrokenIndex:
    """Return the error for a version that is started on tables of a newer one."""
    return BrokenIndex(f"The database at {address} was made by a newer version of Verbatim; update Verbatim.")


def changed_by_newer(address: PostgresAddress) -> OutdatedVersion:
    """Return the error for what a version cannot do any more since a newer one was started beside it."""
    return OutdatedVersion(
        f"A newer version of Verbatim has changed the tables at {address}, and this one cannot do with them what it was "
        "to do; it goes on with the rest. Update it, and start it again."
    )


def unsuitable_server(version: int, least: int, address: PostgresAddress) -> BrokenIndex:
    """Return the error for a server that is too old; versions as the server says them: 150004 is 15.4."""
    return BrokenIndex(
        f"The server at {address} is PostgreSQL {version // 10_000}; Verbatim needs {least // 10_000} or newer. Update "
        "it, or unset VERBATIM_STORE."
    )


def exhausted(connections: int, address: PostgresAddress) -> BusyIndex:
    """Return the error for a pool without a connection to give."""
    return BusyIndex(
        f"The database at {address} cannot be reached, or all {connections} connections are busy. Verbatim goes on when "
        "that is over; see that the server runs."
    )


def unconfirmed(error: psycopg.Error, address: PostgresAddress) -> UnconfirmedChange:
    """Return the error for a commit whose connection was lost, or which was given up, before its answer came."""
    return UnconfirmedChange(
        f"The database at {address} did not confirm a change ({address.hide(str(error))}); it may have been made all the "
        "same. See that the server runs, and a replica of its `synchronous_standby_names`, if it has any."
    )


class Explanation(NamedTuple):
    """An error in words: `text` takes the `address`, and what was `said` there."""

    error: type[VerbatimError]
    text: str

    def of(self, said: str, address: PostgresAddress) -> VerbatimError:
        """Return the error for what a server or libpq said."""
        return self.error(self.text.format(said=said, address=address))


_TOO_LATE = Explanation(
    BusyIndex,
    "The database at {address} did not get to it in time ({said}). If another Verbatim is at work on it, wait "
    "until that is done; else look what keeps the server busy.",
)
_NO_ROOM = Explanation(
    BusyIndex,
    "Nothing could be written to {address} ({said}). Look whether its disk is full.",
)
_READ_ONLY = Explanation(
    BusyIndex,
    "The database at {address} can only be read for now ({said}). If it is a replica, name the primary in "
    "VERBATIM_STORE, or promote it.",
)
_NOT_CONFIRMED = Explanation(
    BusyIndex,
    "The database at {address} can only be read for now ({said}). Verbatim goes on when a replica of its "
    "`synchronous_standby_names` is back, or when another one is named there.",
)
_REFUSED = Explanation(
    BrokenIndex,
    "The server at {address} does not let Verbatim in ({said}). Correct the user or the password in "
    "VERBATIM_STORE.",
)
_NO_SUCH = Explanation(
    BrokenIndex,
    "There is no such database or user: {address} ({said}). Create it with `createdb` or `createuser`, or correct "
    "VERBATIM_STORE.",
)
_NO_RIGHTS = Explanation(
    BrokenIndex,
    "The user of {address} may not do what Verbatim needs ({said}). Make them the owner of the database or of its "
    "schema verbatim.",
)
_CHANGED = Explanation(
    BrokenIndex,
    "The tables at {address} are not as Verbatim made them ({said}). Restore them from a backup of the server's.",
)
_UNREACHABLE = Explanation(
    BusyIndex,
    "The database at {address} cannot be reached ({said}). Verbatim goes on when it is back; see that the server "
    "runs and that VERBATIM_STORE is right.",
)
_UNREADABLE = Explanation(
    BrokenIndex,
    "The address {address} in VERBATIM_STORE cannot be used ({said}).",
)

_LOST = (psycopg.OperationalError, psycopg.InterfaceError)
# Of an error of one of these kinds whose text holds one of the words, if any: what makes it an error in words. While
# connecting, libpq tells its reasons in words alone.
_WORDS: tuple[tuple[type | tuple[type, ...], tuple[str, ...], Explanation], ...] = (
    (_WAITING, (), _TOO_LATE),
    (_FULL, (), _NO_ROOM),
    (errors.ReadOnlySqlTransaction, (), _READ_ONLY),
    (errors.InsufficientPrivilege, (), _NO_RIGHTS),
    ((errors.UndefinedTable, errors.UndefinedColumn), (), _CHANGED),
    (_LOST, (WAITS_FOR_STANDBY,), _NOT_CONFIRMED),
    (_LOST, ("authentication failed", "no pg_hba.conf entry", "no password supplied"), _REFUSED),
    (_LOST, ("permission denied for database",), _NO_RIGHTS),
    (_LOST, ("session is read-only",), _READ_ONLY),
    (_LOST, ("invalid ",), _UNREADABLE),
    (_LOST, ('" does not exist',), _NO_SUCH),
    (_LOST, (), _UNREACHABLE),
)
