"""Tables are changed by one process at a time, and what uses them meanwhile is neither mixed up nor kept waiting."""

import threading

import psycopg
import pytest
from psycopg import errors

from index.errors import StoreAway
from index.storage import migrations
from index.storage.places import open_tables
from index.storage.postgres import connections, preparation, schema
from index.storage.store import Store
from tests.index.conftest import BRIDGE, WHEAT
from tests.index.storage.conftest import put
from tests.postgres import wait_until

LATER = ("ALTER TABLE articles ADD COLUMN later INTEGER",)
NOTES = ("CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT NOT NULL)",)


@pytest.fixture
def held(monkeypatch):
    """Let the next migration wait with its locks until `held.go` is set; `held.at_work` is set then."""
    run = schema._run

    class Held:
        at_work, go = threading.Event(), threading.Event()

    def run_and_wait(db, statements):
        run(db, statements)
        Held.at_work.set()
        assert Held.go.wait(60)

    def later(work):
        monkeypatch.setattr(schema, "_run", run_and_wait)
        thread = threading.Thread(target=work)
        thread.start()
        assert Held.at_work.wait(60)
        return thread

    Held.while_at = staticmethod(later)
    yield Held
    Held.go.set()


@pytest.fixture
def next_version(monkeypatch):
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, LATER))
    monkeypatch.setattr(migrations, "LATEST_VERSION", migrations.LATEST_VERSION + 1)


def test_news_is_written_before_a_migration_or_after_it(postgres_address, held, monkeypatch, request):
    store = Store(postgres_address)
    put(store, BRIDGE)
    store.query("SELECT 1")
    request.getfixturevalue("next_version")
    migrating = held.while_at(lambda: Store(postgres_address).close())
    writing = threading.Thread(target=put, args=(store, WHEAT))
    writing.start()
    waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    with psycopg.connect(postgres_address.url, autocommit=True) as db:
        wait_until(lambda: bool(db.execute(waiting).fetchall()))
        assert db.execute("SELECT count(*) FROM verbatim.bodies").fetchone() == (1,)
    held.go.set()
    migrating.join()
    writing.join()
    assert store.get(WHEAT.url).article == WHEAT
    store.close()


def test_what_is_locked_is_read_instead_and_waited_for_once(postgres_address, held, monkeypatch, request):
    monkeypatch.setattr(connections, "LOCKED_TIMEOUT", 0.5)
    store, asked = Store(postgres_address), []
    store.read_instead_by(lambda statement, values: asked.append(statement) or [("copied",)])
    assert store.outlets() == []
    request.getfixturevalue("next_version")
    migrating = held.while_at(lambda: Store(postgres_address).close())
    for _ in range(20):
        assert store.outlets() == [("copied",)]
    with store.current(), pytest.raises(StoreAway, match="wait until that is done"):
        store.outlets()
    held.go.set()
    migrating.join()
    wait_until(lambda: store.outlets() == [])
    assert len(asked) >= 20
    store.close()


def test_the_bots_tables_say_at_once_that_they_are_migrated(postgres_address, held, monkeypatch):
    monkeypatch.setattr(connections, "LOCKED_TIMEOUT", 0.5)
    tables = open_tables(postgres_address, {"notes": NOTES})
    later = (*NOTES, "ALTER TABLE notes ADD COLUMN later INTEGER")
    migrating = held.while_at(lambda: open_tables(postgres_address, {"notes": later}).close())

    def write():
        with tables.transaction():
            tables.execute("INSERT INTO notes (words) VALUES (?)", "w")

    for _ in range(20):
        with pytest.raises(StoreAway, match="wait until that is done"):
            write()
    held.go.set()
    migrating.join()

    def is_written():
        try:
            write()
        except StoreAway:
            return False
        return True

    wait_until(is_written)
    assert tables.query("SELECT words, later FROM notes") == [("w", None)]
    tables.close()


def test_a_migration_that_a_reader_stands_against_is_tried_again(postgres_address, monkeypatch, next_version):
    failures = [errors.DeadlockDetected()]
    migrate = schema.NewsSchema.migrate

    def fail_once(*arguments):
        migrate(*arguments)
        if failures:
            raise failures.pop()

    monkeypatch.setattr(schema.NewsSchema, "migrate", fail_once)
    store = Store(postgres_address)
    assert store.meta(migrations.VERSION_KEY) == str(migrations.LATEST_VERSION)
    store.close()
    assert preparation.MIGRATION_ATTEMPTS > 1
