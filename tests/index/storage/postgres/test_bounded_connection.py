"""A statement ends by the client's clock: at its limit, and when its server says that nothing will come of it."""

import psycopg
import pytest

from index.storage.postgres import bounded_connection
from index.storage.postgres.bounded_connection import BoundedConnection, NoAnswer


@pytest.fixture
def connection(postgres_address, monkeypatch):
    monkeypatch.setattr(bounded_connection, "ASK_AFTER", 0.2)
    with BoundedConnection.connect(postgres_address.url, autocommit=True) as opened:
        yield opened


def test_a_statement_is_given_up_at_its_limit_and_the_connection_with_it(connection):
    connection.limit = 0.3
    assert connection.execute("SELECT 1").fetchone() == (1,)
    with pytest.raises(NoAnswer, match="no answer within"):
        connection.execute("SELECT pg_sleep(60)")
    assert connection.closed
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")


def test_what_takes_long_is_asked_about_and_waited_for_while_there_is_hope(connection):
    asked = []

    def has_hope(one):
        asked.append(one)
        return len(asked) < 3

    connection.has_hope = has_hope
    with pytest.raises(NoAnswer):
        connection.execute("SELECT pg_sleep(60)")
    assert asked == [connection] * 3


def test_an_answer_that_has_come_meanwhile_is_taken(connection, postgres):
    def has_hope(one):
        postgres.execute(f"SELECT pg_cancel_backend({one.info.backend_pid})")
        return False

    connection.has_hope = has_hope
    with pytest.raises(psycopg.errors.QueryCanceled):
        connection.execute("SELECT pg_sleep(60)")
    assert connection.execute("SELECT 1").fetchone() == (1,)


def test_waiting_for_news_is_no_statement(connection):
    connection.execute("LISTEN verbatim")
    assert list(connection.notifies(timeout=0.3)) == []
    connection.execute("NOTIFY verbatim, 'news'")
    assert [one.payload for one in connection.notifies(timeout=5, stop_after=1)] == ["news"]
