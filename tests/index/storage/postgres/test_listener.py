"""Commits of others are heard, and looked for where nothing can be heard."""

import threading
import time

import psycopg
import pytest

from index.storage.postgres import listener
from index.storage.postgres.listener import CHANNEL, ChangeListener

PATIENCE = 60  # seconds until a test gives up


@pytest.fixture
def connect(postgres_address):
    return lambda: psycopg.connect(postgres_address.url, autocommit=True)


@pytest.fixture
def listening(connect):
    """A listener that listens already."""
    made = ChangeListener(connect, "ours")
    wait_for(lambda: made.version >= 1)
    yield made
    made.stop()


def wait_for(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert condition()


def tell(connect, name):
    with connect() as connection:
        connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, name))


def test_what_others_tell_is_counted_and_our_own_is_not(listening, connect):
    before = listening.version
    tell(connect, "ours")
    tell(connect, "theirs")
    wait_for(lambda: listening.version > before)
    assert listening.version == before + 1


def test_where_nobody_tells_it_looks_again(connect, monkeypatch):
    monkeypatch.setattr(listener, "LOOK_AGAIN", 0.0)
    monkeypatch.setattr(listener, "WAKE_INTERVAL", 0.01)
    made = ChangeListener(connect, "ours")
    wait_for(lambda: made.version > 3)
    made.stop()


def test_without_a_connection_it_counts_as_if_something_had_changed_until_it_is_there_again(
    monkeypatch, connect
):
    monkeypatch.setattr(listener, "RETRY_DELAY", 0.01)
    away = threading.Event()
    away.set()

    def connect_if_there():
        if away.is_set():
            raise psycopg.OperationalError("away")
        return connect()

    made = ChangeListener(connect_if_there, "ours")
    wait_for(lambda: made.version > 3)
    away.clear()
    time.sleep(0.1)
    wait_for(lambda: made._thread.is_alive())
    before = made.version
    wait_for(lambda: tell(connect, "theirs") or made.version > before)
    made.stop()
    made._thread.join(PATIENCE)
    assert not made._thread.is_alive()
