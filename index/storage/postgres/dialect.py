"""The store's statements and values as PostgreSQL takes them."""

import re
from functools import lru_cache

from index.storage.engine import NULL_STORED_AS

SCHEMA = "verbatim"  # in which all tables are
# Advisory locks of a server's database; judged: letters of a name.
MIGRATION_LOCK, NEWS_LOCK, TABLES_LOCK = 0x56455242, 0x4154494D, 0x4E455753
ALONE_LOCKS = 0x414C4F4E  # the first of two numbers, of which the second is made of what is done
TAKE_TURN = "SELECT pg_advisory_xact_lock(%s)"
CHANNEL = "verbatim"  # on which commits are told
MAX_STATEMENTS = 1_000  # translated ones that are remembered; judged: several times as many as there are
_BOUND_LIST = re.compile(r"(NOT )?IN \(SELECT value FROM json_each\(\?\)\)")


@lru_cache(MAX_STATEMENTS)
def translated(statement: str) -> str:
    """Return a statement with psycopg's placeholders, lists as arrays, and lists in columns as integers."""
    statement = _BOUND_LIST.sub(lambda found: "<> ALL(?)" if found[1] else "= ANY(?)", statement)
    statement = statement.replace("json_each(", f"{SCHEMA}.json_integers(")
    return statement.replace("%", "%%").replace("?", "%s")


def bound(values: tuple[object, ...]) -> list[object]:
    """Return values as PostgreSQL takes them: flags are numbers; a text cannot hold the character 0."""
    return [_bound(value) for value in values]


def _bound(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str):
        return str(value).replace("\0", NULL_STORED_AS)
    return [_bound(one) for one in value] if isinstance(value, list) else value
